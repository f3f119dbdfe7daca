//! Random sequences against a model kept in plain Rust: sums to zero, available never negative, a key acts once, holds
//! expire exactly once.

use kernel::testing::{World, on_both};
use kernel::{Clock, Fault, Timestamp, Tx};
use ledger::{AccountName, Balance, Entry, Hold, HoldId, HoldState, LedgerError, MIGRATIONS, Post, TIMERS};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

#[derive(Debug, Clone)]
enum Step {
    Post { key: u8, from: usize, to: usize, amount: i64 },
    Hold { key: u8, account: usize, amount: i64, minutes: Option<u64> },
    Commit { hold: usize, to: usize, amount: Option<i64> },
    Release { hold: usize },
    Extend { hold: usize, minutes: Option<u64> },
    Wait { minutes: u64 },
}

fn step() -> impl Strategy<Value = Step> {
    let minutes = || proptest::option::of(1u64..30);
    prop_oneof![
        4 => (0u8..20, 0usize..4, 0usize..4, 1i64..20).prop_map(|(key, from, to, amount)| Step::Post { key, from, to, amount }),
        4 => (0u8..12, 0usize..3, 1i64..12, minutes()).prop_map(|(key, account, amount, minutes)| Step::Hold { key, account, amount, minutes }),
        2 => (0usize..12, 0usize..4, proptest::option::of(1i64..12)).prop_map(|(hold, to, amount)| Step::Commit { hold, to, amount }),
        1 => (0usize..12).prop_map(|hold| Step::Release { hold }),
        1 => (0usize..12, minutes()).prop_map(|(hold, minutes)| Step::Extend { hold, minutes }),
        2 => (1u64..20).prop_map(|minutes| Step::Wait { minutes }),
    ]
}

/// What the book should say. Accounts 0 to 2 may not be negative, account 3 is the world.
#[derive(Default)]
struct Model {
    balances: [Balance; 4],
    posted_keys: Vec<u8>,
    holds: Vec<ModelHold>,
    by_key: HashMap<u8, usize>,
}

struct ModelHold {
    id: HoldId,
    account: usize,
    amount: i64,
    end: Option<Timestamp>,
    state: HoldState,
}

impl Model {
    fn expire(&mut self, now: Timestamp) {
        for hold in &mut self.holds {
            if hold.state == HoldState::Open && hold.end.is_some_and(|end| end <= now) {
                hold.state = HoldState::Expired;
                self.balances[hold.account].held -= hold.amount;
            }
        }
    }
}

struct Case<'w> {
    world: &'w World,
    number: u32,
    model: Model,
}

