//! What a gateway is to be told: noted in the transaction that decides it, said outside of any, and answered in another.

use crate::events::{PAYMENT_CALL_FAILED, PaymentCallFailed};
use crate::store::gateways;
use crate::{GatewayCallId, GatewayId, Payment, PaymentError, PaymentId, mask_card_numbers, store};
use kernel::{Actor, Event, Fault, Money, Permission, ReadTx, Timestamp, Tx};
use std::time::Duration;

/// Whoever takes a call has so long to answer for it; then another takes it, under the same name.
const LEASE: Duration = Duration::from_secs(2 * 60);
/// Pauses between tries, in seconds; the last goes on.
const PAUSES: [u64; 6] = [5, 30, 120, 600, 3600, 6 * 3600];
/// After so many tries a person has to look.
const TRIES: i64 = 12;

kernel::db_enum! {
    /// What is asked.
    pub enum Verb {
        /// Take what was promised.
        Capture = "capture",
        /// Call off what was not paid.
        Void = "void",
        /// Give back.
        Refund = "refund",
    }
}

kernel::db_enum! {
    /// Where a call stands.
    pub enum CallState {
        /// To be made.
        Due = "due",
        /// The gateway did it, or took it on.
        Done = "done",
        /// The gateway refuses, or nobody can tell: a person has to look.
        Failed = "failed",
        /// A person did it by hand, or it is not needed.
        Settled = "settled",
    }
}

/// One call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatewayCall {
    /// Which: its name for the gateway, so that it acts once however often it is made.
    pub id: GatewayCallId,
    /// To whom.
    pub gateway: GatewayId,
    /// About which payment.
    pub payment: PaymentId,
    /// What is asked.
    pub verb: Verb,
    /// How much.
    pub amount: Money,
    /// Where it stands.
    pub state: CallState,
    /// How often it was taken, this time included.
    pub attempts: i64,
    /// Somebody took it before and never said what became of it.
    pub was_taken: bool,
    /// Why it failed.
    pub detail: String,
    /// Since when.
    pub created_at: Timestamp,
}

/// The gateway of the payment is to be told; nothing happens for one that was not begun at a real one. True when it was.
pub(crate) fn call(tx: &mut Tx<'_>, payment: PaymentId, verb: Verb, amount: Money) -> Result<bool, Fault> {
    let Some(session) = gateways::session(tx, payment)? else { return Ok(false) };
    if super::was_opened(&session) {
        let now = tx.now();
        let call = GatewayCall {
            id: tx.new_id(),
            gateway: session.gateway,
            payment,
            verb,
            amount,
            state: CallState::Due,
            attempts: 0,
            was_taken: false,
            detail: String::new(),
            created_at: now,
        };
        gateways::insert_call(tx, &call)?;
    }
    Ok(true)
}

/// When the next call is due; `None` for never.
pub fn next_call(tx: &ReadTx<'_>) -> Result<Option<Timestamp>, Fault> {
    gateways::next_call(tx)
}

/// Take the calls that are due, at most `limit`: nobody else has them for two minutes.
pub fn take_calls(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<GatewayCall>, Fault> {
    let now = tx.now();
    let mut due = gateways::due_calls(tx, now, limit)?;
    for call in &mut due {
        call.attempts += 1;
        gateways::lease_call(tx, call.id, call.attempts, now.plus(LEASE))?;
    }
    Ok(due)
}

/// How a call ended: `Ok(true)` done; `Ok(false)` to be made again; `Err` says why a person has to look.
pub fn call_answered(tx: &mut Tx<'_>, id: GatewayCallId, answer: Result<bool, String>) -> Result<(), Fault> {
    let Some(call) = gateways::call(tx, id)?.filter(|call| call.state == CallState::Due) else { return Ok(()) };
    match answer {
        Ok(true) => gateways::end_call(tx, id, CallState::Done, ""),
        Ok(false) if call.attempts < TRIES => {
            let at = usize::try_from(call.attempts - 1).unwrap_or(0).min(PAUSES.len() - 1);
            let due = tx.now().plus(Duration::from_secs(PAUSES[at]));
            gateways::postpone_call(tx, id, due)
        }
        Ok(false) => fail(tx, &call, "the gateway cannot be reached"),
        Err(detail) => fail(tx, &call, &detail),
    }
}

/// The gateway took a refund on and told later that it could not give the money.
pub(crate) fn refund_failed(tx: &mut Tx<'_>, payment: &Payment, amount: Money, detail: &str) -> Result<(), Fault> {
    let known = gateways::refund_call(tx, payment.id, amount)?;
    match known {
        Some(call) => fail(tx, &call, detail),
        None => Ok(()),
    }
}

fn fail(tx: &mut Tx<'_>, call: &GatewayCall, detail: &str) -> Result<(), Fault> {
    let detail: String = mask_card_numbers(detail).chars().take(300).collect();
    gateways::end_call(tx, call.id, CallState::Failed, &detail)?;
    let Some(payment) = store::payment(tx, call.payment)? else { return Ok(()) };
    let body = PaymentCallFailed { payment: payment.id, subject: payment.subject.clone(), verb: call.verb, amount: call.amount, detail };
    let event = Event::new(PAYMENT_CALL_FAILED, payment.id).profile(payment.profile).channel(payment.channel);
    tx.announce(event.by(&Actor::system()).body(&body))
}

/// What a person has to look at, at most a hundred, oldest first.
pub fn failed_calls(tx: &ReadTx<'_>) -> Result<Vec<GatewayCall>, Fault> {
    gateways::failed_calls(tx)
}

/// Make a failed call once more.
///
/// # Errors
/// [`PaymentError::UnknownCall`] unless it failed.
pub fn repeat_call(tx: &mut Tx<'_>, actor: &Actor, id: GatewayCallId) -> Result<(), PaymentError> {
    actor.require(Permission::Refund)?;
    let now = tx.now();
    if gateways::repeat_call(tx, id, now)? { Ok(()) } else { Err(PaymentError::UnknownCall) }
}

/// A person did by hand what the gateway would not.
///
/// # Errors
/// [`PaymentError::UnknownCall`] unless it failed.
pub fn settle_call(tx: &mut Tx<'_>, actor: &Actor, id: GatewayCallId) -> Result<(), PaymentError> {
    actor.require(Permission::Refund)?;
    let failed = gateways::call(tx, id)?.filter(|call| call.state == CallState::Failed).ok_or(PaymentError::UnknownCall)?;
    Ok(gateways::end_call(tx, failed.id, CallState::Settled, &failed.detail)?)
}
