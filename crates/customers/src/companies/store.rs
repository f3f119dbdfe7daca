//! Every SQL text about companies.

use super::{Buyer, Company, CompanyId, Membership, TaxId, Terms};
use crate::PersonId;
use kernel::{Currency, Fault, Money, ProfileId, ReadTx, Row, Tx, params, sql};

fn company(row: &Row<'_>) -> Result<Company, Fault> {
    let (limit, currency): (Option<i64>, Currency) = (row.get(5)?, row.get(6)?);
    let days: i64 = row.get(3)?;
    Ok(Company {
        id: row.get(0)?,
        name: row.get(1)?,
        tax_id: row.get(2)?,
        terms: Terms {
            payment_days: u16::try_from(days).unwrap_or_default(),
            price_list: row.get(4)?,
            credit_limit: limit.map(|minor| Money::new(minor, currency)),
        },
        created_at: row.get(7)?,
        updated_at: row.get(8)?,
    })
}

fn currency(of: &Company) -> Currency {
    of.terms.credit_limit.map_or(Currency::EUR, |limit| limit.currency)
}

/// False when its tax id is taken.
pub(super) fn insert(tx: &mut Tx<'_>, new: &Company) -> Result<bool, Fault> {
    let rows = tx.execute(
        sql!(
            "INSERT INTO company (id, name, name_key, tax_id, payment_days, price_list, credit_limit, currency, created_at, updated_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9) ON CONFLICT (tax_id) DO NOTHING"
        ),
        params![
            new.id,
            new.name,
            crate::fold(&new.name),
            new.tax_id,
            i64::from(new.terms.payment_days),
            new.terms.price_list,
            new.terms.credit_limit.map(|m| m.minor),
            currency(new),
            new.created_at
        ],
    )?;
    Ok(rows == 1)
}

pub(super) fn save(tx: &mut Tx<'_>, changed: &Company) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "UPDATE company SET name = ?2, name_key = ?3, tax_id = ?4, payment_days = ?5, price_list = ?6, credit_limit = ?7, currency = ?8,
                    updated_at = ?9 WHERE id = ?1"
        ),
        params![
            changed.id,
            changed.name,
            crate::fold(&changed.name),
            changed.tax_id,
            i64::from(changed.terms.payment_days),
            changed.terms.price_list,
            changed.terms.credit_limit.map(|m| m.minor),
            currency(changed),
            changed.updated_at
        ],
    )
    .map(drop)
}

pub(super) fn by_id(tx: &ReadTx<'_>, id: CompanyId) -> Result<Option<Company>, Fault> {
    tx.query_opt(
        sql!(
            "SELECT id, name, tax_id, payment_days, price_list, credit_limit, currency, created_at, updated_at FROM company WHERE id = ?1"
        ),
        params![id],
        company,
    )
}

pub(super) fn by_tax_id(tx: &ReadTx<'_>, tax_id: &TaxId) -> Result<Option<CompanyId>, Fault> {
    tx.query_opt(sql!("SELECT id FROM company WHERE tax_id = ?1"), params![tax_id], |row| row.get(0))
}

/// Those whose name begins so, in order of name, after a place in that order.
pub(super) fn by_name(tx: &ReadTx<'_>, prefix: &str, after: &(String, CompanyId), limit: i64) -> Result<Vec<Company>, Fault> {
    let until = format!("{prefix}{}", "z".repeat(24));
    tx.query(
        sql!(
            "SELECT id, name, tax_id, payment_days, price_list, credit_limit, currency, created_at, updated_at FROM company
              WHERE name_key >= ?1 AND name_key <= ?2 AND (name_key, id) > (?3, ?4) ORDER BY name_key, id LIMIT ?5"
        ),
        params![prefix, until, after.0, after.1, limit],
        company,
    )
}

fn read_buyer(row: &Row<'_>) -> Result<Buyer, Fault> {
    Ok(Buyer { company: row.get(0)?, profile: row.get(1)?, role: row.get(2)?, added_at: row.get(3)? })
}

pub(super) fn buyer(tx: &ReadTx<'_>, company: CompanyId, profile: ProfileId) -> Result<Option<Buyer>, Fault> {
    tx.query_opt(
        sql!("SELECT company_id, profile_id, role, added_at FROM company_buyer WHERE company_id = ?1 AND profile_id = ?2"),
        params![company, profile],
        read_buyer,
    )
}

/// The buyer that the person of this profile is; the first added when several of their profiles are.
pub(super) fn buyer_of_person(tx: &ReadTx<'_>, company: CompanyId, profile: ProfileId) -> Result<Option<Buyer>, Fault> {
    tx.query_opt(
        sql!(
            "SELECT b.company_id, b.profile_id, b.role, b.added_at FROM profile o JOIN profile p ON p.person_id = o.person_id
               JOIN company_buyer b ON b.company_id = ?1 AND b.profile_id = p.id
              WHERE o.id = ?2 ORDER BY b.added_at, b.profile_id LIMIT 1"
        ),
        params![company, profile],
        read_buyer,
    )
}

pub(super) fn buyers(tx: &ReadTx<'_>, company: CompanyId, limit: i64) -> Result<Vec<Buyer>, Fault> {
    tx.query(
        sql!(
            "SELECT company_id, profile_id, role, added_at FROM company_buyer WHERE company_id = ?1 ORDER BY added_at, profile_id LIMIT ?2"
        ),
        params![company, limit],
        read_buyer,
    )
}

pub(super) fn save_buyer(tx: &mut Tx<'_>, of: &Buyer, by: &str) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "INSERT INTO company_buyer (company_id, profile_id, role, added_by, added_at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (company_id, profile_id) DO UPDATE SET role = excluded.role"
        ),
        params![of.company, of.profile, of.role, by, of.added_at],
    )
    .map(drop)
}

pub(super) fn remove_buyer(tx: &mut Tx<'_>, company: CompanyId, profile: ProfileId) -> Result<(), Fault> {
    tx.execute(sql!("DELETE FROM company_buyer WHERE company_id = ?1 AND profile_id = ?2"), params![company, profile]).map(drop)
}

/// A profile that is gone buys for nobody.
pub(crate) fn forget_profile(tx: &mut Tx<'_>, profile: ProfileId) -> Result<(), Fault> {
    tx.execute(sql!("DELETE FROM company_buyer WHERE profile_id = ?1"), params![profile]).map(drop)
}

pub(super) fn memberships(tx: &ReadTx<'_>, person: PersonId, limit: i64) -> Result<Vec<Membership>, Fault> {
    let mut found: Vec<Membership> = tx.query(
        sql!(
            "SELECT c.id, c.name, c.tax_id, c.payment_days, c.price_list, c.credit_limit, c.currency, c.created_at, c.updated_at,
                    b.profile_id, b.role
               FROM profile p JOIN company_buyer b ON b.profile_id = p.id JOIN company c ON c.id = b.company_id
              WHERE p.person_id = ?1 ORDER BY c.id, b.added_at, b.profile_id LIMIT ?2"
        ),
        params![person, limit],
        |row| Ok(Membership { company: company(row)?, profile: row.get(9)?, role: row.get(10)? }),
    )?;
    found.dedup_by_key(|m| m.company.id);
    Ok(found)
}
