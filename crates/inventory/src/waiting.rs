//! Whoever bought before it was there: promises out of what is on its way, and who gets what arrives.

use crate::accounts::{UNIT, incoming_account, incoming_parent, parse_incoming, stock_account, world};
use crate::events::{Change, allocated, supply_changed};
use crate::policy::StockPolicy;
use crate::reserve::hold;
use crate::supply_store::Days;
use crate::{LocationId, MOST, Reservation, ReservationId, Reserve, ReserveError, StockError, SupplyId, store, supply_store};
use catalogue::VariantId;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kernel::{Actor, Fault, Quantity, ReadTx, Tx};
use ledger::{Balance, Entry, Hold, HoldId, Post};
use std::collections::BTreeMap;

/// Waiting promises that are looked at at a time.
const STEP: i64 = 100;

/// What is on its way to a place of a variant that is sold ahead, and promised to nobody yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// Where to.
    pub location: LocationId,
    /// How it is sold.
    pub policy: StockPolicy,
    /// The first days first, each with how many come then.
    pub days: Vec<(Date, Quantity)>,
}

impl Incoming {
    /// All that can be promised.
    pub fn free(&self) -> Quantity {
        Quantity(self.days.iter().map(|(_, quantity)| quantity.0).sum())
    }
    /// The day by which so many more are there; `None` when fewer are on their way.
    pub fn by(&self, quantity: Quantity) -> Option<Date> {
        day_of(&self.days, quantity)
    }
    /// So many are promised: the first to come.
    pub fn take(&mut self, quantity: Quantity) {
        self.days = after(&self.days, quantity.0);
    }
}

/// The day by which so many have come.
fn day_of(days: &[(Date, Quantity)], quantity: Quantity) -> Option<Date> {
    let mut there = 0;
    days.iter().find_map(|(day, more)| {
        there += more.0;
        (there >= quantity.0).then_some(*day)
    })
}

fn today(tx: &ReadTx<'_>) -> Date {
    tx.now().to_jiff().to_zoned(TimeZone::UTC).date()
}

/// What can be promised before it is there of those of these variants that are sold ahead, by variant; what is late has no day to promise.
/// One statement where none is, else three.
pub fn incoming(tx: &ReadTx<'_>, variants: &[VariantId]) -> Result<BTreeMap<VariantId, Vec<Incoming>>, Fault> {
    let policies = supply_store::policies(tx, variants)?;
    if policies.is_empty() {
        return Ok(BTreeMap::new());
    }
    let ahead: Vec<_> = policies.keys().copied().collect();
    let parents: Vec<_> = ahead.iter().map(|variant| incoming_parent(*variant)).collect();
    let coming = supply_store::expected_of(tx, &ahead)?;
    let today = today(tx);
    let mut found: BTreeMap<VariantId, Vec<Incoming>> = BTreeMap::new();
    for account in ledger::balances_under(tx, &parents)? {
        let Some((variant, location)) = parse_incoming(&account.name) else { continue };
        let Some(days) = coming.get(&(variant, location)) else { continue };
        let mut days = after(days, waiting_for(days, account.balance));
        days.retain(|(day, _)| *day >= today);
        if let Some(policy) = policies.get(&variant).filter(|_| !days.is_empty()) {
            found.entry(variant).or_default().push(Incoming { location, policy: *policy, days });
        }
    }
    Ok(found)
}

/// How many of what still comes are promised: what is set aside for them already is in the balance and comes no more.
fn waiting_for(days: &[(Date, Quantity)], balance: Balance) -> i64 {
    let coming: i64 = days.iter().map(|(_, quantity)| quantity.0).sum();
    balance.held - (balance.posted - coming)
}

/// What comes after so many.
fn after(days: &[(Date, Quantity)], mut skipped: i64) -> Days {
    let mut left = Vec::new();
    for (day, quantity) in days {
        let used = skipped.clamp(0, quantity.0);
        skipped -= used;
        if quantity.0 > used {
            left.push((*day, Quantity(quantity.0 - used)));
        }
    }
    left
}

/// The promises that wait for goods to come to a place, in the order in which they get them, each with the day by which theirs are there.
/// Left out is whose goods are late: nobody knows their day, so that what was promised stays.
pub fn waiting(tx: &ReadTx<'_>, variant: VariantId, location: LocationId) -> Result<Vec<(ReservationId, Date)>, Fault> {
    let account = incoming_account(variant, location);
    let coming = supply_store::expected_of(tx, &[variant])?.remove(&(variant, location)).unwrap_or_default();
    let balance = ledger::balance(tx, &account)?;
    let mut there = waiting_for(&coming, balance) - balance.held;
    let today = today(tx);
    let (mut found, mut last) = (Vec::new(), None);
    loop {
        let holds = ledger::open_holds(tx, &account, last, STEP)?;
        for hold in &holds {
            there += hold.amount;
            found.extend(day_of(&coming, Quantity(there)).filter(|day| *day >= today).map(|day| (hold.id, day)));
        }
        last = holds.last().map(|hold| hold.id);
        if (holds.len() as i64) < STEP {
            return Ok(found);
        }
    }
}

