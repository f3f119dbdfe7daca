//! What a promotion is: whom it is about, what it gives, and how it goes with others. No transaction.

use crate::{PromotionId, Span};
use catalogue::{Localised, ProductId, VariantCard, VariantId, fold, slug};
use kernel::{Fault, Money, Timestamp};
use serde::Serialize;
use std::cmp::Reverse;

/// What a promotion is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Target {
    /// Every line.
    Everything,
    /// Products of a category, by its key: `camisas`.
    Category(String),
    /// Products with a tag; case and accents do not matter.
    Tag(String),
    /// These products; 1 to [`Target::MOST`].
    Products(Vec<ProductId>),
    /// These variants; 1 to [`Target::MOST`].
    Variants(Vec<VariantId>),
}

impl Target {
    /// So many products or variants one promotion names; more have a tag.
    pub const MOST: usize = 100;

    pub(crate) fn columns(&self) -> (&'static str, String) {
        match self {
            Target::Everything => ("everything", String::new()),
            Target::Category(key) => ("category", key.clone()),
            Target::Tag(tag) => ("tag", tag.clone()),
            Target::Products(ids) => ("products", joined(ids)),
            Target::Variants(ids) => ("variants", joined(ids)),
        }
    }
    pub(crate) fn from_columns(kind: &str, value: String) -> Result<Self, Fault> {
        match kind {
            "everything" => Ok(Target::Everything),
            "category" => Ok(Target::Category(value)),
            "tag" => Ok(Target::Tag(value)),
            "products" => Ok(Target::Products(parted(&value)?)),
            "variants" => Ok(Target::Variants(parted(&value)?)),
            other => Err(Fault::data(format!("`{other}` is no kind of promotion target"))),
        }
    }
    pub(crate) fn fits(&self, card: &VariantCard) -> bool {
        match self {
            Target::Everything => true,
            Target::Category(key) => slug(&card.category) == *key,
            Target::Tag(tag) => card.tags.iter().any(|known| fold(known) == fold(tag)),
            Target::Products(ids) => ids.contains(&card.product),
            Target::Variants(ids) => ids.contains(&card.id),
        }
    }
    pub(crate) fn is_sound(&self) -> bool {
        match self {
            Target::Everything => true,
            Target::Category(words) | Target::Tag(words) => !words.trim().is_empty(),
            Target::Products(ids) => (1..=Self::MOST).contains(&ids.len()),
            Target::Variants(ids) => (1..=Self::MOST).contains(&ids.len()),
        }
    }
}

fn joined<T: std::fmt::Display>(ids: &[T]) -> String {
    ids.iter().map(T::to_string).collect::<Vec<_>>().join(" ")
}

fn parted<T: std::str::FromStr>(ids: &str) -> Result<Vec<T>, Fault> {
    let parse = |id: &str| id.parse().map_err(|_| Fault::data(format!("`{id}` is no id in a promotion's target")));
    ids.split_whitespace().map(parse).collect()
}

/// What a promotion gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Offer {
    /// A share off each line.
    Percentage {
        /// 1500 for 15 %.
        basis_points: i64,
    },
    /// So much off the lines together, divided among them by what they cost.
    Amount {
        /// How much.
        off: Money,
    },
    /// Of every `take` pieces only `pay` are paid: counted from the dearest, the last of each group are free.
    NForM {
        /// Pieces of a group.
        take: i64,
        /// Pieces of it that are paid.
        pay: i64,
    },
    /// Pieces of a variant that cost nothing when they are in the cart. They do not count towards the sum to be reached.
    Gift {
        /// Which.
        variant: VariantId,
        /// So many at most.
        units: i64,
    },
}

kernel::db_enum! {
    /// How a promotion stands at a moment.
    pub enum PromotionState {
        /// It takes something off.
        Running = "running",
        /// It begins later.
        Planned = "planned",
        /// Its time is over.
        Ended = "ended",
        /// Somebody stopped it, or has not started it yet.
        Stopped = "stopped",
    }
}

