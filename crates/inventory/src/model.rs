//! Levels and transfers of stock.

use crate::{LocationId, LocationKind, StockTransferId};
use catalogue::VariantId;
use kernel::{Quantity, Timestamp};
use ledger::Balance;

/// The largest quantity of one command.
pub const MOST: i64 = 1_000_000_000;

/// Stock of one variant in one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StockLevel {
    /// Of what.
    pub variant: VariantId,
    /// Where.
    pub location: LocationId,
    /// Counted.
    pub on_hand: Quantity,
    /// Promised.
    pub reserved: Quantity,
    /// Kept back.
    pub safety: Quantity,
}

impl StockLevel {
    pub(crate) fn new(variant: VariantId, location: LocationId, balance: Balance, safety: Quantity) -> Self {
        StockLevel { variant, location, on_hand: Quantity(balance.posted), reserved: Quantity(balance.held), safety }
    }
    /// Available to promise: on hand - reserved - safety stock, never below 0.
    pub fn available(&self) -> Quantity {
        promise(self.on_hand.0 - self.reserved.0, self.safety)
    }
}

/// What may be promised of `free` when `safety` is kept back.
pub(crate) fn promise(free: i64, safety: Quantity) -> Quantity {
    Quantity(free.saturating_sub(safety.0).max(0))
}

/// Stock of one variant in one place, with the place's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceStock {
    /// The figures.
    pub level: StockLevel,
    /// The place's code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What sort of place.
    pub kind: LocationKind,
    /// Customers may collect here.
    pub collects: bool,
    /// Parcels leave from here.
    pub ships: bool,
}

kernel::db_enum! {
    /// Where a transfer stands.
    pub enum StockTransferState {
        /// On its way.
        Sent = "sent",
        /// There, wholly or in part.
        Arrived = "arrived",
    }
}

/// Stock that left one place for another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StockTransfer {
    /// Its id.
    pub id: StockTransferId,
    /// Of what.
    pub variant: VariantId,
    /// From.
    pub origin: LocationId,
    /// To.
    pub destination: LocationId,
    /// How much left.
    pub quantity: Quantity,
    /// How much came; the rest is lost.
    pub arrived: Option<Quantity>,
    /// Where it stands.
    pub state: StockTransferState,
    /// When it left.
    pub sent_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_promise_never_falls_below_zero() {
        let level = |posted, held, safety| {
            StockLevel::new(VariantId::nil(), LocationId::nil(), Balance { posted, held }, Quantity(safety)).available()
        };
        assert_eq!([level(10, 3, 2), level(10, 3, 7), level(10, 3, 9), level(0, 0, 1)], [5, 0, 0, 0].map(Quantity));
    }
}
