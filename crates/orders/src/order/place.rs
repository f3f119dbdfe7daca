//! Accept an order.

use super::line_part::LinePart;
use super::model::{Contact, Order, OrderHead, OrderLine};
use super::number::OrderNumber;
use super::states::OrderState;
use super::store;
use crate::cart;
use crate::cart::Matched;
use crate::code::{secret, short_code};
use crate::events;
use crate::fulfilment::{Fulfilment, FulfilmentState, FulfilmentWay, Promised, Sourced, Stages, insert_awaited, insert_fulfilment};
use crate::ids::{CartId, OrderId};
use crate::way::Address;
use catalogue::VariantId;
use inventory::{LocationId, ReservationId};
use jiff::civil::Date;
use kernel::{Actor, Channel, Currency, Denied, Fault, Kind, Locale, Money, Permission, Problem, ProfileId, Quantity, ReadTx, Tx};

/// Input of [`place_order`]. Every amount is in `currency`.
#[derive(Debug, Clone)]
pub struct PlaceOrder {
    /// The caller's name for this one intent: the same key gives the same order.
    pub key: String,
    /// The cart that becomes this order.
    pub cart: Option<CartId>,
    /// The cart's version that was quoted; the order is refused when it has changed since.
    pub cart_version: Option<i64>,
    /// Whose order.
    pub profile: Option<ProfileId>,
    /// Where.
    pub channel: Channel,
    /// Language for notices.
    pub locale: Locale,
    /// The shop that sells, if one does.
    pub sold_at: Option<LocationId>,
    /// Whom to tell.
    pub contact: Contact,
    /// What the customer adds.
    pub note: String,
    /// The coupon that takes something off; empty for none.
    pub coupon: String,
    /// Of every amount.
    pub currency: Currency,
    /// Tax included, minor units.
    pub delivery_fee: i64,
    /// Tax within the delivery fee, minor units.
    pub delivery_tax: i64,
    /// One per place and way.
    pub parts: Vec<NewPart>,
}

/// What one place supplies in one way.
#[derive(Debug, Clone)]
pub struct NewPart {
    /// How it reaches the customer.
    pub way: FulfilmentWay,
    /// Who supplies it.
    pub location: LocationId,
    /// Name of that place, as the timeline shows it.
    pub place: String,
    /// For delivery.
    pub address: Option<Address>,
    /// What is promised of a parcel.
    pub promised: Option<Promised>,
    /// Why this place sends it.
    pub sourced: Option<Sourced>,
    /// The day on which its goods are there, where they are not yet.
    pub expected: Option<Date>,
    /// At least one.
    pub lines: Vec<NewLine>,
}

/// One line, as quoted. Amounts in minor units.
#[derive(Debug, Clone)]
pub struct NewLine {
    /// What.
    pub variant: VariantId,
    /// Its code.
    pub sku: String,
    /// Its title in the customer's language.
    pub title: String,
    /// At least 1.
    pub quantity: Quantity,
    /// Of one, before discounts.
    pub unit_price: i64,
    /// Off the whole line, zero or positive.
    pub discount: i64,
    /// True when `unit_price` and `discount` include the tax.
    pub is_tax_included: bool,
    /// 2100 for 21 %.
    pub tax_basis_points: i64,
    /// Tax within `total`.
    pub tax: i64,
    /// `unit_price × quantity − discount`, and the tax where it is not included.
    pub total: i64,
    /// The stock set aside for it; kept, so that handing over and cancelling find it again.
    pub reservation: Option<ReservationId>,
    /// The price that the shop matched, if it did.
    pub matched: Option<Matched>,
    /// What is in it, where it is a bundle.
    pub parts: Vec<LinePart>,
}

/// What [`place_order`] answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// The order.
    pub order: Order,
    /// True when the key had acted before and this is that first order, as it is now.
    pub repeated: bool,
}

