//! Reads of payments and links.

use crate::accounts::{currency_of, owed, sales};
use crate::store::{self, links};
use crate::{Due, PayLink, PayLinkId, Payment, PaymentId, RefundRecord};
use kernel::{Fault, Money, ReadTx};

/// How a subject's account stands; `None` when nothing was ever billed or received for it.
pub fn due(tx: &ReadTx<'_>, subject: &str) -> Result<Option<Due>, Fault> {
    let Some(currency) = currency_of(tx, subject)? else { return Ok(None) };
    let billed = -ledger::balance(tx, &sales(subject))?.posted;
    let outstanding = ledger::balance(tx, &owed(subject))?.posted;
    let authorised = store::authorised_of(tx, subject)?;
    let money = |minor| Money::new(minor, currency);
    Ok(Some(Due {
        billed: money(billed),
        captured: money(billed - outstanding),
        authorised: money(authorised),
        outstanding: money(outstanding),
    }))
}

/// One payment.
pub fn payment(tx: &ReadTx<'_>, id: PaymentId) -> Result<Option<Payment>, Fault> {
    store::payment(tx, id)
}

/// The payments of a subject, oldest first; at most 100.
pub fn payments_of(tx: &ReadTx<'_>, subject: &str) -> Result<Vec<Payment>, Fault> {
    store::payments_of(tx, subject)
}

/// The refunds of a subject, oldest first; at most 100.
pub fn refunds_of(tx: &ReadTx<'_>, subject: &str) -> Result<Vec<RefundRecord>, Fault> {
    store::refunds_of(tx, subject)
}

/// One link.
pub fn pay_link(tx: &ReadTx<'_>, id: PayLinkId) -> Result<Option<PayLink>, Fault> {
    links::by_id(tx, id)
}

/// The link with this secret address.
pub fn pay_link_by_token(tx: &ReadTx<'_>, token: &str) -> Result<Option<PayLink>, Fault> {
    links::by_token(tx, token)
}

/// The links of a subject, newest first; at most 100.
pub fn pay_links_of(tx: &ReadTx<'_>, subject: &str) -> Result<Vec<PayLink>, Fault> {
    links::of_subject(tx, subject)
}
