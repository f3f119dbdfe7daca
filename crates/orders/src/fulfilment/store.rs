//! Every SQL text about fulfilment orders.

use super::model::{Fulfilment, FulfilmentState, FulfilmentWay, Stages, Tracking};
use super::promised::Promised;
use super::queries::QueueEntry;
use crate::ids::{FulfilmentId, OrderId};
use crate::order::{OrderLine, OrderNumber, store::read_line};
use crate::page::Cursor;
use inventory::{LocationId, ReservationId};
use jiff::civil::Date;
use kernel::{Fault, Json, ReadTx, Row, Tx, params, sql};

/// The columns of a part, in the order of [`read`].
macro_rules! part {
    ($rest:literal) => {
        concat!(
            "SELECT f.id, f.order_id, f.way, f.location, f.place, f.address, f.state, f.code, f.carrier, f.tracking, f.created_at, f.pending_at,
               f.picking_at, f.ready_at, f.packed_at, f.shipped_at, f.collected_at, f.delivered_at, f.cancelled_at, f.promised, f.sourced,
               f.expected",
            $rest
        )
    };
}

pub(super) fn day(text: &str) -> Result<Date, Fault> {
    text.parse().map_err(|error: jiff::Error| Fault::data(format!("the day {text:?}: {error}")))
}

fn read(row: &Row<'_>) -> Result<Fulfilment, Fault> {
    let carrier: Option<String> = row.get(8)?;
    let reference: Option<String> = row.get(9)?;
    Ok(Fulfilment {
        id: row.get(0)?,
        order: row.get(1)?,
        way: row.get(2)?,
        location: row.get(3)?,
        place: row.get(4)?,
        address: row.get::<Option<Json<_>>>(5)?.map(|json| json.0),
        state: row.get(6)?,
        code: row.get(7)?,
        tracking: carrier.zip(reference).map(|(carrier, reference)| Tracking { carrier, reference }),
        promised: row.get::<Option<Json<_>>>(19)?.map(|json| json.0),
        sourced: row.get::<Option<Json<_>>>(20)?.map(|json| json.0),
        expected: row.get::<Option<String>>(21)?.map(|text| day(&text)).transpose()?,
        created_at: row.get(10)?,
        stages: Stages {
            pending: row.get(11)?,
            picking: row.get(12)?,
            ready: row.get(13)?,
            packed: row.get(14)?,
            shipped: row.get(15)?,
            collected: row.get(16)?,
            delivered: row.get(17)?,
            cancelled: row.get(18)?,
        },
    })
}

pub(super) fn load(tx: &ReadTx<'_>, id: FulfilmentId) -> Result<Option<Fulfilment>, Fault> {
    tx.query_opt(sql!(part!(" FROM fulfilment f WHERE f.id = ?1")), params![id], read)
}

pub(crate) fn of_order(tx: &ReadTx<'_>, order: OrderId) -> Result<Vec<Fulfilment>, Fault> {
    tx.query(sql!(part!(" FROM fulfilment f WHERE f.order_id = ?1 ORDER BY f.id")), params![order], read)
}

pub(crate) fn with_code(tx: &ReadTx<'_>, code: &str) -> Result<Vec<Fulfilment>, Fault> {
    tx.query(sql!(part!(" FROM fulfilment f WHERE f.code = ?1 ORDER BY f.id DESC LIMIT 20")), params![code], read)
}

pub(super) fn queue(
    tx: &ReadTx<'_>,
    location: LocationId,
    state: FulfilmentState,
    after: &Cursor,
    count: i64,
) -> Result<Vec<QueueEntry>, Fault> {
    tx.query(
        sql!(part!(
            ", o.serial, o.profile, o.contact_name, o.currency FROM fulfilment f JOIN customer_order o ON o.id = f.order_id
              WHERE f.location = ?1 AND f.state = ?2 AND (f.created_at, f.id) > (?3, ?4) ORDER BY f.created_at, f.id LIMIT ?5"
        )),
        params![location, state, after.at, after.id, count],
        |row| {
            Ok(QueueEntry {
                fulfilment: read(row)?,
                number: OrderNumber(row.get(22)?),
                profile: row.get(23)?,
                contact_name: row.get(24)?,
                currency: row.get(25)?,
                lines: vec![],
            })
        },
    )
}

