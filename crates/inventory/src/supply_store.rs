//! Every SQL text about what is on its way.

use crate::policy::StockPolicy;
use crate::{LocationId, Supply, SupplyId};
use catalogue::VariantId;
use jiff::civil::Date;
use kernel::{Fault, Quantity, ReadTx, Row, Tx, params, sql};
use ledger::HoldId;
use std::collections::BTreeMap;

pub(crate) fn set_policy(tx: &mut Tx<'_>, variant: VariantId, policy: StockPolicy) -> Result<(), Fault> {
    if policy == StockPolicy::Deny {
        return tx.execute(sql!("DELETE FROM inventory_policy WHERE variant = ?1"), params![variant]).map(drop);
    }
    tx.execute(
        sql!("INSERT INTO inventory_policy (variant, policy) VALUES (?1, ?2) ON CONFLICT (variant) DO UPDATE SET policy = excluded.policy"),
        params![variant, policy],
    )
    .map(drop)
}

/// The policies that are written. Ids travel as one text: they are all of one width.
pub(crate) fn policies(tx: &ReadTx<'_>, variants: &[VariantId]) -> Result<BTreeMap<VariantId, StockPolicy>, Fault> {
    if variants.is_empty() {
        return Ok(BTreeMap::new());
    }
    let text: String = variants.iter().map(ToString::to_string).collect();
    let rows = tx.query(
        sql!(
            "WITH RECURSIVE place (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM place WHERE n + 1 < ?2),
                  wanted (variant) AS (SELECT DISTINCT substr(CAST(?1 AS TEXT), n * 26 + 1, 26) FROM place)
             SELECT p.variant, p.policy FROM wanted w JOIN inventory_policy p ON p.variant = w.variant"
        ),
        params![text, variants.len() as i64],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(rows.into_iter().collect())
}

/// False when the key had acted before.
pub(crate) fn insert_supply(tx: &mut Tx<'_>, supply: &Supply, key: &str) -> Result<bool, Fault> {
    let inserted = tx.execute(
        sql!(
            "INSERT INTO inventory_supply (id, key, reference, supplier, variant, location, quantity, arrived, expected, state, created_at)
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT (key) DO NOTHING"
        ),
        params![
            supply.id,
            key,
            supply.reference,
            supply.supplier,
            supply.variant,
            supply.location,
            supply.quantity,
            supply.arrived,
            supply.expected.to_string(),
            supply.state,
            supply.created_at
        ],
    )?;
    Ok(inserted == 1)
}

pub(crate) fn supply_by_key(tx: &ReadTx<'_>, key: &str) -> Result<SupplyId, Fault> {
    let found = tx.query_opt(sql!("SELECT id FROM inventory_supply WHERE key = ?1"), params![key], |row| row.get(0))?;
    found.ok_or_else(|| Fault::data("a supply's key vanished"))
}

pub(crate) fn update_supply(tx: &mut Tx<'_>, supply: &Supply) -> Result<(), Fault> {
    tx.execute(
        sql!("UPDATE inventory_supply SET quantity = ?2, arrived = ?3, expected = ?4, state = ?5 WHERE id = ?1"),
        params![supply.id, supply.quantity, supply.arrived, supply.expected.to_string(), supply.state],
    )
    .map(drop)
}

fn day(text: &str) -> Result<Date, Fault> {
    text.parse().map_err(|error: jiff::Error| Fault::data(format!("the day {text:?}: {error}")))
}

fn read(row: &Row<'_>) -> Result<Supply, Fault> {
    Ok(Supply {
        id: row.get(0)?,
        reference: row.get(1)?,
        supplier: row.get(2)?,
        variant: row.get(3)?,
        location: row.get(4)?,
        quantity: row.get(5)?,
        arrived: row.get(6)?,
        expected: day(&row.get::<String>(7)?)?,
        state: row.get(8)?,
        created_at: row.get(9)?,
    })
}

pub(crate) fn supply(tx: &ReadTx<'_>, id: SupplyId) -> Result<Option<Supply>, Fault> {
    tx.query_opt(
        sql!(
            "SELECT id, reference, supplier, variant, location, quantity, arrived, expected, state, created_at FROM inventory_supply
              WHERE id = ?1"
        ),
        params![id],
        read,
    )
}

/// What is still to come, by day.
pub(crate) fn expected(tx: &ReadTx<'_>, after: Option<(Date, SupplyId)>, limit: i64) -> Result<Vec<Supply>, Fault> {
    let (day, id) = after.map_or_else(|| (String::new(), String::new()), |(day, id)| (day.to_string(), id.to_string()));
    tx.query(
        sql!(
            "SELECT id, reference, supplier, variant, location, quantity, arrived, expected, state, created_at FROM inventory_supply
              WHERE state = 'expected' AND (expected, id) > (?1, ?2) ORDER BY expected, id LIMIT ?3"
        ),
        params![day, id, limit],
        read,
    )
}

/// What is still to come of one variant, by place and day.
pub(crate) fn expected_variant(tx: &ReadTx<'_>, variant: VariantId, limit: i64) -> Result<Vec<Supply>, Fault> {
    tx.query(
        sql!(
            "SELECT id, reference, supplier, variant, location, quantity, arrived, expected, state, created_at FROM inventory_supply
              WHERE variant = ?1 AND state = 'expected' ORDER BY location, expected, id LIMIT ?2"
        ),
        params![variant, limit],
        read,
    )
}

/// What is still to come to one place, by day.
pub(crate) fn expected_at(
    tx: &ReadTx<'_>,
    location: LocationId,
    after: Option<(Date, SupplyId)>,
    limit: i64,
) -> Result<Vec<Supply>, Fault> {
    let (day, id) = after.map_or_else(|| (String::new(), String::new()), |(day, id)| (day.to_string(), id.to_string()));
    tx.query(
        sql!(
            "SELECT id, reference, supplier, variant, location, quantity, arrived, expected, state, created_at FROM inventory_supply
              WHERE location = ?1 AND state = 'expected' AND (expected, id) > (?2, ?3) ORDER BY expected, id LIMIT ?4"
        ),
        params![location, day, id, limit],
        read,
    )
}

/// How many come on which day, the first day first.
pub(crate) type Days = Vec<(Date, Quantity)>;

/// How many of these variants are still to come to which place on which day.
pub(crate) fn expected_of(tx: &ReadTx<'_>, variants: &[VariantId]) -> Result<BTreeMap<(VariantId, LocationId), Days>, Fault> {
    let text: String = variants.iter().map(ToString::to_string).collect();
    let rows = tx.query(
        sql!(
            "WITH RECURSIVE place (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM place WHERE n + 1 < ?2),
                  wanted (variant) AS (SELECT DISTINCT substr(CAST(?1 AS TEXT), n * 26 + 1, 26) FROM place)
             SELECT s.variant, s.location, s.expected, s.quantity - s.arrived FROM wanted w
               JOIN inventory_supply s ON s.variant = w.variant AND s.state = 'expected'
              ORDER BY s.variant, s.location, s.expected, s.id"
        ),
        params![text, variants.len() as i64],
        |row| Ok((row.get(0)?, row.get(1)?, day(&row.get::<String>(2)?)?, row.get::<Quantity>(3)?)),
    )?;
    let mut found: BTreeMap<_, Days> = BTreeMap::new();
    for (variant, location, day, quantity) in rows {
        let days = found.entry((variant, location)).or_default();
        match days.last_mut().filter(|(last, _)| *last == day) {
            Some((_, sum)) => sum.0 += quantity.0,
            None => days.push((day, quantity)),
        }
    }
    Ok(found)
}

/// What is set aside for whoever waits first; it is no more after this.
pub(crate) fn take_aside(tx: &mut Tx<'_>, variant: VariantId, location: LocationId) -> Result<Option<(HoldId, Quantity)>, Fault> {
    let rows = tx.write_query(
        sql!("DELETE FROM inventory_aside WHERE variant = ?1 AND location = ?2 RETURNING hold, quantity"),
        params![variant, location],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(rows.into_iter().next())
}

pub(crate) fn insert_aside(
    tx: &mut Tx<'_>,
    (variant, location): (VariantId, LocationId),
    hold: HoldId,
    quantity: Quantity,
) -> Result<(), Fault> {
    tx.execute(
        sql!("INSERT INTO inventory_aside (variant, location, hold, quantity) VALUES (?1, ?2, ?3, ?4)"),
        params![variant, location, hold, quantity],
    )
    .map(drop)
}
