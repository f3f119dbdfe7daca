//! What an order is.

use super::line_part::LinePart;
use super::number::OrderNumber;
use super::states::{OrderState, PaymentState};
use crate::cart::Matched;
use crate::fulfilment::Fulfilment;
use crate::ids::{CartId, FulfilmentId, OrderId, OrderLineId};
use catalogue::VariantId;
use inventory::{LocationId, ReservationId};
use kernel::{Channel, Currency, Locale, Money, ProfileId, Quantity, Timestamp};
use serde::{Deserialize, Serialize};

/// Whom to tell. Empty texts for what is not known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// As it stands on the parcel.
    #[serde(default)]
    pub name: String,
    /// Kept in lower case.
    #[serde(default)]
    pub email: String,
    /// E.164.
    #[serde(default)]
    pub phone: String,
}

/// An order without its lines: what lists and timelines show.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderHead {
    /// Which order.
    pub id: OrderId,
    /// As people say it.
    pub number: OrderNumber,
    /// Where it stands.
    pub state: OrderState,
    /// Whose it is; `None` for somebody unknown at a till.
    pub profile: Option<ProfileId>,
    /// The cart it came from.
    pub cart: Option<CartId>,
    /// Where it was placed.
    pub channel: Channel,
    /// Language for notices.
    pub locale: Locale,
    /// Who sold it, as the log names an actor.
    pub sold_by: String,
    /// The shop that sold it, if one did.
    pub sold_at: Option<LocationId>,
    /// Whom to tell.
    pub contact: Contact,
    /// What the customer added.
    pub note: String,
    /// The coupon that took something off; empty for none.
    pub coupon: String,
    /// Title of the first line.
    pub summary: String,
    /// Units of all lines.
    pub units: i64,
    /// Of every amount.
    pub currency: Currency,
    /// Tax included.
    pub delivery_fee: Money,
    /// Tax within `total`.
    pub tax: Money,
    /// Lines and delivery, tax included.
    pub total: Money,
    /// What has come in.
    pub paid: Money,
    /// What has gone back, at most `paid`.
    pub refunded: Money,
    /// When it was placed.
    pub placed_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    pub(crate) secret: String,
}

impl OrderHead {
    /// Where the money stands.
    pub fn payment_state(&self) -> PaymentState {
        PaymentState::of(self.total.minor, self.paid.minor, self.refunded.minor)
    }
    /// What is still to be paid, never below zero.
    pub fn due(&self) -> Money {
        Money::new((self.total.minor - self.paid.minor).max(0), self.currency)
    }
    /// Part of the tracking link: who holds it may see the order. Found again by [`super::order_by_token`].
    pub fn token(&self) -> String {
        format!("{}{}", self.id, self.secret)
    }
}

/// An order. Reads like its [`OrderHead`]: `order.total`.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    /// All but the lines.
    pub head: OrderHead,
    /// What was bought, in order.
    pub lines: Vec<OrderLine>,
    /// Who supplies what, and how far it is.
    pub fulfilments: Vec<Fulfilment>,
}

impl std::ops::Deref for Order {
    type Target = OrderHead;
    fn deref(&self) -> &OrderHead {
        &self.head
    }
}

impl Order {
    /// The lines of one part.
    pub fn lines_of(&self, part: FulfilmentId) -> impl Iterator<Item = &OrderLine> {
        self.lines.iter().filter(move |line| line.fulfilment == part)
    }
    /// The part that supplies a line.
    pub fn fulfilment_of(&self, line: &OrderLine) -> Option<&Fulfilment> {
        self.fulfilments.iter().find(|part| part.id == line.fulfilment)
    }
}

/// So many of one variant, at a price that no longer changes.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderLine {
    /// Which line.
    pub id: OrderLineId,
    /// Who supplies it.
    pub fulfilment: FulfilmentId,
    /// What.
    pub variant: VariantId,
    /// Its code when it was sold.
    pub sku: String,
    /// Its title when it was sold.
    pub title: String,
    /// How many.
    pub quantity: Quantity,
    /// Of one, before discounts.
    pub unit_price: Money,
    /// True when `unit_price` and `discount` include the tax, as consumers see them.
    pub is_tax_included: bool,
    /// Off the whole line, zero or positive.
    pub discount: Money,
    /// 2100 for 21 %.
    pub tax_basis_points: i64,
    /// Tax within `total`.
    pub tax: Money,
    /// What the line costs, tax included, after discounts.
    pub total: Money,
    /// The stock set aside for it, as `flows` arranged.
    pub reservation: Option<ReservationId>,
    /// Units of returns that were not rejected.
    pub returned: Quantity,
    /// What those returns give back.
    pub refunded: Money,
    /// The price that the shop matched, if it did.
    pub matched: Option<Matched>,
    /// What is in it, where it is a bundle; then the stock set aside is that of its parts.
    pub parts: Vec<LinePart>,
}

impl OrderLine {
    /// All stock that is set aside for it.
    pub fn reservations(&self) -> impl Iterator<Item = ReservationId> {
        self.reservation.into_iter().chain(self.parts.iter().filter_map(|part| part.reservation))
    }
}
