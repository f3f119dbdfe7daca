//! Unguessable texts.

use kernel::Tx;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// A secret in the hand of its owner. Never printed; only its hash is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// 256 bits of chance, as 64 hexadecimal digits behind `prefix`.
    pub fn new(tx: &mut Tx<'_>, prefix: &str) -> Self {
        let bytes: [u8; 32] = tx.random_bytes();
        Secret(format!("{prefix}{}", hex(&bytes)))
    }
    /// What somebody presented.
    pub fn presented(text: impl Into<String>) -> Self {
        Secret(text.into())
    }
    /// The text itself: to hand it to its owner, once.
    pub fn reveal(&self) -> &str {
        &self.0
    }
    /// What is stored.
    pub fn hash(&self) -> String {
        hex(&Sha256::digest(self.0.as_bytes()))
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(..)")
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a String takes everything");
        text
    })
}
