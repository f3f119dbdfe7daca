//! What is on its way: ordered, promised ahead, given to whoever waits in the order in which they bought.
mod common;

use common::*;
use inventory::{
    Cause, ExpectSupply, LocationId, Reservation, ReservationError, Reserve, ReserveError, StockError, StockPolicy, Supply, SupplyChange,
    SupplyId, SupplyState,
};
use jiff::civil::{Date, date};
use kernel::testing::{World, on_both};
use kernel::{Actor, Kind, Permission, Problem, Quantity, Timestamp, Tx};
use std::collections::BTreeMap;
use std::time::Duration;

fn run<T: Send + 'static, E: From<kernel::Fault> + Send + 'static>(
    world: &World,
    act: impl Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
) -> Result<T, E> {
    world.db().write("t", act).wait()
}
fn sell_ahead(world: &World, policy: StockPolicy) {
    run(world, move |tx| inventory::set_stock_policy(tx, &Actor::system(), shirt(), policy)).expect("a policy");
}
fn expect(world: &World, key: &str, location: LocationId, quantity: i64, expected: Date) -> Result<SupplyId, StockError> {
    let supply = ExpectSupply {
        key: key.into(),
        reference: "PO-1".into(),
        supplier: "Textil Norte".into(),
        variant: shirt(),
        location,
        quantity: Quantity(quantity),
        expected,
    };
    world.clock().advance(Duration::from_millis(1));
    run(world, move |tx| inventory::expect_supply(tx, &Actor::system(), supply.clone()))
}
fn change(world: &World, id: SupplyId, expected: Option<Date>, quantity: Option<i64>) -> Result<Supply, StockError> {
    let change = SupplyChange { expected, quantity: quantity.map(Quantity) };
    run(world, move |tx| inventory::change_supply(tx, &Actor::system(), id, change))
}
fn arrive(world: &World, id: SupplyId, key: &str, quantity: i64) -> Result<Quantity, StockError> {
    let key = key.to_owned();
    run(world, move |tx| inventory::receive_supply(tx, &Actor::system(), id, &key, Quantity(quantity)))
}
fn wait_for(world: &World, key: &str, location: LocationId, quantity: i64) -> Result<Reservation, ReserveError> {
    let cmd = Reserve { key: key.into(), variant: shirt(), location, quantity: Quantity(quantity), expires_at: None };
    // Whoever buys later has a later moment.
    world.clock().advance(Duration::from_millis(1));
    run(world, move |tx| inventory::reserve_incoming(tx, &Actor::guest(), cmd.clone()))
}
fn release(world: &World, id: inventory::ReservationId) -> bool {
    run(world, move |tx| inventory::release_reservation(tx, &Actor::guest(), id)).expect("released")
}
/// What is on its way and free: days and pieces.
fn coming(world: &World) -> Vec<(Date, i64)> {
    let found = read(world, |tx| inventory::incoming(tx, &[shirt()])).remove(&shirt()).unwrap_or_default();
    found.into_iter().flat_map(|place| place.days).map(|(day, quantity)| (day, quantity.0)).collect()
}
fn waiting(world: &World, location: LocationId) -> Vec<(inventory::ReservationId, Date)> {
    read(world, move |tx| inventory::waiting(tx, shirt(), location))
}

const FIRST: Date = date(2026, 12, 1);
const SECOND: Date = date(2026, 12, 9);

