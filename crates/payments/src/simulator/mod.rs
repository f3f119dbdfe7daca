//! A gateway in the box: a hosted page with an unguessable address, and signed webhooks. It stands where a real provider
//! would, so it keeps its own book (`simulated_intent`) and speaks to the rest of the room only by webhook.

mod event;
mod intent;
mod page;
mod pay;

pub use event::SignedEvent;
pub use intent::IntentState;
pub use page::{HostedPage, hosted_page};
pub use pay::{Outcome, SimulatorError, pay};

pub(crate) use intent::{cancel_intent, capture_intent, create_intent, page_token};

/// Name of the secret that signs its webhooks.
pub(crate) const SECRET: &str = "simulated_gateway";
