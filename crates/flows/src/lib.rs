//! What spans rooms, each step a call: receive an event, check out, take payment, hand over, take back.
//!
//! A flow is a command like any other: synchronous, over one transaction, all or nothing. It owns no table.

mod receive_event;

pub use receive_event::receive_event;
