//! Every SQL text of this room. Stock itself is in the ledger.

use crate::distance::Bounds;
use crate::queries::empty;
use crate::{
    Count, Location, LocationDetails, LocationId, PlaceStock, Point, Purpose, StockTransfer, StockTransferId, StockTransferState, Transfer,
};
use catalogue::VariantId;
use kernel::{Fault, Json, Quantity, ReadTx, Row, Timestamp, Tx, params, sql};
use std::collections::{HashMap, HashSet};

/// False when the code is taken.
pub(crate) fn insert_location(tx: &mut Tx<'_>, id: LocationId, d: &LocationDetails) -> Result<bool, Fault> {
    let (now, hours) = (tx.now(), Json(&d.hours));
    let inserted = tx.execute(
        sql!(
            "INSERT INTO inventory_location (id, code, name, kind, address, postcode, city, province, country, latitude, longitude,
                time_zone, tax_zone, hours, phone, email, collects, ships, safety_stock, is_active, created_at, updated_at)
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?21)
              ON CONFLICT (code) DO NOTHING"
        ),
        params![
            id,
            d.code,
            d.name,
            d.kind,
            d.address,
            d.postcode,
            d.city,
            d.province,
            d.country,
            d.point.latitude,
            d.point.longitude,
            d.time_zone,
            d.tax_zone,
            hours,
            d.phone,
            d.email,
            d.collects,
            d.ships,
            d.safety_stock,
            d.is_active,
            now
        ],
    )?;
    Ok(inserted == 1)
}

/// False when there is no such location.
pub(crate) fn update_location(tx: &mut Tx<'_>, id: LocationId, d: &LocationDetails) -> Result<bool, Fault> {
    let (now, hours) = (tx.now(), Json(&d.hours));
    let updated = tx.execute(
        sql!(
            "UPDATE inventory_location SET code = ?2, name = ?3, kind = ?4, address = ?5, postcode = ?6, city = ?7, province = ?8,
                country = ?9, latitude = ?10, longitude = ?11, time_zone = ?12, tax_zone = ?13, hours = ?14, phone = ?15, email = ?16,
                collects = ?17, ships = ?18, safety_stock = ?19, is_active = ?20, updated_at = ?21 WHERE id = ?1"
        ),
        params![
            id,
            d.code,
            d.name,
            d.kind,
            d.address,
            d.postcode,
            d.city,
            d.province,
            d.country,
            d.point.latitude,
            d.point.longitude,
            d.time_zone,
            d.tax_zone,
            hours,
            d.phone,
            d.email,
            d.collects,
            d.ships,
            d.safety_stock,
            d.is_active,
            now
        ],
    )?;
    Ok(updated == 1)
}

fn location_row(row: &Row<'_>) -> Result<Location, Fault> {
    let details = LocationDetails {
        code: row.get(1)?,
        name: row.get(2)?,
        kind: row.get(3)?,
        address: row.get(4)?,
        postcode: row.get(5)?,
        city: row.get(6)?,
        province: row.get(7)?,
        country: row.get(8)?,
        point: Point { latitude: row.get(9)?, longitude: row.get(10)? },
        time_zone: row.get(11)?,
        tax_zone: row.get(12)?,
        hours: row.get::<Json<_>>(13)?.0,
        phone: row.get(14)?,
        email: row.get(15)?,
        collects: row.get(16)?,
        ships: row.get(17)?,
        safety_stock: row.get(18)?,
        is_active: row.get(19)?,
    };
    Ok(Location { id: row.get(0)?, details, created_at: row.get(20)?, updated_at: row.get(21)? })
}

pub(crate) fn location(tx: &ReadTx<'_>, id: LocationId) -> Result<Option<Location>, Fault> {
    tx.query_opt(
        sql!(
            "SELECT id, code, name, kind, address, postcode, city, province, country, latitude, longitude, time_zone, tax_zone, hours,
                phone, email, collects, ships, safety_stock, is_active, created_at, updated_at FROM inventory_location WHERE id = ?1"
        ),
        params![id],
        location_row,
    )
}

