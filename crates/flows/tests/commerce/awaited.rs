//! Bought before it is there: the day is promised from what is on its way, and what comes goes to whoever waits.

use crate::support::*;
use flows::*;
use inventory::{ExpectSupply, StockPolicy, SupplyChange, SupplyId};
use jiff::civil::{Date, date};
use kernel::testing::World;
use kernel::{Actor, Channel, Currency, Fault, Kind, Problem, Quantity};
use orders::{AdvanceFulfilment, CancelOrder, FulfilmentState, Order, Way};
use payments::Method;

const DAY: Date = date(2026, 6, 15);

/// Wednesday, 3 June 2026, at noon in Madrid.
fn noon(world: &World) {
    world.clock().set(kernel::Timestamp::from_rfc3339("2026-06-03T12:00:00+02:00").expect("a moment"));
}

/// Scarves are sold ahead; so many come to the warehouse on a Monday.
fn coming(world: &World, brand: &Brand, quantity: i64) -> SupplyId {
    let (variant, location) = (brand.scarf, brand.warehouse);
    let supply = ExpectSupply {
        key: "po".into(),
        reference: "PO-7".into(),
        supplier: "Lana".into(),
        variant,
        location,
        quantity: Quantity(quantity),
        expected: DAY,
    };
    let write = move |tx: &mut kernel::Tx<'_>| {
        inventory::set_stock_policy(tx, &Actor::system(), variant, StockPolicy::Backorder).map_err(fault)?;
        inventory::expect_supply(tx, &Actor::system(), supply.clone()).map_err(fault)
    };
    run(world, write).expect("expected")
}

fn paid(world: &World, key: &str, quantity: i64, brand: &Brand, total: i64) -> Order {
    world.clock().advance(std::time::Duration::from_millis(1));
    let cash = PayBy::Counter(vec![Tender { method: Method::Cash, amount: eur(total), reference: String::new() }]);
    let lines = vec![line(brand.scarf, quantity, deliver())];
    buy(world, associate(), Checkout { channel: Channel::Till, payment: cash, ..buying(key, lines) }).expect("sold").order
}

fn now(world: &World, order: &Order) -> Order {
    let id = order.id;
    read(world, move |tx| orders::order(tx, id)).expect("an order")
}

/// State, pieces, expected day and promised days of a part.
type Part = (FulfilmentState, i64, Option<Date>, (Date, Date));

fn parts(order: &Order) -> Vec<Part> {
    let promised = |part: &orders::Fulfilment| part.promised.as_ref().map(|it| (it.arrival.from, it.arrival.to)).expect("a promise");
    let units = |part: &orders::Fulfilment| order.lines_of(part.id).map(|line| line.quantity.0).sum();
    order.fulfilments.iter().map(|part| (part.state, units(part), part.expected, promised(part))).collect()
}

fn react(world: &World) {
    world.run_reactions(inventory::REACTIONS);
    world.run_reactions(flows::REACTIONS);
}

#[test]
fn what_is_there_goes_now_and_the_rest_when_it_comes() {
    brand(|world, brand| {
        noon(world);
        let supply = coming(world, brand, 4);
        // Three scarves lie in the warehouse, four come.
        let asked = vec![line(brand.scarf, 5, deliver())];
        let sent = read(world, move |tx| delivery_options(tx, &asked, Currency::EUR, None, None));
        let order = paid(world, "a", 5, brand, 22_500);
        let split = parts(&order);
        assert_eq!(
            split.iter().map(|part| (part.0, part.1, part.2)).collect::<Vec<_>>(),
            [(FulfilmentState::Awaiting, 2, Some(DAY)), (FulfilmentState::Pending, 3, None)]
        );
        let (later, sooner) = (split[0].3, split[1].3);
        assert!(sooner.1 < DAY && later.0 > DAY, "{split:?}");
        let arrival = sent.chosen().expect("a way").arrival;
        assert_eq!((arrival.from, arrival.to), later, "the page promised the later of the two");
        // Nobody picks what is not there.
        let part = order.fulfilments[0].id;
        let step = |to| AdvanceFulfilment { fulfilment: part, to, tracking: None, channel: Channel::Till };
        let picking = step(FulfilmentState::Picking);
        let refused = run(world, move |tx| advance(tx, &associate(), &picking)).expect_err("not there");
        assert_eq!((refused.kind(), refused.code()), (Kind::Conflict, "orders.fulfilment_state"));
        let list = |place| {
            let queue = read(world, move |tx| {
                orders::queue(tx, &associate(), place, FulfilmentState::Pending, None, 10).map_err(|_| Fault::data("a queue"))
            });
            queue.items.iter().map(|entry| entry.lines.iter().map(|line| line.quantity.0).sum::<i64>()).collect::<Vec<_>>()
        };
        assert_eq!(list(brand.warehouse), [3]);
        // Of seven that are wanted there are six.
        let short = buy(world, Actor::customer(brand.ana), buying("b", vec![line(brand.scarf, 3, deliver())])).expect_err("too many");
        assert!(matches!(short, CheckoutError::OutOfStock { .. }), "{short}");

        run(world, move |tx| inventory::receive_supply(tx, &Actor::system(), supply, "1", Quantity(1))).expect("one came");
        react(world);
        assert_eq!(now(world, &order).fulfilments[0].state, FulfilmentState::Awaiting, "two are one part");
        run(world, move |tx| inventory::receive_supply(tx, &Actor::system(), supply, "2", Quantity(3))).expect("the rest came");
        react(world);
        let there = now(world, &order);
        assert_eq!((there.fulfilments[0].state, there.fulfilments[0].expected), (FulfilmentState::Pending, None));
        assert_eq!(list(brand.warehouse).iter().sum::<i64>(), 5);
        assert_eq!(stock(world, brand.scarf, brand.warehouse), (7, 5));
        let packed = step(FulfilmentState::Packed);
        run(world, move |tx| advance(tx, &associate(), &packed)).expect("packed");
    });
}

