//! The customer presses a button on the hosted page.

use super::{IntentState, SignedEvent};
use crate::store::{self, simulated};
use crate::{ProviderEvent, ProviderEventKind, signature};
use kernel::{Fault, Kind, Problem, Tx};

/// What the customer's bank says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Yes.
    Approve,
    /// No.
    Decline,
}

/// Why the page took nothing.
#[derive(Debug, thiserror::Error)]
pub enum SimulatorError {
    /// No such page.
    #[error("there is no such page")]
    UnknownPage,
    /// It was paid or closed before.
    #[error("the page is {state}")]
    Closed {
        /// How.
        state: IntentState,
    },
    /// Ours to mend.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for SimulatorError {
    fn kind(&self) -> Kind {
        match self {
            SimulatorError::UnknownPage => Kind::NotFound,
            SimulatorError::Closed { .. } => Kind::Conflict,
            SimulatorError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            SimulatorError::UnknownPage => "payments.unknown_page",
            SimulatorError::Closed { .. } => "payments.page_closed",
            SimulatorError::Fault(fault) => fault.code(),
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        match self {
            SimulatorError::Closed { state } => vec![("state", state.as_str().into())],
            _ => Vec::new(),
        }
    }
}

/// Approve or decline; answers the webhook that the gateway sends. After a decline the page stays open for another try;
/// once approved it is closed, so a second click cannot pay twice.
pub fn pay(tx: &mut Tx<'_>, token: &str, outcome: Outcome) -> Result<SignedEvent, SimulatorError> {
    let page = simulated::page(tx, token)?.ok_or(SimulatorError::UnknownPage)?;
    if page.state != IntentState::Open {
        return Err(SimulatorError::Closed { state: page.state });
    }
    let (kind, closed, failure) = match outcome {
        Outcome::Decline => (ProviderEventKind::Declined, None, Some("card_declined".to_owned())),
        Outcome::Approve if page.capture_later => (ProviderEventKind::Authorised, Some(IntentState::Authorised), None),
        Outcome::Approve => (ProviderEventKind::Captured, Some(IntentState::Captured), None),
    };
    if let Some(next) = closed {
        simulated::change(tx, page.payment, IntentState::Open, next)?;
    }
    let id = format!("evt_{}", hex::encode(tx.random_bytes::<12>()));
    let event =
        ProviderEvent { id, kind, payment: page.payment, amount: page.amount, failure, reference: String::new(), created: tx.now() };
    let body = serde_json::to_string(&event).map_err(|e| Fault::data(e.to_string()))?;
    let secret = store::secret(tx, super::SECRET)?.ok_or_else(|| Fault::data("the simulated gateway has no secret"))?;
    let signature = signature::sign(&secret, tx.now(), body.as_bytes());
    Ok(SignedEvent { body, signature })
}
