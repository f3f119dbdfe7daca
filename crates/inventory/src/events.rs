//! What this room announces.

use crate::accounts::stock_account;
use crate::model::promise;
use crate::{LocationId, ReservationId, store};
use catalogue::VariantId;
use kernel::{Actor, Event, Fault, Quantity, Tx};
use ledger::Balance;
use serde::{Deserialize, Serialize};

/// Kind of the event that tells of [`StockChanged`]; its subject is the variant.
pub const STOCK_CHANGED: &str = "stock.changed";
/// Waiting promises got their goods: [`Allocated`]; the subject is the variant.
pub const STOCK_ALLOCATED: &str = "stock.allocated";
/// What is on its way comes on other days or in other numbers: [`SupplyChanged`]; the subject is the variant.
pub const SUPPLY_CHANGED: &str = "supply.changed";
/// Whether a variant is sold ahead changed; its subject.
pub const STOCK_POLICY_CHANGED: &str = "stock.policy_changed";
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
        /// What is on its way, or promised out of it, is another number; the figures of what lies there are as they were.
        Incoming = "incoming",
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

/// Reservations out of what was on its way are reservations of stock now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allocated {
    /// Of what.
    pub variant: VariantId,
    /// Where.
    pub location: LocationId,
    /// Whose.
    pub reservations: Vec<ReservationId>,
}

/// Where [`crate::waiting`] may answer other days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplyChanged {
    /// Of what.
    pub variant: VariantId,
    /// Where to.
    pub location: LocationId,
}

pub(crate) fn allocated(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (variant, location): (VariantId, LocationId),
    reservations: Vec<ReservationId>,
) -> Result<(), Fault> {
    let body = Allocated { variant, location, reservations };
    tx.announce(Event::new(STOCK_ALLOCATED, variant).by(actor).hidden().body(&body))
}

pub(crate) fn supply_changed(tx: &mut Tx<'_>, actor: &Actor, variant: VariantId, location: LocationId) -> Result<(), Fault> {
    tx.announce(Event::new(SUPPLY_CHANGED, variant).by(actor).hidden().body(&SupplyChanged { variant, location }))
}

pub(crate) fn tell_policy(tx: &mut Tx<'_>, actor: &Actor, variant: VariantId) -> Result<(), Fault> {
    tx.announce(Event::new(STOCK_POLICY_CHANGED, variant).by(actor).hidden())
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
    /// So many more or fewer are on their way, or promised out of that.
    pub(crate) fn incoming(variant: VariantId, location: LocationId, quantity: Quantity, reservation: Option<ReservationId>) -> Self {
        Change { variant, location, cause: Cause::Incoming, quantity, reservation }
    }
    /// Tell of it with the balance and safety stock of the place.
    pub(crate) fn tell_as_it_is(self, tx: &mut Tx<'_>, actor: &Actor) -> Result<Quantity, Fault> {
        let balance = ledger::balance(tx, &stock_account(self.variant, self.location))?;
        let safety = store::place(tx, self.variant, self.location)?.map_or(Quantity::ZERO, |place| place.safety);
        self.tell(tx, actor, balance, safety)
    }
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
