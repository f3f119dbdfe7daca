//! The changeable wish: one open cart per profile or visitor, on every device and at every door.

mod change;
mod edits;
mod merge;
mod model;
mod open;
mod queries;
mod share;
pub(crate) mod store;

pub use change::{CartChange, CartError, ChangeCart, change_cart};
pub use merge::{MergeCart, merge_cart};
pub use model::{Cart, CartLine, CartState, MAX_LINES, MAX_QUANTITY, Matched};
pub use open::{OpenCart, Owner, open_cart};
pub use queries::{cart, cart_by_code, open_cart_of, open_cart_of_guest};
pub use share::{AbandonCart, abandon_cart, share_cart};
