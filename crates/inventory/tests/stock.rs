//! Receiving, adjusting, counting, sending, taking back, keeping back.
mod common;

use catalogue::VariantId;
use common::*;
use inventory::{Adjust, AdjustReason, Cause, Count, LocationId, Receive, StockError, StockTransferId, TakeBack, Transfer};
use kernel::testing::{World, on_both};
use kernel::{Actor, Permission, Quantity, Role, StaffId, Tx};
use std::collections::BTreeMap;

fn write<T: Send + 'static>(world: &World, f: impl Fn(&mut Tx<'_>) -> Result<T, StockError> + Send + 'static) -> Result<T, StockError> {
    world.db().write("test.stock", f).wait()
}
fn adjust(world: &World, key: &str, location: LocationId, change: i64) -> Result<Quantity, StockError> {
    let cmd = Adjust { key: key.into(), variant: shirt(), location, change: Quantity(change), reason: AdjustReason::Damaged };
    write(world, move |tx| inventory::adjust(tx, &Actor::system(), cmd.clone()))
}
fn count(world: &World, key: &str, location: LocationId, counted: i64) -> Result<Quantity, StockError> {
    let cmd = Count { key: key.into(), variant: shirt(), location, counted: Quantity(counted) };
    write(world, move |tx| inventory::count(tx, &Actor::system(), cmd.clone()))
}
fn keep_back(world: &World, location: LocationId, quantity: Option<i64>) {
    write(world, move |tx| inventory::set_safety_stock(tx, &Actor::system(), shirt(), location, quantity.map(Quantity))).expect("set");
}

#[test]
fn goods_come_in_once() {
    on_both(ROOMS, |world| {
        let shop = a_shop(world, "MAD");
        stocked(world, "delivery 1", shirt(), shop, 10);
        stocked(world, "delivery 1", shirt(), shop, 10);
        assert_eq!(figures(world, shop), (10, 0, 10));
        let told: Vec<_> = changes(world).iter().map(|c| (c.cause, c.quantity.0, c.on_hand.0, c.available.0)).collect();
        assert_eq!(told, [(Cause::Received, 10, 10, 10)]);
        for (quantity, location) in [(0, shop), (-1, shop), (i64::MAX, shop)] {
            let cmd = Receive { key: "x".into(), variant: shirt(), location, quantity: Quantity(quantity) };
            let refused = write(world, move |tx| inventory::receive(tx, &Actor::system(), cmd.clone()));
            assert!(matches!(refused, Err(StockError::InvalidQuantity)));
        }
        let nowhere = Receive { key: "x".into(), variant: shirt(), location: LocationId::nil(), quantity: Quantity(1) };
        assert!(matches!(
            write(world, move |tx| inventory::receive(tx, &Actor::system(), nowhere.clone())),
            Err(StockError::UnknownLocation)
        ));
        let associate = Actor::staff(StaffId::nil(), &[Role::Associate]);
        let cmd = Receive { key: "x".into(), variant: shirt(), location: shop, quantity: Quantity(1) };
        let denied = write(world, move |tx| inventory::receive(tx, &associate, cmd.clone()));
        assert!(matches!(denied, Err(StockError::Denied(d)) if d.0 == Permission::AdjustStock));
        book_is_sound(world);
    });
}

#[test]
fn corrections_and_counts_spare_what_is_reserved() {
    on_both(ROOMS, |world| {
        let shop = a_shop(world, "MAD");
        stocked(world, "in", shirt(), shop, 10);
        reserve(world, "r", shop, 4, None).expect("reserved");
        assert!(matches!(adjust(world, "a", shop, -7), Err(StockError::TooFew { free: Quantity(6) })));
        assert_eq!(adjust(world, "a", shop, -2).expect("adjusted"), Quantity(4));
        assert_eq!(adjust(world, "a", shop, -2).expect("the same"), Quantity(4));
        assert!(matches!(adjust(world, "min", shop, i64::MIN), Err(StockError::InvalidQuantity)));
        assert!(matches!(count(world, "c0", shop, 3), Err(StockError::TooFew { .. })));
        assert_eq!(count(world, "c1", shop, 8).expect("counted"), Quantity(0));
        assert_eq!(count(world, "c2", shop, 11).expect("counted"), Quantity(3));
        assert_eq!(count(world, "c1", shop, 20).expect("the first"), Quantity(0));
        assert_eq!(figures(world, shop), (11, 4, 7));
        let movements = read(world, move |tx| inventory::stock_movements(tx, shirt(), shop, None, 10));
        let mut lines: Vec<_> = movements.iter().map(|l| (l.reason.as_str(), l.amount)).collect();
        lines.sort_unstable();
        assert_eq!(lines, [("counted", 3), ("damaged", -2), ("received", 10)]);
        book_is_sound(world);
    });
}

