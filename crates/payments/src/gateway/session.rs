//! Our page of a payment, and what the gateway calls it.

use crate::store::gateways;
use crate::{GatewayId, Payment, PaymentId};
use kernel::{Fault, ReadTx, Timestamp, Tx};
use std::time::Duration;

/// So long after the customer was led to the gateway it is asked what became of them, should its notice be lost.
const ASK_AFTER: Duration = Duration::from_secs(3 * 60);
/// A payment is asked after for so long.
const ASK_FOR: Duration = Duration::from_secs(26 * 3600);

/// A payment at a gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatewaySession {
    /// Which payment.
    pub payment: PaymentId,
    /// Where.
    pub gateway: GatewayId,
    /// Token of our page.
    pub token: String,
    /// The gateway's name for the page that it made; `None` before it was asked for one.
    pub reference: Option<String>,
    /// Where that page lies.
    pub url: Option<String>,
}

/// The payment begins at the active gateway; `None` without one.
pub(crate) fn begin_session(tx: &mut Tx<'_>, payment: &Payment) -> Result<Option<String>, Fault> {
    let Some(gateway) = gateways::active(tx)? else { return Ok(None) };
    let token = hex::encode(tx.random_bytes::<20>());
    gateways::insert_session(tx, &GatewaySession { payment: payment.id, gateway, token: token.clone(), reference: None, url: None })?;
    Ok(Some(token))
}

/// The session whose page has this token.
pub fn session_by_token(tx: &ReadTx<'_>, token: &str) -> Result<Option<GatewaySession>, Fault> {
    gateways::session_by_token(tx, token)
}

/// The session of a payment; `None` for one that was not begun at a real gateway.
pub fn session_of(tx: &ReadTx<'_>, payment: PaymentId) -> Result<Option<GatewaySession>, Fault> {
    gateways::session(tx, payment)
}

/// The customer is led to the gateway's page. The first reference stays.
pub fn note_opened(tx: &mut Tx<'_>, payment: PaymentId, reference: &str, url: Option<&str>) -> Result<(), Fault> {
    let ask_at = tx.now().plus(ASK_AFTER);
    gateways::open_session(tx, payment, reference, url, ask_at)
}

/// Whether the gateway may know of it.
pub(crate) fn was_opened(session: &GatewaySession) -> bool {
    session.reference.is_some()
}

/// When the next gateway is to be asked about a payment; `None` for never.
pub fn next_asked(tx: &ReadTx<'_>) -> Result<Option<Timestamp>, Fault> {
    gateways::next_asked(tx)
}

/// The payments that gateways are to be asked about now, at most `limit`; each is asked about again after twice the time, for a day.
pub fn take_asked(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<(GatewaySession, Payment)>, Fault> {
    let now = tx.now();
    let mut taken = Vec::new();
    for session in gateways::due_sessions(tx, now, limit)? {
        let Some(payment) = crate::store::payment(tx, session.payment)? else { continue };
        let age = now.since(payment.created_at);
        let is_over = payment.state.was_captured() || age > ASK_FOR;
        let next = (!is_over).then(|| now.plus(age.max(ASK_AFTER)));
        gateways::ask_again(tx, session.payment, next)?;
        if !payment.state.was_captured() {
            taken.push((session, payment));
        }
    }
    Ok(taken)
}
