//! Asking each door what it shows.

use super::truth::{Truth, VariantTruth, amount, there};
use api::Inside;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use flows::{CardStyle, product_card};
use kernel::{Actor, Currency, Db, Fault, Locale};
use serde_json::Value;
use std::collections::HashMap;
use tower::ServiceExt;
use web::parity::{Aspect, Cause, Difference, Door};

/// Largest answer that is read, in bytes.
const LARGEST: usize = 4 << 20;
/// Variants of a product that are compared one by one.
const MOST: usize = 100;

/// The doors of a running site.
#[derive(Clone)]
pub struct Doors {
    db: Db,
    router: Router,
    pub(super) currency: Currency,
    public_url: String,
}

/// What one door answered.
struct Answer {
    status: StatusCode,
    text: String,
}

/// Differences of one product at one door.
struct Finder<'a> {
    truth: &'a Truth,
    door: Door,
    found: Vec<Difference>,
}

impl Finder<'_> {
    fn add(&mut self, sku: &str, aspect: Aspect, (shown, right): (String, String), cause: Cause) {
        let Truth { product, handle, name, .. } = self.truth;
        let (sku, door) = (sku.to_owned(), self.door);
        self.found.push(Difference {
            product: *product,
            handle: handle.clone(),
            name: name.clone(),
            sku,
            door,
            aspect,
            shown,
            right,
            cause,
        });
    }
    fn same(&mut self, sku: &str, aspect: Aspect, shown: String, right: String) {
        if shown != right {
            self.add(sku, aspect, (shown, right), Cause::Unknown);
        }
    }
    /// Whether the door shows the product, where it should.
    fn is_there(&mut self, answer: &Answer, is_shown: bool) -> bool {
        if answer.status.is_server_error() {
            self.add("", Aspect::Presence, (answer.status.as_u16().to_string(), String::new()), Cause::Failing);
            return false;
        }
        self.is_listed("", is_shown, self.truth.is_visible)
    }
    fn is_listed(&mut self, sku: &str, is_shown: bool, should_be: bool) -> bool {
        let (shown, right) = (is_shown.to_string(), should_be.to_string());
        match (is_shown, should_be) {
            (true, false) => self.add(sku, Aspect::Presence, (shown, right), Cause::Withdrawn),
            (false, true) => self.add(sku, Aspect::Presence, (shown, right), Cause::LeftOut),
            _ => {}
        }
        is_shown && should_be
    }
}

impl Doors {
    /// The doors behind `router`; prices are compared in the brand's currency.
    pub fn new(db: Db, router: Router, currency: Currency, public_url: String) -> Self {
        Doors { db, router, currency, public_url }
    }

    /// What differs from what is right, at every door.
    pub(super) async fn compare(&self, truth: &Truth) -> Result<Vec<Difference>, Fault> {
        let mut found = self.page(truth).await?;
        found.extend(self.search(truth).await?);
        found.extend(self.api(truth).await?);
        found.extend(self.card(truth).await?);
        found.extend(self.feed(truth).await?);
        Ok(found)
    }

    async fn ask(&self, path: &str) -> Result<Answer, Fault> {
        let request = Request::get(path).header(header::ACCEPT_LANGUAGE, "es").header(header::USER_AGENT, "hilo-watch");
        // Known by the request itself, which nobody outside this process can make.
        let request = request.extension(Inside(Actor::system())).body(Body::empty());
        let request = request.map_err(|e| Fault::outside("asking a door of our own", e))?;
        let response = self.router.clone().oneshot(request).await.unwrap_or_else(|never| match never {});
        let status = response.status();
        let bytes = axum::body::to_bytes(response.into_body(), LARGEST)
            .await
            .map_err(|e| Fault::outside("reading the answer of a door of our own", e))?;
        Ok(Answer { status, text: String::from_utf8_lossy(&bytes).into_owned() })
    }