#[test]
fn stock_travels_and_what_is_missing_is_lost() {
    on_both(ROOMS, |world| {
        let (from, to) = (a_shop(world, "ZAZ"), a_shop(world, "MAD"));
        stocked(world, "in", shirt(), from, 10);
        let send = |key: &str, origin, destination, quantity| {
            let cmd = Transfer { key: key.into(), variant: shirt(), origin, destination, quantity: Quantity(quantity) };
            write(world, move |tx| inventory::transfer(tx, &Actor::system(), cmd.clone()))
        };
        let arrive = |id: StockTransferId, arrived: Option<i64>| {
            write(world, move |tx| inventory::receive_transfer(tx, &Actor::system(), id, arrived.map(Quantity)))
        };
        assert!(matches!(send("t", from, from, 1), Err(StockError::SamePlace)));
        assert!(matches!(send("t", from, to, 11), Err(StockError::TooFew { free: Quantity(10) })));
        let id = send("t", from, to, 6).expect("sent");
        assert_eq!(send("t", from, to, 6).expect("the first"), id);
        assert_eq!((figures(world, from), figures(world, to)), ((4, 0, 4), (0, 0, 0)));
        let under_way = read(world, move |tx| inventory::transfers_under_way(tx, to, None, 10));
        assert_eq!(under_way.iter().map(|t| (t.id, t.quantity.0)).collect::<Vec<_>>(), [(id, 6)]);
        assert!(matches!(arrive(id, Some(7)), Err(StockError::InvalidQuantity)));
        assert_eq!(arrive(id, Some(5)).expect("arrived"), Quantity(5));
        assert_eq!(arrive(id, None).expect("the first"), Quantity(5));
        assert_eq!((figures(world, from), figures(world, to)), ((4, 0, 4), (5, 0, 5)));
        assert_eq!(read(world, move |tx| inventory::transfers_under_way(tx, to, None, 10)), vec![]);
        assert!(matches!(arrive(StockTransferId::nil(), None), Err(StockError::UnknownTransfer)));
        book_is_sound(world);
    });
}

