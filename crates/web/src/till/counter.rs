//! Where the associate stands: who they are, in which shop, with which cart before them.

use crate::storefront::visitor::is_shop;
use crate::storefront::words::encoded;
use crate::{App, Cookie, Page, StaffMember, Trouble, cookie};
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use inventory::{Location, LocationId};
use kernel::{Actor, Currency, Fault, ReadTx, Tx};
use orders::{Cart, CartError, CartId, CartState, OpenCart, Owner};
use pricing::PriceContext;

/// Cookie of the shop that a device stands in.
const SHOP: &str = "hilo_till";
/// Cookie of a cart that was begun elsewhere and is continued here.
const CART: &str = "hilo_till_cart";
const YEAR: u64 = 365 * 24 * 3600;
const DAY: u64 = 24 * 3600;

/// One request at the till.
#[derive(Debug, Clone)]
pub(super) struct Counter {
    /// The page, with who is signed in and in which shop.
    pub(super) page: Page,
    /// Who acts.
    pub(super) actor: Actor,
    /// The shop.
    pub(super) shop: Location,
    /// A cart taken up from elsewhere.
    taken_up: Option<CartId>,
}

/// Nobody is signed in, or no shop is chosen.
pub(super) enum Turned {
    Away(Trouble),
    ToChooseShop(Box<Page>),
}

impl From<Trouble> for Turned {
    fn from(trouble: Trouble) -> Self {
        Turned::Away(trouble)
    }
}

impl IntoResponse for Turned {
    fn into_response(self) -> Response {
        match self {
            Turned::Away(trouble) => trouble.into_response(),
            Turned::ToChooseShop(page) => page.go(&format!("/till/shop?next={}", encoded(&page.path))).into_response(),
        }
    }
}

impl FromRequestParts<App> for Counter {
    type Rejection = Turned;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Turned> {
        let me = StaffMember::from_request_parts(parts, app).await?;
        let page = Page::from_request_parts(parts, app).await.map_err(Trouble::of)?;
        let chosen = cookie(&parts.headers, SHOP).and_then(|id| id.parse::<LocationId>().ok());
        let own = me.staff.location.clone();
        let read = app.db.read(move |tx| {
            let chosen = chosen.map_or(Ok(None), |id| inventory::location(tx, id))?.filter(is_shop);
            match (chosen, &own) {
                (None, Some(code)) => Ok::<_, Fault>(inventory::location_by_code(tx, code)?.filter(is_shop)),
                (chosen, _) => Ok(chosen),
            }
        });
        let Some(shop) = read.await.map_err(Trouble::from)? else { return Err(Turned::ToChooseShop(Box::new(page))) };
        let taken_up = cookie(&parts.headers, CART).and_then(|id| id.parse().ok());
        let page = page.signed_in(me.staff.name, shop.details.name.clone()).at_shop(shop.details.city.clone());
        Ok(Counter { page, actor: me.actor, shop, taken_up })
    }
}

impl Counter {
    /// Whose prices are asked here, besides everybody's: this shop's own.
    pub(super) fn audience(&self) -> Option<String> {
        Some(flows::shop_audience(&self.shop))
    }
    /// What is asked here now.
    pub(super) fn prices(&self, currency: Currency) -> PriceContext {
        PriceContext { audience: self.audience(), ..PriceContext::at(currency, self.page.now) }
    }
    /// Whose cart this is while nobody is known: this device's.
    fn device(&self) -> String {
        format!("till/{}", self.page.visit.0)
    }
    /// The cart on the counter: one taken up from elsewhere while it is open, else this device's.
    pub(super) fn cart(&self, tx: &ReadTx<'_>) -> Result<Option<Cart>, Fault> {
        if let Some(id) = self.taken_up
            && let Some(cart) = orders::cart(tx, id)?.filter(|cart| cart.state == CartState::Open && cart.may_be_changed_by(&self.actor))
        {
            return Ok(Some(cart));
        }
        orders::open_cart_of_guest(tx, &self.device())
    }
    /// The same; a new one if there is none.
    pub(super) fn cart_to_fill(&self, tx: &mut Tx<'_>) -> Result<Cart, CartError> {
        match self.cart(tx)? {
            Some(cart) => Ok(cart),
            None => orders::open_cart(tx, &self.actor, &OpenCart { owner: Owner::Guest(self.device()) }),
        }
    }
}

/// Remember the shop that this device stands in.
pub(super) fn stand_in(headers: &mut HeaderMap, shop: LocationId, secure: bool) {
    Cookie::lasting(SHOP, &shop.to_string(), YEAR, secure).set(headers);
}

/// Put a cart on the counter.
pub(super) fn take_up(headers: &mut HeaderMap, cart: CartId, secure: bool) {
    Cookie::lasting(CART, &cart.to_string(), DAY, secure).set(headers);
}

/// Clear the counter for the next customer.
pub(super) fn clear(headers: &mut HeaderMap) {
    Cookie::gone(CART).set(headers);
}