#[test]
fn only_what_is_on_its_way_is_promised_and_only_where_it_is_sold_ahead() {
    on_both(ROOMS, |world| {
        let shop = a_shop(world, "MAD");
        expect(world, "a", shop, 3, FIRST).expect("expected");
        assert_eq!(expect(world, "a", shop, 3, FIRST).expect("the first"), expect(world, "a", shop, 9, SECOND).expect("the first"));
        assert_eq!(coming(world), vec![], "it is not sold ahead");
        assert!(matches!(wait_for(world, "x", shop, 1), Err(ReserveError::OutOfStock { available: Quantity(0) })));
        sell_ahead(world, StockPolicy::Backorder);
        expect(world, "b", shop, 5, SECOND).expect("expected");
        assert_eq!(coming(world), vec![(FIRST, 3), (SECOND, 5)]);
        let one = wait_for(world, "1", shop, 2).expect("promised");
        let two = wait_for(world, "2", shop, 2).expect("promised");
        assert_eq!((two.available, wait_for(world, "2", shop, 2).expect("the first").is_repeat), (Quantity(4), true));
        assert_eq!(coming(world), vec![(SECOND, 4)]);
        assert_eq!(waiting(world, shop), vec![(one.id, FIRST), (two.id, SECOND)]);
        let short = wait_for(world, "3", shop, 5).expect_err("too many");
        assert!(matches!(short, ReserveError::OutOfStock { available: Quantity(4) }));
        assert_eq!(figures(world, shop), (0, 0, 0), "nothing of it lies there");
        // What has not come cannot leave.
        let early = run(world, move |tx| inventory::commit_reservation(tx, &Actor::system(), one.id, None)).expect_err("not there");
        assert_eq!((early.kind(), early.code()), (Kind::Conflict, "inventory.not_arrived"));
        assert!(matches!(early, ReservationError::NotArrived));
        // The first goes away: the second is earlier now.
        assert!(release(world, one.id) && !release(world, one.id));
        assert_eq!(waiting(world, shop), vec![(two.id, FIRST)]);
        assert_eq!(coming(world), vec![(FIRST, 1), (SECOND, 5)]);
        sell_ahead(world, StockPolicy::Deny);
        assert_eq!((coming(world), waiting(world, shop).len()), (vec![], 1), "what was promised stays");
        book_is_sound(world);
    });
}

#[test]
fn whoever_bought_first_gets_theirs_first_and_whole() {
    on_both(ROOMS, |world| {
        let shop = a_shop(world, "MAD");
        sell_ahead(world, StockPolicy::Preorder);
        let supply = expect(world, "a", shop, 6, FIRST).expect("expected");
        let three = wait_for(world, "1", shop, 3).expect("promised").id;
        let one = wait_for(world, "2", shop, 1).expect("promised").id;
        // Two of three came: they are set aside, and nobody who comes later gets them.
        assert_eq!(arrive(world, supply, "x", 2).expect("came"), Quantity(0));
        assert_eq!(arrive(world, supply, "x", 2).expect("nothing more"), Quantity(0));
        assert_eq!((figures(world, shop), waiting(world, shop).len()), ((2, 2, 0), 2));
        assert_eq!(coming(world), vec![(FIRST, 2)]);
        assert!(matches!(reserve(world, "late", shop, 1, None), Err(ReserveError::OutOfStock { .. })));
        book_is_sound(world);
        // Somebody brings one back: it completes the three.
        let back = inventory::TakeBack { key: "r".into(), variant: shirt(), location: shop, quantity: Quantity(1) };
        run(world, move |tx| inventory::take_back(tx, &Actor::system(), back.clone())).expect("back");
        assert_eq!((figures(world, shop), waiting(world, shop)), ((3, 3, 0), vec![(one, FIRST)]));
        assert_eq!(coming(world), vec![(FIRST, 3)], "four still come, one of them is promised");
        run(world, move |tx| inventory::commit_reservation(tx, &Actor::system(), three, None)).expect("left");
        // The rest comes, and one more than was ordered.
        assert_eq!(arrive(world, supply, "y", 5).expect("came"), Quantity(4));
        assert_eq!((figures(world, shop), waiting(world, shop), coming(world)), ((5, 1, 4), vec![], vec![]));
        let ended = read(world, move |tx| inventory::supply(tx, supply)).expect("a supply");
        assert_eq!((ended.state, ended.arrived, ended.outstanding()), (SupplyState::Arrived, Quantity(7), Quantity(0)));
        assert!(matches!(arrive(world, supply, "z", 1), Err(StockError::UnknownSupply)));
        assert_eq!(figures(world, shop), (5, 1, 4), "a refusal brings nothing");
        run(world, move |tx| inventory::commit_reservation(tx, &Actor::system(), one, None)).expect("left");
        assert_eq!(figures(world, shop), (4, 0, 4));
        assert!(changes(world).iter().any(|told| told.cause == Cause::Incoming));
        book_is_sound(world);
    });
}

