//! Something of the shop within a message, with its button.

use crate::picture_url;
use askama::{Template, filters::HtmlSafe};
use conversations::{Card, CardOffers};

/// A card as it is shown.
#[derive(Template, Debug, Clone, PartialEq, Eq)]
#[template(path = "ui/sent_card.html")]
pub struct SentCard {
    kind: &'static str,
    title: String,
    detail: String,
    code: String,
    picture: String,
    version: i64,
    action: String,
    url: String,
    offers: Option<CardOffers>,
}
impl HtmlSafe for SentCard {}

impl From<&Card> for SentCard {
    fn from(card: &Card) -> Self {
        SentCard {
            kind: card.kind.as_str(),
            title: card.title.clone(),
            detail: card.detail.clone(),
            code: card.code.clone(),
            picture: if card.picture.is_empty() { String::new() } else { picture_url(&card.picture) },
            version: card.version,
            action: card.action.clone(),
            url: card.url.clone(),
            offers: card.offers.clone(),
        }
    }
}
