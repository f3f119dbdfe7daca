//! Redsys' two signatures ("Firmar una operación"): a key for each order is made from the shop's key, and signs the parameters as sent.

use crate::keyed;
use aes::cipher::block_padding::{NoPadding, Pkcs7};
use aes::cipher::{BlockModeEncrypt, KeyIvInit};
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use base64::{Engine, engine::GeneralPurpose};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    /// For new shops.
    Sha512,
    /// For old terminals.
    Sha256,
}

impl Version {
    pub(super) fn named(name: &str) -> Option<Self> {
        [Version::Sha512, Version::Sha256].into_iter().find(|version| version.name() == name)
    }

    const fn name(self) -> &'static str {
        match self {
            Version::Sha512 => "HMAC_SHA512_V2",
            Version::Sha256 => "HMAC_SHA256_V1",
        }
    }

    /// The signature's bytes; `None` for a key that is none.
    fn sign(self, key: &str, order: &str, parameters: &str) -> Option<Vec<u8>> {
        match self {
            Version::Sha512 => {
                let key: [u8; 16] = key.as_bytes().get(..16)?.try_into().ok()?;
                let of_order =
                    cbc::Encryptor::<aes::Aes128>::new(&key.into(), &[0; 16].into()).encrypt_padded_vec::<Pkcs7>(order.as_bytes());
                Some(keyed::sha512(STANDARD.encode(of_order).as_bytes(), parameters.as_bytes()))
            }
            Version::Sha256 => {
                let key: [u8; 24] = STANDARD.decode(key).ok()?.try_into().ok()?;
                let mut padded = order.as_bytes().to_vec();
                padded.resize(padded.len().next_multiple_of(8), 0);
                let of_order = cbc::Encryptor::<des::TdesEde3>::new(&key.into(), &[0; 8].into()).encrypt_padded_vec::<NoPadding>(&padded);
                Some(keyed::sha256(&of_order, parameters.as_bytes()))
            }
        }
    }

    const fn alphabet(self) -> GeneralPurpose {
        match self {
            Version::Sha512 => URL_SAFE_NO_PAD,
            Version::Sha256 => STANDARD,
        }
    }
}

/// Parameters with their signature, as they travel.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Signed {
    #[serde(rename = "Ds_SignatureVersion")]
    version: String,
    #[serde(rename = "Ds_MerchantParameters")]
    parameters: String,
    #[serde(rename = "Ds_Signature")]
    signature: String,
}

impl Signed {
    /// A key of the wrong form signs with nothing: Redsys refuses that with words.
    pub(super) fn new(version: Version, key: &str, order: &str, parameters: &Value) -> Self {
        let parameters = version.alphabet().encode(parameters.to_string());
        let signature = version.sign(key, order, &parameters).unwrap_or_default();
        Self { version: version.name().to_owned(), signature: version.alphabet().encode(signature), parameters }
    }

    /// From the body of a notice.
    pub(super) fn of_form(body: &[u8]) -> Option<Self> {
        let field = |name: &str| form_urlencoded::parse(body).find(|(known, _)| known == name).map(|(_, value)| value.into_owned());
        Some(Self {
            version: field("Ds_SignatureVersion")?,
            parameters: field("Ds_MerchantParameters")?,
            signature: field("Ds_Signature")?,
        })
    }

    pub(super) fn fields(self) -> Vec<(&'static str, String)> {
        vec![("Ds_SignatureVersion", self.version), ("Ds_MerchantParameters", self.parameters), ("Ds_Signature", self.signature)]
    }

    /// The parameters themselves, not verified.
    pub(super) fn parameters(&self) -> Option<Value> {
        serde_json::from_slice(&plain(&self.parameters)?).ok()
    }

    /// Whether it is signed with this key. Compared as bytes: notices write the same in either alphabet, padded or not.
    pub(super) fn is_right(&self, key: &str, order: &str) -> bool {
        let right = Version::named(&self.version).and_then(|version| version.sign(key, order, &self.parameters));
        right.zip(plain(&self.signature)).is_some_and(|(right, told)| keyed::same(&right, &told))
    }
}

