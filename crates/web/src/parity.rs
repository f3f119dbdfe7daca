//! What the watch over the channels found: where a door shows something else than the catalogue says.

use catalogue::ProductId;
use kernel::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Open differences that are kept; of more, the newest are left out.
const MOST: usize = 200;

kernel::db_enum! {
    /// Where customers and programs see a product.
    pub enum Door {
        /// Its page in the shop, as search engines read it.
        Page = "page",
        /// What the search field suggests.
        Search = "search",
        /// The API.
        Api = "api",
        /// The card that an agent puts into a message.
        Card = "card",
        /// The feed of adverts.
        Feed = "feed",
    }
}

kernel::db_enum! {
    /// What differs.
    pub enum Aspect {
        /// Whether it is there at all.
        Presence = "presence",
        /// What it is called.
        Name = "name",
        /// What it costs.
        Price = "price",
        /// Whether, or how many, can be had.
        Stock = "stock",
    }
}

kernel::db_enum! {
    /// Why, as far as it can be told.
    pub enum Cause {
        /// The door failed.
        Failing = "failing",
        /// It shows what was right before: a copy or an index has not followed.
        Behind = "behind",
        /// It shows what is no longer sold.
        Withdrawn = "withdrawn",
        /// It leaves out what is sold.
        LeftOut = "left_out",
        /// None of these: the door reads or reckons something else.
        Unknown = "unknown",
    }
}

/// One thing that a door shows and the catalogue does not say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Of which product.
    pub product: ProductId,
    /// Its name in addresses.
    pub handle: String,
    /// Its title.
    pub name: String,
    /// Of which variant; empty for the product.
    pub sku: String,
    /// Where.
    pub door: Door,
    /// What.
    pub aspect: Aspect,
    /// What is shown there; empty for nothing.
    pub shown: String,
    /// What would be right; empty for nothing.
    pub right: String,
    /// Why.
    pub cause: Cause,
}

/// A difference that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    /// Which.
    pub difference: Difference,
    /// Since when it is known.
    pub since: Timestamp,
}

/// What the watch of this process knows. Empty after a start; the log keeps what was.
#[derive(Debug, Default)]
pub struct ParityBoard(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    checks: u64,
    last: Option<(Timestamp, String)>,
    open: BTreeMap<Key, Incident>,
}

type Key = (ProductId, Door, String, Aspect);

/// What the board says now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// Products looked at since the start.
    pub checks: u64,
    /// When the last was looked at, and which.
    pub last: Option<(Timestamp, String)>,
    /// What differs, oldest first.
    pub open: Vec<Incident>,
}

impl ParityBoard {
    /// What was found of one product; answers what is new and what is mended.
    pub fn note(&self, product: (ProductId, &str), found: &[Difference], now: Timestamp) -> (Vec<Difference>, Vec<Difference>) {
        let key = |difference: &Difference| (difference.product, difference.door, difference.sku.clone(), difference.aspect);
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.checks += 1;
        state.last = Some((now, product.1.to_owned()));
        let gone: Vec<Key> = state
            .open
            .keys()
            .filter(|known| known.0 == product.0 && !found.iter().any(|difference| key(difference) == **known))
            .cloned()
            .collect();
        let mended = gone.iter().filter_map(|key| state.open.remove(key)).map(|incident| incident.difference).collect();
        let mut fresh = Vec::new();
        for difference in found {
            let key = key(difference);
            if let Some(known) = state.open.get_mut(&key) {
                known.difference = difference.clone();
            } else if state.open.len() < MOST {
                state.open.insert(key, Incident { difference: difference.clone(), since: now });
                fresh.push(difference.clone());
            }
        }
        (fresh, mended)
    }

    /// As it stands.
    pub fn standing(&self) -> Standing {
        let state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut open: Vec<_> = state.open.values().cloned().collect();
        open.sort_by_key(|incident| incident.since);
        Standing { checks: state.checks, last: state.last.clone(), open }
    }
}
