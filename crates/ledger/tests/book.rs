//! Posting: what a transfer changes, what is refused, and that a refusal changes nothing.

use kernel::testing::{World, on_both};
use kernel::{Fault, Tx};
use ledger::{AccountName, Balance, Entry, LedgerError, MIGRATIONS, Post, Posted};

fn name(text: &str) -> AccountName {
    AccountName::new(text)
}

fn transfer(key: &str, entries: &[(&str, i64)]) -> Post {
    let entries = entries.iter().map(|(account, amount)| Entry::new(name(account), *amount)).collect();
    Post { key: key.into(), reason: "test", unit: "each".into(), entries }
}

fn post(world: &World, cmd: Post) -> Result<Posted, LedgerError> {
    world.db().write("test.post", move |tx: &mut Tx<'_>| ledger::post(tx, cmd.clone())).wait()
}

fn posted(world: &World, account: &str) -> i64 {
    let account = name(account);
    world.db().read(move |tx| ledger::balance(tx, &account)).wait().expect("a balance").posted
}

fn sound(world: &World) {
    assert_eq!(world.db().read(ledger::imbalance).wait().expect("read"), vec![]);
    assert_eq!(world.db().read(|tx| ledger::discrepancies(tx, 10)).wait().expect("read"), vec![]);
}

#[test]
fn a_transfer_moves_amounts_and_a_key_acts_once() {
    on_both(&[MIGRATIONS], |world| {
        let first = post(world, transfer("in", &[("world/supplier", -10), ("stock/v/l", 10)])).expect("posted");
        let again = post(world, transfer("in", &[("world/supplier", -99), ("stock/v/l", 99)])).expect("the first");
        assert_eq!((first.id, first.is_repeat, again.is_repeat), (again.id, false, true));
        assert_eq!((posted(world, "stock/v/l"), posted(world, "world/supplier")), (10, -10));
        sound(world);
    });
}

#[test]
fn a_refusal_changes_nothing() {
    on_both(&[MIGRATIONS], |world| {
        post(world, transfer("in", &[("world/supplier", -10), ("b", 10)])).expect("posted");
        // `a` comes first by name and grows before `b` refuses.
        let refused = post(world, transfer("too much", &[("a", 11), ("b", -11)]));
        assert!(matches!(refused, Err(LedgerError::Insufficient { available: 10, ref account }) if account.as_str() == "b"));
        let missing = post(world, transfer("nothing there", &[("a", 1), ("c", -1)]));
        assert!(matches!(missing, Err(LedgerError::Insufficient { available: 0, .. })));
        assert_eq!((posted(world, "a"), posted(world, "b"), posted(world, "c")), (0, 10, 0));
        let later = post(world, transfer("too much", &[("a", 4), ("b", -4)]));
        assert!(later.is_ok(), "the refused key is free");
        sound(world);
    });
}

#[test]
fn a_caller_may_go_on_after_a_refusal() {
    on_both(&[MIGRATIONS], |world| {
        let tried = world.db().write("test.two", |tx: &mut Tx<'_>| {
            let refused = ledger::post(tx, transfer("k", &[("a", 5), ("z", -5)]));
            assert!(matches!(refused, Err(LedgerError::Insufficient { .. })));
            ledger::post(tx, transfer("k", &[("a", 5), ("world/z", -5)]))
        });
        tried.wait().expect("posted");
        assert_eq!((posted(world, "a"), posted(world, "world/z")), (5, -5));
        sound(world);
    });
}

#[test]
fn one_account_keeps_one_unit() {
    on_both(&[MIGRATIONS], |world| {
        post(world, transfer("in", &[("world/supplier", -10), ("a", 10)])).expect("posted");
        let cmd = Post { unit: "EUR".into(), ..transfer("mixed", &[("a", -1), ("world/eur", 1)]) };
        assert!(matches!(post(world, cmd), Err(LedgerError::Fault(Fault::Data(_)))));
        assert_eq!(posted(world, "a"), 10);
    });
}

#[test]
fn three_or_more_entries_are_all_posted() {
    on_both(&[MIGRATIONS], |world| {
        post(world, transfer("in", &[("world/supplier", -10), ("a", 3), ("b", 3), ("c", 4)])).expect("posted");
        assert_eq!((posted(world, "a"), posted(world, "b"), posted(world, "c")), (3, 3, 4));
        sound(world);
    });
}

#[test]
fn accounts_are_found_by_their_parents_in_one_go() {
    on_both(&[MIGRATIONS], |world| {
        let entries = [("world/supplier", -6), ("stock/a/x", 1), ("stock/a/y", 2), ("stock/longer/x", 3)];
        post(world, transfer("in", &entries)).expect("posted");
        let parents = vec!["stock/a".to_owned(), "stock/longer".to_owned(), "stock/a".to_owned(), "stock/none".to_owned()];
        let found = world.db().read(move |tx| ledger::balances_under(tx, &parents)).wait().expect("read");
        let found: Vec<_> = found.iter().map(|a| (a.name.as_str(), a.balance.posted)).collect();
        assert_eq!(found, [("stock/a/x", 1), ("stock/a/y", 2), ("stock/longer/x", 3)]);
        assert_eq!(world.db().read(|tx| ledger::balances_under(tx, &[])).wait().expect("read"), vec![]);
    });
}

#[test]
fn a_statement_pages_backwards() {
    on_both(&[MIGRATIONS], |world| {
        for n in 1..=3 {
            world.clock().advance(std::time::Duration::from_secs(1));
            post(world, transfer(&format!("in {n}"), &[("world/supplier", -n), ("a", n)])).expect("posted");
        }
        let page = |before| world.db().read(move |tx| ledger::statement(tx, &name("a"), before, 2)).wait().expect("read");
        let first = page(None);
        assert_eq!(first.iter().map(|l| (l.key.as_str(), l.amount)).collect::<Vec<_>>(), [("in 3", 3), ("in 2", 2)]);
        let second = page(first.last().map(|l| l.transfer));
        assert_eq!(second.iter().map(|l| (l.key.as_str(), l.amount)).collect::<Vec<_>>(), [("in 1", 1)]);
        assert_eq!(world.db().read(|tx| ledger::balance(tx, &name("a"))).wait().expect("read"), Balance { posted: 6, held: 0 });
    });
}

#[test]
fn every_statement_prepares() {
    on_both(&[MIGRATIONS], |world| assert_eq!(world.db().prepare_all().expect("a connection"), Vec::<String>::new()));
}
