//! Something of the shop within a message: a picture, words and a button where the channel shows them, plain words everywhere else.

use serde::{Deserialize, Serialize};

kernel::db_enum! {
    /// What a card shows.
    pub enum CardKind {
        /// A product.
        Product = "product",
        /// What is to be paid, with the link to pay it.
        Payment = "payment",
        /// The live cart.
        Cart = "cart",
        /// The code to collect an order.
        Collection = "collection",
        /// How an order stands.
        Order = "order",
    }
}

/// What a card says, in the customer's language, as it was when it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// What it shows.
    pub kind: CardKind,
    /// Its heading.
    pub title: String,
    /// Price, place or state; may be empty.
    pub detail: String,
    /// A code to show in the shop; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// Reference of a picture; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub picture: String,
    /// Version of the product it shows; 0 for anything else.
    #[serde(default, skip_serializing_if = "is_none")]
    pub version: i64,
    /// What its button says.
    pub action: String,
    /// Where the button leads.
    pub url: String,
    /// What is offered with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offers: Option<CardOffers>,
}

/// What is offered with what a card shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardOffers {
    /// The words before: `Con este producto`.
    pub heading: String,
    /// One or two.
    pub items: Vec<CardOffer>,
}

/// A service or thing that is offered with what a card shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardOffer {
    /// What it is.
    pub title: String,
    /// Its price.
    pub detail: String,
    /// Its page.
    pub url: String,
}

impl CardOffers {
    /// `Con este producto: Arreglo en tienda, desde 9,00 €; Cinturón Nudo, 35,00 €`.
    fn as_text(&self) -> String {
        let items: Vec<_> = self.items.iter().map(|offer| format!("{}, {}", offer.title, offer.detail)).collect();
        format!("{}: {}", self.heading, items.join("; "))
    }
}

fn is_none(version: &i64) -> bool {
    *version == 0
}

impl Card {
    /// The same where there are only words.
    pub fn as_text(&self) -> String {
        let offers = self.offers.as_ref().map_or_else(String::new, CardOffers::as_text);
        let lines = [&self.title, &self.detail, &self.code, &offers, &self.url];
        lines.into_iter().filter(|line| !line.is_empty()).map(String::as_str).collect::<Vec<_>>().join("\n")
    }
}

/// Words with their card, as a channel of words alone carries them.
pub(crate) fn with_words(text: &str, card: Option<&Card>) -> String {
    let card = card.map(Card::as_text);
    [Some(text.to_owned()), card].into_iter().flatten().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join("\n\n")
}
