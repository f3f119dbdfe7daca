//! What is answered: facts. [`Answer::text`] and [`Answer::speech`] put them into words.

use crate::{Step, menu};
use kernel::Locale;
use orders::OrderNumber;
use serde::{Deserialize, Serialize};

kernel::db_enum! {
    /// How an order stands, to whoever waits for it.
    pub enum Whereabouts {
        /// Nobody has paid.
        Unpaid = "unpaid",
        /// Its goods are not there yet.
        Awaited = "awaited",
        /// It is being put together.
        Preparing = "preparing",
        /// It lies in a shop.
        Ready = "ready",
        /// A carrier has it.
        OnTheWay = "on_the_way",
        /// The customer has it.
        Arrived = "arrived",
        /// All of it came back.
        Returned = "returned",
        /// It will not come.
        Cancelled = "cancelled",
    }
}

/// A shop and when it is open today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shop {
    /// Its name.
    pub name: String,
    /// Hours such as `10:00 a 21:00`; empty when it is closed today.
    pub hours: String,
}

/// An answer. [`Answer::text`] is read, [`Answer::speech`] is heard; both say the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum Answer {
    /// Hello, and what can be asked.
    Hello {
        /// First name; may be empty.
        name: String,
    },
    /// Which order?
    AskOrder,
    /// Whose order? So that nobody hears of another's.
    AskProof,
    /// Which product?
    AskProduct,
    /// Where an order is.
    Order {
        /// Its number.
        number: OrderNumber,
        /// How it stands.
        state: Whereabouts,
        /// The shop where it waits, the carrier, or the day on which its goods come, as `2026-12-06`; may be empty.
        place: String,
        /// They have others.
        has_others: bool,
    },
    /// Whether an order may come back.
    Return {
        /// Its number.
        number: OrderNumber,
        /// The last day, as `2026-12-06`; `None` when nothing of it may come back.
        until: Option<String>,
    },
    /// When shops are open today.
    Hours {
        /// The shop that was named, or some of them.
        shops: Vec<Shop>,
    },
    /// Where a product is left.
    Stock {
        /// Its name, with the size or colour that was asked for.
        title: String,
        /// The shop that was named; empty when none was.
        asked: String,
        /// Shops that have it.
        places: Vec<String>,
    },
    /// Nothing fits what was told.
    NotFound,
    /// It was not understood; the same is asked again.
    NotUnderstood {
        /// What was asked.
        step: Step,
    },
    /// They said thank you.
    Welcome,
    /// A person goes on.
    HandOver,
}

impl Answer {
    /// Keys and words of what can be chosen now; empty when something else was asked.
    pub fn choices(&self, locale: Locale) -> Vec<(&'static str, &'static str)> {
        match self {
            Answer::Hello { .. } | Answer::NotUnderstood { step: Step::Begin | Step::Menu } => menu(locale).to_vec(),
            _ => Vec::new(),
        }
    }
}
