//! Words by which people ask to be left alone.

/// A message that says only one of these, in any case and with any punctuation, is an opt-out (Spanish and English, the words that
/// carriers and providers themselves understand).
const WORDS: &[&str] = &[
    "stop",
    "stopall",
    "unsubscribe",
    "baja",
    "dar de baja",
    "darme de baja",
    "alto",
    "parar",
    "cancelar suscripcion",
    "no molestar",
    "opt out",
    "optout",
];

/// A message that says only one of these takes an earlier opt-out back.
const AGAIN: &[&str] = &["start", "unstop", "alta", "dar de alta", "darme de alta"];

/// Whether a whole message asks to be left alone. A longer sentence never counts: "don't stop" is no opt-out.
pub fn asks_to_stop(text: &str) -> bool {
    says_only(text, WORDS)
}

/// Whether a whole message asks to be written to again.
pub fn asks_to_begin_again(text: &str) -> bool {
    says_only(text, AGAIN)
}

fn says_only(text: &str, known: &[&str]) -> bool {
    if text.len() > 64 {
        return false;
    }
    let folded: String = text
        .to_lowercase()
        .chars()
        .map(|letter| match letter {
            'á' => 'a',
            'é' => 'e',
            'í' => 'i',
            'ó' => 'o',
            'ú' => 'u',
            other if other.is_alphanumeric() => other,
            _ => ' ',
        })
        .collect();
    let words = folded.split_whitespace().collect::<Vec<_>>().join(" ");
    known.contains(&words.as_str())
}

#[cfg(test)]
mod tests {
    use super::{asks_to_begin_again, asks_to_stop};

    #[test]
    fn only_a_message_that_says_nothing_else_is_an_opt_out() {
        for text in ["STOP", "Baja.", " ¡Darme de baja! ", "Cancelar suscripción", "opt-out"] {
            assert!(asks_to_stop(text), "{text}");
        }
        for text in ["", "don't stop", "baja el precio", "¿Está rebajado?", "alto ahí, que no he terminado"] {
            assert!(!asks_to_stop(text), "{text}");
        }
    }

    #[test]
    fn one_word_takes_it_back() {
        assert!(asks_to_begin_again("Alta") && asks_to_begin_again("START") && !asks_to_begin_again("empieza a gustarme, alta costura"));
    }
}
