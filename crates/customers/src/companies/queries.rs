//! Looking at companies.

use super::{Buyer, Company, CompanyError, CompanyId, Membership, TaxId, store};
use crate::person::current;
use crate::{Page, PersonId, QueryError, fold};
use kernel::{Actor, Fault, Permission, ProfileId, ReadTx};

/// Most companies one person buys for.
const MOST_MEMBERSHIPS: i64 = 50;
const MOST: usize = 100;

/// A company by id. The caller has made sure that whoever asks may see it: see [`company_for`].
pub fn company(tx: &ReadTx<'_>, id: CompanyId) -> Result<Option<Company>, Fault> {
    store::by_id(tx, id)
}

/// A company that this actor may see: staff any, a customer one that they buy for.
pub fn company_for(tx: &ReadTx<'_>, actor: &Actor, id: CompanyId) -> Result<Company, CompanyError> {
    match actor.profile() {
        Some(profile) if acts_for(tx, profile, id)?.is_none() => return Err(CompanyError::Unknown),
        Some(_) => {}
        None => actor.require(Permission::ViewCustomers)?,
    }
    store::by_id(tx, id)?.ok_or(CompanyError::Unknown)
}

/// Companies by the beginning of their name or by their whole tax id, or all of them; by name, at most 100 a page.
pub fn companies(tx: &ReadTx<'_>, actor: &Actor, text: &str, cursor: Option<&str>, limit: usize) -> Result<Page<Company>, QueryError> {
    actor.require(Permission::ViewCustomers)?;
    let limit = limit.clamp(1, MOST);
    if let Some(owner) = TaxId::new(text).ok().map(|tax_id| store::by_tax_id(tx, &tax_id)).transpose()?.flatten() {
        return Ok(Page { items: store::by_id(tx, owner)?.into_iter().collect(), next: None });
    }
    let bad = |c: &str| QueryError::BadCursor(c.to_owned());
    let after = match cursor {
        None => (String::new(), CompanyId::nil()),
        Some(c) => {
            let (id, key) = c.split_once('~').ok_or_else(|| bad(c))?;
            (key.to_owned(), id.parse().map_err(|_| bad(c))?)
        }
    };
    let mut items = store::by_name(tx, &fold(text), &after, limit as i64 + 1)?;
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().filter(|_| more).map(|c| format!("{}~{}", c.id, fold(&c.name)));
    Ok(Page { items, next })
}

/// The companies that a person buys for, in order of age.
pub fn companies_of(tx: &ReadTx<'_>, person: PersonId) -> Result<Vec<Membership>, Fault> {
    store::memberships(tx, current(tx, person)?, MOST_MEMBERSHIPS)
}

/// The buyer of this company that this profile's person is, if any: what the person may see and do there.
pub fn acts_for(tx: &ReadTx<'_>, profile: ProfileId, company: CompanyId) -> Result<Option<Buyer>, Fault> {
    store::buyer_of_person(tx, company, profile)
}

/// Who buys for a company, first come first, at most 500; staff, and its own buyers.
pub fn buyers_of(tx: &ReadTx<'_>, actor: &Actor, id: CompanyId) -> Result<Vec<Buyer>, CompanyError> {
    company_for(tx, actor, id)?;
    Ok(store::buyers(tx, id, 500)?)
}
