//! What a return is.

use crate::ids::{OrderId, OrderLineId, ReturnId};
use crate::order::{LinePart, OrderNumber};
use catalogue::VariantId;
use inventory::LocationId;
use kernel::{Channel, Money, ProfileId, Quantity, Timestamp};

kernel::db_enum! {
    /// How far a return is.
    pub enum ReturnState {
        /// Goods may come.
        Requested = "requested",
        /// Goods are here.
        Received = "received",
        /// Money went back.
        Refunded = "refunded",
        /// Neither.
        Rejected = "rejected",
    }
}

impl ReturnState {
    /// The allowed changes.
    pub fn can_become(self, next: ReturnState) -> bool {
        use ReturnState::*;
        matches!((self, next), (Requested, Received | Rejected) | (Received, Refunded | Rejected))
    }
}

kernel::db_enum! {
    /// What the goods are good for.
    pub enum Condition {
        /// Can be sold again.
        Resale = "resale",
        /// Cannot.
        Damaged = "damaged",
    }
}

/// Goods of one order coming back together.
#[derive(Debug, Clone, PartialEq)]
pub struct Return {
    /// Which return.
    pub id: ReturnId,
    /// Of which order.
    pub order: OrderId,
    /// The order's number.
    pub number: OrderNumber,
    /// Whose.
    pub profile: Option<ProfileId>,
    /// Where it was asked for.
    pub channel: Channel,
    /// By whom, as the log names an actor.
    pub requested_by: String,
    /// How far it is.
    pub state: ReturnState,
    /// In the customer's words.
    pub reason: String,
    /// Where the goods came in.
    pub location: Option<LocationId>,
    /// Name of that place; empty before.
    pub place: String,
    /// What is given back in all.
    pub refund: Money,
    /// What of it pays for what was sent in exchange; the rest goes back as money.
    pub credited: Money,
    /// The money goes onto a gift card instead of the way it came, because the customer wants it so.
    pub onto_card: bool,
    /// When it was asked for.
    pub requested_at: Timestamp,
    /// When the goods came.
    pub received_at: Option<Timestamp>,
    /// When the money went.
    pub refunded_at: Option<Timestamp>,
    /// When it was refused.
    pub rejected_at: Option<Timestamp>,
    /// What comes back.
    pub lines: Vec<ReturnLine>,
}

/// Units of one order line in one condition.
#[derive(Debug, Clone, PartialEq)]
pub struct ReturnLine {
    /// Of which line.
    pub line: OrderLineId,
    /// What it is.
    pub variant: VariantId,
    /// Its title when it was sold.
    pub title: String,
    /// How many.
    pub quantity: Quantity,
    /// What they are good for.
    pub condition: Condition,
    /// What they give back.
    pub refund: Money,
    /// What is in one, where it is a bundle.
    pub parts: Vec<LinePart>,
}
