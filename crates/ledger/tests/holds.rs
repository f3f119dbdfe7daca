//! Holds: set aside, committed, released, extended, expired.

use kernel::testing::{World, on_both};
use kernel::{Fault, Timestamp, Tx};
use ledger::{AccountName, Balance, Entry, Held, Hold, HoldExpired, HoldId, HoldState, LedgerError, MIGRATIONS, Post, Posted, TIMERS};
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);

fn stock() -> AccountName {
    AccountName::new("stock/v/l")
}
fn sold() -> AccountName {
    AccountName::new("world/sold/v/l")
}

fn with_ten(world: &World) {
    let entries = vec![Entry::new(AccountName::new("world/supplier"), -10), Entry::new(stock(), 10)];
    let cmd = Post { key: "in".into(), reason: "receive", unit: "each".into(), entries };
    world.db().write("test.post", move |tx: &mut Tx<'_>| ledger::post(tx, cmd.clone())).wait().expect("posted");
}
fn hold(world: &World, key: &str, amount: i64, leave: i64, expires_at: Option<Timestamp>) -> Result<Held, LedgerError> {
    let cmd = Hold { key: key.into(), account: stock(), amount, leave, expires_at, reason: "sale" };
    world.db().write("test.hold", move |tx: &mut Tx<'_>| ledger::hold(tx, cmd.clone())).wait()
}
fn commit(world: &World, hold: HoldId, amount: Option<i64>) -> Result<Posted, LedgerError> {
    world.db().write("test.commit", move |tx: &mut Tx<'_>| ledger::commit(tx, hold, &sold(), amount)).wait()
}
fn release(world: &World, hold: HoldId) -> Result<bool, LedgerError> {
    world.db().write("test.release", move |tx: &mut Tx<'_>| ledger::release(tx, hold)).wait()
}
fn extend(world: &World, hold: HoldId, to: Option<Timestamp>) -> Result<(), LedgerError> {
    world.db().write("test.extend", move |tx: &mut Tx<'_>| ledger::extend(tx, hold, to)).wait()
}
fn balance(world: &World) -> (i64, i64) {
    let Balance { posted, held } = world.db().read(|tx| ledger::balance(tx, &stock())).wait().expect("read");
    (posted, held)
}
fn state(world: &World, hold: HoldId) -> HoldState {
    let found = world.db().read(move |tx| ledger::find_hold(tx, hold)).wait().expect("read");
    found.expect("there").state
}
fn now(world: &World) -> Timestamp {
    kernel::Clock::now(world.clock())
}
fn sound(world: &World) {
    assert_eq!(world.db().read(ledger::imbalance).wait().expect("read"), vec![]);
    assert_eq!(world.db().read(|tx| ledger::discrepancies(tx, 10)).wait().expect("read"), vec![]);
}

#[test]
fn a_hold_keeps_others_out_and_a_key_holds_once() {
    on_both(&[MIGRATIONS], |world| {
        with_ten(world);
        let first = hold(world, "a", 8, 0, None).expect("held");
        assert_eq!((first.balance, first.is_repeat), (Balance { posted: 10, held: 8 }, false));
        let again = hold(world, "a", 8, 0, None).expect("the first, though 8 more are not there");
        assert_eq!((again.id, again.is_repeat), (first.id, true));
        let small = hold(world, "a", 1, 0, None).expect("the first, though 1 more is there");
        assert_eq!((small.id, small.is_repeat, small.balance.held), (first.id, true, 8));
        assert!(matches!(hold(world, "b", 3, 0, None), Err(LedgerError::Insufficient { available: 2, .. })));
        assert!(matches!(hold(world, "b", 0, 0, None), Err(LedgerError::InvalidAmount { amount: 0, .. })));
        assert_eq!(balance(world), (10, 8));
        let out = Post {
            key: "out".into(),
            reason: "adjust",
            unit: "each".into(),
            entries: vec![Entry::new(stock(), -3), Entry::new(AccountName::new("world/lost"), 3)],
        };
        let taken = world.db().write("test.post", move |tx: &mut Tx<'_>| ledger::post(tx, out.clone())).wait();
        assert!(matches!(taken, Err(LedgerError::Insufficient { available: 2, .. })), "what is held cannot be posted away");
        sound(world);
    });
}

#[test]
fn what_is_kept_back_stays() {
    on_both(&[MIGRATIONS], |world| {
        with_ten(world);
        assert!(matches!(hold(world, "a", 9, 2, None), Err(LedgerError::Insufficient { available: 10, .. })));
        assert!(hold(world, "a", 8, 2, None).is_ok());
    });
}

#[test]
fn a_commit_posts_and_gives_the_rest_back() {
    on_both(&[MIGRATIONS], |world| {
        with_ten(world);
        let id = hold(world, "a", 4, 0, Some(now(world).plus(HOUR))).expect("held").id;
        assert!(matches!(commit(world, id, Some(5)), Err(LedgerError::InvalidAmount { amount: 5, most: 4 })));
        assert!(matches!(commit(world, id, Some(0)), Err(LedgerError::InvalidAmount { amount: 0, .. })));
        assert_eq!(balance(world), (10, 4));
        let first = commit(world, id, Some(3)).expect("committed");
        let again = commit(world, id, None).expect("the first");
        assert_eq!((first.id, first.is_repeat, again.is_repeat), (again.id, false, true));
        assert_eq!((balance(world), state(world, id)), ((7, 0), HoldState::Committed));
        assert!(matches!(release(world, id), Err(LedgerError::HoldEnded { state: HoldState::Committed })));
        world.clock().advance(2 * HOUR);
        world.run_timers(TIMERS);
        assert_eq!((balance(world), state(world, id)), ((7, 0), HoldState::Committed));
        sound(world);
    });
}

#[test]
fn a_release_gives_back_once() {
    on_both(&[MIGRATIONS], |world| {
        with_ten(world);
        let id = hold(world, "a", 4, 0, None).expect("held").id;
        assert!(release(world, id).expect("released"));
        assert!(!release(world, id).expect("was released"));
        assert!(matches!(commit(world, id, None), Err(LedgerError::HoldEnded { state: HoldState::Released })));
        assert!(matches!(release(world, HoldId::nil()), Err(LedgerError::UnknownHold)));
        assert!(matches!(commit(world, HoldId::nil(), None), Err(LedgerError::UnknownHold)));
        assert_eq!(balance(world), (10, 0));
        sound(world);
    });
}

#[test]
fn a_hold_expires_once_and_can_be_extended() {
    on_both(&[MIGRATIONS], |world| {
        with_ten(world);
        let end = now(world).plus(HOUR);
        let short = hold(world, "short", 1, 0, Some(end)).expect("held").id;
        let long = hold(world, "long", 2, 0, Some(end)).expect("held").id;
        let kept = hold(world, "kept", 4, 0, Some(end)).expect("held").id;
        extend(world, long, Some(end.plus(HOUR))).expect("extended");
        extend(world, kept, None).expect("kept");
        world.clock().advance(HOUR);
        world.run_timers(TIMERS);
        assert_eq!([short, long, kept].map(|id| state(world, id)), [HoldState::Expired, HoldState::Open, HoldState::Open]);
        assert_eq!(balance(world), (10, 6));
        assert!(matches!(extend(world, short, None), Err(LedgerError::HoldEnded { state: HoldState::Expired })));
        assert!(!release(world, short).expect("nothing to do"));
        world.clock().advance(HOUR);
        world.run_timers(TIMERS);
        assert_eq!(balance(world), (10, 4));
        let told = world.db().read(move |tx| kernel::log::of_subject(tx, &short.to_string(), 10)).wait().expect("read");
        assert_eq!(told.len(), 1);
        let body: HoldExpired = told[0].read().expect("its body");
        assert_eq!((body.hold, body.account, body.amount, body.reason.as_str()), (short, stock(), 1, "sale"));
        let open = world.db().read(|tx| ledger::open_holds(tx, &stock(), None, 10)).wait().expect("read");
        assert_eq!(open.iter().map(|h| (h.key.as_str(), h.amount, h.expires_at)).collect::<Vec<_>>(), [("kept", 4, None)]);
        sound(world);
    });
}

/// A hold past its end whose timer has not come yet is still good; the timer then finds nothing.
#[test]
fn commit_may_win_against_the_timer() {
    on_both(&[MIGRATIONS], |world| {
        with_ten(world);
        let id = hold(world, "a", 4, 0, Some(now(world).plus(HOUR))).expect("held").id;
        world.clock().advance(2 * HOUR);
        commit(world, id, None).expect("still open");
        world.run_timers(TIMERS);
        assert_eq!((balance(world), state(world, id)), ((6, 0), HoldState::Committed));
        sound(world);
    });
}

#[test]
fn a_failed_command_leaves_no_hold() {
    on_both(&[MIGRATIONS], |world| {
        with_ten(world);
        let failed = world.db().write("test.fail", |tx: &mut Tx<'_>| -> Result<(), LedgerError> {
            ledger::hold(tx, Hold { key: "a".into(), account: stock(), amount: 4, leave: 0, expires_at: None, reason: "sale" })?;
            Err(Fault::data("on purpose").into())
        });
        assert!(failed.wait().is_err());
        assert_eq!(balance(world), (10, 0));
    });
}
