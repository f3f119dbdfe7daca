//! Where an order stands: kept in step with its parts and its returns.

use super::store;
use crate::ids::OrderId;
use kernel::{Fault, Tx};

kernel::db_enum! {
    /// Where an order stands.
    pub enum OrderState {
        /// Waits for its payment; nothing is picked yet.
        Placed = "placed",
        /// Being prepared.
        Paid = "paid",
        /// Some of it has left, some has not arrived.
        Fulfilling = "fulfilling",
        /// All of it is with the customer.
        Completed = "completed",
        /// Some of it came back.
        PartlyReturned = "partly_returned",
        /// All of it came back.
        Returned = "returned",
        /// Will not happen.
        Cancelled = "cancelled",
    }
}

impl OrderState {
    /// The allowed changes. Everything but cancelling follows from parts and returns; a rejected return takes one step back, and what
    /// goes out in exchange sets the order going again.
    pub fn can_become(self, next: OrderState) -> bool {
        use OrderState::*;
        matches!(
            (self, next),
            (Placed, Paid | Cancelled)
                | (Paid, Fulfilling | Completed | Cancelled)
                | (Fulfilling, Completed | PartlyReturned | Returned)
                | (Completed, PartlyReturned | Returned | Fulfilling)
                | (PartlyReturned, Returned | Completed | Fulfilling)
                | (Returned, PartlyReturned | Completed | Fulfilling)
        )
    }
}

kernel::db_enum! {
    /// Where the money of an order stands.
    pub enum PaymentState {
        /// Nothing has come in.
        Unpaid = "unpaid",
        /// Some has.
        PartlyPaid = "partly_paid",
        /// All has.
        Paid = "paid",
        /// Some has gone back.
        PartlyRefunded = "partly_refunded",
        /// All has gone back.
        Refunded = "refunded",
    }
}

impl PaymentState {
    /// From what is owed, what came in and what went back; minor units.
    pub fn of(total: i64, paid: i64, refunded: i64) -> Self {
        match () {
            () if refunded > 0 && refunded >= paid => PaymentState::Refunded,
            () if refunded > 0 => PaymentState::PartlyRefunded,
            () if paid >= total => PaymentState::Paid,
            () if paid > 0 => PaymentState::PartlyPaid,
            () => PaymentState::Unpaid,
        }
    }
}

/// How far an order's parts and returns are.
pub(crate) struct Progress {
    /// Where it stands now.
    pub(crate) state: OrderState,
    /// Parts that are neither with the customer nor cancelled.
    pub(crate) open: i64,
    /// Parts that left us.
    pub(crate) gone: i64,
    /// Units of parts that are not cancelled.
    pub(crate) units: i64,
    /// Units that came back.
    pub(crate) returned: i64,
}

impl Progress {
    /// Where the order should stand.
    pub(crate) fn state(&self) -> OrderState {
        match () {
            () if self.open > 0 && self.gone == 0 => self.state,
            () if self.open > 0 => OrderState::Fulfilling,
            () if self.gone == 0 => OrderState::Cancelled,
            () if self.returned == 0 => OrderState::Completed,
            () if self.returned < self.units => OrderState::PartlyReturned,
            () => OrderState::Returned,
        }
    }
}

/// Bring the order's state in step after a part moved or goods came back.
pub(crate) fn refresh(tx: &mut Tx<'_>, order: OrderId) -> Result<OrderState, Fault> {
    let progress = store::progress(tx, order)?;
    let next = progress.state();
    if progress.state == next {
        return Ok(next);
    }
    if !progress.state.can_become(next) || !store::change_state(tx, order, progress.state, next)? {
        return Err(Fault::data(format!("order {order} cannot go from {} to {next}", progress.state)));
    }
    Ok(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn payment_follows_the_amounts() {
        use PaymentState::*;
        let cases = [
            (100, 0, 0, Unpaid),
            (100, 40, 0, PartlyPaid),
            (100, 100, 0, Paid),
            (0, 0, 0, Paid),
            (100, 100, 1, PartlyRefunded),
            (100, 100, 100, Refunded),
            (100, 40, 40, Refunded),
        ];
        for (total, paid, refunded, state) in cases {
            assert_eq!(PaymentState::of(total, paid, refunded), state, "{total} {paid} {refunded}");
        }
    }

    #[test]
    fn every_derived_step_is_an_allowed_one() {
        use OrderState::*;
        let at = |state, open, gone, returned| Progress { state, open, gone, units: 3, returned }.state();
        assert_eq!(at(Paid, 2, 0, 0), Paid);
        assert_eq!(at(Paid, 1, 1, 0), Fulfilling);
        assert_eq!(at(Fulfilling, 1, 1, 1), Fulfilling);
        assert_eq!(at(Fulfilling, 0, 2, 0), Completed);
        assert_eq!(at(Fulfilling, 0, 2, 1), PartlyReturned);
        assert_eq!(at(Completed, 0, 2, 3), Returned);
        assert_eq!(at(Paid, 0, 0, 0), Cancelled);
        assert!(Placed.can_become(Paid) && !Cancelled.can_become(Paid) && !Completed.can_become(Cancelled));
    }
}
