//! The customer follows a link.

use crate::authorise::begin;
use crate::store::links;
use crate::{Authorise, Method, PayLink, PayLinkError, PayLinkState};
use kernel::Tx;

/// The answer to [`open_pay_link`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedPayLink {
    /// The link.
    pub link: PayLink,
    /// Token of the hosted page where the customer pays.
    pub page: String,
}

/// Lead whoever has the link to the hosted page. The first opening begins the payment; later ones lead to the same page.
///
/// # Errors
/// [`PayLinkError::Ended`] when it was paid, withdrawn, or its time is over.
pub fn open_pay_link(tx: &mut Tx<'_>, token: &str) -> Result<OpenedPayLink, PayLinkError> {
    let mut link = links::by_token(tx, token)?.ok_or(PayLinkError::UnknownLink)?;
    if link.state != PayLinkState::Open {
        return Err(PayLinkError::Ended { state: link.state });
    }
    // Its timer may be a moment late.
    if link.expires_at <= tx.now() {
        return Err(PayLinkError::Ended { state: PayLinkState::Expired });
    }
    let ask = Authorise {
        key: format!("pay_link/{}", link.id),
        subject: link.subject.clone(),
        profile: Some(link.profile),
        channel: link.channel,
        method: Method::PayLink,
        amount: link.amount,
        reference: String::new(),
        capture_later: false,
    };
    let (begun, _) = begin(tx, ask, Some(link.id))?;
    if link.payment.is_none() {
        links::set_payment(tx, link.id, begun.payment.id)?;
        link.payment = Some(begun.payment.id);
    }
    let page = begun.page.ok_or_else(|| kernel::Fault::data(format!("link {} has no page", link.id)))?;
    Ok(OpenedPayLink { link, page })
}
