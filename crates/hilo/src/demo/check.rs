//! What must hold of any world, however it came about.

use anyhow::Result;
use catalogue::ProductId;
use kernel::{Actor, Db, LogKey, Logged, Money, ReadTx, Timestamp};
use orders::{Cursor, Order, OrderState};
use std::collections::{BTreeMap, BTreeSet};

/// Everything that is wrong, a sentence each; nothing when all is well. Reads the whole database.
pub fn check(db: &Db) -> Result<Vec<String>> {
    db.read(|tx| {
        let mut wrong = Vec::new();
        book(tx, &mut wrong)?;
        stock(tx, &mut wrong)?;
        orders(tx, &mut wrong)?;
        messages(tx, &mut wrong)?;
        quiet(tx, &mut wrong)?;
        Ok(wrong)
    })
    .wait()
}

/// How often each kind of thing happened, and how orders and messages stand: the same for one seed, with faults and without.
/// Delivered messages are not counted as events, since a reader's receipt may overtake the postman's.
pub fn tally(db: &Db) -> Result<BTreeMap<String, usize>> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut cursor = LogKey::default();
    loop {
        let page = db.read(move |tx| kernel::log::after(tx, cursor, 1000)).wait()?;
        let Some(last) = page.last() else { return Ok(counts) };
        cursor = last.key;
        for event in &page {
            if event.kind != "message.delivered" {
                *counts.entry(event.kind.clone()).or_default() += 1;
            }
        }
        let states = db.read(move |tx| states(tx, &page)).wait()?;
        states.into_iter().for_each(|state| *counts.entry(state).or_default() += 1);
    }
}

/// Where the orders and messages that these events began stand now.
fn states(tx: &ReadTx<'_>, page: &[Logged]) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for event in page {
        match event.kind.as_str() {
            "order.placed" => {
                let order = orders::order(tx, event.subject.parse()?)?;
                found.extend(order.map(|order| format!("{} {} of {}", order.number, order.state, order.total.decimal())));
            }
            "message.queued" => {
                found.extend(conversations::messages(tx, &[event.subject.parse()?])?.iter().map(|m| format!("message {}", m.state)))
            }
            "matter.opened" => found.extend(conversations::matter(tx, event.subject.parse()?)?.map(|m| format!("matter {}", m.state))),
            _ => {}
        }
    }
    Ok(found)
}

/// Everything sums to zero, and every balance is the sum of its postings and holds.
fn book(tx: &ReadTx<'_>, wrong: &mut Vec<String>) -> Result<()> {
    for (unit, sum) in ledger::imbalance(tx)? {
        wrong.push(format!("the book is out of balance by {sum} {unit}"));
    }
    for account in ledger::discrepancies(tx, 20)? {
        wrong.push(format!("the balance of {account} is not the sum of its postings"));
    }
    Ok(())
}

/// Nowhere was more promised than is there.
fn stock(tx: &ReadTx<'_>, wrong: &mut Vec<String>) -> Result<()> {
    let mut after = ProductId::nil();
    loop {
        let page = catalogue::products_after(tx, after, 200)?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.id;
        let parents: Vec<String> = page.iter().flat_map(|p| &p.variants).map(|v| format!("stock/{}", v.id)).collect();
        for account in ledger::balances_under(tx, &parents)? {
            if account.balance.available() < 0 || account.balance.posted < 0 {
                wrong.push(format!("{} holds {} and promises {}", account.name, account.balance.posted, account.balance.held));
            }
        }
    }
}

fn orders(tx: &ReadTx<'_>, wrong: &mut Vec<String>) -> Result<()> {
    let until = Timestamp::from_micros(i64::MAX);
    let mut after: Option<Cursor> = None;
    loop {
        let page = orders::sold_between(tx, &Actor::system(), None, (Timestamp::default(), until), after.take(), 100)?;
        for head in &page.items {
            match orders::order(tx, head.id)? {
                Some(order) => money(tx, &order, wrong)?,
                None => wrong.push(format!("order {} cannot be read", head.number)),
            }
        }
        match page.next {
            Some(next) => after = Some(next),
            None => return Ok(()),
        }
    }
}

/// Lines and delivery make the total; what came in and went back stands in the book too; nobody owes or is owed anything in the end.
fn money(tx: &ReadTx<'_>, order: &Order, wrong: &mut Vec<String>) -> Result<()> {
    let number = order.number;
    let mut refuse = |why: &str| wrong.push(format!("order {number}: {why}"));
    let lines: i64 = order.lines.iter().map(|line| line.total.minor).sum();
    if lines + order.delivery_fee.minor != order.total.minor {
        refuse("its lines do not make its total");
    }
    if order.refunded.minor > order.paid.minor {
        refuse("more went back than came in");
    }
    if order.lines.iter().any(|line| line.returned > line.quantity || line.refunded.minor > line.total.minor) {
        refuse("more came back than was bought");
    }
    let Some(due) = payments::due(tx, &format!("order:{}", order.id))? else {
        if !order.total.is_zero() {
            refuse("it was never billed");
        }
        return Ok(());
    };
    if due.captured.minor != order.paid.minor - order.refunded.minor {
        refuse("the order and its payments differ");
    }
    let open = if order.state == OrderState::Placed { order.total } else { Money::zero(order.currency) };
    if due.outstanding != open {
        refuse("its account is not settled");
    }
    Ok(())
}

/// Every message is on the log once.
fn messages(tx: &ReadTx<'_>, wrong: &mut Vec<String>) -> Result<()> {
    let (mut cursor, mut seen) = (LogKey::default(), BTreeSet::new());
    loop {
        let page = kernel::log::after(tx, cursor, 1000)?;
        let Some(last) = page.last() else { return Ok(()) };
        cursor = last.key;
        for event in page.iter().filter(|event| matches!(event.kind.as_str(), "message.received" | "message.queued" | "note.added")) {
            if !seen.insert(event.subject.clone())
                || !seen.insert(format!("{:?} {} {} {}", event.profile, event.at, event.kind, event.body))
            {
                wrong.push(format!("message {} is there twice", event.subject));
            }
        }
    }
}

/// Nothing is stuck.
fn quiet(tx: &ReadTx<'_>, wrong: &mut Vec<String>) -> Result<()> {
    let stuck = [
        (kernel::reactions::parked(tx)?, "events were parked"),
        (kernel::timers::resting(tx)?, "timers rest"),
        (conversations::refused_raw(tx)?, "incoming events were refused"),
        (i64::from(conversations::next_due(tx)?.is_some()), "messages wait to leave"),
    ];
    wrong.extend(stuck.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")));
    Ok(())
}