/// Why an order is not accepted. Nothing is written.
#[derive(Debug, thiserror::Error)]
pub enum PlaceError {
    /// No line, or a part without one.
    #[error("an order needs at least one line")]
    Empty,
    /// A line's amounts do not add up.
    #[error("the amounts of `{sku}` do not add up")]
    BadAmounts {
        /// Of which line.
        sku: String,
    },
    /// Goods to deliver, and nowhere to.
    #[error("a delivery address is missing")]
    AddressMissing,
    /// The cart was ordered, changed or given up meanwhile.
    #[error("the cart has changed meanwhile")]
    CartChanged,
    /// Somebody else's order, or one of another cart, has this key.
    #[error("this key was used for another order")]
    KeyTaken,
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Not our caller's doing.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for PlaceError {
    fn kind(&self) -> Kind {
        match self {
            PlaceError::Empty | PlaceError::BadAmounts { .. } | PlaceError::AddressMissing => Kind::Invalid,
            PlaceError::CartChanged | PlaceError::KeyTaken => Kind::Conflict,
            PlaceError::Denied(denied) => denied.kind(),
            PlaceError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            PlaceError::Empty => "orders.empty",
            PlaceError::BadAmounts { .. } => "orders.bad_amounts",
            PlaceError::AddressMissing => "orders.address_missing",
            PlaceError::CartChanged => "orders.cart_changed",
            PlaceError::KeyTaken => "orders.key_taken",
            PlaceError::Denied(denied) => denied.code(),
            PlaceError::Fault(fault) => fault.code(),
        }
    }
}

/// Accept an order. It waits for its payment ([`super::record_payment`]); its parts wait with it.
///
/// Customers and visitors place for themselves, everybody else needs [`Permission::Sell`]. Repeating the call with the same `key`
/// returns the first order. Announces `order.placed`.
pub fn place_order(tx: &mut Tx<'_>, actor: &Actor, cmd: PlaceOrder) -> Result<Placed, PlaceError> {
    let own = match actor {
        Actor::Guest => true,
        Actor::Customer(profile) => cmd.profile == Some(*profile),
        _ => false,
    };
    if !own {
        actor.require(Permission::Sell)?;
    }
    check(&cmd)?;
    let mut order = compose(tx, actor, &cmd);
    let Some(serial) = store::insert_head(tx, &order.head, &cmd.key)? else {
        let first = placed_before(tx, actor, &cmd.key, cmd.cart)?.ok_or_else(|| Fault::data("an order's key vanished"))?;
        return Ok(Placed { order: first, repeated: true });
    };
    order.head.number = OrderNumber(serial);
    if let Some(cart) = cmd.cart
        && !cart::store::mark_ordered(tx, cart, cmd.cart_version)?
    {
        return Err(PlaceError::CartChanged);
    }
    for part in &order.fulfilments {
        insert_fulfilment(tx, part)?;
    }
    store::insert_lines(tx, order.id, 0, &order.lines)?;
    for (part, day) in order.fulfilments.iter().filter_map(|part| Some((part, part.expected?))) {
        for reservation in order.lines_of(part.id).flat_map(OrderLine::reservations) {
            insert_awaited(tx, part, day, reservation)?;
        }
    }
    tx.announce(events::of_order("order.placed", actor, cmd.channel, &order.head, ""))?;
    Ok(Placed { order, repeated: false })
}

/// The order that this actor has placed with this key, if they have: a repeated checkout ends here.
pub fn placed_before(tx: &ReadTx<'_>, actor: &Actor, key: &str, cart: Option<CartId>) -> Result<Option<Order>, PlaceError> {
    let Some(id) = store::id_by_key(tx, key)? else { return Ok(None) };
    let first = store::load(tx, id)?.ok_or_else(|| Fault::data("an order vanished"))?;
    // Visitors all have one name, but each has a cart of their own.
    if first.sold_by == actor.to_string() && first.cart == cart { Ok(Some(first)) } else { Err(PlaceError::KeyTaken) }
}

fn check(cmd: &PlaceOrder) -> Result<(), PlaceError> {
    if cmd.parts.is_empty() {
        return Err(PlaceError::Empty);
    }
    check_parts(&cmd.parts)?;
    match total(cmd) {
        Some(_) => Ok(()),
        None => Err(PlaceError::BadAmounts { sku: cmd.parts[0].lines[0].sku.clone() }),
    }
}

