//! The catalogue's codes and names in the reader's language.

use crate::App;
use crate::ui::Swatch;
use catalogue::VariantCard;
use kernel::Locale;

/// What a code or name of the catalogue is called, with a capital letter.
pub(crate) fn word(app: &App, locale: Locale, code: &str) -> String {
    capital(app.pictures.word(code, locale).unwrap_or(code))
}

/// A colour as a dot with its name.
pub(crate) fn swatch(app: &App, locale: Locale, colour: &str) -> Swatch {
    Swatch::new(app.pictures.colour(colour).unwrap_or_default(), word(app, locale, colour))
}

/// `Azul marino · M`: the choices of a variant.
pub(crate) fn label(app: &App, locale: Locale, card: &VariantCard) -> String {
    card.options.iter().map(|(_, value)| word(app, locale, value)).collect::<Vec<_>>().join(" · ")
}

/// `azul marino` as `Azul marino`.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Percent-encoded for one value of a query.
pub(crate) fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_start_with_a_capital() {
        assert_eq!((capital("añil").as_str(), capital("élite").as_str(), capital("").as_str()), ("Añil", "Élite", ""));
        assert_eq!(encoded("a b&ñ"), "a+b%26%C3%B1");
    }
}
