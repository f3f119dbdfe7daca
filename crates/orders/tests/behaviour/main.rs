//! The room through its public list, on both engines.

mod carts;
mod contention;
mod fulfilments;
mod lists;
mod placing;
mod returns;
mod support;
