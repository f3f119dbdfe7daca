//! Promises: made, kept, withdrawn, lapsed; and never more of them than there is stock.
mod common;

use common::*;
use inventory::{Cause, ReservationError, ReservationId, ReserveError};
use kernel::testing::{World, on_both};
use kernel::{Actor, Clock, Permission, Quantity, Role, StaffId, Tx};
use ledger::HoldState;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

const QUARTER: Duration = Duration::from_secs(900);

fn commit(world: &World, id: ReservationId, quantity: Option<i64>) -> Result<(), ReservationError> {
    let actor = Actor::staff(StaffId::nil(), &[Role::Associate]);
    world.db().write("t", move |tx: &mut Tx<'_>| inventory::commit_reservation(tx, &actor, id, quantity.map(Quantity))).wait()
}
fn release(world: &World, id: ReservationId) -> Result<bool, ReservationError> {
    world.db().write("t", move |tx: &mut Tx<'_>| inventory::release_reservation(tx, &Actor::guest(), id)).wait()
}

#[test]
fn a_promise_is_kept_in_part_or_withdrawn() {
    on_both(ROOMS, |world| {
        let shop = a_shop(world, "MAD");
        stocked(world, "in", shirt(), shop, 10);
        let first = reserve(world, "a", shop, 4, None).expect("reserved");
        let again = reserve(world, "a", shop, 4, None).expect("the first");
        assert_eq!((again.id, again.is_repeat, again.available), (first.id, true, Quantity(6)));
        let other = reserve(world, "b", shop, 6, None).expect("reserved");
        assert!(matches!(reserve(world, "c", shop, 1, None), Err(ReserveError::OutOfStock { available: Quantity(0) })));
        assert!(matches!(reserve(world, "c", shop, 0, None), Err(ReserveError::InvalidQuantity)));
        commit(world, first.id, Some(3)).expect("handed over");
        commit(world, first.id, None).expect("nothing more");
        assert!(release(world, other.id).expect("released"));
        assert!(!release(world, other.id).expect("was released"));
        assert!(matches!(release(world, first.id), Err(ReservationError::Ended { state: HoldState::Committed })));
        assert!(matches!(commit(world, other.id, None), Err(ReservationError::Ended { state: HoldState::Released })));
        assert!(matches!(release(world, ReservationId::nil()), Err(ReservationError::UnknownReservation)));
        assert_eq!(figures(world, shop), (7, 0, 7));
        let told: Vec<_> = changes(world).iter().map(|c| (c.cause, c.quantity.0, c.on_hand.0, c.reserved.0, c.available.0)).collect();
        let expected = [
            (Cause::Received, 10, 10, 0, 10),
            (Cause::Reserved, 4, 10, 4, 6),
            (Cause::Reserved, 6, 10, 10, 0),
            (Cause::Sold, 3, 7, 6, 1),
            (Cause::Released, 6, 7, 0, 7),
        ];
        assert_eq!(told, expected);
        book_is_sound(world);
    });
}

#[test]
fn a_visitor_may_reserve_but_not_hand_over() {
    on_both(ROOMS, |world| {
        let shop = a_shop(world, "MAD");
        stocked(world, "in", shirt(), shop, 1);
        let id = reserve(world, "a", shop, 1, None).expect("reserved").id;
        let denied = world.db().write("t", move |tx: &mut Tx<'_>| inventory::commit_reservation(tx, &Actor::guest(), id, None)).wait();
        assert!(matches!(denied, Err(ReservationError::Denied(d)) if d.0 == Permission::Fulfil));
        assert_eq!(figures(world, shop), (1, 1, 0));
    });
}

#[test]
fn a_promise_lapses_unless_an_order_keeps_it() {
    on_both(ROOMS, |world| {
        let shop = a_shop(world, "MAD");
        stocked(world, "in", shirt(), shop, 10);
        let end = Some(world.clock().now().plus(QUARTER));
        let cart = reserve(world, "cart", shop, 3, end).expect("reserved").id;
        let order = reserve(world, "order", shop, 4, end).expect("reserved").id;
        world.db().write("t", move |tx: &mut Tx<'_>| inventory::extend_reservation(tx, order, None)).wait().expect("kept");
        world.clock().advance(QUARTER);
        world.run_timers(ledger::TIMERS);
        world.run_reactions(inventory::REACTIONS);
        assert_eq!(figures(world, shop), (10, 4, 6));
        let last = changes(world).pop().expect("told");
        assert_eq!((last.cause, last.quantity.0, last.available.0, last.reservation), (Cause::Expired, 3, 6, Some(cart)));
        assert_eq!(read(world, move |tx| inventory::reservation(tx, cart)).map(|r| r.state), Some(HoldState::Expired));
        let late = world.db().write("t", move |tx: &mut Tx<'_>| inventory::extend_reservation(tx, cart, None)).wait();
        assert!(matches!(late, Err(ReservationError::Ended { state: HoldState::Expired })));
    });
}

/// Stock 10, many buyers at once through two doors: the web takes the lock of the hot key, the till does not. Exactly 10 are sold.
#[test]
fn ten_are_sold_ten_times() {
    on_both(ROOMS, |world| {
        let shop = a_shop(world, "MAD");
        stocked(world, "in", shirt(), shop, 10);
        let (web, till, refused) = (AtomicI64::new(0), AtomicI64::new(0), AtomicI64::new(0));
        std::thread::scope(|scope| {
            for buyer in 0..8 {
                let (web, till, refused) = (&web, &till, &refused);
                scope.spawn(move || {
                    for n in 0..25 {
                        let cmd = inventory::Reserve {
                            key: format!("{buyer}/{n}"),
                            variant: shirt(),
                            location: shop,
                            quantity: Quantity(1),
                            expires_at: None,
                        };
                        let door = if buyer % 2 == 0 { web } else { till };
                        let outcome = if buyer % 2 == 0 {
                            let locks = vec![inventory::lock(shirt(), shop)];
                            world
                                .db()
                                .write_locking("web", locks, move |tx: &mut Tx<'_>| inventory::reserve(tx, &Actor::guest(), cmd.clone()))
                                .wait()
                        } else {
                            let sell = move |tx: &mut Tx<'_>| -> Result<_, ReserveError> {
                                let reserved = inventory::reserve(tx, &Actor::system(), cmd.clone())?;
                                inventory::commit_reservation(tx, &Actor::system(), reserved.id, None).expect("just reserved");
                                Ok(reserved)
                            };
                            world.db().write("till", sell).wait()
                        };
                        match outcome {
                            Ok(_) => door.fetch_add(1, Ordering::SeqCst),
                            Err(ReserveError::OutOfStock { available: Quantity(0) }) => refused.fetch_add(1, Ordering::SeqCst),
                            // Busy is an honest answer too; the customer tries again.
                            Err(ReserveError::Fault(kernel::Fault::Contention(_))) => 0,
                            Err(other) => panic!("{other:?}"),
                        };
                    }
                });
            }
        });
        let (web, till) = (web.into_inner(), till.into_inner());
        assert_eq!(web + till, 10, "refused {}", refused.into_inner());
        assert_eq!(figures(world, shop), (10 - till, web, 0));
        book_is_sound(world);
    });
}