/// Something off the lines it fits, once these reach a sum.
///
/// Promotions are looked at in the order of [`Promotion::rank`]. Stackable ones may meet on a line: each is reckoned on the price of the
/// list, and together they take no line below zero. An exclusive one takes only lines that none before it has touched, and
/// nobody after it touches them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Promotion {
    /// Its id.
    pub id: PromotionId,
    /// Unique.
    pub code: String,
    /// For customers.
    pub name: Localised,
    /// What it is about.
    pub target: Target,
    /// What it gives.
    pub offer: Offer,
    /// The lines it fits must reach this sum before discounts; its currency is that of the carts it is for.
    pub threshold: Money,
    /// Higher comes first.
    pub priority: i64,
    /// True when it shares no line with another.
    pub is_exclusive: bool,
    /// When it is open.
    pub span: Span,
    /// True when it must be asked for with one of its coupons.
    pub needs_coupon: bool,
    /// So often one person may use its coupons; `None` for as often as they like.
    pub per_customer: Option<i64>,
    /// True while somebody keeps it from taking anything off.
    pub is_stopped: bool,
}

impl Promotion {
    /// An exclusive promotion without a sum to reach, for ever, of priority 0; not yet made.
    pub fn new(code: &str, name: Localised, target: Target, offer: Offer) -> Self {
        let threshold = match &offer {
            Offer::Amount { off } => Money::zero(off.currency),
            _ => Money::eur(0),
        };
        let (id, code, span) = (PromotionId::nil(), code.to_owned(), Span::ALWAYS);
        Promotion {
            id,
            code,
            name,
            target,
            offer,
            threshold,
            priority: 0,
            is_exclusive: true,
            span,
            needs_coupon: false,
            per_customer: None,
            is_stopped: false,
        }
    }

    /// How it stands at a moment. What is over is over, stopped or not.
    pub fn state(&self, at: Timestamp) -> PromotionState {
        match () {
            () if at >= self.span.end() => PromotionState::Ended,
            () if self.is_stopped => PromotionState::Stopped,
            () if at < self.span.starts_at => PromotionState::Planned,
            () => PromotionState::Running,
        }
    }

    /// The least comes first: the highest priority, then the first code.
    pub fn rank(&self) -> impl Ord + '_ {
        (Reverse(self.priority), self.code.as_str())
    }

    /// What is wrong with it: the field, and a sentence.
    pub(crate) fn fault(&self) -> Option<(&'static str, &'static str)> {
        if self.code.trim().is_empty() || self.code.chars().count() > 100 {
            return Some(("code", "a code of at most 100 characters is needed"));
        }
        if self.name.is_empty() {
            return Some(("name", "customers read its name: one is needed"));
        }
        if !self.target.is_sound() {
            return Some(("target", "a category, a tag, or 1 to 100 products or variants are needed"));
        }
        if self.threshold.minor < 0 {
            return Some(("threshold", "the sum to be reached is not negative"));
        }
        if !self.span.is_sound() {
            return Some(("ends_at", "a promotion ends after it starts"));
        }
        if self.per_customer.is_some_and(|most| most < 1 || !self.needs_coupon) {
            return Some(("per_customer", "only uses of coupons are counted by customer, from 1 on"));
        }
        match &self.offer {
            Offer::Percentage { basis_points } if !(1..=10_000).contains(basis_points) => {
                Some(("basis_points", "a promotion takes 1 to 10000 basis points off"))
            }
            Offer::Amount { off } if off.minor < 1 => Some(("off", "a promotion takes something off")),
            Offer::Amount { off } if off.currency != self.threshold.currency => {
                Some(("off", "what is taken off and the sum to be reached are of one currency"))
            }
            Offer::NForM { take, pay } if !(2..=100).contains(take) || !(1..*take).contains(pay) => {
                Some(("take", "of 2 to 100 pieces at least one is paid and one is free"))
            }
            Offer::Gift { units, .. } if !(1..=100).contains(units) => Some(("units", "1 to 100 pieces are a gift")),
            _ => None,
        }
    }
}
