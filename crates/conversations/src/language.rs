//! In which language did they write?

use std::sync::LazyLock;
use whatlang::{Detector, Lang};

/// Fewer letters than this say too little.
const LEAST: usize = 16;
/// Below this the guess is as good as none.
const SURE: f64 = 0.5;

/// The languages that customers write in, with their codes.
const KNOWN: [(Lang, &str); 20] = [
    (Lang::Spa, "es"),
    (Lang::Eng, "en"),
    (Lang::Cat, "ca"),
    (Lang::Por, "pt"),
    (Lang::Fra, "fr"),
    (Lang::Ita, "it"),
    (Lang::Deu, "de"),
    (Lang::Nld, "nl"),
    (Lang::Swe, "sv"),
    (Lang::Dan, "da"),
    (Lang::Fin, "fi"),
    (Lang::Pol, "pl"),
    (Lang::Ron, "ro"),
    (Lang::Rus, "ru"),
    (Lang::Ukr, "uk"),
    (Lang::Tur, "tr"),
    (Lang::Ara, "ar"),
    (Lang::Cmn, "zh"),
    (Lang::Jpn, "ja"),
    (Lang::Kor, "ko"),
];

/// The language of a text by its code (ISO 639-1, such as `de`); `None` when it is too short or not clear.
pub fn language_of(text: &str) -> Option<&'static str> {
    static DETECTOR: LazyLock<Detector> = LazyLock::new(|| Detector::with_allowlist(KNOWN.iter().map(|(lang, _)| *lang).collect()));
    if text.chars().filter(|c| c.is_alphabetic()).take(LEAST).count() < LEAST {
        return None;
    }
    let found = DETECTOR.detect(text).filter(|info| info.confidence() >= SURE)?.lang();
    KNOWN.iter().find(|(lang, _)| *lang == found).map(|(_, code)| *code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clear_texts_have_a_language_and_short_ones_none() {
        assert_eq!(language_of("Hola, ¿cuándo llega mi pedido? Lo necesito para el sábado."), Some("es"));
        assert_eq!(language_of("Hello, when will my order arrive? I need it on Saturday."), Some("en"));
        assert_eq!(language_of("Guten Tag, wann kommt meine Bestellung an? Ich brauche sie am Samstag."), Some("de"));
        assert_eq!(language_of("Buongiorno, avete il vestito rosso nella taglia M?"), Some("it"));
        assert_eq!(language_of("Quiero devolver las zapatillas"), None, "too little to be sure");
        assert_eq!(language_of("ok, vale"), None);
        assert_eq!(language_of("H-000123 1234567890 https://"), None);
    }
}