/// The lines of the parts after the first key up to and with the second.
pub(super) fn queue_lines(
    tx: &ReadTx<'_>,
    location: LocationId,
    state: FulfilmentState,
    (after, last): (&Cursor, &Cursor),
) -> Result<Vec<(FulfilmentId, OrderLine)>, Fault> {
    tx.query(
        sql!(
            "SELECT l.id, l.fulfilment_id, l.variant, l.sku, l.title, l.quantity, l.unit_price, l.discount, l.tax_basis_points, l.tax, l.total,
               l.returned, l.refunded, l.reservation, l.tax_included, l.matched, o.currency, l.parts
               FROM fulfilment f JOIN order_line l ON l.fulfilment_id = f.id JOIN customer_order o ON o.id = f.order_id
              WHERE f.location = ?1 AND f.state = ?2 AND (f.created_at, f.id) > (?3, ?4) AND (f.created_at, f.id) <= (?5, ?6)
              ORDER BY f.created_at, f.id, l.position"
        ),
        params![location, state, after.at, after.id, last.at, last.id],
        |row| Ok((row.get(1)?, read_line(row, row.get(16)?, 17)?)),
    )
}

pub(crate) fn insert(tx: &mut Tx<'_>, part: &Fulfilment) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "INSERT INTO fulfilment (id, order_id, way, location, place, address, state, code, created_at, promised, sourced, expected)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"
        ),
        params![
            part.id,
            part.order,
            part.way,
            part.location,
            part.place,
            part.address.clone().map(Json),
            part.state,
            part.code,
            part.created_at,
            part.promised.clone().map(Json),
            part.sourced.clone().map(Json),
            part.expected.map(|day| day.to_string())
        ],
    )
    .map(drop)
}

pub(super) fn set_promised(tx: &mut Tx<'_>, part: FulfilmentId, promised: &Promised) -> Result<(), Fault> {
    tx.execute(sql!("UPDATE fulfilment SET promised = ?2 WHERE id = ?1"), params![part, Json(promised)]).map(drop)
}

/// Parts that a payment set going.
#[derive(Default)]
pub(crate) struct Released {
    /// In the customer's hand.
    pub(crate) carried_out: Vec<FulfilmentId>,
    /// To be sent, too late for what was promised of them.
    pub(crate) lapsed: Vec<FulfilmentId>,
}

/// The order is paid: what waits goes to be picked, or is in the customer's hand.
pub(crate) fn release_waiting(tx: &mut Tx<'_>, order: OrderId) -> Result<Released, Fault> {
    let now = tx.now();
    let released = tx.write_query(
        sql!(
            "UPDATE fulfilment SET state = CASE WHEN way = 'carry_out' THEN 'collected' WHEN expected IS NULL THEN 'pending' ELSE 'awaiting' END,
               pending_at = CASE WHEN expected IS NULL THEN ?2 ELSE pending_at END,
               collected_at = CASE WHEN way = 'carry_out' THEN ?2 ELSE collected_at END
              WHERE order_id = ?1 AND state = 'waiting' RETURNING id, way, promised"
        ),
        params![order, now],
        |row| Ok((row.get::<FulfilmentId>(0)?, row.get::<FulfilmentWay>(1)?, row.get::<Option<Json<Promised>>>(2)?)),
    )?;
    let mut parts = Released::default();
    for (id, way, promised) in released {
        if way == FulfilmentWay::CarryOut {
            parts.carried_out.push(id);
        } else if promised.is_some_and(|promised| promised.0.until.is_some_and(|until| until < now)) {
            parts.lapsed.push(id);
        }
    }
    parts.carried_out.sort_unstable();
    Ok(parts)
}

/// What they wait for is no longer theirs.
pub(crate) fn cancel_parts(tx: &mut Tx<'_>, order: OrderId) -> Result<(), Fault> {
    forget_awaited(tx, order)?;
    let now = tx.now();
    tx.execute(
        sql!("UPDATE fulfilment SET state = 'cancelled', cancelled_at = ?2 WHERE order_id = ?1 AND state <> 'cancelled'"),
        params![order, now],
    )
    .map(drop)
}