    /// What the page tells search engines, which it makes of what it shows.
    async fn page(&self, truth: &Truth) -> Result<Vec<Difference>, Fault> {
        let answer = self.ask(&format!("/products/{}", truth.handle)).await?;
        let mut finder = Finder { truth, door: Door::Page, found: Vec::new() };
        if !finder.is_there(&answer, answer.status == StatusCode::OK) {
            return Ok(finder.found);
        }
        let product = answer.text.split_once("<script type=\"application/ld+json\">").and_then(|(_, rest)| rest.split_once("</script>"));
        let told: Value = product.and_then(|(json, _)| serde_json::from_str(json).ok()).unwrap_or_default();
        let things = told["@graph"].as_array().cloned().unwrap_or_default();
        let product = things.into_iter().find(|thing| thing["@type"] == "Product").unwrap_or_default();
        finder.same("", Aspect::Name, text(&product["name"]), truth.name.clone());
        let offers = product["offers"].as_array().cloned().unwrap_or_default();
        for variant in truth.variants.iter().take(MOST) {
            let offer = offers.iter().find(|offer| offer["sku"] == variant.sku.as_str());
            if let Some(offer) = offer.filter(|_| finder.is_listed(&variant.sku, offer.is_some(), true)) {
                finder.same(&variant.sku, Aspect::Price, self.money(&text(&offer["price"])), amount(variant.price));
                let is_there = match text(&offer["availability"]).rsplit('/').next() {
                    Some("InStock") => "in_stock",
                    Some("BackOrder") => "backorder",
                    Some("PreOrder") => "preorder",
                    _ => "out_of_stock",
                };
                finder.same(&variant.sku, Aspect::Stock, is_there.to_owned(), there(variant));
            }
        }
        Ok(finder.found)
    }

    /// Whoever types a product's number into the search field is offered the product with its price.
    async fn search(&self, truth: &Truth) -> Result<Vec<Difference>, Fault> {
        let mut finder = Finder { truth, door: Door::Search, found: Vec::new() };
        let Some(first) = truth.variants.first() else { return Ok(finder.found) };
        let typed: String = form_urlencoded::byte_serialize(first.sku.as_bytes()).collect();
        let answer = self.ask(&format!("/suggestions?q={typed}")).await?;
        let link = format!("href=\"/products/{}\"", truth.handle);
        let offered = answer.text.split_once(&link).and_then(|(_, rest)| rest.split_once("</a>"));
        if finder.is_there(&answer, offered.is_some())
            && let (Some((offered, _)), Some(from)) = (offered, truth.from())
        {
            let price = offered.rsplit_once("</span>").and_then(|(rest, _)| rest.rsplit_once('>')).map_or("", |(_, price)| price);
            finder.same("", Aspect::Price, price.to_owned(), amount(from));
        }
        Ok(finder.found)
    }

    async fn api(&self, truth: &Truth) -> Result<Vec<Difference>, Fault> {
        let mut finder = Finder { truth, door: Door::Api, found: Vec::new() };
        let answer = self.ask(&format!("/v1/products/{}", truth.product)).await?;
        let product: Value = serde_json::from_str(&answer.text).unwrap_or_default();
        // Programs see what is not on sale too, and its state.
        if !finder.is_there(&answer, answer.status == StatusCode::OK && product["status"] == "active") {
            return Ok(finder.found);
        }
        finder.same("", Aspect::Name, text(&product["title"]["es"]), truth.name.clone());
        let compared = &truth.variants[..truth.variants.len().min(MOST)];
        for some in compared.chunks(20) {
            let ids = some.iter().map(|variant| variant.id.to_string()).collect::<Vec<_>>().join(",");
            let prices = self.ask(&format!("/v1/prices?variants={ids}&currency={}", self.currency.code())).await?;
            let prices: Value = serde_json::from_str(&prices.text).unwrap_or_default();
            let of = |variant: &VariantTruth| {
                prices["items"].as_array()?.iter().find(|price| price["variant"] == variant.id.to_string().as_str()).cloned()
            };
            for variant in some {
                let price = of(variant).unwrap_or_default()["price"].clone();
                let shown =
                    price["amount_minor"].as_i64().map_or_else(String::new, |minor| amount(kernel::Money::new(minor, self.currency)));
                finder.same(&variant.sku, Aspect::Price, shown, amount(variant.price));
            }
        }
        if let Some(variant) = truth.variants.first().filter(|_| !truth.is_service) {
            let stock = self.ask(&format!("/v1/variants/{}/stock?limit=100", variant.id)).await?;
            let stock: Value = serde_json::from_str(&stock.text).unwrap_or_default();
            if stock["next_cursor"].is_null() {
                let places = stock["items"].as_array().cloned().unwrap_or_default();
                let available: i64 = places.iter().filter_map(|place| place["available"].as_i64()).sum();
                finder.same(&variant.sku, Aspect::Stock, available.to_string(), variant.available.to_string());
            }
        }
        Ok(finder.found)
    }

