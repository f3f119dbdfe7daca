//! Carts, orders, fulfilment, returns.

mod ids;

pub use ids::{CartId, CartLineId, FulfilmentId, OrderId, OrderLineId, ReturnId};
