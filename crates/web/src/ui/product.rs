//! A product as a card: picture first.

use askama::{Template, filters::HtmlSafe};
use kernel::{Locale, Money};

/// A picture with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Address of this site.
    pub url: String,
    /// What it shows; empty when the name beside it says all.
    pub alt: String,
}

/// A price, and what it was before.
#[derive(Template, Debug, Clone, PartialEq, Eq)]
#[template(path = "ui/price.html")]
pub struct Price {
    now: String,
    was: Option<String>,
    class: &'static str,
    was_word: String,
}
impl HtmlSafe for Price {}

impl Price {
    /// A price in the reader's way of writing.
    pub fn of(amount: Money, locale: Locale) -> Self {
        Price { now: amount.format(locale), was: None, class: "price", was_word: String::new() }
    }
    /// With words before it, such as "from".
    pub fn from_words(words: impl Into<String>) -> Self {
        Price { now: words.into(), was: None, class: "price", was_word: String::new() }
    }
    /// With the price before the reduction, struck through.
    pub fn was(mut self, before: Money, locale: Locale) -> Self {
        self.was = Some(before.format(locale));
        self.was_word = crate::text(locale, "price-was");
        self
    }
    /// The large one of a product page.
    pub fn large(mut self) -> Self {
        self.class = "price large";
        self
    }
}

/// A colour as a dot, with its name.
#[derive(Template, Debug, Clone, PartialEq, Eq)]
#[template(path = "ui/swatch.html")]
pub struct Swatch {
    hex: String,
    name: String,
}
impl HtmlSafe for Swatch {}

impl Swatch {
    /// A colour like `#aabbcc`; anything else is drawn grey.
    pub fn new(hex: &str, name: impl Into<String>) -> Self {
        let is_colour = hex.len() == 7 && hex.starts_with('#') && hex[1..].bytes().all(|b| b.is_ascii_hexdigit());
        Swatch { hex: if is_colour { hex.to_owned() } else { "#999999".to_owned() }, name: name.into() }
    }
}

/// One card of a product grid.
#[derive(Template, Debug, Clone, PartialEq, Eq)]
#[template(path = "ui/product_card.html")]
pub struct ProductCard {
    /// Address of the product's page.
    pub href: String,
    /// Its name.
    pub name: String,
    /// Its first picture; a quiet ground stands in.
    pub picture: Option<Picture>,
    /// Its price.
    pub price: Price,
    /// One word on the picture, such as "New" or "Last pieces"; empty for none.
    pub badge: String,
    /// Its colours.
    pub swatches: Vec<Swatch>,
    /// One line below, such as where it is in stock; empty for none.
    pub note: String,
}
impl HtmlSafe for ProductCard {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_a_colour() {
        assert!(Swatch::new("#A0b1C2", "Azul").to_string().contains("fill=\"#A0b1C2\""));
        assert!(Swatch::new("\"/><x", "?").to_string().contains("fill=\"#999999\""));
    }
}
