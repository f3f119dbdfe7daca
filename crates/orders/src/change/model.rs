//! What a change of an order is.

use crate::cart::Matched;
use crate::ids::{ChangeId, FulfilmentId, OrderId};
use crate::returns::NewReturnLine;
use crate::way::Way;
use catalogue::VariantId;
use inventory::{LocationId, ReservationId};
use kernel::{Channel, Money, Quantity, Timestamp};
use serde::{Deserialize, Serialize};

kernel::db_enum! {
    /// How far a change is.
    pub enum ChangeState {
        /// For its difference to be paid; the order is as it was.
        Waiting = "waiting",
        /// The order is as it shall be.
        Applied = "applied",
        /// Not paid in time, or no longer possible; the order is as it was.
        Lapsed = "lapsed",
    }
}

/// A change of an order.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderChange {
    /// Which change.
    pub id: ChangeId,
    /// Of which order.
    pub order: OrderId,
    /// How far it is.
    pub state: ChangeState,
    /// Who asked for it, as the log names an actor.
    pub asked_by: String,
    /// Where.
    pub channel: Channel,
    /// What shall be different.
    pub proposal: Proposal,
    /// What the customer pays besides; below zero what they get back.
    pub difference: Money,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it was applied or lapsed.
    pub settled_at: Option<Timestamp>,
}

/// How an order shall be. Amounts in minor units of the order's currency; they hold until the change is paid.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    /// The parts that are written anew: they go, with their lines.
    pub parts: Vec<FulfilmentId>,
    /// What stands there instead.
    pub lines: Vec<ProposedLine>,
    /// Code of the way by which parcels go.
    pub delivery: Option<String>,
    /// Of the whole order, tax included.
    pub delivery_fee: i64,
    /// Tax within the fee.
    pub delivery_tax: i64,
    /// What comes back in exchange.
    pub back: Vec<NewReturnLine>,
    /// Where it lies on the counter; else it is expected.
    pub back_at: Option<LocationId>,
    /// What of it pays for what is sent instead.
    pub credit: i64,
    /// In the customer's words.
    pub reason: String,
    /// Stock that is kept back until the change is paid.
    pub holds: Vec<ReservationId>,
    /// In plain words.
    pub notes: Vec<ChangeNote>,
}

/// One line as it shall be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProposedLine {
    /// What.
    pub variant: VariantId,
    /// How many.
    pub quantity: Quantity,
    /// How it reaches the customer.
    pub way: Way,
    /// Its code.
    pub sku: String,
    /// Its title.
    pub title: String,
    /// Of one, before discounts.
    pub unit_price: i64,
    /// Off the whole line.
    pub discount: i64,
    /// True when `unit_price` and `discount` include the tax.
    pub is_tax_included: bool,
    /// 2100 for 21 %.
    pub tax_basis_points: i64,
    /// Tax within `total`.
    pub tax: i64,
    /// What the line costs, tax included.
    pub total: i64,
    /// No parcel brings it.
    pub is_service: bool,
    /// The price that the shop matched, if it did.
    pub matched: Option<Matched>,
}

/// What is different, as people say it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum ChangeNote {
    /// Goods are brought to another address, or no longer collected.
    Delivered {
        /// The address in one line.
        to: String,
    },
    /// Goods wait in a shop.
    Collected {
        /// Its name.
        at: String,
    },
    /// One thing for another.
    Swapped {
        /// How many.
        quantity: Quantity,
        /// Its title.
        from: String,
        /// The other's.
        to: String,
    },
    /// Less of something.
    Removed {
        /// How many.
        quantity: Quantity,
        /// Its title.
        title: String,
    },
    /// More of something.
    Added {
        /// How many.
        quantity: Quantity,
        /// Its title.
        title: String,
    },
    /// Something that the customer had comes back.
    Returned {
        /// How many.
        quantity: Quantity,
        /// Its title.
        title: String,
    },
}
