//! Whether a word is meant, though a letter of it slipped.

/// Shorter stems have to be typed right: too many words are one letter from them.
const LONG_ENOUGH: usize = 6;

/// True when `word` begins with `stem`, or with something one slip away from it: a letter too many, missing, wrong, or two swapped.
/// Both are folded.
pub(crate) fn begins_like(word: &str, stem: &str) -> bool {
    if word.starts_with(stem) {
        return true;
    }
    let (word, stem): (Vec<char>, Vec<char>) = (word.chars().collect(), stem.chars().collect());
    if stem.len() < LONG_ENOUGH || word.first() != stem.first() {
        return false;
    }
    (stem.len() - 1..=stem.len() + 1).any(|end| word.get(..end).is_some_and(|start| is_one_slip(start, &stem)))
}

fn is_one_slip(typed: &[char], meant: &[char]) -> bool {
    let same = typed.iter().zip(meant).take_while(|(a, b)| a == b).count();
    let (typed, meant) = (&typed[same..], &meant[same..]);
    match typed.len().cmp(&meant.len()) {
        std::cmp::Ordering::Greater => typed[1..] == *meant,
        std::cmp::Ordering::Less => *typed == meant[1..],
        std::cmp::Ordering::Equal => {
            let wrong = typed.get(1..) == meant.get(1..);
            let swapped = typed.len() > 1 && typed[0] == meant[1] && typed[1] == meant[0] && typed[2..] == meant[2..];
            wrong || swapped
        }
    }
}

#[cfg(test)]
mod tests {
    use super::begins_like;

    #[test]
    fn one_slip_is_forgiven_and_two_are_not() {
        for typed in ["pedido", "pedidos", "peddio", "pediddo", "pedio", "pedizo"] {
            assert!(begins_like(typed, "pedido"), "{typed}");
        }
        for typed in ["", "p", "perdidas", "metido", "pepino", "pasillo"] {
            assert!(!begins_like(typed, "pedido"), "{typed}");
        }
        assert!(!begins_like("camisa", "cambi"), "a short word is typed right");
    }
}
