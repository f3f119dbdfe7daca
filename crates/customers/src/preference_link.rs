//! The signed link under a message: whoever holds it may see and change consents, and nothing else.

use crate::store;
use hmac::{Hmac, KeyInit, Mac};
use kernel::{Fault, ProfileId, ReadTx, Tx};
use sha2::Sha256;

const NAME: &str = "preferences";
/// Bytes of the signature in the link.
const TAG: usize = 16;

/// The token for a profile's link; it does not end, because a message may be opened years later.
pub fn preference_token(tx: &mut Tx<'_>, profile: ProfileId) -> Result<String, Fault> {
    let secret = match store::erase::secret(tx, NAME)? {
        Some(secret) => secret,
        None => {
            let fresh = tx.random_bytes::<32>().to_vec();
            store::erase::save_secret(tx, NAME, &fresh)?;
            fresh
        }
    };
    Ok(format!("{profile}{}", hex::encode(&tag(&secret, profile)[..TAG])))
}

/// Whose link it is; `None` when it was not signed here, or nobody is behind it any more.
pub fn profile_of_token(tx: &ReadTx<'_>, token: &str) -> Result<Option<ProfileId>, Fault> {
    let parts = token.split_at_checked(26).and_then(|(id, tag)| Some((id.parse::<ProfileId>().ok()?, hex::decode(tag).ok()?)));
    let (Some((profile, sent)), Some(secret)) = (parts, store::erase::secret(tx, NAME)?) else { return Ok(None) };
    let mac = mac(&secret, profile);
    if sent.len() != TAG || mac.verify_truncated_left(&sent).is_err() {
        return Ok(None);
    }
    Ok(store::profiles::person_of(tx, profile)?.map(|_| profile))
}

fn mac(secret: &[u8], profile: ProfileId) -> Hmac<Sha256> {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(secret).expect("HMAC takes a key of any length");
    mac.update(profile.to_string().as_bytes());
    mac
}

fn tag(secret: &[u8], profile: ProfileId) -> Vec<u8> {
    mac(secret, profile).finalize().into_bytes().to_vec()
}
