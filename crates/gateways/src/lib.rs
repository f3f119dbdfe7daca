//! Real payment gateways. An adapter renders what a gateway is told and reads what it tells, as pure functions; [`runtime`] is the
//! only part that touches the database and the network. What is paid, owed and given back is the `payments` room's business.

mod account;
mod adyen;
mod keyed;
mod provider;
mod redsys;
pub mod runtime;
mod stripe;

pub use account::{GatewayAccount, StoredKeys};
pub use provider::{Adapter, Ask, Calling, Opened, Opening, RawNotice, Verdict, Way, adapter};
