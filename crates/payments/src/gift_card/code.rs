//! Codes that people read aloud and type: no letter looks like a digit.

use kernel::Tx;

/// Digits and letters of Crockford's base 32.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LONG: usize = 16;

/// A new one.
pub(super) fn new(tx: &mut Tx<'_>) -> String {
    let bits = (u128::from(tx.random_u64()) << 64) | u128::from(tx.random_u64());
    (0..LONG).map(|at| char::from(ALPHABET[usize::try_from((bits >> (5 * at)) & 31).unwrap_or(0)])).collect()
}

/// A code as it was typed: in any case, with blanks and strokes, O for 0 and I or L for 1. `None` for what cannot be one.
pub(super) fn read(typed: &str) -> Option<String> {
    let meant = |c: char| match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let code: String = typed.chars().filter(|c| !matches!(c, ' ' | '-' | '\u{a0}' | '.')).map(meant).take(LONG + 1).collect();
    (code.len() == LONG && code.bytes().all(|byte| ALPHABET.contains(&byte))).then_some(code)
}

/// In fours.
pub(super) fn spelled(code: &str) -> String {
    let fours: Vec<&str> = (0..code.len()).step_by(4).map(|at| &code[at..(at + 4).min(code.len())]).collect();
    fours.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_is_understood() {
        for typed in ["0123-4567-89ab-cdef", " OI23 4567 89AB CDEF ", "ol23456789abcdef"] {
            assert_eq!(read(typed).as_deref(), Some("0123456789ABCDEF"), "{typed}");
        }
        for wrong in ["", "0123-4567-89AB-CDE", "0123-4567-89AB-CDEFG", "0123-4567-89AB-CDEÑ", "0123-4567-89AB-CDEU"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        assert_eq!(spelled("0123456789ABCDEF"), "0123-4567-89AB-CDEF");
    }
}