/// The locations with these ids, by id; one statement however many there are.
pub(crate) fn locations_of(tx: &ReadTx<'_>, ids: &[LocationId]) -> Result<Vec<Location>, Fault> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let text: String = ids.iter().map(ToString::to_string).collect();
    tx.query(
        sql!(
            "WITH RECURSIVE place (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM place WHERE n + 1 < ?2),
                  wanted (id) AS (SELECT DISTINCT substr(CAST(?1 AS TEXT), n * 26 + 1, 26) FROM place)
             SELECT l.id, l.code, l.name, l.kind, l.address, l.postcode, l.city, l.province, l.country, l.latitude, l.longitude,
                l.time_zone, l.tax_zone, l.hours, l.phone, l.email, l.collects, l.ships, l.safety_stock, l.is_active, l.created_at,
                l.updated_at FROM wanted w JOIN inventory_location l ON l.id = w.id ORDER BY l.id"
        ),
        params![text, ids.len() as i64],
        location_row,
    )
}

pub(crate) fn location_by_code(tx: &ReadTx<'_>, code: &str) -> Result<Option<Location>, Fault> {
    tx.query_opt(
        sql!(
            "SELECT id, code, name, kind, address, postcode, city, province, country, latitude, longitude, time_zone, tax_zone, hours,
                phone, email, collects, ships, safety_stock, is_active, created_at, updated_at FROM inventory_location WHERE code = ?1"
        ),
        params![code],
        location_row,
    )
}

pub(crate) fn locations(tx: &ReadTx<'_>, with_closed: bool, after: Option<&str>, limit: i64) -> Result<Vec<Location>, Fault> {
    tx.query(
        sql!(
            "SELECT id, code, name, kind, address, postcode, city, province, country, latitude, longitude, time_zone, tax_zone, hours,
                phone, email, collects, ships, safety_stock, is_active, created_at, updated_at FROM inventory_location
              WHERE (is_active = 1 OR ?1 = 1) AND (CAST(?2 AS TEXT) IS NULL OR code > ?2) ORDER BY code LIMIT ?3"
        ),
        params![with_closed, after, limit],
        location_row,
    )
}

/// What a command about stock must know of its place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) safety: Quantity,
    pub(crate) is_active: bool,
}

pub(crate) fn place(tx: &ReadTx<'_>, variant: VariantId, location: LocationId) -> Result<Option<Place>, Fault> {
    tx.query_opt(
        sql!(
            "SELECT COALESCE(s.quantity, l.safety_stock), l.is_active FROM inventory_location l
               LEFT JOIN inventory_safety s ON s.location = l.id AND s.variant = ?2 WHERE l.id = ?1"
        ),
        params![location, variant],
        |row| Ok(Place { safety: row.get(0)?, is_active: row.get(1)? }),
    )
}

/// The places that keep something back of everything, and those closed for good; others keep nothing and are active.
pub(crate) fn unusual_places(tx: &ReadTx<'_>) -> Result<HashMap<LocationId, Place>, Fault> {
    let rows = tx.query(
        sql!("SELECT id, safety_stock, is_active FROM inventory_location WHERE safety_stock > 0 OR is_active = 0"),
        params![],
        |row| Ok((row.get(0)?, Place { safety: row.get(1)?, is_active: row.get(2)? })),
    )?;
    Ok(rows.into_iter().collect())
}

/// Open places that send.
pub(crate) fn senders(tx: &ReadTx<'_>) -> Result<HashSet<LocationId>, Fault> {
    let rows = tx.query(sql!("SELECT id FROM inventory_location WHERE ships = 1 AND is_active = 1"), params![], |row| row.get(0))?;
    Ok(rows.into_iter().collect())
}

