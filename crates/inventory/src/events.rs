//! What this room announces.

use crate::model::promise;
use crate::{LocationId, ReservationId};
use catalogue::VariantId;
use kernel::{Actor, Event, Fault, Quantity, Tx};
use ledger::Balance;
use serde::{Deserialize, Serialize};

/// Kind of the event that tells of [`StockChanged`]; its subject is the variant.
pub const STOCK_CHANGED: &str = "stock.changed";
/// A location was added; its subject.
pub const LOCATION_CREATED: &str = "location.created";
/// A location's details or a safety stock there changed; its subject is the location.
pub const LOCATION_CHANGED: &str = "location.changed";

kernel::db_enum! {
    /// Why stock changed.
    pub enum Cause {
        /// Goods came from outside.
        Received = "received",
        /// Corrected by hand.
        Adjusted = "adjusted",
        /// Counted.
        Counted = "counted",
        /// Left for another place.
        Sent = "sent",
        /// Came from another place.
        Arrived = "arrived",
        /// Promised.
        Reserved = "reserved",
        /// The promise was withdrawn.
        Released = "released",
        /// The promise lapsed.
        Expired = "expired",
        /// Handed over or shipped.
        Sold = "sold",
        /// Came back from a customer.
        TakenBack = "taken_back",
    }
}

/// The stock of a variant in a place after a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockChanged {
    /// Of what.
    pub variant: VariantId,
    /// Where.
    pub location: LocationId,
    /// Why.
    pub cause: Cause,
    /// How much was received, reserved, sold ...; for `adjusted` and `counted` the signed difference.
    pub quantity: Quantity,
    /// On hand afterwards.
    pub on_hand: Quantity,
    /// Reserved afterwards.
    pub reserved: Quantity,
    /// Available to promise afterwards.
    pub available: Quantity,
    /// The reservation it was about.
    pub reservation: Option<ReservationId>,
}

/// A change of stock, before its figures are known.
pub(crate) struct Change {
    pub(crate) variant: VariantId,
    pub(crate) location: LocationId,
    pub(crate) cause: Cause,
    pub(crate) quantity: Quantity,
    pub(crate) reservation: Option<ReservationId>,
}

impl Change {
    /// Tell of it with the balance and safety stock at hand; answers what can be promised now.
    pub(crate) fn tell(self, tx: &mut Tx<'_>, actor: &Actor, balance: Balance, safety: Quantity) -> Result<Quantity, Fault> {
        let available = promise(balance.available(), safety);
        let body = StockChanged {
            variant: self.variant,
            location: self.location,
            cause: self.cause,
            quantity: self.quantity,
            on_hand: Quantity(balance.posted),
            reserved: Quantity(balance.held),
            available,
            reservation: self.reservation,
        };
        tx.announce(Event::new(STOCK_CHANGED, self.variant).by(actor).body(&body))?;
        Ok(available)
    }
}
