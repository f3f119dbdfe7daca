//! A cart as it is shown.

use super::super::product::promise::{DeliveryChoice, ahead_words, delivery_words};
use super::super::product::ready_words;
use super::super::visitor::{Visitor, is_shop, own_cart};
use super::super::words::label;
use super::Read;
use crate::ui::Moment;
use crate::{App, Page, picture_url};
use catalogue::{VariantCard, VariantId};
use flows::{BasketQuote, DeliveryOption, cart_with_delivery};
use inventory::{Location, LocationId};
use kernel::{Money, Quantity, ReadTx, StaffId};
use orders::{Address, Cart, CartId, CartLine, Way};
use pricing::{CouponAnswer, CouponOutcome, CouponRefusal, DeliveryDays};
use std::collections::{BTreeMap, HashMap};

/// A cart, priced as far as it can be.
pub(crate) struct CartView {
    pub(crate) id: Option<CartId>,
    pub(crate) version: i64,
    pub(crate) units: i64,
    pub(crate) lines: Vec<LineView>,
    pub(crate) totals: Option<Totals>,
    /// What it comes to, once it has a price.
    pub(crate) due: Option<Money>,
    /// Why there are no totals.
    pub(crate) trouble: String,
    pub(crate) delivers: bool,
    /// The ways of delivery that reach it.
    pub(crate) deliveries: Vec<DeliveryChoice>,
    /// What delivery costs in minor units, as it is shown; empty while there is no price.
    pub(crate) fee: String,
    pub(crate) collects: bool,
    pub(crate) code: String,
    /// Code of the coupon; empty for none.
    pub(crate) coupon: String,
    /// What became of it, and whether it takes something off.
    pub(crate) coupon_says: String,
    pub(crate) coupon_applies: bool,
}

/// What it comes to.
pub(crate) struct Totals {
    pub(crate) goods: String,
    pub(crate) discount: String,
    pub(crate) delivery: String,
    pub(crate) tax: String,
    pub(crate) total: String,
    /// Reasons, once each.
    pub(crate) why: Vec<String>,
}

/// One line.
pub(crate) struct LineView {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) options: String,
    pub(crate) href: String,
    pub(crate) picture: String,
    pub(crate) quantity: i64,
    pub(crate) total: String,
    pub(crate) was: String,
    /// Value, words, whether it is the present one.
    pub(crate) ways: Vec<(String, String, bool)>,
    pub(crate) promise: String,
    pub(crate) is_collected: bool,
    /// What stands in the way of buying it; empty for nothing.
    pub(crate) trouble: String,
    /// Who touched it last, if it was not the customer.
    pub(crate) by: String,
    pub(crate) when: Option<Moment>,
}

pub(crate) fn load(tx: &ReadTx<'_>, app: &App, visitor: &Visitor) -> Read<CartView> {
    let cart = own_cart(tx, &visitor.shopper)?;
    shown(tx, app, &visitor.page, visitor.shop_id(), cart.as_ref())
}

/// The same, sent to an address that is known only at the checkout.
pub(crate) fn load_sent(tx: &ReadTx<'_>, app: &App, visitor: &Visitor, home: Option<&Address>) -> Read<CartView> {
    let cart = own_cart(tx, &visitor.shopper)?;
    shown_sent(tx, app, &visitor.page, visitor.shop_id(), cart.as_ref(), home)
}

/// A cart as its page shows it, whoever looks; `shop` is where the reader likes to collect.
pub(crate) fn shown(tx: &ReadTx<'_>, app: &App, page: &Page, shop: Option<LocationId>, cart: Option<&Cart>) -> Read<CartView> {
    shown_sent(tx, app, page, shop, cart, None)
}