/// The safety stocks set for these variants. They travel as one text: ids are all of one width.
pub(crate) fn safety_of(tx: &ReadTx<'_>, variants: &[VariantId]) -> Result<HashMap<(VariantId, LocationId), Quantity>, Fault> {
    if variants.is_empty() {
        return Ok(HashMap::new());
    }
    let text: String = variants.iter().map(ToString::to_string).collect();
    let rows = tx.query(
        sql!(
            "WITH RECURSIVE place (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM place WHERE n + 1 < ?2),
                  wanted (variant) AS (SELECT DISTINCT substr(CAST(?1 AS TEXT), n * 26 + 1, 26) FROM place)
             SELECT s.variant, s.location, s.quantity FROM wanted w JOIN inventory_safety s ON s.variant = w.variant"
        ),
        params![text, variants.len() as i64],
        |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)),
    )?;
    Ok(rows.into_iter().collect())
}

pub(crate) fn set_safety(tx: &mut Tx<'_>, variant: VariantId, location: LocationId, quantity: Option<Quantity>) -> Result<(), Fault> {
    match quantity {
        Some(quantity) => tx.execute(
            sql!(
                "INSERT INTO inventory_safety (variant, location, quantity) VALUES (?1, ?2, ?3)
                  ON CONFLICT (variant, location) DO UPDATE SET quantity = excluded.quantity"
            ),
            params![variant, location, quantity],
        ),
        None => tx.execute(sql!("DELETE FROM inventory_safety WHERE variant = ?1 AND location = ?2"), params![variant, location]),
    }
    .map(drop)
}

pub(crate) fn places_by_name(tx: &ReadTx<'_>, variant: VariantId, limit: i64) -> Result<Vec<PlaceStock>, Fault> {
    tx.query(
        sql!(
            "SELECT l.id, l.code, l.name, l.kind, l.collects, l.ships, COALESCE(s.quantity, l.safety_stock) FROM inventory_location l
               LEFT JOIN inventory_safety s ON s.location = l.id AND s.variant = ?1
              WHERE l.is_active = 1 ORDER BY l.name, l.id LIMIT ?2"
        ),
        params![variant, limit],
        |row| {
            Ok(PlaceStock {
                level: empty(variant, row.get(0)?, row.get(6)?),
                code: row.get(1)?,
                name: row.get(2)?,
                kind: row.get(3)?,
                collects: row.get(4)?,
                ships: row.get(5)?,
            })
        },
    )
}

pub(crate) fn points_within(tx: &ReadTx<'_>, bounds: Bounds, purpose: Purpose) -> Result<Vec<(LocationId, Point)>, Fault> {
    tx.query(
        sql!(
            "SELECT id, latitude, longitude FROM inventory_location
              WHERE is_active = 1 AND latitude BETWEEN ?1 AND ?2 AND longitude BETWEEN ?3 AND ?4
                AND (collects = 1 OR ?5 = 0) AND (ships = 1 OR ?6 = 0)"
        ),
        params![bounds.south, bounds.north, bounds.west, bounds.east, purpose == Purpose::Collect, purpose == Purpose::Ship],
        |row| Ok((row.get(0)?, Point { latitude: row.get(1)?, longitude: row.get(2)? })),
    )
}

