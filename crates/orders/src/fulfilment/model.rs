//! What a fulfilment order is, and the table of its states.

use super::promised::{Promised, Sourced};
use crate::ids::{FulfilmentId, OrderId};
use crate::way::Address;
use inventory::LocationId;
use jiff::civil::Date;
use kernel::Timestamp;

kernel::db_enum! {
    /// How the goods of one part reach the customer.
    pub enum FulfilmentWay {
        /// In their hand, at once.
        CarryOut = "carry_out",
        /// From the shelf of a shop, by a code.
        Collect = "collect",
        /// By parcel.
        Deliver = "deliver",
    }
}

kernel::db_enum! {
    /// How far one part of an order is.
    pub enum FulfilmentState {
        /// Until the order is paid.
        Waiting = "waiting",
        /// Paid, until its goods are there.
        Awaiting = "awaiting",
        /// To be picked.
        Pending = "pending",
        /// Somebody is picking it.
        Picking = "picking",
        /// Lies ready for the customer.
        Ready = "ready",
        /// The customer has it from the shop.
        Collected = "collected",
        /// In its parcel.
        Packed = "packed",
        /// With the carrier.
        Shipped = "shipped",
        /// The customer has it from the carrier.
        Delivered = "delivered",
        /// Will not happen.
        Cancelled = "cancelled",
    }
}

impl FulfilmentState {
    /// The allowed changes for goods going this way.
    pub fn can_become(self, next: FulfilmentState, way: FulfilmentWay) -> bool {
        use FulfilmentState::*;
        let step = match way {
            FulfilmentWay::CarryOut => matches!((self, next), (Waiting, Collected)),
            FulfilmentWay::Collect => {
                matches!(
                    (self, next),
                    (Waiting | Awaiting, Pending)
                        | (Waiting, Awaiting)
                        | (Pending, Picking | Ready)
                        | (Picking, Pending | Ready)
                        | (Ready, Collected)
                )
            }
            FulfilmentWay::Deliver => matches!(
                (self, next),
                (Waiting | Awaiting, Pending)
                    | (Waiting, Awaiting)
                    | (Pending, Picking | Packed)
                    | (Picking, Pending | Packed)
                    | (Packed, Shipped)
                    | (Shipped, Delivered)
            ),
        };
        step || (next == Cancelled && matches!(self, Waiting | Awaiting | Pending | Picking | Ready | Packed))
    }
    /// The customer has the goods, or they are on the way.
    pub fn has_left(self) -> bool {
        matches!(self, FulfilmentState::Collected | FulfilmentState::Shipped | FulfilmentState::Delivered)
    }
}

/// One part of an order.
#[derive(Debug, Clone, PartialEq)]
pub struct Fulfilment {
    /// Which part.
    pub id: FulfilmentId,
    /// Of which order.
    pub order: OrderId,
    /// How it reaches the customer.
    pub way: FulfilmentWay,
    /// Who supplies it.
    pub location: LocationId,
    /// Name of that place when the order was placed.
    pub place: String,
    /// Where a parcel goes.
    pub address: Option<Address>,
    /// How far it is.
    pub state: FulfilmentState,
    /// Six letters that the customer shows to collect.
    pub code: Option<String>,
    /// The carrier's reference, once shipped.
    pub tracking: Option<Tracking>,
    /// What was promised of a parcel; none before there were ways of delivery.
    pub promised: Option<Promised>,
    /// Why this place sends it.
    pub sourced: Option<Sourced>,
    /// The day on which its goods are there, while they are not.
    pub expected: Option<Date>,
    /// When the order was placed.
    pub created_at: Timestamp,
    /// When it reached each stage.
    pub stages: Stages,
}

/// A parcel's name with its carrier.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Tracking {
    /// Who carries it.
    pub carrier: String,
    /// Their reference.
    pub reference: String,
}

/// When a part reached each stage, for those it has reached.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stages {
    /// Paid, to be picked.
    pub pending: Option<Timestamp>,
    /// Being picked.
    pub picking: Option<Timestamp>,
    /// Ready for the customer.
    pub ready: Option<Timestamp>,
    /// In its parcel.
    pub packed: Option<Timestamp>,
    /// With the carrier.
    pub shipped: Option<Timestamp>,
    /// Handed over in the shop.
    pub collected: Option<Timestamp>,
    /// Handed over by the carrier.
    pub delivered: Option<Timestamp>,
    /// Called off.
    pub cancelled: Option<Timestamp>,
}

impl Stages {
    /// From when the customer has had the goods: collected or delivered, else (while under way) shipped.
    pub fn handed_over(&self) -> Option<Timestamp> {
        self.collected.or(self.delivered).or(self.shipped)
    }
    /// Note the moment of a stage.
    pub(crate) fn reach(&mut self, state: FulfilmentState, now: Timestamp) {
        let stage = match state {
            FulfilmentState::Waiting | FulfilmentState::Awaiting => return,
            FulfilmentState::Pending => &mut self.pending,
            FulfilmentState::Picking => &mut self.picking,
            FulfilmentState::Ready => &mut self.ready,
            FulfilmentState::Packed => &mut self.packed,
            FulfilmentState::Shipped => &mut self.shipped,
            FulfilmentState::Collected => &mut self.collected,
            FulfilmentState::Delivered => &mut self.delivered,
            FulfilmentState::Cancelled => &mut self.cancelled,
        };
        *stage = Some(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_has_its_own_stages() {
        use FulfilmentState::*;
        assert!(Pending.can_become(Ready, FulfilmentWay::Collect) && !Pending.can_become(Ready, FulfilmentWay::Deliver));
        assert!(Awaiting.can_become(Pending, FulfilmentWay::Deliver) && !Awaiting.can_become(Picking, FulfilmentWay::Deliver));
        assert!(Packed.can_become(Shipped, FulfilmentWay::Deliver) && !Ready.can_become(Shipped, FulfilmentWay::Collect));
        for way in FulfilmentWay::ALL {
            assert!(FulfilmentState::ALL.iter().all(|next| !Cancelled.can_become(*next, *way)));
            assert!(!Collected.can_become(Cancelled, *way) && Waiting.can_become(Cancelled, *way));
        }
    }
}
