//! Every SQL text and row mapping of this room.

use crate::ranges::Range;
use crate::{PriceContext, PriceList, PriceListId, Span, TaxRegion};
use catalogue::{ProductId, TaxCategory, VariantId};
use kernel::{Bind, Fault, ReadTx, Row, Timestamp, Tx, params, sql};
use std::collections::{BTreeMap, HashMap};

mod coupons;
mod delivery;
mod matching;
mod promotions;

pub(crate) use coupons::*;
pub(crate) use delivery::*;
pub(crate) use matching::*;
pub(crate) use promotions::*;

/// Ids asked for by one statement; a shorter list is filled up with its last one.
const MANY: usize = 24;

fn with_padded<'a, T: Bind>(first: &[&'a dyn Bind], chunk: &'a [T]) -> Vec<&'a dyn Bind> {
    let ids = (0..MANY).map(|i| &chunk[i.min(chunk.len() - 1)] as &dyn Bind);
    first.iter().copied().chain(ids).collect()
}

fn list_row(row: &Row<'_>) -> Result<PriceList, Fault> {
    Ok(PriceList {
        id: row.get(0)?,
        code: row.get(1)?,
        name: row.get(2)?,
        currency: row.get(3)?,
        is_tax_included: row.get(4)?,
        priority: row.get(5)?,
        span: Span::from_columns(row.get(6)?, row.get(7)?),
        audience: Some(row.get::<String>(8)?).filter(|audience| !audience.is_empty()),
    })
}

pub(crate) fn list(tx: &ReadTx<'_>, id: PriceListId) -> Result<Option<PriceList>, Fault> {
    let statement =
        sql!("SELECT id, code, name, currency, tax_included, priority, starts_at, ends_at, audience FROM price_list WHERE id = ?1");
    tx.query_opt(statement, params![id], list_row)
}

pub(crate) fn list_by_code(tx: &ReadTx<'_>, code: &str) -> Result<Option<PriceList>, Fault> {
    let statement =
        sql!("SELECT id, code, name, currency, tax_included, priority, starts_at, ends_at, audience FROM price_list WHERE code = ?1");
    tx.query_opt(statement, params![code], list_row)
}

pub(crate) fn lists(tx: &ReadTx<'_>) -> Result<Vec<PriceList>, Fault> {
    let statement = sql!(
        "SELECT id, code, name, currency, tax_included, priority, starts_at, ends_at, audience FROM price_list
          ORDER BY priority DESC, code LIMIT 500"
    );
    tx.query(statement, params![], list_row)
}

pub(crate) fn insert_list(tx: &mut Tx<'_>, list: &PriceList) -> Result<(), Fault> {
    let audience = list.audience.as_deref().unwrap_or("");
    tx.execute(
        sql!(
            "INSERT INTO price_list (id, code, name, currency, tax_included, priority, starts_at, ends_at, audience)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
        ),
        params![
            list.id,
            list.code,
            list.name,
            list.currency,
            list.is_tax_included,
            list.priority,
            list.span.starts_at,
            list.span.end(),
            audience
        ],
    )
    .map(drop)
}

/// Amounts and what they are compared with, of variants on one list.
pub(crate) fn prices_on(tx: &ReadTx<'_>, list: PriceListId, ids: &[VariantId]) -> Result<HashMap<VariantId, (i64, Option<i64>)>, Fault> {
    let mut found = HashMap::with_capacity(ids.len());
    for chunk in ids.chunks(MANY) {
        let rows = tx.query(
            sql!("SELECT variant, amount, compare_at FROM price WHERE list = ?1 AND variant IN (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25)"),
            &with_padded(&[&list], chunk),
            |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))),
        )?;
        found.extend(rows);
    }
    Ok(found)
}

pub(crate) fn put_price(
    tx: &mut Tx<'_>,
    (list, variant, product): (PriceListId, VariantId, ProductId),
    (amount, compare_at): (i64, Option<i64>),
) -> Result<(), Fault> {
    let now = tx.now();
    tx.execute(
        sql!(
            "INSERT INTO price (variant, list, product, amount, compare_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (variant, list) DO UPDATE SET amount = excluded.amount, compare_at = excluded.compare_at,
                    updated_at = excluded.updated_at"
        ),
        params![variant, list, product, amount, compare_at, now],
    )
    .map(drop)
}

pub(crate) fn delete_price(tx: &mut Tx<'_>, list: PriceListId, variant: VariantId) -> Result<Option<ProductId>, Fault> {
    let statement = sql!("DELETE FROM price WHERE variant = ?1 AND list = ?2 RETURNING product");
    Ok(tx.write_query(statement, params![variant, list], |row| row.get(0))?.pop())
}

/// List, variant, amount and what it is compared with.
type PriceRow = (PriceListId, VariantId, i64, Option<i64>);

pub(crate) fn prices_of_product(tx: &ReadTx<'_>, product: ProductId) -> Result<Vec<PriceRow>, Fault> {
    tx.query(
        sql!("SELECT list, variant, amount, compare_at FROM price WHERE product = ?1 ORDER BY list, amount, variant"),
        params![product],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )
}

