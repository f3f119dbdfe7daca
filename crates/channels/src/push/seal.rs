//! A notice that only one browser can read: RFC 8291 over RFC 8188, one record.

use super::Subscription;
use crate::Secret;
use aes_gcm::aead::Aead;
use aes_gcm::{Aes128Gcm, KeyInit};
use hkdf::Hkdf;
use p256::ecdh::diffie_hellman;
use p256::{PublicKey, SecretKey};
use sha2::Sha256;

/// Bytes of a record at most: what every push service takes.
const RECORD: u32 = 4096;
/// Ends the words of the last record (RFC 8188, 2).
const LAST: u8 = 2;

/// What is used for one notice only.
pub(super) struct Secrets {
    own: SecretKey,
    salt: [u8; 16],
}

impl Secrets {
    /// Made from the account's key, so that trying again is the same request; other words have other secrets.
    pub(super) fn derived(key: &Secret, name: &str, notice: &str) -> Self {
        let source = Hkdf::<Sha256>::new(Some(key.expose().as_bytes()), format!("{name}\0{notice}").as_bytes());
        let own = (0..=u8::MAX)
            .find_map(|turn| SecretKey::from_slice(&expand::<32>(&source, &[b"hilo push key".as_slice(), &[turn]].concat())).ok());
        // One number in 2^32 is no key of this curve: 256 of them in a row do not happen.
        Self { own: own.expect("a key of the curve"), salt: expand(&source, b"hilo push salt") }
    }
}

/// The body of the request.
pub(super) fn seal(to: &Subscription, notice: &[u8], secrets: &Secrets) -> Vec<u8> {
    let own = secrets.own.public_key();
    let (cipher, nonce) = cipher(&secrets.own, &to.public, (&to.public, &own), &to.auth, &secrets.salt);
    let sealed = cipher.encrypt(&nonce.into(), [notice, &[LAST]].concat().as_slice()).expect("a short text in memory can be sealed");
    let own = own.to_sec1_bytes();
    [secrets.salt.as_slice(), &RECORD.to_be_bytes(), &[own.len() as u8], &own, &sealed].concat()
}

/// What the browser reads; `None` when it is not for it, or not whole.
pub(crate) fn open(body: &[u8], browser: &SecretKey, auth: &[u8; 16]) -> Option<Vec<u8>> {
    let (salt, rest) = body.split_first_chunk::<16>()?;
    let (_record, rest) = rest.split_first_chunk::<4>()?;
    let (length, rest) = rest.split_first()?;
    let (sender, sealed) = rest.split_at_checked(usize::from(*length))?;
    let sender = PublicKey::from_sec1_bytes(sender).ok()?;
    let (cipher, nonce) = cipher(browser, &sender, (&browser.public_key(), &sender), auth, salt);
    let mut opened = cipher.decrypt(&nonce.into(), sealed).ok()?;
    (opened.pop()? == LAST).then_some(opened)
}

/// RFC 8291, 3.4: from either end the same.
fn cipher(
    own: &SecretKey,
    other: &PublicKey,
    (browser, sender): (&PublicKey, &PublicKey),
    auth: &[u8; 16],
    salt: &[u8; 16],
) -> (Aes128Gcm, [u8; 12]) {
    let shared = diffie_hellman(own.to_nonzero_scalar(), other.as_affine());
    let info = [b"WebPush: info\0".as_slice(), &browser.to_sec1_bytes(), &sender.to_sec1_bytes()].concat();
    let agreed: [u8; 32] = expand(&Hkdf::new(Some(auth), shared.raw_secret_bytes()), &info);
    let source = Hkdf::<Sha256>::new(Some(salt), &agreed);
    let key: [u8; 16] = expand(&source, b"Content-Encoding: aes128gcm\0");
    (Aes128Gcm::new(&key.into()), expand(&source, b"Content-Encoding: nonce\0"))
}

fn expand<const N: usize>(source: &Hkdf<Sha256>, info: &[u8]) -> [u8; N] {
    let mut bytes = [0; N];
    source.expand(info, &mut bytes).expect("a few bytes can be expanded");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

    /// RFC 8291, appendix A.
    #[test]
    fn the_published_notice_is_sealed_byte_for_byte_and_opened() {
        let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).expect("base64url");
        let words = b"When I grow up, I want to be a watermelon";
        let to = Subscription::new(
            "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV",
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            "BTBZMqHH6r4Tts7J_aSIgg",
        );
        let to = to.expect("a subscription");
        let own = SecretKey::from_slice(&bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")).expect("a key");
        let secrets = Secrets { own, salt: bytes("DGv6ra1nlYgDCS1FRnbzlw").try_into().expect("a salt") };
        let body = seal(&to, words, &secrets);
        assert_eq!(
            URL_SAFE_NO_PAD.encode(&body),
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
        );
        let browser = SecretKey::from_slice(&bytes("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94")).expect("a key");
        assert_eq!(open(&body, &browser, &to.auth).as_deref(), Some(words.as_slice()));
        for at in 0..body.len() {
            let mut spoilt = body.clone();
            spoilt[at] ^= 1;
            // The record's size is only a bound.
            assert_eq!(open(&spoilt, &browser, &to.auth).is_some(), (16..20).contains(&at), "byte {at}");
        }
    }
}
