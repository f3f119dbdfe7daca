//! The one door through which programs write to people: the contact policy is asked, and its answer is kept.

mod codes;
mod complaint;
mod gather;
mod send;

pub use codes::{CodeSent, prove_identifier, send_code};
pub use complaint::{is_complaint, set_complaint};
pub use gather::{Ask, may_contact};
pub use send::{Notice, Outcome, Sent, send};

pub(crate) use gather::{Route, Weighed, carries, weigh};
pub(crate) use send::{SEND_LATER, send_later};