/// Promise out of what is on its way to a place, of a variant that is sold ahead. When it arrives the same reservation is one of stock,
/// and `stock.allocated` tells. Repeating the `key` answers the first reservation.
pub fn reserve_incoming(tx: &mut Tx<'_>, actor: &Actor, cmd: Reserve) -> Result<Reservation, ReserveError> {
    if !(1..=MOST).contains(&cmd.quantity.0) {
        return Err(ReserveError::InvalidQuantity);
    }
    if supply_store::policies(tx, &[cmd.variant])?.is_empty() {
        return Err(ReserveError::OutOfStock { available: Quantity::ZERO });
    }
    store::place(tx, cmd.variant, cmd.location)?.filter(|place| place.is_active).ok_or(ReserveError::UnknownLocation)?;
    let held = hold(tx, &cmd, incoming_account(cmd.variant, cmd.location), Quantity::ZERO)?;
    let available = Quantity(held.balance.available());
    if !held.is_repeat {
        Change::incoming(cmd.variant, cmd.location, cmd.quantity, Some(held.id)).tell_as_it_is(tx, actor)?;
    }
    Ok(Reservation { id: held.id, available, is_repeat: held.is_repeat })
}

/// Give what came, and what was set aside before, to those who wait, in the order in which they bought; whoever waits first for more than
/// there is keeps it set aside until the rest comes. Nothing where nobody waits. Announces `stock.allocated`.
pub(crate) fn allocate(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (variant, location): (VariantId, LocationId),
    came: Quantity,
) -> Result<(), StockError> {
    let account = incoming_account(variant, location);
    if ledger::balance(tx, &account)? == Balance::default() {
        return Ok(());
    }
    let before = supply_store::take_aside(tx, variant, location)?;
    let kept = before.map_or(0, |(_, quantity)| quantity.0);
    if let Some((hold, _)) = before {
        ledger::release(tx, hold)?;
    }
    let stock = stock_account(variant, location);
    let (mut pool, mut given, mut first_unmet) = (came.0 + kept, Vec::new(), false);
    while pool > 0 && !first_unmet {
        let heads = ledger::open_holds(tx, &account, None, STEP)?;
        if heads.is_empty() {
            break;
        }
        for head in heads {
            if head.amount > pool {
                first_unmet = true;
                break;
            }
            ledger::shift(tx, head.id, &stock)?;
            pool -= head.amount;
            given.push(head.id);
        }
    }
    let aside = if first_unmet { pool } else { 0 };
    if aside > 0 {
        let hold = Hold {
            key: format!("aside/{}", tx.new_id::<HoldId>()),
            account: stock,
            amount: aside,
            leave: 0,
            expires_at: None,
            reason: "set_aside",
        };
        let hold = ledger::hold(tx, hold)?.id;
        supply_store::insert_aside(tx, (variant, location), hold, Quantity(aside))?;
    }
    if aside != kept {
        // What is set aside covers promises as what still comes does.
        let entries = vec![Entry::new(account, aside - kept), Entry::new(world("aside", variant, location), kept - aside)];
        let key = format!("aside/{}", tx.new_id::<SupplyId>());
        ledger::post(tx, Post { key, reason: "set_aside", unit: UNIT.into(), entries })?;
    }
    if !given.is_empty() {
        allocated(tx, actor, (variant, location), given)?;
    }
    Ok(())
}

/// A promise out of what is on its way ended: what lay aside for it goes to the next, and the others may get theirs sooner.
pub(crate) fn freed(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (variant, location): (VariantId, LocationId),
    (quantity, reservation): (Quantity, ReservationId),
) -> Result<(), Fault> {
    given_back(tx, actor, (variant, location), Quantity::ZERO)?;
    Change::incoming(variant, location, quantity, Some(reservation)).tell_as_it_is(tx, actor)?;
    supply_changed(tx, actor, variant, location)
}

/// So many that lie there are nobody's any more: whoever waits gets them.
pub(crate) fn given_back(tx: &mut Tx<'_>, actor: &Actor, place: (VariantId, LocationId), quantity: Quantity) -> Result<(), Fault> {
    allocate(tx, actor, place, quantity).map_err(|error| match error {
        StockError::Fault(fault) => fault,
        other => Fault::outside("giving what is free to whoever waits", other),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn who_comes_later_gets_what_comes_later() {
        let days = [(date(2026, 12, 1), Quantity(3)), (date(2026, 12, 9), Quantity(5))];
        assert_eq!(after(&days, 0), days.to_vec());
        assert_eq!(after(&days, 4), vec![(date(2026, 12, 9), Quantity(4))]);
        assert_eq!(after(&days, 8), vec![]);
        let at = |skipped| Incoming { location: LocationId::nil(), policy: StockPolicy::Backorder, days: after(&days, skipped) };
        assert_eq!([1, 3, 4, 8, 9].map(|n| at(0).by(Quantity(n)).map(|day| day.day())), [Some(1), Some(1), Some(9), Some(9), None]);
        assert_eq!((at(2).by(Quantity(1)).map(|day| day.day()), at(2).by(Quantity(2)).map(|day| day.day())), (Some(1), Some(9)));
        assert_eq!(at(2).free(), Quantity(6));
        // Eight come and two lie aside: of five promised, three are still to come.
        assert_eq!(waiting_for(&days, Balance { posted: 10, held: 5 }), 3);
    }
}
