//! A link is withdrawn.

use crate::events::{PAY_LINK_CANCELLED, tell_link};
use crate::expire_pay_link::{EXPIRE_LINK, close_page};
use crate::store::links;
use crate::{PayLink, PayLinkError, PayLinkId, PayLinkState};
use kernel::{Actor, Permission, Tx};

/// Withdraw an open link; its page closes. One that was withdrawn before is answered as it stands.
///
/// # Errors
/// [`PayLinkError::Ended`] when it was paid or its time is over.
pub fn cancel_pay_link(tx: &mut Tx<'_>, actor: &Actor, id: PayLinkId) -> Result<PayLink, PayLinkError> {
    actor.require(Permission::TakePayment)?;
    let link = links::by_id(tx, id)?.ok_or(PayLinkError::UnknownLink)?;
    match link.state {
        PayLinkState::Cancelled => return Ok(link),
        PayLinkState::Open => {}
        state => return Err(PayLinkError::Ended { state }),
    }
    links::end(tx, id, PayLinkState::Cancelled)?;
    let cancelled = PayLink { state: PayLinkState::Cancelled, ..link };
    close_page(tx, actor, &cancelled)?;
    tx.cancel_timer(EXPIRE_LINK, &id.to_string())?;
    tell_link(tx, actor, PAY_LINK_CANCELLED, &cancelled)?;
    Ok(cancelled)
}