#[test]
fn returned_goods_can_be_sold_again_elsewhere() {
    on_both(ROOMS, |world| {
        let (sold_at, back_at) = (a_shop(world, "MAD"), a_shop(world, "BCN"));
        stocked(world, "in", shirt(), sold_at, 1);
        let id = reserve(world, "r", sold_at, 1, None).expect("reserved").id;
        let till = Actor::staff(StaffId::nil(), &[Role::Associate]);
        let seller = till.clone();
        let sold = world.db().write("t", move |tx: &mut Tx<'_>| inventory::commit_reservation(tx, &seller, id, None));
        sold.wait().expect("sold");
        let cmd = TakeBack { key: "return/1".into(), variant: shirt(), location: back_at, quantity: Quantity(1) };
        for _ in 0..2 {
            let (till, cmd) = (till.clone(), cmd.clone());
            assert_eq!(write(world, move |tx| inventory::take_back(tx, &till, cmd.clone())).expect("taken"), Quantity(1));
        }
        assert_eq!((figures(world, sold_at), figures(world, back_at)), ((0, 0, 0), (1, 0, 1)));
        let causes: Vec<_> = changes(world).iter().map(|c| c.cause).collect();
        assert_eq!(causes, [Cause::Received, Cause::Reserved, Cause::Sold, Cause::TakenBack]);
        book_is_sound(world);
    });
}

#[test]
fn what_is_kept_back_is_not_promised() {
    on_both(ROOMS, |world| {
        let mut careful = details("MAD");
        careful.safety_stock = Quantity(2);
        let (shop, other) = (create(world, careful), a_shop(world, "BCN"));
        stocked(world, "in 1", shirt(), shop, 5);
        stocked(world, "in 2", shirt(), other, 1);
        assert_eq!(figures(world, shop), (5, 0, 3));
        keep_back(world, shop, Some(4));
        assert_eq!(figures(world, shop), (5, 0, 1));
        assert!(matches!(reserve(world, "r", shop, 2, None), Err(inventory::ReserveError::OutOfStock { available: Quantity(1) })));
        assert_eq!(reserve(world, "r", shop, 1, None).expect("reserved").available, Quantity(0));
        keep_back(world, shop, Some(0));
        assert_eq!(figures(world, shop), (5, 1, 4));
        keep_back(world, shop, None);
        assert_eq!(figures(world, shop), (5, 1, 2));
        let boots = VariantId::from_parts(2, 2);
        stocked(world, "in 3", boots, shop, 9);
        let sock = VariantId::from_parts(3, 3);
        let all = read(world, move |tx| inventory::availability(tx, &[shirt(), boots, sock]));
        let q = Quantity;
        assert_eq!(all[&shirt()], BTreeMap::from([(shop, q(2)), (other, q(1))]));
        assert_eq!((&all[&boots], &all[&sock]), (&BTreeMap::from([(shop, q(7))]), &BTreeMap::new()));
        let by_place = read(world, move |tx| inventory::stock_by_place(tx, boots, 10));
        let by_place: Vec<_> = by_place.iter().map(|p| (p.code.as_str(), p.level.on_hand.0, p.level.available().0)).collect();
        assert_eq!(by_place, [("BCN", 0, 0), ("MAD", 9, 7)]);
    });
}

#[test]
fn a_closed_place_promises_nothing() {
    on_both(ROOMS, |world| {
        let shop = a_shop(world, "MAD");
        stocked(world, "in", shirt(), shop, 5);
        let mut closed = details("MAD");
        closed.is_active = false;
        world
            .db()
            .write("t", move |tx: &mut Tx<'_>| inventory::update_location(tx, &Actor::system(), shop, closed.clone()))
            .wait()
            .expect("closed");
        assert!(matches!(reserve(world, "r", shop, 1, None), Err(inventory::ReserveError::UnknownLocation)));
        assert_eq!(read(world, |tx| inventory::availability(tx, &[shirt()]))[&shirt()], BTreeMap::new());
        assert_eq!(read(world, |tx| inventory::stock_by_place(tx, shirt(), 10)), vec![]);
        assert!(adjust(world, "out", shop, -5).is_ok(), "it can be emptied");
    });
}

#[test]
fn what_runs_low_comes_first() {
    on_both(ROOMS, |world| {
        let (madrid, vigo) = (a_shop(world, "MAD"), a_shop(world, "VGO"));
        stocked(world, "1", shirt(), madrid, 2);
        stocked(world, "2", shirt(), vigo, 1);
        stocked(world, "3", VariantId::from_parts(2, 2), madrid, 9);
        let low = |place: Option<LocationId>, at_most| {
            let found = world.db().read(move |tx| inventory::low_stock(tx, &Actor::system(), place, Quantity(at_most), 10)).wait();
            found.expect("low").iter().map(|l| (l.location, l.on_hand.0)).collect::<Vec<_>>()
        };
        assert_eq!(low(None, 2), [(vigo, 1), (madrid, 2)]);
        assert_eq!(low(Some(madrid), 10), [(madrid, 2), (madrid, 9)]);
        assert_eq!(low(Some(vigo), 0), []);
        let guest = world.db().read(|tx| inventory::low_stock(tx, &Actor::guest(), None, Quantity(1), 1)).wait();
        assert!(matches!(guest, Err(StockError::Denied(d)) if d.0 == Permission::ViewStock));
    });
}