/// Every part has lines, every parcel an address, and every line adds up.
pub(crate) fn check_parts(parts: &[NewPart]) -> Result<(), PlaceError> {
    if parts.iter().any(|part| part.lines.is_empty()) {
        return Err(PlaceError::Empty);
    }
    if parts.iter().any(|part| part.way == FulfilmentWay::Deliver && part.address.is_none()) {
        return Err(PlaceError::AddressMissing);
    }
    let adds_up = |line: &NewLine| {
        let tax = if line.is_tax_included { 0 } else { line.tax };
        let gross = line.unit_price.checked_mul(line.quantity.0).and_then(|gross| gross.checked_sub(line.discount)?.checked_add(tax));
        line.quantity.is_positive() && line.discount >= 0 && line.tax >= 0 && line.total >= 0 && gross == Some(line.total)
    };
    match parts.iter().flat_map(|part| &part.lines).find(|line| !adds_up(line)) {
        Some(line) => Err(PlaceError::BadAmounts { sku: line.sku.clone() }),
        None => Ok(()),
    }
}

fn total(cmd: &PlaceOrder) -> Option<i64> {
    cmd.parts.iter().flat_map(|part| &part.lines).try_fold(cmd.delivery_fee, |sum, line| sum.checked_add(line.total))
}

/// The order as it will stand, but for its number.
fn compose(tx: &mut Tx<'_>, actor: &Actor, cmd: &PlaceOrder) -> Order {
    let money = |minor| Money::new(minor, cmd.currency);
    let now = tx.now();
    let id = tx.new_id();
    let (fulfilments, lines) = compose_parts(tx, (id, cmd.currency), &cmd.parts);
    let head = OrderHead {
        id,
        number: OrderNumber(0),
        state: OrderState::Placed,
        profile: cmd.profile,
        cart: cmd.cart,
        channel: cmd.channel,
        locale: cmd.locale,
        sold_by: actor.to_string(),
        sold_at: cmd.sold_at,
        contact: Contact { email: cmd.contact.email.trim().to_lowercase(), ..cmd.contact.clone() },
        note: cmd.note.clone(),
        coupon: cmd.coupon.clone(),
        summary: lines.first().map(|line| line.title.clone()).unwrap_or_default(),
        units: lines.iter().map(|line| line.quantity.0).sum(),
        currency: cmd.currency,
        delivery_fee: money(cmd.delivery_fee),
        tax: money(cmd.delivery_tax + lines.iter().map(|line| line.tax.minor).sum::<i64>()),
        total: money(total(cmd).unwrap_or_default()),
        paid: money(0),
        refunded: money(0),
        placed_at: now,
        updated_at: now,
        secret: secret(tx),
    };
    Order { head, lines, fulfilments }
}

/// The parts and their lines as they will stand; they wait for the payment.
pub(crate) fn compose_parts(
    tx: &mut Tx<'_>,
    (order, currency): (OrderId, Currency),
    parts: &[NewPart],
) -> (Vec<Fulfilment>, Vec<OrderLine>) {
    let money = |minor| Money::new(minor, currency);
    let now = tx.now();
    let mut lines = Vec::new();
    let mut fulfilments = Vec::new();
    for part in parts {
        let fulfilment = Fulfilment {
            id: tx.new_id(),
            order,
            way: part.way,
            location: part.location,
            place: part.place.clone(),
            address: part.address.clone(),
            state: FulfilmentState::Waiting,
            code: (part.way == FulfilmentWay::Collect).then(|| short_code(tx)),
            tracking: None,
            promised: part.promised.clone(),
            sourced: part.sourced.clone(),
            expected: part.expected,
            created_at: now,
            stages: Stages::default(),
        };
        lines.extend(part.lines.iter().map(|line| OrderLine {
            id: tx.new_id(),
            fulfilment: fulfilment.id,
            variant: line.variant,
            sku: line.sku.clone(),
            title: line.title.clone(),
            quantity: line.quantity,
            unit_price: money(line.unit_price),
            discount: money(line.discount),
            is_tax_included: line.is_tax_included,
            tax_basis_points: line.tax_basis_points,
            tax: money(line.tax),
            total: money(line.total),
            reservation: line.reservation,
            matched: line.matched.clone(),
            parts: line.parts.clone(),
            returned: Quantity::ZERO,
            refunded: money(0),
        }));
        fulfilments.push(fulfilment);
    }
    (fulfilments, lines)
}
