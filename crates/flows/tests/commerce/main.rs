//! From a basket to goods coming back, over all rooms, on both engines.

mod accounted;
mod awaited;
mod bulk_edits;
mod bundles;
mod changing;
mod coupons;
mod delivery;
mod erasing;
mod golden;
mod imports;
mod nearer;
mod oversell;
mod paying;
mod refusals;
mod self_serving;
mod services;
mod shelves;
mod statements;
mod support;
mod till;
