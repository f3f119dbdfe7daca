//! Texts made comparable, addressable and safe.

use tantivy::tokenizer::{AsciiFoldingFilter, LowerCaser, RawTokenizer, TextAnalyzer, TokenStream};

/// Lower case without accents, for comparing and searching: `Pantalón` becomes `pantalon`.
pub fn fold(text: &str) -> String {
    // Some letters (`ʟ`) are small and stand for a capital one.
    let mut analyser =
        TextAnalyzer::builder(RawTokenizer::default()).filter(LowerCaser).filter(AsciiFoldingFilter).filter(LowerCaser).build();
    let mut stream = analyser.token_stream(text);
    if stream.advance() { std::mem::take(&mut stream.token_mut().text) } else { String::new() }
}

/// For addresses: folded words joined by `-`. `Azul Marino` becomes `azul-marino`; empty when there is no letter or digit.
pub fn slug(text: &str) -> String {
    let folded = fold(text);
    let words: Vec<_> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("-")
}

/// HTML that is safe to show: no scripts, styles, frames or event handlers.
pub(crate) fn safe_html(html: &str) -> String {
    let trimmed = html.trim();
    if trimmed.is_empty() { String::new() } else { ammonia::clean(trimmed) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_and_slugs() {
        assert_eq!(fold("Pantalón ÑANDÚ"), "pantalon nandu");
        assert_eq!(slug("  Azul Marino / 100 % "), "azul-marino-100");
        assert_eq!(slug("—"), "");
        assert_eq!(slug("ʟino"), "lino");
    }

    #[test]
    fn scripts_are_taken_out_and_markup_stays() {
        assert_eq!(safe_html("<p onclick=x>Lino<script>alert(1)</script></p>"), "<p>Lino</p>");
        let once = safe_html("a & b <b>c</b>");
        assert_eq!(safe_html(&once), once);
    }
}
