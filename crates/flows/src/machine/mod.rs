//! The machine that answers first: who asks it, where it may speak, and how a person goes on where it stopped.

mod asker;
mod first;
mod left;
mod serve;
mod standing;

pub use serve::{SelfServe, self_serve};
pub use standing::is_helped;

pub(crate) use asker::known;
pub(crate) use first::{answer, first};
pub(crate) use left::{Left, go_on, left_elsewhere};
pub(crate) use serve::tell;
pub(crate) use standing::{SETTLED, settle, settled};
