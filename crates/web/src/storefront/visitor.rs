//! Whoever shops, with all that the frame around each page shows of them.

use super::near::NearPlace;
use super::words::word;
use crate::ui::Current;
use crate::{App, Cookie, Page, Shopper, Trouble, cookie};
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use inventory::{Location, LocationId, LocationKind};
use kernel::{Fault, ReadTx};
use orders::{Cart, Owner};
use pricing::PriceContext;

/// Cookie of the chosen shop.
const SHOP: &str = "hilo_shop";
const YEAR: u64 = 365 * 24 * 3600;
/// Categories that fit the header.
const MOST_AISLES: usize = 14;

/// Whoever shops.
#[derive(Debug, Clone)]
pub(crate) struct Visitor {
    /// The page, with what the header shows.
    pub page: Page,
    /// Who it is.
    pub shopper: Shopper,
    /// The shop they chose.
    pub shop: Option<Location>,
    /// Where they said they are.
    pub near: Option<NearPlace>,
    /// The categories of the header.
    pub aisles: Vec<Aisle>,
    /// Whether what this browser looks at may be noted.
    pub may_remember: bool,
}

/// A category in the header.
#[derive(Debug, Clone)]
pub(crate) struct Aisle {
    pub href: String,
    pub text: String,
    pub current: Current,
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Trouble;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Trouble> {
        let page = Page::from_request_parts(parts, app).await.map_err(Trouble::of)?;
        let shopper = Shopper::from_request_parts(parts, app).await?;
        let chosen = cookie(&parts.headers, SHOP).and_then(|id| id.parse::<LocationId>().ok());
        let near = NearPlace::from_headers(&parts.headers);
        let (copy, asked, at) = (app.clone(), shopper.clone(), page.clone());
        let read = app.db.read(move |tx| {
            let shop = chosen.map_or(Ok(None), |id| inventory::location(tx, id))?.filter(is_shop);
            let units = own_cart(tx, &asked)?.map_or(0, |cart| cart.units());
            let signed = asked.signed_in.map_or(Ok(None), |profile| customers::profile(tx, profile))?;
            Ok::<_, Fault>((shop, units, signed.map(|profile| profile.name()), aisles(tx, &copy, &at)?))
        });
        let (shop, units, name, aisles) = read.await?;
        let mut page = page.cart(u32::try_from(units).unwrap_or(u32::MAX));
        if let Some(name) = name {
            let name = if name.is_empty() { page.t("store-you") } else { name };
            page = page.signed_in(name, "");
        }
        if let Some(shop) = &shop {
            page = page.at_shop(shop.details.city.clone());
        }
        Ok(Visitor { page, shopper, shop, near, aisles, may_remember: super::seen::may_remember(&parts.headers) })
    }
}

impl Visitor {
    /// Prices for this visitor, now.
    pub(crate) fn prices(&self, app: &App) -> PriceContext {
        PriceContext::at(app.brand.currency, self.page.now)
    }
    /// Where distances are measured from: where they said they are, else the shop they chose.
    pub(crate) fn place(&self) -> Option<NearPlace> {
        self.near.clone().or_else(|| self.shop.as_ref().map(NearPlace::of_shop))
    }
    /// The id of the shop they chose.
    pub(crate) fn shop_id(&self) -> Option<LocationId> {
        self.shop.as_ref().map(|shop| shop.id)
    }
}

/// The open cart: of the customer once signed in, else of the browser.
pub(crate) fn own_cart(tx: &ReadTx<'_>, shopper: &Shopper) -> Result<Option<Cart>, Fault> {
    match shopper.signed_in {
        Some(profile) => orders::open_cart_of(tx, &[profile]),
        None => orders::open_cart_of_guest(tx, &shopper.visit.0),
    }
}

/// Whose cart a new one would be.
pub(crate) fn owner(shopper: &Shopper) -> Owner {
    shopper.signed_in.map_or_else(|| Owner::Guest(shopper.visit.0.clone()), Owner::Profile)
}

/// Remember the chosen shop.
pub(crate) fn choose_shop(headers: &mut HeaderMap, shop: LocationId, secure: bool) {
    Cookie::lasting(SHOP, &shop.to_string(), YEAR, secure).set(headers);
}

/// True for a place that customers may walk into.
pub(crate) fn is_shop(location: &Location) -> bool {
    location.details.kind == LocationKind::Shop && location.details.is_active
}

fn aisles(tx: &ReadTx<'_>, app: &App, page: &Page) -> Result<Vec<Aisle>, Fault> {
    let mut categories = catalogue::categories(tx)?;
    categories.sort_by_key(|category| std::cmp::Reverse(category.products));
    categories.truncate(MOST_AISLES);
    let aisle = |category: catalogue::Category| {
        let chosen = format!("category={}", category.key);
        Aisle {
            current: Current(page.path == "/products" && page.query.split('&').any(|pair| pair == chosen)),
            href: format!("/products?{chosen}"),
            text: word(app, page.locale, &category.name),
        }
    };
    Ok(categories.into_iter().map(aisle).collect())
}