#[test]
fn what_lay_aside_goes_to_the_next_when_the_first_goes_away() {
    on_both(ROOMS, |world| {
        let shop = a_shop(world, "MAD");
        sell_ahead(world, StockPolicy::Backorder);
        let supply = expect(world, "a", shop, 6, FIRST).expect("expected");
        let three = wait_for(world, "1", shop, 3).expect("promised").id;
        let one = wait_for(world, "2", shop, 1).expect("promised").id;
        arrive(world, supply, "x", 2).expect("came");
        assert!(release(world, three));
        assert_eq!((figures(world, shop), waiting(world, shop)), ((2, 1, 1), vec![]));
        assert_eq!(coming(world), vec![(FIRST, 4)]);
        run(world, move |tx| inventory::commit_reservation(tx, &Actor::system(), one, None)).expect("left");
        book_is_sound(world);
    });
}

#[test]
fn what_is_left_of_a_promise_goes_to_whoever_waits() {
    on_both(ROOMS, |world| {
        let shop = a_shop(world, "MAD");
        sell_ahead(world, StockPolicy::Backorder);
        stocked(world, "in", shirt(), shop, 3);
        let three = reserve(world, "s", shop, 3, None).expect("reserved").id;
        expect(world, "a", shop, 1, FIRST).expect("expected");
        let one = wait_for(world, "1", shop, 1).expect("promised").id;
        run(world, move |tx| inventory::commit_reservation(tx, &Actor::system(), three, Some(Quantity(2)))).expect("two left");
        assert_eq!((figures(world, shop), waiting(world, shop), coming(world)), ((1, 1, 0), vec![], vec![(FIRST, 1)]));
        run(world, move |tx| inventory::commit_reservation(tx, &Actor::system(), one, None)).expect("left");
        book_is_sound(world);
    });
}

#[test]
fn what_is_promised_is_not_called_off() {
    on_both(ROOMS, |world| {
        let shop = a_shop(world, "MAD");
        sell_ahead(world, StockPolicy::Backorder);
        let supply = expect(world, "a", shop, 6, FIRST).expect("expected");
        let mine = wait_for(world, "1", shop, 4).expect("promised").id;
        let refused = change(world, supply, None, Some(3)).expect_err("promised");
        assert!(matches!(refused, StockError::TooFew { free: Quantity(2) }), "{refused}");
        let known = read(world, move |tx| inventory::supply(tx, supply)).expect("a supply");
        assert_eq!((known.quantity, known.expected, known.state), (Quantity(6), FIRST, SupplyState::Expected));
        let later = change(world, supply, Some(SECOND), Some(4)).expect("changed");
        assert_eq!((later.quantity, later.expected), (Quantity(4), SECOND));
        assert_eq!((waiting(world, shop), coming(world)), (vec![(mine, SECOND)], vec![]));
        assert!(release(world, mine));
        let ended = change(world, supply, None, Some(0)).expect("called off");
        assert_eq!((ended.state, coming(world)), (SupplyState::CalledOff, vec![]));
        assert!(matches!(change(world, supply, Some(FIRST), None), Err(StockError::UnknownSupply)));
        let listed = read(world, |tx| inventory::supplies(tx, None, None, 10));
        assert_eq!(listed, vec![]);
        // Who may not count stock may not expect any.
        let denied = run(world, move |tx| inventory::change_supply(tx, &Actor::guest(), supply, SupplyChange::default()));
        assert!(matches!(denied, Err(StockError::Denied(d)) if d.0 == Permission::AdjustStock));
        book_is_sound(world);
    });
}