fn shown_sent(
    tx: &ReadTx<'_>,
    app: &App,
    page: &Page,
    shop: Option<LocationId>,
    cart: Option<&Cart>,
    home: Option<&Address>,
) -> Read<CartView> {
    let Some(cart) = cart.filter(|cart| !cart.lines.is_empty()) else { return Ok(empty(cart)) };
    let ids: Vec<_> = cart.lines.iter().map(|line| line.variant).collect();
    let cards: HashMap<VariantId, VariantCard> = catalogue::variants(tx, &ids)?.into_iter().map(|card| (card.id, card)).collect();
    let stock = flows::available(tx, &ids)?;
    let places = inventory::locations(tx, false, None, 200)?;
    let sent = cart_with_delivery(tx, cart, app.brand.currency, None, home)?;
    let delivery = sent.chosen().cloned();
    let deliveries = DeliveryChoice::all(page, &sent.options);
    let (quote, trouble) = match sent.quote {
        Ok(quote) => (Some(quote), String::new()),
        Err(refused) => (None, no_price(page, refused)),
    };
    let days = pricing::delivery_days(tx)?;
    let mut around =
        Around { app, page, stock: &stock, ahead: BTreeMap::new(), places: &places, cart, shop, delivery: delivery.as_ref(), days: &days };
    let lacking: Vec<_> = cart.lines.iter().filter(|line| around.lacks(line) > 0).map(|line| line.variant).collect();
    if !lacking.is_empty() {
        around.ahead = flows::ahead(tx, &lacking)?;
    }
    let mut lines = Vec::new();
    for (at, line) in cart.lines.iter().enumerate() {
        let Some(card) = cards.get(&line.variant) else { continue };
        let priced = quote.as_ref().and_then(|quote| quote.lines.get(at));
        lines.push(LineView { by: who(tx, page, line)?, ..around.line(line, card, priced) });
    }
    let answer = quote.as_ref().and_then(|quote| quote.coupon.as_ref());
    Ok(CartView {
        coupon: cart.coupon.clone().unwrap_or_default(),
        coupon_says: answer.map_or_else(String::new, |answer| coupon_says(page, answer)),
        coupon_applies: answer.is_some_and(|answer| answer.outcome == CouponOutcome::Applied),
        id: Some(cart.id),
        version: cart.version,
        units: cart.units(),
        fee: quote.as_ref().map_or_else(String::new, |quote| quote.delivery_fee.minor.to_string()),
        due: quote.as_ref().map(|quote| quote.total),
        totals: quote.map(|quote| totals(page, &quote)),
        deliveries,
        trouble,
        delivers: cart.lines.iter().any(|line| matches!(line.way, Way::Deliver { .. })),
        collects: cart.lines.iter().any(|line| matches!(line.way, Way::Collect { .. })),
        code: cart.code.clone().unwrap_or_default(),
        lines,
    })
}

fn empty(cart: Option<&Cart>) -> CartView {
    CartView {
        id: cart.map(|cart| cart.id),
        version: cart.map_or(0, |cart| cart.version),
        units: 0,
        lines: Vec::new(),
        totals: None,
        due: None,
        trouble: String::new(),
        delivers: false,
        deliveries: Vec::new(),
        fee: String::new(),
        collects: false,
        code: String::new(),
        coupon: String::new(),
        coupon_says: String::new(),
        coupon_applies: false,
    }
}

/// Why a cart has no price, and what to do.
pub(crate) fn no_price(page: &Page, refused: flows::BasketError) -> String {
    match refused {
        flows::BasketError::DeliveryGone { .. } => page.t("delivery-gone"),
        flows::BasketError::DeliveryNotReached { postcode, .. } => page.tv("delivery-not-reached", postcode),
        flows::BasketError::NoDelivery { postcode, .. } | flows::BasketError::CannotDeliver { postcode, .. } => {
            page.tv("checkout-cannot-deliver", postcode)
        }
        other => crate::Trouble::from(other).says(page),
    }
}

/// What became of a coupon, in a sentence.
pub(crate) fn coupon_says(page: &Page, answer: &CouponAnswer) -> String {
    match answer.outcome {
        CouponOutcome::Applied => answer.name.get(page.locale).to_owned(),
        CouponOutcome::Idle => page.t("coupon-idle"),
        CouponOutcome::Refused(refusal) => coupon_refused(page, refusal),
    }
}