/// Base64 in either alphabet, padded or not. A space was a plus before a form was read.
fn plain(text: &str) -> Option<Vec<u8>> {
    let one: String = text.trim_end_matches('=').replace(['+', ' '], "-").replace('/', "_");
    URL_SAFE_NO_PAD.decode(one).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "sq7HjrUOBfKmC576ILgskD5srU870gJ7";

    /// Redsys' documentation, "Firmar una operación" (read 2026-11), with the key of its public sandbox.
    fn published() -> Signed {
        Signed {
            version: "HMAC_SHA512_V2".into(),
            parameters: "eyJEU19NRVJDSEFOVF9BTU9VTlQiOiI5OTkiLCJEU19NRVJDSEFOVF9PUkRFUiI6IjEyMzQ1Njc4OTAiLCJEU19NRVJDSEFOVF9NRVJDSEFOVENPREUiOiI5OTkwMDg4ODEiLCJEU19NRVJDSEFOVF9DVVJSRU5DWSI6Ijk3OCIsIkRTX01FUkNIQU5UX1RSQU5TQUNUSU9OVFlQRSI6IjAiLCJEU19NRVJDSEFOVF9URVJNSU5BTCI6IjEiLCJEU19NRVJDSEFOVF9NRVJDSEFOVFVSTCI6Imh0dHA6XC9cL3d3dy5wcnVlYmEuY29tXC91cmxOb3RpZmljYWNpb24ucGhwIiwiRFNfTUVSQ0hBTlRfVVJMT0siOiJodHRwOlwvXC93d3cucHJ1ZWJhLmNvbVwvdXJsT0sucGhwIiwiRFNfTUVSQ0hBTlRfVVJMS08iOiJodHRwOlwvXC93d3cucHJ1ZWJhLmNvbVwvdXJsS08ucGhwIn0".into(),
            signature: "Vjo02eSWq249IeZZp3R-ArFnGLhKY0OuzDDlx1BuVtZDC2yhczA7_11uZhsYzLZBCMFAz8u8uzGDX3AErHKmmw".into(),
        }
    }

    #[test]
    fn the_published_operation_is_signed_so_and_one_byte_changes_all() {
        let signed = published();
        assert!(signed.is_right(KEY, "1234567890"));
        assert!(!signed.is_right(KEY, "1234567891"));
        assert!(!signed.is_right("aq7HjrUOBfKmC576ILgskD5srU870gJ7", "1234567890"));
        for at in 0..signed.parameters.len() {
            let mut bytes = signed.parameters.clone().into_bytes();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            let parameters = String::from_utf8(bytes).expect("letters");
            assert!(!Signed { parameters, ..signed.clone() }.is_right(KEY, "1234567890"), "byte {at}");
        }
    }

    #[test]
    fn the_old_signature_is_read_in_either_alphabet_padded_or_not() {
        let parameters = "eyJEU19NRVJDSEFOVF9BTU9VTlQiOiI5OTkiLCJEU19NRVJDSEFOVF9PUkRFUiI6IjEyMzQ1Njc4OTAxMiJ9".to_owned();
        let version = "HMAC_SHA256_V1".to_owned();
        for signature in [
            "BPEXSazbBJ6gjbF6vxi9jF/PGpZsr4BSXHV2qf39fD0=",
            "BPEXSazbBJ6gjbF6vxi9jF_PGpZsr4BSXHV2qf39fD0=",
            "BPEXSazbBJ6gjbF6vxi9jF_PGpZsr4BSXHV2qf39fD0",
        ] {
            let signed = Signed { version: version.clone(), parameters: parameters.clone(), signature: signature.into() };
            assert!(signed.is_right(KEY, "123456789012"), "{signature}");
        }
        let signed = Signed { version, parameters, signature: "BPEXSazbBJ6gjbF6vxi9jF/PGpZsr4BSXHV2qf39fD1=".into() };
        assert!(!signed.is_right(KEY, "123456789012"));
    }

    #[test]
    fn what_we_sign_is_what_redsys_reads() {
        for version in [Version::Sha512, Version::Sha256] {
            let parameters = serde_json::json!({ "DS_MERCHANT_ORDER": "0001ABCDEFGH", "DS_MERCHANT_AMOUNT": "1" });
            let signed = Signed::new(version, KEY, "0001ABCDEFGH", &parameters);
            assert!(signed.is_right(KEY, "0001ABCDEFGH"));
            assert_eq!(signed.parameters(), Some(parameters));
        }
    }
}