pub(crate) fn put_ranges(tx: &mut Tx<'_>, product: ProductId, ranges: &BTreeMap<PriceListId, Range>) -> Result<(), Fault> {
    tx.execute(sql!("DELETE FROM price_range WHERE product = ?1"), params![product])?;
    for (list, range) in ranges {
        tx.execute(
            sql!("INSERT INTO price_range (product, list, lowest, highest, compare_at, variants) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"),
            params![product, list, range.lowest, range.highest, range.compare_at, range.variants],
        )?;
    }
    Ok(())
}

/// A price that is open to the asker.
pub(crate) struct Offer {
    pub(crate) variant: VariantId,
    pub(crate) amount: i64,
    pub(crate) compare_at: Option<i64>,
    pub(crate) list: String,
    pub(crate) is_tax_included: bool,
    priority: i64,
    starts_at: Timestamp,
}

impl Offer {
    /// The greatest wins.
    pub(crate) fn rank(&self) -> impl Ord + '_ {
        (self.priority, self.starts_at, std::cmp::Reverse(self.list.as_str()))
    }
}

pub(crate) fn offers(tx: &ReadTx<'_>, context: &PriceContext, ids: &[VariantId]) -> Result<Vec<Offer>, Fault> {
    let audience = context.audience.as_deref().unwrap_or("");
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(MANY) {
        let rows = tx.query(
            sql!(
                "SELECT p.variant, p.amount, p.compare_at, l.code, l.tax_included, l.priority, l.starts_at
                   FROM price p JOIN price_list l ON l.id = p.list
                  WHERE l.currency = ?1 AND l.starts_at <= ?2 AND l.ends_at > ?2 AND (l.audience = '' OR l.audience = ?3)
                    AND p.variant IN (?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27)"
            ),
            &with_padded(&[&context.currency, &context.at, &audience], chunk),
            |row| {
                Ok(Offer {
                    variant: row.get(0)?,
                    amount: row.get(1)?,
                    compare_at: row.get(2)?,
                    list: row.get(3)?,
                    is_tax_included: row.get(4)?,
                    priority: row.get(5)?,
                    starts_at: row.get(6)?,
                })
            },
        )?;
        found.extend(rows);
    }
    Ok(found)
}

/// A product's range on a list that is open to the asker.
pub(crate) struct RangeRow {
    pub(crate) product: ProductId,
    pub(crate) range: Range,
    pub(crate) is_tax_included: bool,
    list: String,
    priority: i64,
    starts_at: Timestamp,
}

impl RangeRow {
    /// The greatest wins; the same order as [`Offer::rank`].
    pub(crate) fn rank(&self) -> impl Ord + '_ {
        (self.priority, self.starts_at, std::cmp::Reverse(self.list.as_str()))
    }
}

pub(crate) fn range_rows(tx: &ReadTx<'_>, context: &PriceContext, ids: &[ProductId]) -> Result<Vec<RangeRow>, Fault> {
    let audience = context.audience.as_deref().unwrap_or("");
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(MANY) {
        let rows = tx.query(
            sql!(
                "SELECT r.product, r.lowest, r.highest, r.compare_at, r.variants, l.tax_included, l.code, l.priority, l.starts_at
                   FROM price_range r JOIN price_list l ON l.id = r.list
                  WHERE l.currency = ?1 AND l.starts_at <= ?2 AND l.ends_at > ?2 AND (l.audience = '' OR l.audience = ?3)
                    AND r.product IN (?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27)"
            ),
            &with_padded(&[&context.currency, &context.at, &audience], chunk),
            |row| {
                let range = Range { lowest: row.get(1)?, highest: row.get(2)?, compare_at: row.get(3)?, variants: row.get(4)? };
                let (product, list) = (row.get(0)?, row.get(6)?);
                Ok(RangeRow { product, range, is_tax_included: row.get(5)?, list, priority: row.get(7)?, starts_at: row.get(8)? })
            },
        )?;
        found.extend(rows);
    }
    Ok(found)
}

/// The rates of a region at a moment, in basis points.
pub(crate) fn tax_rates(tx: &ReadTx<'_>, region: TaxRegion, at: Timestamp) -> Result<HashMap<TaxCategory, i64>, Fault> {
    let statement = sql!("SELECT category, basis_points FROM tax_rate WHERE region = ?1 AND starts_at <= ?2 AND ends_at > ?2");
    Ok(tx.query(statement, params![region, at], |row| Ok((row.get(0)?, row.get(1)?)))?.into_iter().collect())
}

pub(crate) fn put_tax_rate(
    tx: &mut Tx<'_>,
    (region, category): (TaxRegion, TaxCategory),
    basis_points: i64,
    from: Timestamp,
) -> Result<(), Fault> {
    let next = tx.query_opt(
        sql!("SELECT starts_at FROM tax_rate WHERE region = ?1 AND category = ?2 AND starts_at > ?3 ORDER BY starts_at LIMIT 1"),
        params![region, category, from],
        |row| row.get::<Timestamp>(0),
    )?;
    tx.execute(
        sql!("UPDATE tax_rate SET ends_at = ?3 WHERE region = ?1 AND category = ?2 AND starts_at < ?3 AND ends_at > ?3"),
        params![region, category, from],
    )?;
    tx.execute(
        sql!(
            "INSERT INTO tax_rate (region, category, starts_at, ends_at, basis_points) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (region, category, starts_at) DO UPDATE SET basis_points = excluded.basis_points"
        ),
        params![region, category, from, next.unwrap_or(Timestamp::from_micros(i64::MAX)), basis_points],
    )
    .map(drop)
}