/// Why a code may not be used, in a sentence.
pub(crate) fn coupon_refused(page: &Page, refusal: CouponRefusal) -> String {
    page.t(match refusal {
        CouponRefusal::Unknown => "coupon-unknown",
        CouponRefusal::NotYet => "coupon-not-yet",
        CouponRefusal::Over => "coupon-over",
        CouponRefusal::Stopped => "coupon-stopped",
        CouponRefusal::UsedUp => "coupon-used-up",
        CouponRefusal::UsedByCustomer => "coupon-used-by-customer",
        CouponRefusal::NeedsCustomer => "coupon-needs-customer",
    })
}

/// `Marta · del equipo`, or nothing when the customer did it.
fn who(tx: &ReadTx<'_>, page: &Page, line: &CartLine) -> Read<String> {
    let Some(id) = line.changed_by.strip_prefix("staff:").and_then(|id| id.parse::<StaffId>().ok()) else { return Ok(String::new()) };
    let name = access::staff_member(tx, id)?.map_or_else(|| page.brand.to_string(), |staff| staff.name);
    Ok(page.tv(if line.added_by == line.changed_by { "cart-added-by" } else { "cart-changed-by" }, name))
}

/// What the lines are looked at with.
struct Around<'a> {
    app: &'a App,
    page: &'a Page,
    stock: &'a BTreeMap<VariantId, BTreeMap<LocationId, Quantity>>,
    /// What comes later of lines that are sent and not all there.
    ahead: BTreeMap<VariantId, flows::Ahead>,
    places: &'a [Location],
    cart: &'a Cart,
    shop: Option<LocationId>,
    /// How what is sent is sent.
    delivery: Option<&'a DeliveryOption>,
    days: &'a DeliveryDays,
}

