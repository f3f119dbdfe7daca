//! Changing an order, or exchanging what the customer has: one form for the customer and for the desk. It is looked at before it is done.

mod read;
mod view;

pub(crate) use read::{change_words, read_change, refusal};
pub(crate) use view::{ChangeView, build};
