//! Telephone calls, where they span rooms: who rings, what they hear, and whom they reach.

mod call_me;
mod hear;
mod menu;
mod who;
mod words;

pub use call_me::{CallMe, CallOut, call_me, call_out, phone_account};
pub use hear::hear;

pub(crate) use who::{first_name_of, locale_of, person_with};
pub(crate) use words::on_day;