impl Case<'_> {
    fn name(&self, account: usize) -> AccountName {
        AccountName::new(if account == 3 { format!("world/{}", self.number) } else { format!("case/{}/{account}", self.number) })
    }
    fn write<T: Send + 'static>(&self, f: impl Fn(&mut Tx<'_>) -> Result<T, LedgerError> + Send + 'static) -> Result<T, LedgerError> {
        self.world.db().write("test.step", f).wait()
    }
    fn end(&self, minutes: Option<u64>) -> Option<Timestamp> {
        minutes.map(|m| self.world.clock().now().plus(Duration::from_secs(60 * m)))
    }

    fn run(&mut self, step: &Step) {
        match *step {
            Step::Post { key, from, to, amount } if from != to => self.post(key, from, to, amount),
            Step::Post { .. } => {}
            Step::Hold { key, account, amount, minutes } => self.hold(key, account, amount, minutes),
            Step::Commit { hold, to, amount } => self.commit(hold, to, amount),
            Step::Release { hold } => self.release(hold),
            Step::Extend { hold, minutes } => self.extend(hold, minutes),
            Step::Wait { minutes } => {
                self.world.clock().advance(Duration::from_secs(60 * minutes));
                self.world.run_timers(TIMERS);
                self.model.expire(self.world.clock().now());
            }
        }
    }

    fn post(&mut self, key: u8, from: usize, to: usize, amount: i64) {
        let entries = vec![Entry::new(self.name(from), -amount), Entry::new(self.name(to), amount)];
        let cmd = Post { key: format!("{}/post/{key}", self.number), reason: "test", unit: "each".into(), entries };
        let done = self.write(move |tx| ledger::post(tx, cmd.clone()));
        if self.model.posted_keys.contains(&key) {
            assert!(done.is_ok(), "a repeated key answers");
            return;
        }
        let balance = self.model.balances[from];
        if from == 3 || balance.available() >= amount {
            done.expect("there is enough");
            self.model.posted_keys.push(key);
            self.model.balances[from].posted -= amount;
            self.model.balances[to].posted += amount;
        } else {
            assert!(matches!(done, Err(LedgerError::Insufficient { available, .. }) if available == balance.available()));
        }
    }

    fn hold(&mut self, key: u8, account: usize, amount: i64, minutes: Option<u64>) {
        let end = self.end(minutes);
        let cmd = Hold {
            key: format!("{}/hold/{key}", self.number),
            account: self.name(account),
            amount,
            leave: 0,
            expires_at: end,
            reason: "test",
        };
        let done = self.write(move |tx| ledger::hold(tx, cmd.clone()));
        if let Some(&first) = self.model.by_key.get(&key) {
            let held = done.expect("a repeated key answers");
            assert_eq!((held.id, held.is_repeat), (self.model.holds[first].id, true));
            return;
        }
        let available = self.model.balances[account].available();
        if available >= amount {
            let held = done.expect("there is enough");
            self.model.balances[account].held += amount;
            assert_eq!(held.balance, self.model.balances[account]);
            self.model.by_key.insert(key, self.model.holds.len());
            self.model.holds.push(ModelHold { id: held.id, account, amount, end, state: HoldState::Open });
        } else {
            assert!(matches!(done, Err(LedgerError::Insufficient { available: told, .. }) if told == available));
        }
    }

    fn commit(&mut self, hold: usize, to: usize, amount: Option<i64>) {
        let target = self.name(to);
        let Some(known) = self.model.holds.get_mut(hold).filter(|h| h.account != to) else { return };
        let id = known.id;
        let done = self.world.db().write("test.commit", move |tx: &mut Tx<'_>| ledger::commit(tx, id, &target, amount)).wait();
        let taken = amount.unwrap_or(known.amount);
        match known.state {
            HoldState::Open if taken <= known.amount => {
                done.expect("it is open");
                known.state = HoldState::Committed;
                self.model.balances[known.account].held -= known.amount;
                self.model.balances[known.account].posted -= taken;
                self.model.balances[to].posted += taken;
            }
            HoldState::Open => assert!(matches!(done, Err(LedgerError::InvalidAmount { .. }))),
            HoldState::Committed => assert!(done.is_ok(), "a repeat answers"),
            state => assert!(matches!(done, Err(LedgerError::HoldEnded { state: told }) if told == state)),
        }
    }

    fn release(&mut self, hold: usize) {
        let Some(known) = self.model.holds.get_mut(hold) else { return };
        let id = known.id;
        let done = self.world.db().write("test.release", move |tx: &mut Tx<'_>| ledger::release(tx, id)).wait();
        match known.state {
            HoldState::Open => {
                assert!(done.expect("it is open"));
                known.state = HoldState::Released;
                self.model.balances[known.account].held -= known.amount;
            }
            HoldState::Committed => assert!(matches!(done, Err(LedgerError::HoldEnded { .. }))),
            HoldState::Released | HoldState::Expired => assert!(!done.expect("nothing to do")),
        }
    }

    fn extend(&mut self, hold: usize, minutes: Option<u64>) {
        let end = self.end(minutes);
        let Some(known) = self.model.holds.get_mut(hold) else { return };
        let id = known.id;
        let done = self.world.db().write("test.extend", move |tx: &mut Tx<'_>| ledger::extend(tx, id, end)).wait();
        if known.state == HoldState::Open {
            done.expect("it is open");
            known.end = end;
        } else {
            assert!(matches!(done, Err(LedgerError::HoldEnded { .. })));
        }
    }

    fn check(&self) {
        let names: Vec<_> = (0..4).map(|n| self.name(n)).collect();
        let holds: Vec<_> = self.model.holds.iter().map(|h| h.id).collect();
        let read = move |tx: &kernel::ReadTx<'_>| -> Result<_, Fault> {
            let balances = names.iter().map(|n| ledger::balance(tx, n)).collect::<Result<Vec<_>, _>>()?;
            let told =
                holds.iter().map(|h| Ok(kernel::log::of_subject(tx, &h.to_string(), 9)?.len())).collect::<Result<Vec<_>, Fault>>()?;
            Ok((balances, told, ledger::imbalance(tx)?))
        };
        let (balances, told, imbalance) = self.world.db().read(read).wait().expect("read");
        assert_eq!(balances, self.model.balances);
        assert!(balances[..3].iter().all(|b| b.available() >= 0 && b.held >= 0));
        assert_eq!(imbalance, vec![]);
        let expired: Vec<_> = self.model.holds.iter().map(|h| usize::from(h.state == HoldState::Expired)).collect();
        assert_eq!(told, expired, "each expiry is told exactly once");
    }
}

#[test]
fn the_book_agrees_with_the_model() {
    on_both(&[MIGRATIONS], |world| {
        let number = AtomicU32::new(0);
        let mut runner = TestRunner::new(Config { cases: 60, failure_persistence: None, ..Config::default() });
        let outcome = runner.run(&proptest::collection::vec(step(), 1..60), |steps| {
            let mut case = Case { world, number: number.fetch_add(1, Ordering::SeqCst), model: Model::default() };
            steps.iter().for_each(|step| case.run(step));
            case.check();
            Ok(())
        });
        outcome.unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(world.db().read(|tx| ledger::discrepancies(tx, 10)).wait().expect("read"), vec![]);
    });
}
