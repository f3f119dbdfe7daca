//! Names as they are compared and searched: without accents, case or punctuation.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words kept of one profile's names; names with more are found by the first ones.
pub const MAX_WORDS: usize = 8;
/// Letters kept of one word.
const MAX_LETTERS: usize = 24;

/// Lower case, accents off (`ñ` becomes `n`), letters that no accent explains spelt out, anything but letters and digits a space.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'þ' => out.push_str("th"),
            'ı' => out.push('i'),
            '\'' | '’' | '·' | 'ª' | 'º' => {}
            c if c.is_alphanumeric() => out.push(c),
            _ => out.push(' '),
        }
    }
    out
}

/// The distinct words of a text, folded, at most [`MAX_WORDS`], in order of appearance.
pub fn words(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in fold(text).split_whitespace() {
        let word: String = word.chars().take(MAX_LETTERS).collect();
        if !found.contains(&word) {
            found.push(word);
        }
    }
    found.truncate(MAX_WORDS);
    found
}

/// Equal for two writings of one name, whatever the order of the words; empty when there are fewer than two.
pub fn name_key(full_name: &str) -> String {
    let mut words = words(full_name);
    if words.len() < 2 {
        return String::new();
    }
    words.sort_unstable();
    words.join(" ")
}

/// The span of words that begin with `prefix`: both ends included.
pub fn prefix_span(prefix: &str) -> (String, String) {
    // `z` is the last letter under the collations a server is likely to have; a code point beyond all would be ignored by some.
    (prefix.to_owned(), format!("{prefix}{}", "z".repeat(MAX_LETTERS)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_and_order_do_not_matter() {
        assert_eq!(fold("Núñez-O’Neill"), "nunez oneill");
        assert_eq!(fold("Łukasz Ørsted Straße"), "lukasz orsted strasse");
        assert_eq!(words("  María   del Mar, María "), ["maria", "del", "mar"]);
        assert_eq!(name_key("García López, Ana"), name_key("ANA GARCIA LOPEZ"));
        assert_eq!(name_key("Ana"), "");
    }

    #[test]
    fn a_span_holds_its_words_and_no_others() {
        let (from, to) = prefix_span("gar");
        assert!(["gar", "garcia", "garzzz"].iter().all(|w| (from.as_str()..=to.as_str()).contains(w)));
        assert!(["gaq", "gas", "ga"].iter().all(|w| !(from.as_str()..=to.as_str()).contains(w)));
    }
}
