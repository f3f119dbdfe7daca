//! From a basket to goods coming back, over all rooms, on both engines.

mod golden;
mod oversell;
mod paying;
mod refusals;
mod support;
mod till;
