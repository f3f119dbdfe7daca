//! What will happen, in order of time.

use conversations::{AccountId, MatterId, ReceiptState};
use kernel::{Channel, ProfileId, Timestamp};
use orders::{CartId, FulfilmentId, FulfilmentState, OrderId};
use std::collections::BTreeMap;

/// One thing that will happen. People, talks and purchases are named by their place in the simulator's lists.
#[derive(Debug, Clone)]
pub enum Act {
    /// Somebody buys.
    Buy(Purchase),
    /// They go to the checkout with the cart that they filled.
    Checkout { purchase: Purchase, cart: CartId, version: i64 },
    /// They open the link that was sent to them.
    OpenLink { token: String, approve: bool },
    /// They press a button on the gateway's page.
    Pay { page: String, approve: bool },
    /// The gateway says again what it said.
    Webhook { body: String, signature: String },
    /// Look whether an order was paid, and plan its way.
    Plan { order: OrderId, who: usize },
    /// A part of an order moves on.
    Move { fulfilment: FulfilmentId, to: FulfilmentState, place: String },
    /// The customer shows the code.
    HandOver { code: String, place: String },
    /// Goods come back.
    Return { order: OrderId, place: String, who: usize },
    /// Somebody begins to write; what about is decided then, or is this script.
    Begin { who: usize, script: Option<usize> },
    /// The next turn of a talk.
    Turn { talk: usize, turn: usize },
    /// A provider tells what became of a message.
    Receipt { account: AccountId, provider_id: String, state: ReceiptState },
    /// A matter is done.
    Resolve { talk: usize, matter: MatterId },
    /// An agent finds that two profiles are one person.
    Join { talk: usize, profile: ProfileId, other: ProfileId },
}

/// What somebody wants to buy, and how.
#[derive(Debug, Clone)]
pub struct Purchase {
    /// Who; nobody known at a till.
    pub who: Option<usize>,
    /// Where.
    pub channel: Channel,
    /// Code of the shop.
    pub place: String,
    /// Handles that are wanted; empty leaves it to chance.
    pub handles: Vec<String>,
    /// How it shall reach them.
    pub wish: Wish,
    /// How it ends.
    pub ends: PurchaseEnds,
}

/// How goods shall reach the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// In their hand.
    TakeNow,
    /// In their shop.
    Collect,
    /// At home.
    Deliver,
    /// The first at home, the rest in their shop.
    Mixed,
}

/// How a purchase ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PurchaseEnds {
    /// Paid.
    Paid,
    /// The first card was declined.
    PaidAtSecondTry,
    /// Ordered and never paid.
    Unpaid,
    /// The cart stays behind.
    Abandoned,
}

/// Acts by time; those of one moment in the order they were planned.
#[derive(Default)]
pub struct Agenda {
    due: BTreeMap<(Timestamp, u64), Act>,
    serial: u64,
    /// What would happen later than this does not happen.
    pub horizon: Timestamp,
}

impl Agenda {
    /// An empty one.
    pub fn until(horizon: Timestamp) -> Self {
        Agenda { horizon, ..Agenda::default() }
    }
    /// Plan an act, unless it lies beyond the horizon.
    pub fn plan(&mut self, at: Timestamp, act: Act) {
        if at <= self.horizon {
            self.serial += 1;
            self.due.insert((at, self.serial), act);
        }
    }
    /// The next act and its time.
    pub fn next(&mut self) -> Option<(Timestamp, Act)> {
        self.due.pop_first().map(|((at, _), act)| (at, act))
    }
    /// How many are planned.
    pub fn len(&self) -> usize {
        self.due.len()
    }
}
