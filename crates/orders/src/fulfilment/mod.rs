//! The part of an order that one location supplies in one way.

mod advance;
mod awaited;
mod hand_over;
mod model;
mod promised;
mod queries;
pub(crate) mod store;

pub use advance::{AdvanceError, AdvanceFulfilment, Moved, advance_fulfilment};
pub use awaited::{goods_arrived, goods_expected, promise_delayed};
pub use hand_over::{HandOver, HandOverError, hand_over};
pub use model::{Fulfilment, FulfilmentState, FulfilmentWay, Stages, Tracking};
pub use promised::{Promised, Sourced, SourcedBy, SourcedTerms, promise_part};
pub use queries::{QueueEntry, fulfilment, fulfilments_by_code, queue};
pub(crate) use store::{Released, cancel_parts, insert as insert_fulfilment, insert_awaited, of_order, release_waiting, with_code};
