//! Short codes that people read aloud, and secrets that links carry.

use kernel::Tx;

/// Capitals and digits nobody takes for another: no I, L, O, 0, 1.
const LETTERS: &[u8; 31] = b"ABCDEFGHJKMNPQRSTUVWXYZ23456789";
const LENGTH: usize = 6;

/// Six letters, about 890 million possibilities.
pub(crate) fn short_code(tx: &mut Tx<'_>) -> String {
    let mut chance = tx.random_u64();
    let mut code = String::with_capacity(LENGTH);
    for _ in 0..LENGTH {
        code.push(char::from(LETTERS[(chance % LETTERS.len() as u64) as usize]));
        chance /= LETTERS.len() as u64;
    }
    code
}

/// As people type it: lower case, spaces and dashes are forgiven.
pub(crate) fn tidy_code(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

/// 128 bits of chance as 32 letters.
pub(crate) fn secret(tx: &mut Tx<'_>) -> String {
    tx.random_bytes::<16>().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Equality that takes the same time wherever the texts differ.
pub(crate) fn same_secret(left: &str, right: &str) -> bool {
    left.len() == right.len() && left.bytes().zip(right.bytes()).fold(0, |differing, (a, b)| differing | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    #[test]
    fn codes_are_forgiving_and_secrets_are_not() {
        assert_eq!(super::tidy_code(" kx-7 4mb"), "KX74MB");
        assert!(super::same_secret("ab", "ab") && !super::same_secret("ab", "aB") && !super::same_secret("ab", "a"));
    }
}