/// Of these places the active ones that are fit for it: where they are, and what they keep back of a variant.
pub(crate) fn points_of(
    tx: &ReadTx<'_>,
    variant: VariantId,
    ids: &[LocationId],
    purpose: Purpose,
) -> Result<Vec<(LocationId, Point, Quantity)>, Fault> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let text: String = ids.iter().map(ToString::to_string).collect();
    tx.query(
        sql!(
            "WITH RECURSIVE place (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM place WHERE n + 1 < ?2),
                  wanted (id) AS (SELECT DISTINCT substr(CAST(?1 AS TEXT), n * 26 + 1, 26) FROM place)
             SELECT l.id, l.latitude, l.longitude, COALESCE(s.quantity, l.safety_stock)
               FROM wanted w JOIN inventory_location l ON l.id = w.id
               LEFT JOIN inventory_safety s ON s.variant = ?3 AND s.location = l.id
              WHERE l.is_active = 1 AND (l.collects = 1 OR ?4 = 0) AND (l.ships = 1 OR ?5 = 0) ORDER BY l.id"
        ),
        params![text, ids.len() as i64, variant, purpose == Purpose::Collect, purpose == Purpose::Ship],
        |row| Ok((row.get(0)?, Point { latitude: row.get(1)?, longitude: row.get(2)? }, row.get(3)?)),
    )
}

pub(crate) fn count_by_key(tx: &ReadTx<'_>, key: &str) -> Result<Option<Quantity>, Fault> {
    tx.query_opt(sql!("SELECT difference FROM inventory_count WHERE key = ?1"), params![key], |row| row.get(0))
}

pub(crate) fn insert_count(tx: &mut Tx<'_>, count: &Count, difference: Quantity) -> Result<(), Fault> {
    let at: Timestamp = tx.now();
    tx.execute(
        sql!("INSERT INTO inventory_count (key, variant, location, counted, difference, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"),
        params![count.key, count.variant, count.location, count.counted, difference, at],
    )
    .map(drop)
}

pub(crate) fn transfer_by_key(tx: &ReadTx<'_>, key: &str) -> Result<Option<StockTransferId>, Fault> {
    tx.query_opt(sql!("SELECT id FROM inventory_transfer WHERE key = ?1"), params![key], |row| row.get(0))
}

pub(crate) fn insert_transfer(tx: &mut Tx<'_>, id: StockTransferId, t: &Transfer) -> Result<(), Fault> {
    let at = tx.now();
    tx.execute(
        sql!(
            "INSERT INTO inventory_transfer (id, key, variant, origin, destination, quantity, state, sent_at)
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
        ),
        params![id, t.key, t.variant, t.origin, t.destination, t.quantity, StockTransferState::Sent, at],
    )
    .map(drop)
}

fn transfer_row(row: &Row<'_>) -> Result<StockTransfer, Fault> {
    Ok(StockTransfer {
        id: row.get(0)?,
        variant: row.get(1)?,
        origin: row.get(2)?,
        destination: row.get(3)?,
        quantity: row.get(4)?,
        arrived: row.get(5)?,
        state: row.get(6)?,
        sent_at: row.get(7)?,
    })
}

pub(crate) fn transfer(tx: &ReadTx<'_>, id: StockTransferId) -> Result<Option<StockTransfer>, Fault> {
    tx.query_opt(
        sql!("SELECT id, variant, origin, destination, quantity, arrived, state, sent_at FROM inventory_transfer WHERE id = ?1"),
        params![id],
        transfer_row,
    )
}

pub(crate) fn transfer_arrived(tx: &mut Tx<'_>, id: StockTransferId, arrived: Quantity) -> Result<(), Fault> {
    let statement = sql!("UPDATE inventory_transfer SET state = 'arrived', arrived = ?2 WHERE id = ?1 AND state = 'sent'");
    tx.execute(statement, params![id, arrived]).map(drop)
}

pub(crate) fn transfers_under_way(
    tx: &ReadTx<'_>,
    destination: LocationId,
    after: Option<StockTransferId>,
    limit: i64,
) -> Result<Vec<StockTransfer>, Fault> {
    tx.query(
        sql!(
            "SELECT id, variant, origin, destination, quantity, arrived, state, sent_at FROM inventory_transfer
              WHERE destination = ?1 AND state = 'sent' AND (CAST(?2 AS TEXT) IS NULL OR id > ?2) ORDER BY id LIMIT ?3"
        ),
        params![destination, after, limit],
        transfer_row,
    )
}
