//! Where money is taken online. This room keeps which gateway, what it calls a payment and what it is still to be told; adapters
//! elsewhere speak with it, outside every transaction.

mod calls;
mod save;
mod session;

pub use calls::{CallState, GatewayCall, Verb, call_answered, failed_calls, next_call, repeat_call, settle_call, take_calls};
pub use save::{SaveGateway, save_gateway};
pub use session::{GatewaySession, next_asked, note_opened, session_by_token, session_of, take_asked};

pub(crate) use calls::{call, refund_failed};
pub(crate) use session::{begin_session, was_opened};

use crate::GatewayId;
use crate::store::gateways;
use kernel::{Fault, ReadTx};

kernel::db_enum! {
    /// Who moves the money.
    pub enum Provider {
        /// Stripe Checkout.
        Stripe = "stripe",
        /// Adyen's payment links.
        Adyen = "adyen",
        /// Redsys: cards and Bizum of Spanish banks.
        Redsys = "redsys",
    }
}

/// A contract with a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gateway {
    /// Which.
    pub id: GatewayId,
    /// With whom.
    pub provider: Provider,
    /// As staff call it.
    pub name: String,
    /// The adapter's own settings.
    pub settings: GatewaySettings,
    /// Whether customers pay by it.
    pub is_active: bool,
}

/// An adapter's settings as JSON, keys among them: stored, never printed.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct GatewaySettings(pub String);

impl std::fmt::Debug for GatewaySettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("GatewaySettings(..)")
    }
}

/// All of them, at most fifty, oldest first.
pub fn gateways(tx: &ReadTx<'_>) -> Result<Vec<Gateway>, Fault> {
    gateways::all(tx)
}

/// One of them.
pub fn gateway(tx: &ReadTx<'_>, id: GatewayId) -> Result<Option<Gateway>, Fault> {
    gateways::one(tx, id)
}