#[test]
fn the_promise_follows_when_it_comes_another_day() {
    brand(|world, brand| {
        noon(world);
        let supply = coming(world, brand, 4);
        let order = paid(world, "a", 4, brand, 18_000);
        let before = parts(&order)[0].3;
        let late = date(2026, 6, 22);
        let later = SupplyChange { expected: Some(late), quantity: None };
        run(world, move |tx| inventory::change_supply(tx, &Actor::system(), supply, later)).expect("later");
        react(world);
        let delayed = parts(&now(world, &order))[0];
        assert_eq!((delayed.0, delayed.2), (FulfilmentState::Awaiting, Some(late)));
        assert_eq!((before.0.saturating_add(jiff::Span::new().days(7)), before.1.saturating_add(jiff::Span::new().days(7))), delayed.3);
        let told = |world: &World| world.log().iter().filter(|event| event.kind == "fulfilment.delayed").count();
        assert_eq!(told(world), 1);
        let sooner = SupplyChange { expected: Some(DAY), quantity: None };
        run(world, move |tx| inventory::change_supply(tx, &Actor::system(), supply, sooner)).expect("sooner");
        react(world);
        assert_eq!((parts(&now(world, &order))[0].3, told(world)), (before, 1), "good news is no delay");
    });
}

#[test]
fn who_goes_away_leaves_theirs_to_the_next() {
    brand(|world, brand| {
        noon(world);
        let supply = coming(world, brand, 4);
        let (first, second) = (paid(world, "a", 5, brand, 22_500), paid(world, "b", 2, brand, 9_000));
        assert_eq!(parts(&second).iter().map(|part| part.1).collect::<Vec<_>>(), [2]);
        run(world, move |tx| inventory::receive_supply(tx, &Actor::system(), supply, "1", Quantity(1))).expect("one came");
        react(world);
        let cancelled = CancelOrder { order: first.id, reason: String::new(), channel: Channel::Desk };
        run(world, move |tx| cancel(tx, &Actor::system(), &cancelled)).expect("cancelled");
        react(world);
        // The three that lay there and the one that came are free: two of them are the second's.
        assert_eq!(now(world, &second).fulfilments[0].state, FulfilmentState::Pending);
        assert_eq!(stock(world, brand.scarf, brand.warehouse), (4, 2));
        let left = read(world, {
            let scarf = brand.scarf;
            move |tx| ahead(tx, &[scarf])
        });
        assert_eq!(left.get(&brand.scarf).map(|ahead| (ahead.free.0, ahead.expected)), Some((3, DAY)));
    });
}

#[test]
fn what_is_not_sold_ahead_is_sold_out_and_a_shop_hands_over_only_what_it_has() {
    brand(|world, brand| {
        noon(world);
        coming(world, brand, 4);
        let collect = Way::Collect { location: brand.madrid };
        let refused = buy(world, Actor::customer(brand.ana), buying("c", vec![line(brand.scarf, 1, collect)])).expect_err("not there");
        assert!(matches!(refused, CheckoutError::OutOfStock { .. }));
        let scarf = brand.scarf;
        let deny = move |tx: &mut kernel::Tx<'_>| inventory::set_stock_policy(tx, &Actor::system(), scarf, StockPolicy::Deny);
        run(world, deny).expect("a policy");
        let refused =
            buy(world, Actor::customer(brand.ana), buying("d", vec![line(brand.scarf, 4, deliver())])).expect_err("three lie there");
        assert!(matches!(refused, CheckoutError::OutOfStock { available: Quantity(3), .. }));
        assert_eq!(stock(world, brand.scarf, brand.warehouse), (3, 0));
    });
}
