//! The days that are promised: by cut-off, calendar and zone, and by when the place that sends can send.

use super::zone_of;
use crate::basket::BasketQuote;
use crate::sourcing::Source;
use inventory::Location;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kernel::{Fault, Locale, ReadTx, Timestamp, Tx};
use orders::{Address, Fulfilment, FulfilmentId, Promised};
use pricing::{Arrival, DeliveryDays, DeliveryMethod};
use std::time::Duration;

/// Where no place is known that sends, this is its clock.
const HOME_ZONE: &str = "Europe/Madrid";

/// When a place can send what is ordered at `now`, or what comes on a day after it: that is unpacked on that day and leaves on the next. A
/// place that names no hours always can.
fn sends_from(place: &Location, now: Timestamp, expected: Option<Date>) -> Timestamp {
    let unpacked = expected.and_then(|day| Some(day.tomorrow().ok()?.to_zoned(clock(&place.details.time_zone)).ok()?.timestamp()));
    let from = unpacked.map_or(now, |at| now.max(at.into()));
    if place.is_open(from) { from } else { place.next_opening(from).unwrap_or(from) }
}

fn clock(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}

/// The parcels of a basket: where each goes, from when on it can, and by which clock.
pub(super) struct Parcels {
    days: DeliveryDays,
    parcels: Vec<(Option<Address>, Timestamp, TimeZone)>,
}

impl Parcels {
    /// Of the places that send; for addresses that no place sends to, as if one could at once.
    pub(super) fn of<'a>(tx: &ReadTx<'_>, sources: &[Source], to: impl Iterator<Item = Option<&'a Address>>) -> Result<Self, Fault> {
        let mut parcels = Vec::new();
        for source in sources {
            let Some(place) = &source.sender else { continue };
            parcels.push((source.address.clone(), sends_from(place, tx.now(), source.expected), clock(&place.details.time_zone)));
        }
        if parcels.is_empty() {
            parcels.extend(to.map(|to| (to.cloned(), tx.now(), clock(HOME_ZONE))));
        }
        Ok(Parcels { days: pricing::delivery_days(tx)?, parcels })
    }

    /// When the last of them arrives, and until when an order makes this promise.
    pub(super) fn arrive(&self, method: &DeliveryMethod) -> Option<(Arrival, Option<Timestamp>)> {
        let mut all: Option<(Arrival, Option<Timestamp>)> = None;
        for (to, ready, zone) in &self.parcels {
            let arrival = method.arrives(zone_of(method, to.as_ref())?, &self.days, *ready, zone);
            let by = method.order_by(&self.days, *ready, zone);
            all = Some(match all {
                None => (arrival, by),
                Some((known, until)) => (known.with(arrival), until.into_iter().chain(by).min()),
            });
        }
        all
    }
}

/// What is promised of each part that is sent, in the order of the sources; nothing where no parcel is charged for.
pub(crate) fn promised_of(
    tx: &ReadTx<'_>,
    quote: &BasketQuote,
    sources: &[Source],
    locale: Locale,
) -> Result<Vec<Option<Promised>>, Fault> {
    let Some(method) = &quote.delivery else { return Ok(sources.iter().map(|_| None).collect()) };
    let days = pricing::delivery_days(tx)?;
    let mut promised = Vec::with_capacity(sources.len());
    for source in sources {
        let arrival =
            source.sender.as_ref().and_then(|place| arrival(method, &days, source.address.as_ref(), (place, source.expected), tx.now()));
        promised.push(arrival.map(|(arrival, until)| Promised {
            method: method.code.clone(),
            name: method.name.get(locale).to_owned(),
            carrier: method.carrier.clone(),
            arrival,
            until,
        }));
    }
    Ok(promised)
}

/// When a parcel arrives, and until when an order makes this promise.
fn arrival(
    method: &DeliveryMethod,
    days: &DeliveryDays,
    to: Option<&Address>,
    (place, expected): (&Location, Option<Date>),
    now: Timestamp,
) -> Option<(Arrival, Option<Timestamp>)> {
    let (ready, clock) = (sends_from(place, now, expected), clock(&place.details.time_zone));
    Some((method.arrives(zone_of(method, to)?, days, ready, &clock), method.order_by(days, ready, &clock)))
}

/// These parts of an order were paid too late for their promise: they leave now, and the promise follows, never to an earlier day.
pub(crate) fn promise_again(tx: &mut Tx<'_>, lapsed: &[FulfilmentId]) -> Result<(), Fault> {
    for part in lapsed {
        let Some(part) = orders::fulfilment(tx, *part)? else { continue };
        let (Some(known), Some(new)) = (&part.promised, promise_now(tx, &part)?) else { continue };
        let new = Promised { arrival: known.arrival.with(new.arrival), ..new };
        orders::promise_part(tx, part.id, &new)?;
    }
    Ok(())
}

/// The goods of a part that was sold ahead come on another day: its promise is another, sooner or later.
pub(crate) fn promise_when_expected(tx: &mut Tx<'_>, part: &Fulfilment) -> Result<(), Fault> {
    match promise_now(tx, part)? {
        Some(new) => orders::promise_delayed(tx, part, &new),
        None => Ok(()),
    }
}

/// What would be promised of a part that left as soon as it can; nothing where nothing was, or where the way or the place is no more.
fn promise_now(tx: &ReadTx<'_>, part: &Fulfilment) -> Result<Option<Promised>, Fault> {
    let Some(known) = part.promised.clone() else { return Ok(None) };
    let Some(method) = pricing::delivery_method(tx, &known.method)? else { return Ok(None) };
    let Some(place) = inventory::location(tx, part.location)? else { return Ok(None) };
    let days = pricing::delivery_days(tx)?;
    let arrival = arrival(&method, &days, part.address.as_ref(), (&place, part.expected), tx.now());
    Ok(arrival.map(|(arrival, until)| Promised { arrival, until, ..known }))
}

/// When goods that lie in a shop can be collected there, of an order of `now`: after picking, if the shop is open until then, else so long
/// after it next opens; `None` when it opens no more within two weeks.
pub fn picked(shop: &Location, days: &DeliveryDays, now: Timestamp) -> Option<Timestamp> {
    let picking = Duration::from_secs(days.picking(&shop.details.code).unsigned_abs() * 60);
    let soon = now.plus(picking);
    if shop.is_open(now) && shop.is_open(soon) {
        return Some(soon);
    }
    let next = if shop.is_open(now) { soon } else { now };
    Some(shop.next_opening(next)?.plus(picking))
}

/// The same, with the picking times as they are written.
pub fn ready_to_collect(tx: &ReadTx<'_>, shop: &Location, now: Timestamp) -> Result<Option<Timestamp>, Fault> {
    Ok(picked(shop, &pricing::delivery_days(tx)?, now))
}
