//! What this room refuses.

use crate::MOST;
use kernel::{Denied, Fault, Kind, Problem, Quantity};
use ledger::{HoldState, LedgerError};

/// Why a location was not written.
#[derive(Debug, thiserror::Error)]
pub enum LocationError {
    /// One of its facts is not acceptable.
    #[error("{field}: {why}")]
    Invalid {
        /// Which.
        field: &'static str,
        /// What is wrong with it.
        why: String,
    },
    /// Another location has this code.
    #[error("the code {0} is taken")]
    CodeTaken(String),
    /// No such location.
    #[error("there is no such location")]
    UnknownLocation,
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Ours to mend.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for LocationError {
    fn kind(&self) -> Kind {
        match self {
            LocationError::Invalid { .. } => Kind::Invalid,
            LocationError::CodeTaken(_) => Kind::Conflict,
            LocationError::UnknownLocation => Kind::NotFound,
            LocationError::Denied(denied) => denied.kind(),
            LocationError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            LocationError::Invalid { .. } => "inventory.invalid_location",
            LocationError::CodeTaken(_) => "inventory.code_taken",
            LocationError::UnknownLocation => "inventory.unknown_location",
            LocationError::Denied(denied) => denied.code(),
            LocationError::Fault(fault) => fault.code(),
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        match self {
            LocationError::Invalid { field, .. } => vec![("field", (*field).into())],
            LocationError::Denied(denied) => denied.fields(),
            _ => Vec::new(),
        }
    }
}

/// Why stock was not changed.
#[derive(Debug, thiserror::Error)]
pub enum StockError {
    /// No such location, or one that is closed for good.
    #[error("there is no such location")]
    UnknownLocation,
    /// Zero, below zero or beyond [`MOST`].
    #[error("the quantity must be between 1 and {MOST}")]
    InvalidQuantity,
    /// What is not reserved is less than that.
    #[error("only {free} are there and not reserved")]
    TooFew {
        /// On hand and not reserved.
        free: Quantity,
    },
    /// A transfer to where it is.
    #[error("the stock is there already")]
    SamePlace,
    /// No such transfer.
    #[error("there is no such transfer")]
    UnknownTransfer,
    /// It is a bundle: there is no stock of it besides that of its parts.
    #[error("this is a bundle, which has the stock of its parts only: change theirs")]
    IsBundle,
    /// No goods on their way by that name; they may all have come.
    #[error("nothing of that is on its way")]
    UnknownSupply,
    /// More than [`crate::MAX_SUPPLY_TEXT`] characters.
    #[error("{field} has at most {} characters", crate::MAX_SUPPLY_TEXT)]
    TooLong {
        /// Which text.
        field: &'static str,
    },
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Ours to mend.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<LedgerError> for StockError {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::Insufficient { available, .. } => StockError::TooFew { free: Quantity(available) },
            LedgerError::InvalidAmount { .. } => StockError::InvalidQuantity,
            LedgerError::Fault(fault) => StockError::Fault(fault),
            other => StockError::Fault(Fault::outside("posting stock", other)),
        }
    }
}

impl Problem for StockError {
    fn kind(&self) -> Kind {
        match self {
            StockError::UnknownLocation | StockError::UnknownTransfer | StockError::UnknownSupply => Kind::NotFound,
            StockError::InvalidQuantity | StockError::SamePlace | StockError::TooLong { .. } => Kind::Invalid,
            StockError::TooFew { .. } | StockError::IsBundle => Kind::Conflict,
            StockError::Denied(denied) => denied.kind(),
            StockError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            StockError::UnknownLocation => "inventory.unknown_location",
            StockError::UnknownTransfer => "inventory.unknown_transfer",
            StockError::IsBundle => "inventory.is_bundle",
            StockError::UnknownSupply => "inventory.unknown_supply",
            StockError::TooLong { .. } => "inventory.too_long",
            StockError::InvalidQuantity => "inventory.invalid_quantity",
            StockError::SamePlace => "inventory.same_place",
            StockError::TooFew { .. } => "inventory.too_few",
            StockError::Denied(denied) => denied.code(),
            StockError::Fault(fault) => fault.code(),
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        match self {
            StockError::TooFew { free } => vec![("free", free.0.into())],
            StockError::TooLong { field } => vec![("field", (*field).into())],
            StockError::Denied(denied) => denied.fields(),
            _ => Vec::new(),
        }
    }
}

/// Why nothing was reserved.
#[derive(Debug, thiserror::Error)]
pub enum ReserveError {
    /// No such location, or one that is closed for good.
    #[error("there is no such location")]
    UnknownLocation,
    /// Zero, below zero or beyond [`MOST`].
    #[error("the quantity must be between 1 and {MOST}")]
    InvalidQuantity,
    /// Less than that can be promised.
    #[error("only {available} available to promise")]
    OutOfStock {
        /// What could be reserved now.
        available: Quantity,
    },
    /// Ours to mend.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for ReserveError {
    fn kind(&self) -> Kind {
        match self {
            ReserveError::UnknownLocation => Kind::NotFound,
            ReserveError::InvalidQuantity => Kind::Invalid,
            ReserveError::OutOfStock { .. } => Kind::Conflict,
            ReserveError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            ReserveError::UnknownLocation => "inventory.unknown_location",
            ReserveError::InvalidQuantity => "inventory.invalid_quantity",
            ReserveError::OutOfStock { .. } => "inventory.out_of_stock",
            ReserveError::Fault(fault) => fault.code(),
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        match self {
            ReserveError::OutOfStock { available } => vec![("available", available.0.into())],
            _ => Vec::new(),
        }
    }
}

/// Why a reservation stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum ReservationError {
    /// No such reservation.
    #[error("there is no such reservation")]
    UnknownReservation,
    /// It was committed, released or has expired.
    #[error("the reservation was {state} before")]
    Ended {
        /// How it ended.
        state: HoldState,
    },
    /// It is one of what is still on its way.
    #[error("these goods have not arrived yet")]
    NotArrived,
    /// Not between 1 and what is reserved.
    #[error("the quantity must be between 1 and what is reserved")]
    InvalidQuantity,
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Ours to mend.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<LedgerError> for ReservationError {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::UnknownHold => ReservationError::UnknownReservation,
            LedgerError::HoldEnded { state } => ReservationError::Ended { state },
            LedgerError::InvalidAmount { .. } => ReservationError::InvalidQuantity,
            LedgerError::Fault(fault) => ReservationError::Fault(fault),
            other => ReservationError::Fault(Fault::outside("ending a reservation", other)),
        }
    }
}

impl Problem for ReservationError {
    fn kind(&self) -> Kind {
        match self {
            ReservationError::UnknownReservation => Kind::NotFound,
            ReservationError::Ended { .. } | ReservationError::NotArrived => Kind::Conflict,
            ReservationError::InvalidQuantity => Kind::Invalid,
            ReservationError::Denied(denied) => denied.kind(),
            ReservationError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            ReservationError::UnknownReservation => "inventory.unknown_reservation",
            ReservationError::Ended { .. } => "inventory.reservation_ended",
            ReservationError::NotArrived => "inventory.not_arrived",
            ReservationError::InvalidQuantity => "inventory.invalid_quantity",
            ReservationError::Denied(denied) => denied.code(),
            ReservationError::Fault(fault) => fault.code(),
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        match self {
            ReservationError::Ended { state } => vec![("state", state.as_str().into())],
            ReservationError::Denied(denied) => denied.fields(),
            _ => Vec::new(),
        }
    }
}
