//! Read and write the ways of delivery and what holds for all of them.

use super::{DeliveryDays, DeliveryMethod, SourcingWeights};
use crate::events::{DELIVERY_DAYS_SET, DELIVERY_METHOD_REMOVED, DELIVERY_METHOD_SET, SOURCING_SET};
use crate::{PriceError, store};
use kernel::{Actor, Event, Fault, Permission, ReadTx, Tx};

/// Ways of delivery that a brand may have.
const MOST_METHODS: usize = 30;
/// Zones of one of them.
const MOST_ZONES: usize = 40;
/// Days off.
const MOST_DAYS: usize = 200;
/// Beyond this, a number of cents is a slip.
const MOST_CENTS: i64 = 1_000_000;
/// Longest under way.
const LONGEST: i64 = 90;

/// The ways of delivery, those that nobody may choose too, as they are offered; before one is written, the one built in.
pub fn delivery_methods(tx: &ReadTx<'_>) -> Result<Vec<DeliveryMethod>, Fault> {
    let written = store::delivery_methods(tx)?;
    Ok(if written.is_empty() { vec![DeliveryMethod::standard()] } else { written })
}

/// One way of delivery.
pub fn delivery_method(tx: &ReadTx<'_>, code: &str) -> Result<Option<DeliveryMethod>, Fault> {
    Ok(delivery_methods(tx)?.into_iter().find(|method| method.code == code))
}

/// Write a way of delivery, a new one or in the place of the one of its code; its version is given here. Writing the first also writes
/// the one built in, so that nothing vanishes. Writing the same again changes nothing. Announces `delivery_method.set`.
pub fn set_delivery_method(tx: &mut Tx<'_>, actor: &Actor, mut method: DeliveryMethod) -> Result<DeliveryMethod, PriceError> {
    actor.require(Permission::EditPrices)?;
    check(&method)?;
    let written = store::delivery_methods(tx)?;
    let known = written.iter().find(|known| known.code == method.code);
    if known.is_none() && written.len() >= MOST_METHODS {
        return Err(PriceError::invalid("methods", "there are 30 ways of delivery: remove one first"));
    }
    method.version = known.map_or(0, |known| known.version);
    if known == Some(&method) {
        return Ok(method);
    }
    let keeps_built_in = written.is_empty() && method.code != super::STANDARD;
    let is_other_open = keeps_built_in || written.iter().any(|other| other.code != method.code && other.is_active);
    if !method.is_active && !is_other_open {
        return Err(PriceError::invalid("is_active", "one way of delivery has to stay open: open another first"));
    }
    if keeps_built_in {
        store::put_delivery_method(tx, &DeliveryMethod { version: 1, ..DeliveryMethod::standard() })?;
    }
    method.version += 1;
    store::put_delivery_method(tx, &method)?;
    tx.announce(Event::new(DELIVERY_METHOD_SET, &method.code).by(actor).body(&method))?;
    Ok(method)
}

/// Take a way of delivery out. What was sold with it keeps its name and its days. Announces `delivery_method.removed`.
pub fn remove_delivery_method(tx: &mut Tx<'_>, actor: &Actor, code: &str) -> Result<(), PriceError> {
    actor.require(Permission::EditPrices)?;
    let written = store::delivery_methods(tx)?;
    if !written.iter().any(|method| method.code == code) {
        return Ok(());
    }
    if !written.iter().any(|other| other.code != code && other.is_active) {
        return Err(PriceError::invalid("is_active", "one way of delivery has to stay open: open another first"));
    }
    store::remove_delivery_method(tx, code)?;
    tx.announce(Event::new(DELIVERY_METHOD_REMOVED, code).by(actor))?;
    Ok(())
}

/// Days off and picking times.
pub fn delivery_days(tx: &ReadTx<'_>) -> Result<DeliveryDays, Fault> {
    Ok(store::delivery_rule(tx, "days")?.unwrap_or_default())
}

/// Write the days off and the picking times. Announces `delivery_days.set`.
pub fn set_delivery_days(tx: &mut Tx<'_>, actor: &Actor, mut days: DeliveryDays) -> Result<DeliveryDays, PriceError> {
    actor.require(Permission::EditPrices)?;
    let is_time = |minutes: &i64| (0..=7 * 24 * 60).contains(minutes);
    if !is_time(&days.picking_minutes) || !days.picking_in.values().all(is_time) {
        return Err(PriceError::invalid("picking", "picking takes 0 minutes to a week"));
    }
    if days.off.len() > MOST_DAYS || days.picking_in.len() > 500 {
        return Err(PriceError::invalid("days_off", "at most 200 days off are kept: take the past ones out"));
    }
    if days.off.values().any(|name| name.chars().count() > 80) {
        return Err(PriceError::invalid("days_off", "the name of a day has at most 80 characters"));
    }
    let known = delivery_days(tx)?;
    days.version = known.version;
    if days == known {
        return Ok(known);
    }
    days.version += 1;
    store::put_delivery_rule(tx, "days", days.version, &days)?;
    tx.announce(Event::new(DELIVERY_DAYS_SET, "days").by(actor).body(&days))?;
    Ok(days)
}

