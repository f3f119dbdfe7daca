//! A link's time is over.

use crate::events::{PAY_LINK_EXPIRED, PAYMENT_VOIDED, tell, tell_link};
use crate::store::links;
use crate::{PayLink, PayLinkId, PayLinkState, Payment, PaymentState, simulator, store};
use kernel::{Actor, Fault, Timer, TimerHandler, Tx};

pub(crate) const EXPIRE_LINK: &str = "payments.expire_link";

/// The timers of this room.
pub const TIMERS: &[TimerHandler] = &[TimerHandler { kind: EXPIRE_LINK, run: expire }];

fn expire(tx: &mut Tx<'_>, timer: &Timer) -> Result<(), Fault> {
    let id: PayLinkId = timer.key.parse().map_err(|e: kernel::IdError| Fault::data(e.to_string()))?;
    if !links::end(tx, id, PayLinkState::Expired)? {
        return Ok(());
    }
    let Some(link) = links::by_id(tx, id)? else { return Ok(()) };
    close_page(tx, &Actor::system(), &link)?;
    tell_link(tx, &Actor::system(), PAY_LINK_EXPIRED, &link)
}

/// Nobody can pay any more what the link asked for.
pub(crate) fn close_page(tx: &mut Tx<'_>, actor: &Actor, link: &PayLink) -> Result<(), Fault> {
    let Some(payment) = link.payment else { return Ok(()) };
    let Some(payment) = store::payment(tx, payment)?.filter(|p| p.state.can_become(PaymentState::Voided)) else { return Ok(()) };
    simulator::cancel_intent(tx, payment.id)?;
    store::set_state(tx, &payment, PaymentState::Voided, None)?;
    let voided = Payment { state: PaymentState::Voided, failure: None, changed_at: tx.now(), ..payment };
    tell(tx, actor, PAYMENT_VOIDED, &voided, voided.amount)
}
