//! Buy for a company: its buyers see the order, whoever of them placed it.

use crate::checkout::{CheckedOut, Checkout, CheckoutError, checkout};
use customers::companies::{CompanyId, acts_for};
use kernel::{Actor, Tx};

/// As [`checkout`], for a company when one is given. The buyer must buy for it: the customer who acts, or the profile that staff name.
pub fn checkout_for(tx: &mut Tx<'_>, actor: &Actor, cmd: &Checkout, company: Option<CompanyId>) -> Result<CheckedOut, CheckoutError> {
    if let Some(company) = company {
        let buyer = actor.profile().or(cmd.profile).ok_or(CheckoutError::NotABuyer)?;
        acts_for(tx, buyer, company)?.ok_or(CheckoutError::NotABuyer)?;
    }
    let done = checkout(tx, actor, cmd)?;
    if let Some(company) = company.filter(|_| !done.repeated) {
        orders::place_for_company(tx, &done.order.head, company)?;
    }
    Ok(done)
}