/// What is weighed where a parcel leaves.
pub fn sourcing_weights(tx: &ReadTx<'_>) -> Result<SourcingWeights, Fault> {
    Ok(store::delivery_rule(tx, "sourcing")?.unwrap_or_default())
}

/// Write what is weighed. Announces `sourcing.set`.
pub fn set_sourcing_weights(tx: &mut Tx<'_>, actor: &Actor, mut weights: SourcingWeights) -> Result<SourcingWeights, PriceError> {
    actor.require(Permission::EditLocations)?;
    check_weights(&weights)?;
    let known = sourcing_weights(tx)?;
    weights.version = known.version;
    if weights == known {
        return Ok(known);
    }
    weights.version += 1;
    store::put_delivery_rule(tx, "sourcing", weights.version, &weights)?;
    tx.announce(Event::new(SOURCING_SET, "sourcing").by(actor).body(&weights))?;
    Ok(weights)
}

fn check_weights(weights: &SourcingWeights) -> Result<(), PriceError> {
    let costs = [
        ("parcel", weights.parcel),
        ("hundred_km", weights.hundred_km),
        ("late_day", weights.late_day),
        ("shop_piece", weights.shop_piece),
        ("last_piece", weights.last_piece),
    ];
    if let Some((field, _)) = costs.into_iter().find(|(_, cents)| !(0..=MOST_CENTS).contains(cents)) {
        return Err(PriceError::invalid(field, "a weight is 0 to 10 000.00"));
    }
    // Of nothing but free parcels every place could send.
    if weights.parcel < 1 {
        return Err(PriceError::invalid("parcel", "a parcel costs something: 0.01 at least"));
    }
    if !(0..=1_000).contains(&weights.kept) {
        return Err(PriceError::invalid("kept", "a shop keeps 0 to 1000 pieces"));
    }
    Ok(())
}

fn check(method: &DeliveryMethod) -> Result<(), PriceError> {
    let plain = |code: &str| code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    let is_name = |name: &str| name.trim() == name && name.chars().count() <= 80;
    let is_fee = |cents: i64| (0..=MOST_CENTS).contains(&cents);
    let rules: [(&'static str, bool, &'static str); 8] = [
        (
            "code",
            (1..=super::MAX_METHOD_CODE).contains(&method.code.len()) && plain(&method.code),
            "1 to 40 small letters, digits and hyphens",
        ),
        ("name_es", !method.name.es.is_empty() && is_name(&method.name.es), "a name in Spanish of 1 to 80 characters"),
        ("name_en", !method.name.en.is_empty() && is_name(&method.name.en), "a name in English of 1 to 80 characters"),
        ("carrier", is_name(&method.carrier), "at most 80 characters"),
        ("position", (0..=1_000).contains(&method.position), "0 to 1000"),
        ("cut_off", method.cut_off.iter().flatten().all(|minutes| (1..24 * 60).contains(minutes)), "a time of the day after midnight"),
        ("cut_off", method.cut_off.iter().any(Option::is_some), "parcels have to leave on one day of the week at least"),
        ("zones", (1..=MOST_ZONES).contains(&method.zones.len()), "1 to 40 zones"),
    ];
    if let Some((field, _, why)) = rules.into_iter().find(|(_, holds, _)| !holds) {
        return Err(PriceError::invalid(field, why));
    }
    for (at, zone) in method.zones.iter().enumerate() {
        if !(0 <= zone.least_days && zone.least_days <= zone.most_days && zone.most_days <= LONGEST) {
            return Err(PriceError::invalid("zones", "a zone takes 0 to 90 working days, the fewest first"));
        }
        if zone.fees.is_empty()
            || zone.fees.iter().any(|fee| !is_fee(fee.fee) || fee.free_from.is_some_and(|from| !(0..=i64::MAX / 4).contains(&from)))
        {
            return Err(PriceError::invalid("zones", "each zone has a fee of 0 to 10 000.00"));
        }
        if method.zones[..at].iter().any(|other| other.area == zone.area) {
            return Err(PriceError::invalid("zones", "the same zone stands there twice"));
        }
    }
    Ok(())
}
