//! Card numbers people write where they should not.

use std::borrow::Cow;

/// Lengths of card numbers (ISO/IEC 7812: up to 19 digits).
const SHORTEST: usize = 13;
const LONGEST: usize = 19;
/// Signs between two digits that people use to group them.
const BETWEEN: usize = 2;

/// The text with every card number turned into dots but for its last four digits: `4111 1111 1111 1111` becomes
/// `•••• •••• •••• 1111`. For whatever is stored or shown: messages, notes, references.
///
/// A card number is 13 to 19 digits, grouped by spaces, dots or hyphens or not at all, that begins with 2 to 6 and passes
/// the Luhn check; so telephone and order numbers mostly stay.
pub fn mask_card_numbers(text: &str) -> Cow<'_, str> {
    let mut shown = Cow::Borrowed(text);
    // The last four digits may be the first of another one.
    while let Some(masked) = mask_once(&shown) {
        shown = Cow::Owned(masked);
    }
    shown
}

/// `None` when there is nothing to hide.
fn mask_once(text: &str) -> Option<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut hidden = vec![false; chars.len()];
    let mut start = 0;
    while start < chars.len() {
        let begins = chars[start].is_ascii_digit() && (start == 0 || !chars[start - 1].is_ascii_digit());
        match if begins { card_at(&chars, start) } else { None } {
            Some(digits) => {
                digits[..digits.len() - 4].iter().for_each(|at| hidden[*at] = true);
                start = digits[digits.len() - 1] + 1;
            }
            None => start += 1,
        }
    }
    hidden.contains(&true).then(|| chars.iter().zip(hidden).map(|(c, hide)| if hide { '•' } else { *c }).collect())
}

/// Places of the digits of the longest card number that begins at `start` and ends where a run of digits ends.
fn card_at(chars: &[char], start: usize) -> Option<Vec<usize>> {
    let mut digits = Vec::new();
    let mut best = None;
    let mut between = 0;
    for (at, c) in chars.iter().enumerate().skip(start) {
        if c.is_ascii_digit() {
            digits.push(at);
            between = 0;
            let ends = chars.get(at + 1).is_none_or(|next| !next.is_ascii_digit());
            if ends && digits.len() >= SHORTEST && is_card(chars, &digits) {
                best = Some(digits.clone());
            }
        } else if matches!(c, ' ' | '-' | '.' | '\u{a0}' | '\u{202f}') && between < BETWEEN {
            between += 1;
        } else {
            break;
        }
        if digits.len() == LONGEST {
            break;
        }
    }
    best
}

fn is_card(chars: &[char], places: &[usize]) -> bool {
    let digits: Vec<u32> = places.iter().filter_map(|at| chars[*at].to_digit(10)).collect();
    let begins_well = digits.first().is_some_and(|first| (2..=6).contains(first));
    let sum: u32 = digits.iter().rev().enumerate().map(|(n, d)| if n % 2 == 0 { *d } else { d * 2 / 10 + d * 2 % 10 }).sum();
    begins_well && sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_of_cards_are_hidden_but_for_four_digits() {
        for (text, shown) in [
            ("4111111111111111", "••••••••••••1111"),
            ("my card 4111 1111 1111 1111, 12/27, 123", "my card •••• •••• •••• 1111, 12/27, 123"),
            ("5555-5555-5555-4444.", "••••-••••-••••-4444."),
            ("3782 822463 10005 and 6011111111111117", "•••• •••••• •0005 and ••••••••••••1117"),
            ("4111 1111 1111 1111 0527 123", "•••• •••• •••• 1111 0527 123"),
            ("34 612 34 56 785 362 1 785 362 1 78", "•• ••• •• •• ••• ••• • ••• ••2 1 78"),
            ("ñ4111.1111.1111.1111ñ", "ñ••••.••••.••••.1111ñ"),
        ] {
            assert_eq!(mask_card_numbers(text), shown);
        }
    }

    #[test]
    fn other_numbers_stay() {
        for text in [
            "",
            "hello",
            "4111111111111112",
            "+34 700 101 001",
            "order 12345678901234567890123",
            "EAN 8410000000010",
            "ES91 2100 0418 4502 0005 1332",
            "4111 x 1111 1111 1111",
        ] {
            assert!(matches!(mask_card_numbers(text), Cow::Borrowed(same) if same == text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_valid_number_never_survives(prefix in "[a-z ,]{0,5}[a-z]", body in "[3-6][0-9]{14}", gap in "[ .-]?", suffix in "([a-z,].{0,8})?") {
            let sum: u32 = body.chars().rev().filter_map(|c| c.to_digit(10)).enumerate()
                .map(|(n, d)| if n % 2 == 1 { d } else { d * 2 / 10 + d * 2 % 10 }).sum();
            let number = format!("{body}{}", (10 - sum % 10) % 10);
            let written: Vec<_> = [&number[..4], &number[4..8], &number[8..12], &number[12..]].to_vec();
            let masked = mask_card_numbers(&format!("{prefix}{}{suffix}", written.join(&gap))).into_owned();
            let dots: Vec<_> = ["••••", "••••", "••••", &number[12..]].to_vec();
            prop_assert!(masked.starts_with(&format!("{prefix}{}", dots.join(&gap))), "{masked}");
        }
    }
}
