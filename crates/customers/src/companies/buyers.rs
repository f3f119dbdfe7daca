//! Who buys for a company.

use super::{Buyer, BuyerRole, CompanyError, CompanyId, store};
use crate::{events, store as room};
use kernel::{Actor, Event, Permission, ProfileId, Tx};

/// Most buyers of one company: what its pages show whole.
const MOST_BUYERS: usize = 500;

/// Let a profile buy for a company, or change what it does there; staff and programs. Announces `company.buyer_added` or
/// `company.buyer_changed` on the buyer's thread.
pub fn set_buyer(tx: &mut Tx<'_>, actor: &Actor, company: CompanyId, profile: ProfileId, role: BuyerRole) -> Result<Buyer, CompanyError> {
    actor.require(Permission::EditCustomers)?;
    let owner = store::by_id(tx, company)?.ok_or(CompanyError::Unknown)?;
    room::profiles::person_of(tx, profile)?.ok_or(CompanyError::UnknownProfile(profile))?;
    let before = store::buyer(tx, company, profile)?;
    if let Some(same) = before.as_ref().filter(|b| b.role == role) {
        return Ok(same.clone());
    }
    if before.is_none() && store::buyers(tx, company, MOST_BUYERS as i64)?.len() >= MOST_BUYERS {
        return Err(CompanyError::TooManyBuyers(MOST_BUYERS));
    }
    let kind = if before.is_some() { events::BUYER_CHANGED } else { events::BUYER_ADDED };
    let buyer = Buyer { company, profile, role, added_at: before.map_or(tx.now(), |b| b.added_at) };
    store::save_buyer(tx, &buyer, &actor.to_string())?;
    let body = events::OfBuyer { company, name: owner.name, role };
    tx.announce(Event::new(kind, company).profile(profile).by(actor).body(&body))?;
    Ok(buyer)
}

/// A profile buys for a company no longer; its orders stay the company's. Answers whether it did. Announces `company.buyer_removed`.
pub fn remove_buyer(tx: &mut Tx<'_>, actor: &Actor, company: CompanyId, profile: ProfileId) -> Result<bool, CompanyError> {
    actor.require(Permission::EditCustomers)?;
    let owner = store::by_id(tx, company)?.ok_or(CompanyError::Unknown)?;
    let Some(buyer) = store::buyer(tx, company, profile)? else { return Ok(false) };
    store::remove_buyer(tx, company, profile)?;
    let body = events::OfBuyer { company, name: owner.name, role: buyer.role };
    tx.announce(Event::new(events::BUYER_REMOVED, company).profile(profile).by(actor).body(&body))?;
    Ok(true)
}
