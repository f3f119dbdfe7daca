//! Near me, this size, today: the shops that have what was chosen, nearest first.

use super::data::Data;
use super::promise::{delivery_words, fee_words};
use super::view::ready_words;
use crate::Page;
use crate::storefront::near::NearPlace;
use crate::storefront::shops::{distance, open_words};
use crate::storefront::visitor::is_shop;
use askama::Template;
use askama::filters::HtmlSafe;
use inventory::Nearby;
use pricing::DeliveryDays;

/// Shops on the product page.
pub(super) const FIRST: usize = 10;
/// Shops on the page of all of them.
pub(super) const ALL: usize = 50;
/// As far as one goes today, in metres; farther shops stand on the page of all of them..
const FAR: f64 = 100_000.0;
/// .. but so many are shown however far they are.
const AT_LEAST: usize = 3;
/// So many, and fewer, are the last ones.
const FEW: i64 = 3;

/// A shop that has it.
pub(crate) struct NearShop {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) distance: String,
    pub(crate) state: String,
    pub(crate) is_open: bool,
    /// `Para recoger hoy desde las 17:30`.
    pub(crate) ready: String,
    pub(crate) left: String,
    pub(crate) is_few: bool,
}

impl NearShop {
    pub(crate) fn of(page: &Page, near: &Nearby, days: &DeliveryDays) -> Self {
        let (shop, left) = (&near.location, near.available.map_or(0, |left| left.0));
        NearShop {
            id: shop.id.to_string(),
            name: shop.details.name.clone(),
            distance: distance(near.metres, page.locale),
            state: open_words(page, shop),
            is_open: shop.is_open(page.now),
            ready: flows::picked(shop, days, page.now)
                .map_or_else(String::new, |ready| page.tv("near-ready", ready_words(page, shop, ready))),
            left: page.tn(if left <= FEW { "near-few" } else { "near-some" }, left),
            is_few: left <= FEW,
        }
    }
}

/// The part of the page; its element is `#near`.
#[derive(Template)]
#[template(path = "storefront/product_near.html")]
pub(super) struct NearPart {
    page: Page,
    /// Goods, not services.
    is_shown: bool,
    /// From where, in words; empty while nobody said.
    place: String,
    is_rough: bool,
    /// Where the choice of a place leads back to.
    back: String,
    variant: String,
    /// What the product's page is called with this choice.
    product: String,
    shops: Vec<NearShop>,
    /// The page of all of them, where there are more.
    more: String,
    /// The day and the cost of sending; empty where it cannot be sent.
    sends: String,
}

impl HtmlSafe for NearPart {}

impl NearPart {
    /// At most `most` shops; on the product page none that is far, while there are others. `product` is the address of the product with the choice, `back` of this page.
    pub(super) fn of(page: &Page, data: &Data, place: Option<&NearPlace>, (product, back): (&str, &str), most: usize) -> Self {
        let chosen = data.chosen().filter(|variant| data.prices.contains_key(&variant.id));
        let near: Vec<_> = data.near.iter().filter(|near| is_shop(&near.location) && chosen.is_some()).collect();
        let close = near.iter().take_while(|near| near.metres <= FAR).count().max(AT_LEAST);
        let shown = if most < ALL { close.min(most) } else { most };
        let has_more = near.len() > shown && most < ALL;
        let query = product.split_once('?').map_or(String::new(), |(_, query)| format!("?{query}"));
        let sends = chosen.filter(|variant| data.to_send(variant.id) > 0).map(|_| {
            let option = data.delivery.as_ref();
            let fee = option.map_or_else(String::new, |option| format!(" · {}", fee_words(page, option.fee)));
            delivery_words(page, option) + &fee
        });
        NearPart {
            is_shown: !data.is_service(),
            place: place.map_or_else(String::new, |place| match place.words.as_str() {
                "" => page.t("near-here"),
                words => page.tv("near-of", words),
            }),
            is_rough: place.is_some_and(NearPlace::is_rough),
            back: back.to_owned(),
            variant: data.chosen().map_or_else(String::new, |variant| variant.id.to_string()),
            product: product.to_owned(),
            shops: near.iter().take(shown).map(|near| NearShop::of(page, near, &data.days)).collect(),
            more: if has_more { format!("/products/{}/shops{query}", data.product.handle) } else { String::new() },
            sends: sends.unwrap_or_default(),
            page: page.clone(),
        }
    }
    /// The way to this page with the device's own place.
    fn locates(&self) -> String {
        format!("/near?back={}", crate::storefront::words::encoded(&self.back))
    }
}
