//! What a hosted page asks for.

use crate::store::simulated;
use crate::{Payment, PaymentId, store};
use kernel::{Fault, ReadTx, Tx};

kernel::db_enum! {
    /// Where the gateway's side stands.
    pub enum IntentState {
        /// The page is open, also after a decline.
        Open = "open",
        /// Approved, not taken yet.
        Authorised = "authorised",
        /// Taken.
        Captured = "captured",
        /// The page is closed.
        Cancelled = "cancelled",
    }
}

/// Open a hosted page; answers its token.
pub(crate) fn create_intent(tx: &mut Tx<'_>, payment: &Payment) -> Result<String, Fault> {
    if store::secret(tx, super::SECRET)?.is_none() {
        let secret = tx.random_bytes::<32>();
        store::insert_secret(tx, super::SECRET, &secret)?;
    }
    let token = hex::encode(tx.random_bytes::<20>());
    let id = format!("sim_{}", hex::encode(tx.random_bytes::<12>()));
    simulated::insert(tx, &id, &token, payment)?;
    Ok(token)
}

/// The token of a payment's page.
pub(crate) fn page_token(tx: &ReadTx<'_>, payment: PaymentId) -> Result<Option<String>, Fault> {
    simulated::token_of(tx, payment)
}

/// Close the page: nobody can pay there any more.
pub(crate) fn cancel_intent(tx: &mut Tx<'_>, payment: PaymentId) -> Result<(), Fault> {
    for state in [IntentState::Open, IntentState::Authorised] {
        simulated::change(tx, payment, state, IntentState::Cancelled)?;
    }
    Ok(())
}

/// Take what was approved.
pub(crate) fn capture_intent(tx: &mut Tx<'_>, payment: PaymentId) -> Result<(), Fault> {
    simulated::change(tx, payment, IntentState::Authorised, IntentState::Captured).map(drop)
}