#[test]
fn what_is_late_is_promised_to_nobody_until_it_has_another_day() {
    on_both(ROOMS, |world| {
        let shop = a_shop(world, "MAD");
        sell_ahead(world, StockPolicy::Backorder);
        let (first, _) = (expect(world, "a", shop, 3, FIRST).expect("expected"), expect(world, "b", shop, 2, SECOND).expect("expected"));
        let mine = wait_for(world, "1", shop, 1).expect("promised").id;
        world.clock().set(Timestamp::from_rfc3339("2026-12-02T09:00:00Z").expect("a moment"));
        let other = wait_for(world, "2", shop, 1).expect("promised").id;
        assert_eq!((coming(world), waiting(world, shop)), (vec![(SECOND, 2)], vec![]), "what was promised to them stays");
        change(world, first, Some(date(2026, 12, 5)), None).expect("another day");
        assert_eq!(coming(world), vec![(date(2026, 12, 5), 1), (SECOND, 2)]);
        assert_eq!(waiting(world, shop), vec![(mine, date(2026, 12, 5)), (other, date(2026, 12, 5))]);
        book_is_sound(world);
    });
}

#[test]
fn supplies_are_listed_by_day_page_by_page() {
    on_both(ROOMS, |world| {
        let (madrid, vigo) = (a_shop(world, "MAD"), a_shop(world, "VGO"));
        for (n, (place, day)) in [(madrid, SECOND), (vigo, FIRST), (madrid, FIRST), (madrid, SECOND)].into_iter().enumerate() {
            expect(world, &n.to_string(), place, 1, day).expect("expected");
        }
        let (mut seen, mut last) = (Vec::new(), None);
        loop {
            let page = read(world, move |tx| inventory::supplies(tx, None, last, 3));
            seen.extend(page.iter().map(|supply| (supply.expected, supply.location)));
            last = page.last().map(|supply| (supply.expected, supply.id));
            if page.len() < 3 {
                break;
            }
        }
        assert_eq!(seen, [(FIRST, vigo), (FIRST, madrid), (SECOND, madrid), (SECOND, madrid)]);
        assert_eq!(read(world, move |tx| inventory::supplies(tx, Some(madrid), None, 9)).len(), 3);
    });
}

/// Whatever comes, goes, is promised and withdrawn: nothing is promised twice, and whoever bought first has theirs no later.
#[test]
fn nothing_is_promised_twice_and_nobody_is_overtaken() {
    on_both(ROOMS, |world| {
        let shop = a_shop(world, "MAD");
        sell_ahead(world, StockPolicy::Backorder);
        let mut seed = 20_261_123_u64;
        let mut chance = |most: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((seed >> 33) % most) as i64
        };
        let (mut supplies, mut bought): (Vec<SupplyId>, Vec<inventory::ReservationId>) = (Vec::new(), Vec::new());
        for step in 0..300 {
            let key = step.to_string();
            match chance(9) {
                0 => supplies.push(expect(world, &key, shop, 1 + chance(9), FIRST).expect("expected")),
                // A sale takes what lies there first.
                1 | 2 | 6 | 7 if figures(world, shop).2 == 0 => {
                    bought.extend(wait_for(world, &key, shop, 1 + chance(5)).map(|made| made.id))
                }
                3 if !supplies.is_empty() => {
                    let at = chance(supplies.len() as u64) as usize;
                    arrive(world, supplies[at], &key, 1 + chance(6)).map(drop).unwrap_or_else(|error| {
                        assert!(matches!(error, StockError::UnknownSupply), "{error}");
                    });
                }
                4 => stocked(world, &key, shirt(), shop, 1 + chance(3)),
                5 if !bought.is_empty() => {
                    let at = chance(bought.len() as u64) as usize;
                    release(world, bought.remove(at));
                }
                _ => drop(reserve(world, &key, shop, 1 + chance(2), None)),
            }
            let states: BTreeMap<_, _> = waiting(world, shop).into_iter().collect();
            let waits: Vec<bool> = bought.iter().map(|id| states.contains_key(id)).collect();
            assert!(waits.is_sorted(), "somebody was overtaken: {waits:?}");
            let (on_hand, reserved, _) = figures(world, shop);
            assert!(reserved <= on_hand);
            // Nobody waits for what lies there and is free.
            assert!(waits.iter().all(|waits| !waits) || on_hand == reserved, "{on_hand} lie there, {reserved} are promised");
        }
        assert!(bought.len() > 5, "{}", bought.len());
        book_is_sound(world);
    });
}
