//! Whether a line may come back: one pure rule, equal at every door.

use crate::fulfilment::{Fulfilment, FulfilmentState};
use crate::order::OrderLine;
use kernel::{Quantity, Timestamp};
use std::time::Duration;

/// Days after handover in which goods may come back.
pub const RETURN_DAYS: u64 = 30;

/// The answer for one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReturnPolicy {
    /// May come back.
    Allowed {
        /// The last moment.
        until: Timestamp,
        /// How many of it.
        quantity: Quantity,
    },
    /// May not.
    Refused {
        /// Why.
        why: Refused,
    },
}

/// Why a line may not come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The customer does not have it yet; the order can be changed instead.
    #[error("it has not been handed over yet")]
    NotHandedOver,
    /// It was called off.
    #[error("it was cancelled")]
    Cancelled,
    /// All of it did.
    #[error("all of it has come back already")]
    AllReturned,
    /// Too late.
    #[error("the time for returns ended on {until}")]
    TooLate {
        /// The last moment.
        until: Timestamp,
    },
}

impl Refused {
    /// Stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Refused::NotHandedOver => "not_handed_over",
            Refused::Cancelled => "cancelled",
            Refused::AllReturned => "all_returned",
            Refused::TooLate { .. } => "too_late",
        }
    }
}

/// Whether units of this line may come back now: within 30 days of handover, at most what has not come back yet.
pub fn return_policy(line: &OrderLine, part: &Fulfilment, now: Timestamp) -> ReturnPolicy {
    let refused = |why| ReturnPolicy::Refused { why };
    if part.state == FulfilmentState::Cancelled {
        return refused(Refused::Cancelled);
    }
    let Some(handed_over) = part.stages.handed_over() else { return refused(Refused::NotHandedOver) };
    let until = handed_over.plus(Duration::from_secs(RETURN_DAYS * 24 * 3600));
    let quantity = Quantity(line.quantity.0 - line.returned.0);
    match () {
        () if !quantity.is_positive() => refused(Refused::AllReturned),
        () if now > until => refused(Refused::TooLate { until }),
        () => ReturnPolicy::Allowed { until, quantity },
    }
}
