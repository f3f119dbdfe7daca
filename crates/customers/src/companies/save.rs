//! Make a company, and change it.

use super::{Company, CompanyError, CompanyId, TaxId, Terms, store};
use crate::events;
use kernel::{Actor, Event, Permission, Tx};

const NAME_LENGTH: usize = 200;
const PRICE_LIST_LENGTH: usize = 60;
const MOST_DAYS: u16 = 365;

/// A company that is not there yet.
#[derive(Debug, Clone)]
pub struct CreateCompany {
    /// As it calls itself.
    pub name: String,
    /// As somebody wrote it.
    pub tax_id: String,
    /// On which terms it buys.
    pub terms: Terms,
}

/// The fields to change; `None` leaves one as it is.
#[derive(Debug, Clone, Default)]
pub struct CompanyChange {
    /// As it calls itself.
    pub name: Option<String>,
    /// As somebody wrote it.
    pub tax_id: Option<String>,
    /// On which terms it buys, all of them.
    pub terms: Option<Terms>,
}

/// Make a company; staff and programs. Its tax id is its own, so a repeat is refused with the company that has it.
/// Announces `company.created`.
pub fn create_company(tx: &mut Tx<'_>, actor: &Actor, cmd: CreateCompany) -> Result<Company, CompanyError> {
    actor.require(Permission::EditCustomers)?;
    let now = tx.now();
    let tax_id = free(tx, &cmd.tax_id, None)?;
    let company = Company { id: tx.new_id(), name: name(&cmd.name)?, tax_id, terms: terms(cmd.terms)?, created_at: now, updated_at: now };
    if !store::insert(tx, &company)? {
        return Err(taken(tx, &company.tax_id)?);
    }
    tx.announce(Event::new(events::COMPANY_CREATED, company.id).by(actor).body(&events::OfCompany::of(&company)))?;
    Ok(company)
}

/// Change a company; staff and programs. Announces `company.updated` when anything changed.
pub fn update_company(tx: &mut Tx<'_>, actor: &Actor, id: CompanyId, change: CompanyChange) -> Result<Company, CompanyError> {
    actor.require(Permission::EditCustomers)?;
    let before = store::by_id(tx, id)?.ok_or(CompanyError::Unknown)?;
    let mut after = before.clone();
    if let Some(text) = change.name {
        after.name = name(&text)?;
    }
    if let Some(text) = change.tax_id {
        after.tax_id = free(tx, &text, Some(id))?;
    }
    if let Some(changed) = change.terms {
        after.terms = terms(changed)?;
    }
    if after != before {
        after.updated_at = tx.now();
        store::save(tx, &after)?;
        tx.announce(Event::new(events::COMPANY_UPDATED, id).by(actor).body(&events::OfCompany::of(&after)))?;
    }
    Ok(after)
}

fn free(tx: &Tx<'_>, text: &str, of: Option<CompanyId>) -> Result<TaxId, CompanyError> {
    let tax_id = TaxId::new(text)?;
    match store::by_tax_id(tx, &tax_id)? {
        Some(owner) if Some(owner) != of => Err(CompanyError::TakenTaxId { tax_id: tax_id.to_string(), company: owner }),
        _ => Ok(tax_id),
    }
}

fn taken(tx: &Tx<'_>, tax_id: &TaxId) -> Result<CompanyError, CompanyError> {
    let company = store::by_tax_id(tx, tax_id)?.ok_or(CompanyError::Unknown)?;
    Ok(CompanyError::TakenTaxId { tax_id: tax_id.to_string(), company })
}

fn name(text: &str) -> Result<String, CompanyError> {
    let tidy = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match tidy.chars().count() {
        0 => Err(CompanyError::NoName),
        n if n > NAME_LENGTH => Err(CompanyError::TooLong { field: "name", most: NAME_LENGTH }),
        _ => Ok(tidy),
    }
}

fn terms(asked: Terms) -> Result<Terms, CompanyError> {
    if asked.payment_days > MOST_DAYS {
        return Err(CompanyError::OutOfRange { field: "payment_days", most: MOST_DAYS.into() });
    }
    if asked.credit_limit.is_some_and(|limit| limit.minor < 0) {
        return Err(CompanyError::OutOfRange { field: "credit_limit", most: i64::MAX });
    }
    let price_list = asked.price_list.trim().to_owned();
    if price_list.chars().count() > PRICE_LIST_LENGTH {
        return Err(CompanyError::TooLong { field: "price_list", most: PRICE_LIST_LENGTH });
    }
    Ok(Terms { price_list, ..asked })
}
