//! Reads of places and stock.

use crate::accounts::{parent, parse, stock_account};
use crate::{Location, LocationId, PlaceStock, ReservationId, StockError, StockLevel, StockTransfer, StockTransferId, store};
use crate::{Supply, SupplyId, supply_store};
use catalogue::VariantId;
use jiff::civil::Date;
use kernel::{Actor, Fault, Permission, Quantity, ReadTx};
use ledger::{Balance, HoldRecord, StatementLine, TransferId};
use std::collections::BTreeMap;

/// A location, active or not.
pub fn location(tx: &ReadTx<'_>, id: LocationId) -> Result<Option<Location>, Fault> {
    store::location(tx, id)
}

/// The location with this code.
pub fn location_by_code(tx: &ReadTx<'_>, code: &str) -> Result<Option<Location>, Fault> {
    store::location_by_code(tx, code)
}

/// Locations by code, after the code `after`; those closed for good only when asked for.
pub fn locations(tx: &ReadTx<'_>, with_closed: bool, after: Option<&str>, limit: i64) -> Result<Vec<Location>, Fault> {
    store::locations(tx, with_closed, after, limit)
}

/// These locations, by id; unknown ones are left out. One statement.
pub fn locations_of(tx: &ReadTx<'_>, ids: &[LocationId]) -> Result<Vec<Location>, Fault> {
    store::locations_of(tx, ids)
}

/// Stock of a variant in one place; nothing where it never was.
pub fn level(tx: &ReadTx<'_>, variant: VariantId, location: LocationId) -> Result<StockLevel, Fault> {
    let balance = ledger::balance(tx, &stock_account(variant, location))?;
    let safety = store::place(tx, variant, location)?.map_or(Quantity::ZERO, |p| p.safety);
    Ok(StockLevel::new(variant, location, balance, safety))
}

/// Available to promise of a variant in one place.
pub fn available(tx: &ReadTx<'_>, variant: VariantId, location: LocationId) -> Result<Quantity, Fault> {
    Ok(level(tx, variant, location)?.available())
}

/// Available to promise of many variants, by variant and active location; where a variant never was it does not appear.
/// Three statements, however many variants; ask for a page of them at a time.
pub fn availability(tx: &ReadTx<'_>, variants: &[VariantId]) -> Result<BTreeMap<VariantId, BTreeMap<LocationId, Quantity>>, Fault> {
    let mut found: BTreeMap<_, BTreeMap<_, _>> = variants.iter().map(|v| (*v, BTreeMap::new())).collect();
    for level in levels(tx, variants)? {
        found.entry(level.variant).or_default().insert(level.location, level.available());
    }
    Ok(found)
}

/// The levels of these variants in active locations.
pub(crate) fn levels(tx: &ReadTx<'_>, variants: &[VariantId]) -> Result<Vec<StockLevel>, Fault> {
    let parents: Vec<_> = variants.iter().map(|v| parent(*v)).collect();
    let accounts = ledger::balances_under(tx, &parents)?;
    let unusual = store::unusual_places(tx)?;
    let own = store::safety_of(tx, variants)?;
    let levels = accounts.iter().filter_map(|account| {
        let (variant, location) = parse(&account.name)?;
        let place = unusual.get(&location);
        if place.is_some_and(|p| !p.is_active) {
            return None;
        }
        let safety = own.get(&(variant, location)).copied().or_else(|| place.map(|p| p.safety)).unwrap_or_default();
        Some(StockLevel::new(variant, location, account.balance, safety))
    });
    Ok(levels.collect())
}

/// Stock of a variant in every active place, by name, zero included; at most `limit` places.
pub fn stock_by_place(tx: &ReadTx<'_>, variant: VariantId, limit: i64) -> Result<Vec<PlaceStock>, Fault> {
    let levels: BTreeMap<_, _> = levels(tx, &[variant])?.into_iter().map(|l| (l.location, l)).collect();
    let mut places = store::places_by_name(tx, variant, limit)?;
    for place in &mut places {
        if let Some(level) = levels.get(&place.level.location) {
            place.level = *level;
        }
    }
    Ok(places)
}

/// A place of `stock_by_place` where the variant never was.
pub(crate) fn empty(variant: VariantId, location: LocationId, safety: Quantity) -> StockLevel {
    StockLevel::new(variant, location, Balance::default(), safety)
}

/// Stock of which at most `at_most` is on hand and not reserved, in one place or everywhere, fewest first; for staff.
pub fn low_stock(
    tx: &ReadTx<'_>,
    actor: &Actor,
    location: Option<LocationId>,
    at_most: Quantity,
    limit: i64,
) -> Result<Vec<StockLevel>, StockError> {
    actor.require(Permission::ViewStock)?;
    let end = location.map_or_else(String::new, |id| format!("/{id}"));
    let accounts = ledger::lowest(tx, ("stock/", &end), at_most.0, limit)?;
    let unusual = store::unusual_places(tx)?;
    let found: Vec<_> = accounts.iter().filter_map(|account| Some((parse(&account.name)?, account.balance))).collect();
    let own = store::safety_of(tx, &found.iter().map(|((variant, _), _)| *variant).collect::<Vec<_>>())?;
    let open = found.into_iter().filter(|((_, place), _)| unusual.get(place).is_none_or(|p| p.is_active));
    let level = |((variant, place), balance)| {
        let safety = own.get(&(variant, place)).copied().or_else(|| unusual.get(&place).map(|p| p.safety)).unwrap_or_default();
        StockLevel::new(variant, place, balance, safety)
    };
    Ok(open.map(level).collect())
}

/// A reservation as it stands, open or ended; its amount is the quantity.
pub fn reservation(tx: &ReadTx<'_>, id: ReservationId) -> Result<Option<HoldRecord>, Fault> {
    Ok(ledger::find_hold(tx, id)?.filter(|hold| parse(&hold.account).is_some()))
}

/// The movements of a variant's stock in one place, newest first, older than `before`.
pub fn stock_movements(
    tx: &ReadTx<'_>,
    variant: VariantId,
    location: LocationId,
    before: Option<TransferId>,
    limit: i64,
) -> Result<Vec<StatementLine>, Fault> {
    ledger::statement(tx, &stock_account(variant, location), before, limit)
}

/// Goods of suppliers that are still to come, to one place or everywhere, by day, after `after`.
pub fn supplies(tx: &ReadTx<'_>, location: Option<LocationId>, after: Option<(Date, SupplyId)>, limit: i64) -> Result<Vec<Supply>, Fault> {
    match location {
        Some(location) => supply_store::expected_at(tx, location, after, limit),
        None => supply_store::expected(tx, after, limit),
    }
}

/// Goods of suppliers that are still to come of one variant, by place and day.
pub fn supplies_of(tx: &ReadTx<'_>, variant: VariantId, limit: i64) -> Result<Vec<Supply>, Fault> {
    supply_store::expected_variant(tx, variant, limit)
}

/// Goods of a supplier, also when they have come.
pub fn supply(tx: &ReadTx<'_>, id: SupplyId) -> Result<Option<Supply>, Fault> {
    supply_store::supply(tx, id)
}

/// Transfers on their way to a place, oldest first, after `after`.
pub fn transfers_under_way(
    tx: &ReadTx<'_>,
    destination: LocationId,
    after: Option<StockTransferId>,
    limit: i64,
) -> Result<Vec<StockTransfer>, Fault> {
    store::transfers_under_way(tx, destination, after, limit)
}
