//! What was promised of a part that is sent, and why its place was chosen: kept as it was when the order was placed.

use super::store;
use crate::ids::FulfilmentId;
use kernel::{Fault, Timestamp, Tx};
use pricing::Arrival;
use serde::{Deserialize, Serialize};

/// The way of delivery a part goes, and when it shall arrive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promised {
    /// Code of the way of delivery.
    pub method: String,
    /// Its name, in the customer's language.
    pub name: String,
    /// Who carries it; empty when nobody said.
    pub carrier: String,
    /// The days.
    pub arrival: Arrival,
    /// An order paid until then keeps them; none where nothing leaves any more.
    pub until: Option<Timestamp>,
}

/// What a set of places weighs, in cents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourcedTerms {
    /// Their names.
    pub places: Vec<String>,
    /// For the parcels.
    pub parcels: i64,
    /// For the distance.
    pub distance: i64,
    /// For sending later than at once.
    pub lateness: i64,
    /// For what leaves shops.
    pub pieces: i64,
    /// All metres that the parcels travel.
    pub metres: i64,
    /// All days that places send later than at once.
    pub late_days: i64,
}

impl SourcedTerms {
    /// Of all.
    pub fn cost(&self) -> i64 {
        self.parcels + self.distance + self.lateness + self.pieces
    }
}

kernel::db_enum! {
    /// Why one set of places was chosen and not the next.
    pub enum SourcedBy {
        /// No others have everything.
        Only = "only",
        /// Fewer parcels.
        FewerParcels = "fewer_parcels",
        /// It travels less.
        Nearer = "nearer",
        /// It leaves sooner.
        Sooner = "sooner",
        /// Shops keep more.
        SparesShops = "spares_shops",
        /// Nothing tells them apart; the first in the order of places.
        First = "first",
    }
}

/// Why a place sends a part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sourced {
    /// Codes of [`SourcedBy`], what weighs most first.
    pub by: Vec<String>,
    /// What was chosen.
    pub chosen: SourcedTerms,
    /// What would have been chosen else.
    pub next: Option<SourcedTerms>,
}

impl Sourced {
    /// The reasons, of those that are known.
    pub fn reasons(&self) -> Vec<SourcedBy> {
        self.by.iter().filter_map(|code| SourcedBy::ALL.iter().find(|known| known.as_str() == code).copied()).collect()
    }
}

/// Promise something else of a part, which is not on its way yet.
pub fn promise_part(tx: &mut Tx<'_>, part: FulfilmentId, promised: &Promised) -> Result<(), Fault> {
    store::set_promised(tx, part, promised)
}
