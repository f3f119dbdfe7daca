//! One person's thread as every face shows it: what the event log says, in the reader's words.
//!
//! [`Stretch::read`] fetches one page of the log with the messages, files and names it mentions; [`Stretch::entries`] turns it
//! into knots. The desk, the till and the customer's account share both, and differ only by [`Reader`].

mod facts;
mod happened;
mod names;
mod said;
mod stretch;

pub use names::Names;
pub use stretch::Stretch;

use kernel::ProfileId;

/// Who reads the thread: it decides what is shown and where links lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// An agent at the desk.
    Desk,
    /// An associate at the till.
    Till,
    /// The customer, in their own account.
    Customer,
}

impl Reader {
    fn is_staff(self) -> bool {
        self != Reader::Customer
    }
    /// Address of an order.
    fn order(self, id: &str) -> String {
        match self {
            Reader::Desk => format!("/desk/orders/{id}"),
            Reader::Till => format!("/till/orders/{id}"),
            Reader::Customer => format!("/account/orders/{id}"),
        }
    }
}

/// The profile in `customer:ID`, as the log names an actor.
pub fn customer_in(actor: &str) -> Option<ProfileId> {
    actor.strip_prefix("customer:")?.parse().ok()
}