    /// The card that an agent would put into a message now.
    async fn card(&self, truth: &Truth) -> Result<Vec<Difference>, Fault> {
        let mut finder = Finder { truth, door: Door::Card, found: Vec::new() };
        let style = CardStyle { locale: Locale::Es, currency: self.currency, public_url: self.public_url.clone() };
        let handle = truth.handle.clone();
        let card = self.db.read(move |tx| match product_card(tx, &handle, &style) {
            Ok(card) => Ok(Some(card)),
            Err(flows::CardError::Fault(fault)) => Err(fault),
            Err(_) => Ok(None),
        });
        let card = card.await?;
        if let Some(card) = card.as_ref().filter(|_| finder.is_listed("", card.is_some(), truth.is_visible)) {
            finder.same("", Aspect::Name, card.title.clone(), truth.name.clone());
            let right = truth.from().map_or_else(String::new, amount);
            // With several prices the lowest stands behind a word.
            if !card.detail.ends_with(&right) {
                finder.same("", Aspect::Price, card.detail.clone(), right);
            }
        }
        Ok(finder.found)
    }

    async fn feed(&self, truth: &Truth) -> Result<Vec<Difference>, Fault> {
        let mut finder = Finder { truth, door: Door::Feed, found: Vec::new() };
        let answer = self.ask(&format!("/feeds/google.tsv?product={}", truth.handle)).await?;
        if answer.status.is_server_error() {
            finder.is_there(&answer, false);
            return Ok(finder.found);
        }
        let mut reader = csv::ReaderBuilder::new().delimiter(b'\t').from_reader(answer.text.as_bytes());
        let rows: HashMap<String, HashMap<String, String>> = reader
            .deserialize::<HashMap<String, String>>()
            .filter_map(Result::ok)
            .filter_map(|row| Some((row.get("id")?.clone(), row)))
            .collect();
        for variant in truth.variants.iter().take(MOST) {
            let row = rows.get(&variant.sku).or_else(|| rows.get(&variant.id.to_string()));
            // What has no picture, or a price without tax, no advert may show.
            let should_be = truth.is_visible && truth.has_picture && variant.is_tax_included;
            if let Some(row) = row.filter(|_| finder.is_listed(&variant.sku, row.is_some(), should_be)) {
                let price = row.get("sale_price").filter(|price| !price.is_empty()).or_else(|| row.get("price"));
                let price = price.and_then(|price| price.split(' ').next()).unwrap_or_default();
                finder.same(&variant.sku, Aspect::Price, self.money(price), amount(variant.price));
                finder.same(&variant.sku, Aspect::Stock, row.get("availability").cloned().unwrap_or_default(), there(variant));
            }
        }
        Ok(finder.found)
    }

    /// `12.90` as differences say a price; what is none stays as it is.
    fn money(&self, decimal: &str) -> String {
        kernel::Money::parse(decimal, self.currency).map_or_else(|_| decimal.to_owned(), amount)
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
