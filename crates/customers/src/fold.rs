//! Names as they are compared and searched: without accents, case or punctuation.

use identity::fold;

/// Words kept of one profile's names; names with more are found by the first ones.
pub const MAX_WORDS: usize = 8;
/// Letters kept of one word.
const MAX_LETTERS: usize = 24;

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
