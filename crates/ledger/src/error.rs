//! What the book refuses.

use crate::{AccountName, HoldState, LARGEST};
use kernel::{Fault, Kind, Problem};

/// Why nothing was posted or held. After a refusal everything is as before.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The account does not hold that much.
    #[error("only {available} available")]
    Insufficient {
        /// Which account.
        account: AccountName,
        /// What it has, never below zero.
        available: i64,
    },
    /// The entries do not sum to zero, or there are none.
    #[error("the entries are off by {by}")]
    Unbalanced {
        /// Their sum.
        by: i128,
    },
    /// Zero, below zero, more than the hold, or beyond [`LARGEST`].
    #[error("{amount} is not an amount for this; it lies between 1 and {most}")]
    InvalidAmount {
        /// What was asked.
        amount: i64,
        /// What would be taken at most.
        most: i64,
    },
    /// No such hold.
    #[error("there is no such hold")]
    UnknownHold,
    /// The hold is over.
    #[error("the hold was {state} before")]
    HoldEnded {
        /// How it ended.
        state: HoldState,
    },
    /// Ours to mend.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for LedgerError {
    fn kind(&self) -> Kind {
        match self {
            LedgerError::Insufficient { .. } | LedgerError::HoldEnded { .. } => Kind::Conflict,
            LedgerError::Unbalanced { .. } | LedgerError::InvalidAmount { .. } => Kind::Invalid,
            LedgerError::UnknownHold => Kind::NotFound,
            LedgerError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            LedgerError::Insufficient { .. } => "ledger.insufficient",
            LedgerError::Unbalanced { .. } => "ledger.unbalanced",
            LedgerError::InvalidAmount { .. } => "ledger.invalid_amount",
            LedgerError::UnknownHold => "ledger.unknown_hold",
            LedgerError::HoldEnded { .. } => "ledger.hold_ended",
            LedgerError::Fault(fault) => fault.code(),
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        match self {
            LedgerError::Insufficient { available, .. } => vec![("available", (*available).into())],
            LedgerError::HoldEnded { state } => vec![("state", state.as_str().into())],
            _ => Vec::new(),
        }
    }
}

/// `amount` when it is one to hold or commit.
pub(crate) fn within(amount: i64, most: i64) -> Result<i64, LedgerError> {
    if (1..=most.min(LARGEST)).contains(&amount) { Ok(amount) } else { Err(LedgerError::InvalidAmount { amount, most }) }
}
