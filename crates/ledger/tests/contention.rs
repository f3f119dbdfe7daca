//! Eight threads on one account: no update is lost, nothing is held twice, each hold ends once.

use kernel::testing::{World, on_both};
use kernel::{Clock, Tx};
use ledger::{AccountName, Balance, Entry, Hold, HoldState, LedgerError, MIGRATIONS, Post, TIMERS};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

const THREADS: usize = 8;

fn stock() -> AccountName {
    AccountName::new("stock/v/l")
}

fn receive(world: &World, key: String, amount: i64) {
    let entries = vec![Entry::new(AccountName::new("world/supplier"), -amount), Entry::new(stock(), amount)];
    let cmd = Post { key, reason: "receive", unit: "each".into(), entries };
    let posted = world.db().write_locking("test.post", vec![stock().lock()], move |tx: &mut Tx<'_>| ledger::post(tx, cmd.clone()));
    posted.wait().expect("posted");
}

fn balance(world: &World) -> Balance {
    world.db().read(|tx| ledger::balance(tx, &stock())).wait().expect("read")
}

#[test]
fn no_update_is_lost() {
    on_both(&[MIGRATIONS], |world| {
        std::thread::scope(|scope| {
            for thread in 0..THREADS {
                scope.spawn(move || (0..20).for_each(|n| receive(world, format!("{thread}/{n}"), 3)));
            }
        });
        assert_eq!(balance(world), Balance { posted: 480, held: 0 });
        assert_eq!(world.db().read(ledger::imbalance).wait().expect("read"), vec![]);
        assert_eq!(world.db().read(|tx| ledger::discrepancies(tx, 10)).wait().expect("read"), vec![]);
    });
}

#[test]
fn ten_are_held_ten_times_and_no_more() {
    on_both(&[MIGRATIONS], |world| {
        receive(world, "in".into(), 10);
        let held = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for thread in 0..THREADS {
                let held = &held;
                scope.spawn(move || {
                    for n in 0..5 {
                        // Each intent is tried twice, as an impatient client does.
                        let cmd =
                            Hold { key: format!("{thread}/{n}"), account: stock(), amount: 1, leave: 0, expires_at: None, reason: "sale" };
                        let again = cmd.clone();
                        let locks = || vec![stock().lock()];
                        let first =
                            world.db().write_locking("test.hold", locks(), move |tx: &mut Tx<'_>| ledger::hold(tx, cmd.clone())).wait();
                        let second =
                            world.db().write_locking("test.hold", locks(), move |tx: &mut Tx<'_>| ledger::hold(tx, again.clone())).wait();
                        match (first, second) {
                            (Ok(a), Ok(b)) => {
                                assert_eq!((a.id, a.is_repeat, b.is_repeat), (b.id, false, true));
                                held.fetch_add(1, Ordering::SeqCst);
                            }
                            (Err(LedgerError::Insufficient { .. }), Err(LedgerError::Insufficient { .. })) => {}
                            other => panic!("{other:?}"),
                        }
                    }
                });
            }
        });
        assert_eq!(held.into_inner(), 10);
        assert_eq!(balance(world), Balance { posted: 10, held: 10 });
    });
}

#[test]
fn commit_release_and_expiry_race_and_one_wins() {
    on_both(&[MIGRATIONS], |world| {
        receive(world, "in".into(), 24);
        let end = world.clock().now().plus(Duration::from_secs(60));
        let holds: Vec<_> = (0..24)
            .map(|n| {
                let cmd = Hold { key: format!("{n}"), account: stock(), amount: 1, leave: 0, expires_at: Some(end), reason: "sale" };
                world.db().write("test.hold", move |tx: &mut Tx<'_>| ledger::hold(tx, cmd.clone())).wait().expect("held").id
            })
            .collect();
        world.clock().advance(Duration::from_secs(61));
        std::thread::scope(|scope| {
            let holds = &holds;
            scope.spawn(move || world.run_timers(TIMERS));
            for thread in 0..2 {
                scope.spawn(move || {
                    for &id in holds.iter().rev() {
                        let sold = AccountName::new("world/sold");
                        let locks = vec![stock().lock()];
                        let outcome = if thread == 0 {
                            world
                                .db()
                                .write_locking("test.commit", locks, move |tx: &mut Tx<'_>| ledger::commit(tx, id, &sold, None).map(drop))
                        } else {
                            world.db().write_locking("test.release", locks, move |tx: &mut Tx<'_>| ledger::release(tx, id).map(drop))
                        };
                        match outcome.wait() {
                            Ok(()) | Err(LedgerError::HoldEnded { .. }) => {}
                            Err(other) => panic!("{other:?}"),
                        }
                    }
                });
            }
        });
        // A timer that lost against contention tries again a minute later.
        world.clock().advance(Duration::from_secs(3600));
        world.run_timers(TIMERS);
        let ended = holds.clone();
        let states = world.db().read(move |tx| ended.iter().map(|h| ledger::find_hold(tx, *h)).collect::<Result<Vec<_>, _>>()).wait();
        let states: Vec<_> = states.expect("read").into_iter().flatten().map(|h| h.state).collect();
        assert!(!states.contains(&HoldState::Open));
        let sold = states.iter().filter(|s| **s == HoldState::Committed).count() as i64;
        assert_eq!(balance(world), Balance { posted: 24 - sold, held: 0 });
        assert_eq!(world.db().read(|tx| ledger::discrepancies(tx, 10)).wait().expect("read"), vec![]);
    });
}