impl Around<'_> {
    fn line(&self, line: &CartLine, card: &VariantCard, priced: Option<&pricing::QuoteLine>) -> LineView {
        let page = self.page;
        let money = |amount: &Money| amount.format(page.locale);
        let was = priced.filter(|priced| priced.subtotal.minor > priced.total.minor).map(|priced| money(&priced.subtotal));
        LineView {
            id: line.id.to_string(),
            title: card.title.get(page.locale).to_owned(),
            options: label(self.app, page.locale, card),
            href: format!("/products/{}?sku={}", card.handle, super::super::words::encoded(&card.sku)),
            picture: picture_url(card.picture.as_ref().map_or("", |picture| &picture.source)),
            quantity: line.quantity.0,
            total: priced.map_or_else(String::new, |priced| money(&priced.total)),
            was: was.unwrap_or_default(),
            ways: self.ways(line, card.is_service),
            promise: if card.is_service { page.t("goes-with-service") } else { self.promise(line) },
            is_collected: matches!(line.way, Way::Collect { .. }),
            trouble: self.trouble(line, card),
            by: String::new(),
            when: line.changed_by.starts_with("staff:").then(|| Moment::ago(line.updated_at, page.now, page.locale)),
        }
    }

    fn at(&self, variant: VariantId, place: LocationId) -> i64 {
        self.stock.get(&variant).and_then(|places| places.get(&place)).map_or(0, |quantity| quantity.0)
    }

    /// What can be had the way the line goes.
    fn left(&self, line: &CartLine) -> i64 {
        match &line.way {
            Way::Collect { location } | Way::TakeNow { location } => self.at(line.variant, *location),
            Way::Deliver { .. } => {
                self.places.iter().filter(|place| place.details.ships).map(|place| self.at(line.variant, place.id)).sum()
            }
        }
    }

    /// How many of a line that is sent are not there.
    fn lacks(&self, line: &CartLine) -> i64 {
        if matches!(line.way, Way::Deliver { .. }) { self.wanted(line) - self.left(line) } else { 0 }
    }

    /// The same goods may stand on two lines; together they must not exceed what is there.
    fn wanted(&self, line: &CartLine) -> i64 {
        let alike = self.cart.lines.iter().filter(|other| other.variant == line.variant && other.way == line.way);
        alike.map(|other| other.quantity.0).sum()
    }

    /// What comes later of a line, where that is enough.
    fn ahead(&self, line: &CartLine) -> Option<&flows::Ahead> {
        let lacks = self.lacks(line);
        self.ahead.get(&line.variant).filter(|ahead| lacks > 0 && ahead.free.0 >= lacks)
    }

    fn trouble(&self, line: &CartLine, card: &VariantCard) -> String {
        if !card.is_for_sale() {
            return self.page.t("line-not-for-sale");
        }
        match self.left(line) {
            left if left >= self.wanted(line) || self.ahead(line).is_some() => String::new(),
            ..=0 => self.page.t("line-gone"),
            left => self.page.tn("line-left", left),
        }
    }

    fn ways(&self, line: &CartLine, is_service: bool) -> Vec<(String, String, bool)> {
        let page = self.page;
        let (sent, there) = if is_service { ("line-service-sent", "way-service") } else { ("line-deliver", "line-collect") };
        let delivers = matches!(line.way, Way::Deliver { .. });
        let mut ways = vec![("deliver".to_owned(), page.t(sent), delivers)];
        for place in self.places.iter().filter(|place| is_shop(place) && place.details.collects) {
            let is_here = matches!(&line.way, Way::Collect { location } if *location == place.id);
            if is_here || self.at(line.variant, place.id) >= line.quantity.0 {
                let words = page.tv(there, &place.details.city);
                let entry = (format!("collect:{}", place.id), words, is_here);
                // Their own shop comes first.
                if Some(place.id) == self.shop { ways.insert(1, entry) } else { ways.push(entry) }
            }
        }
        ways
    }

    fn promise(&self, line: &CartLine) -> String {
        let page = self.page;
        match &line.way {
            Way::Deliver { .. } => match self.ahead(line) {
                Some(ahead) => ahead_words(page, ahead),
                None => delivery_words(page, self.delivery),
            },
            Way::Collect { location } | Way::TakeNow { location } => {
                let Some(place) = self.places.iter().find(|place| place.id == *location) else { return String::new() };
                let Some(ready) = flows::picked(place, self.days, page.now) else { return String::new() };
                let values = [("shop", place.details.city.clone().into()), ("when", ready_words(page, place, ready).into())];
                page.tw("way-collect", &values)
            }
        }
    }
}

pub(crate) fn totals(page: &Page, quote: &BasketQuote) -> Totals {
    let money = |amount: &Money| amount.format(page.locale);
    let mut why: Vec<String> = Vec::new();
    for reason in quote.lines.iter().flat_map(|line| &line.why) {
        let sentence = reason.sentence(page.locale);
        // The name of our price list means nothing to customers.
        if !matches!(reason, pricing::Why::List { .. }) && !why.contains(&sentence) {
            why.push(sentence);
        }
    }
    Totals {
        // Before what is taken off, so that the column adds up.
        goods: quote.goods.add(quote.discount).map_or_else(|_| String::new(), |goods| money(&goods)),
        discount: if quote.discount.is_zero() { String::new() } else { money(&quote.discount) },
        delivery: if quote.delivery_fee.is_zero() { page.t("free") } else { money(&quote.delivery_fee) },
        tax: money(&quote.tax),
        total: money(&quote.total),
        why,
    }
}

#[cfg(test)]
mod tests {
    use kernel::{Actor, StaffId};

    #[test]
    fn only_staff_are_named() {
        assert!(Actor::guest().to_string().strip_prefix("staff:").is_none());
        assert!("staff:01ARZ3NDEKTSV4RRFFQ69G5FAV".strip_prefix("staff:").is_some_and(|id| id.parse::<StaffId>().is_ok()));
    }
}
