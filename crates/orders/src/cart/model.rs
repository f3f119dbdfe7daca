//! What a cart is.

use crate::ids::{CartId, CartLineId};
use crate::way::Way;
use catalogue::VariantId;
use inventory::LocationId;
use kernel::{Actor, Fault, Money, Permission, ProfileId, Quantity, Timestamp};
use serde::{Deserialize, Serialize};

/// Lines a cart may have.
pub const MAX_LINES: usize = 100;
/// Units one line may have.
pub const MAX_QUANTITY: i64 = 999;

kernel::db_enum! {
    /// What became of a cart.
    pub enum CartState {
        /// May be changed.
        Open = "open",
        /// Became an order.
        Ordered = "ordered",
        /// Its lines went into another cart.
        Merged = "merged",
        /// Given up.
        Abandoned = "abandoned",
    }
}

impl CartState {
    /// Only an open cart becomes anything else.
    pub fn can_become(self, next: CartState) -> bool {
        self == CartState::Open && next != CartState::Open
    }
}

/// A cart with its lines, oldest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Cart {
    /// Unguessable.
    pub id: CartId,
    /// Whose it is, when known.
    pub profile: Option<ProfileId>,
    /// Token of the visitor, or name of the till, that opened it.
    pub guest: Option<String>,
    /// Short code by which a till opens it, once shared.
    pub code: Option<String>,
    /// Code of the coupon that was entered.
    pub coupon: Option<String>,
    /// Code of the way of delivery that was chosen for what is sent; `None` takes the first that is offered.
    pub delivery: Option<String>,
    /// What became of it.
    pub state: CartState,
    /// Grows with every change.
    pub version: i64,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// What is wished for.
    pub lines: Vec<CartLine>,
}

/// So many of one variant, in one way.
#[derive(Debug, Clone, PartialEq)]
pub struct CartLine {
    /// Which line.
    pub id: CartLineId,
    /// What.
    pub variant: VariantId,
    /// How many, 1 to [`MAX_QUANTITY`].
    pub quantity: Quantity,
    /// How it shall reach the customer.
    pub way: Way,
    /// Who put it in, as the log names an actor.
    pub added_by: String,
    /// Who touched it last.
    pub changed_by: String,
    /// When it was put in.
    pub added_at: Timestamp,
    /// When it was last touched.
    pub updated_at: Timestamp,
    /// The price that a shop matched, if one did.
    pub matched: Option<Matched>,
}

/// The price of our own web that a shop matched for one unit of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matched {
    /// What the shop asks.
    pub from: Money,
    /// What is paid instead.
    pub to: Money,
    /// Who let it go, as the log names an actor.
    pub by: String,
    /// Where.
    pub shop: LocationId,
    /// Why; empty when no reason was needed.
    pub reason: String,
    /// Version of the rule it was done under.
    pub rule: i64,
    /// When.
    pub at: Timestamp,
}

impl Matched {
    pub(crate) fn to_column(this: Option<&Self>) -> Option<String> {
        this.map(|matched| serde_json::to_string(matched).expect("plain data is JSON"))
    }
    pub(crate) fn from_column(text: Option<String>) -> Result<Option<Self>, Fault> {
        let read = |text: String| serde_json::from_str(&text).map_err(|error| Fault::data(format!("a matched price: {error}")));
        text.map(read).transpose()
    }
}

impl Cart {
    /// Units of all lines.
    pub fn units(&self) -> i64 {
        self.lines.iter().map(|line| line.quantity.0).sum()
    }

    /// Whether this actor may change and order it: staff who sell any cart, a customer their own or a visitor's that they hold the
    /// id of, a visitor only such.
    pub fn may_be_changed_by(&self, actor: &Actor) -> bool {
        match actor {
            Actor::Guest => self.profile.is_none(),
            Actor::Customer(profile) => self.profile.is_none_or(|owner| owner == *profile),
            other => other.may(Permission::Sell),
        }
    }
}