/// True when the part was still in the state it was read in.
pub(super) fn change_state(tx: &mut Tx<'_>, part: &Fulfilment, to: FulfilmentState, tracking: Option<&Tracking>) -> Result<bool, Fault> {
    let now = tx.now();
    let changed = tx.execute(
        sql!(
            "UPDATE fulfilment SET state = ?3,
               pending_at = CASE WHEN CAST(?3 AS TEXT) = 'pending' THEN ?4 ELSE pending_at END,
               picking_at = CASE WHEN CAST(?3 AS TEXT) = 'picking' THEN ?4 ELSE picking_at END,
               ready_at = CASE WHEN CAST(?3 AS TEXT) = 'ready' THEN ?4 ELSE ready_at END,
               packed_at = CASE WHEN CAST(?3 AS TEXT) = 'packed' THEN ?4 ELSE packed_at END,
               shipped_at = CASE WHEN CAST(?3 AS TEXT) = 'shipped' THEN ?4 ELSE shipped_at END,
               collected_at = CASE WHEN CAST(?3 AS TEXT) = 'collected' THEN ?4 ELSE collected_at END,
               delivered_at = CASE WHEN CAST(?3 AS TEXT) = 'delivered' THEN ?4 ELSE delivered_at END,
               carrier = COALESCE(?5, carrier), tracking = COALESCE(?6, tracking)
              WHERE id = ?1 AND state = ?2"
        ),
        params![part.id, part.state, to, now, tracking.map(|t| t.carrier.clone()), tracking.map(|t| t.reference.clone())],
    )?;
    Ok(changed == 1)
}

/// This stock is not there yet; the part waits for it.
pub(crate) fn insert_awaited(tx: &mut Tx<'_>, part: &Fulfilment, day: Date, reservation: ReservationId) -> Result<(), Fault> {
    tx.execute(
        sql!("INSERT INTO awaited (reservation, fulfilment, expected) VALUES (?1, ?2, ?3)"),
        params![reservation, part.id, day.to_string()],
    )
    .map(drop)
}

/// It is there now: the part that waited for it.
pub(super) fn delete_awaited(tx: &mut Tx<'_>, reservation: ReservationId) -> Result<Option<FulfilmentId>, Fault> {
    let statement = sql!("DELETE FROM awaited WHERE reservation = ?1 RETURNING fulfilment");
    Ok(tx.write_query(statement, params![reservation], |row| row.get(0))?.into_iter().next())
}

/// Nobody waits for these any more.
fn forget_awaited(tx: &mut Tx<'_>, order: OrderId) -> Result<(), Fault> {
    let statement =
        sql!("DELETE FROM awaited WHERE fulfilment IN (SELECT id FROM fulfilment WHERE order_id = ?1 AND expected IS NOT NULL)");
    tx.execute(statement, params![order]).map(drop)
}

/// It comes another day: the part that waits for it.
pub(super) fn move_awaited(tx: &mut Tx<'_>, reservation: ReservationId, day: Date) -> Result<Option<FulfilmentId>, Fault> {
    let statement = sql!("UPDATE awaited SET expected = ?2 WHERE reservation = ?1 AND expected <> ?2 RETURNING fulfilment");
    Ok(tx.write_query(statement, params![reservation, day.to_string()], |row| row.get(0))?.into_iter().next())
}

/// The day on which the last of what a part waits for is there.
pub(super) fn last_awaited(tx: &ReadTx<'_>, part: FulfilmentId) -> Result<Option<Date>, Fault> {
    let statement = sql!("SELECT expected FROM awaited WHERE fulfilment = ?1 ORDER BY expected DESC LIMIT 1");
    let found: Option<String> = tx.query_opt(statement, params![part], |row| row.get(0))?;
    found.map(|text| day(&text)).transpose()
}

pub(super) fn set_expected(tx: &mut Tx<'_>, part: FulfilmentId, day: Option<Date>) -> Result<(), Fault> {
    tx.execute(sql!("UPDATE fulfilment SET expected = ?2 WHERE id = ?1"), params![part, day.map(|day| day.to_string())]).map(drop)
}
