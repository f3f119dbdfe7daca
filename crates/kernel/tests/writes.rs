//! `Db::write`: all or nothing, isolated from its neighbours, none lost.

mod common;

use common::{COUNTER, add, count};
use kernel::testing::{on_both, on_sqlite};
use kernel::{Fault, LockKey, params, sql};
use std::time::Duration;

#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error("no")]
    No,
    #[error(transparent)]
    Fault(#[from] Fault),
}

#[test]
fn a_refusal_undoes_its_own_writes_only() {
    on_both(&[COUNTER], |world| {
        let kept = world.db().write("keep", |tx| add(tx, "a", 1));
        let refused = world.db().write("refuse", |tx| {
            add(tx, "a", 10)?;
            Err::<(), _>(Refusal::No)
        });
        let kept_too = world.db().write("keep", |tx| add(tx, "a", 1));
        kept.wait().expect("kept");
        assert!(matches!(refused.wait(), Err(Refusal::No)));
        kept_too.wait().expect("kept");
        assert_eq!(world.db().read(|tx| count(tx, "a")).wait().expect("read"), 2);
    });
}

#[test]
fn a_panic_undoes_its_own_writes_only() {
    on_both(&[COUNTER], |world| {
        let panicked = world.db().write("boom", |tx| -> Result<(), Fault> {
            add(tx, "a", 10)?;
            panic!("on purpose {}", 7)
        });
        let kept = world.db().write("keep", |tx| add(tx, "a", 1));
        let Err(Fault::Panicked { name, message }) = panicked.wait() else { panic!("the caller must hear of the panic") };
        assert_eq!((name, message.as_str()), ("boom", "on purpose 7"));
        kept.wait().expect("kept");
        assert_eq!(world.db().read(|tx| count(tx, "a")).wait().expect("read"), 1);
    });
}

#[test]
fn a_panicking_read_leaves_the_door_open() {
    on_both(&[COUNTER], |world| {
        let panicked = world.db().read(|_| -> Result<(), Fault> { panic!("in a query") }).wait();
        assert!(matches!(panicked, Err(Fault::Panicked { .. })));
        assert_eq!(world.db().read(|tx| count(tx, "a")).wait().expect("read"), 0);
    });
}

#[test]
fn when_the_engine_undoes_a_batch_every_caller_hears_it() {
    on_sqlite(&[COUNTER], |world| {
        let db = world.db();
        // The first closure holds the writer until the others wait behind it, so that all share one batch.
        let (open, gate) = std::sync::mpsc::channel::<()>();
        let gate = std::sync::Mutex::new(gate);
        let first = db.write("first", move |tx| {
            add(tx, "a", 1)?;
            gate.lock().expect("one writer").recv_timeout(Duration::from_secs(5)).ok();
            Ok::<(), Fault>(())
        });
        let stray = db.write("stray", |tx| tx.execute(sql!(sqlite "ROLLBACK"), params![]).map(drop));
        open.send(()).expect("the writer waits");
        assert!(matches!(first.wait(), Err(Fault::BatchUndone)), "the first caller was in the batch");
        assert!(matches!(stray.wait(), Err(Fault::BatchUndone)));
        db.write("after", |tx| add(tx, "a", 5)).wait().expect("the writer goes on");
        assert_eq!(db.read(|tx| count(tx, "a")).wait().expect("read"), 5);
    });
}

#[test]
fn eight_writers_lose_no_update() {
    on_both(&[COUNTER], |world| {
        let threads: Vec<_> = (0..8)
            .map(|_| {
                let db = world.db().clone();
                std::thread::spawn(move || {
                    for _ in 0..50 {
                        // Read, decide, write: the shape that loses updates under weak isolation.
                        let bump = |tx: &mut kernel::Tx<'_>| {
                            let n = count(tx, "hot")?;
                            tx.execute(
                                sql!("INSERT INTO counter (id, n) VALUES ('hot', 1) ON CONFLICT (id) DO UPDATE SET n = ?1"),
                                params![n + 1],
                            )
                            .map(drop)
                        };
                        db.write_locking("bump", vec![LockKey::of("hot")], bump).wait().expect("kept");
                    }
                })
            })
            .collect();
        threads.into_iter().for_each(|t| t.join().expect("a writer"));
        assert_eq!(world.db().read(|tx| count(tx, "hot")).wait().expect("read"), 400);
    });
}

#[test]
fn eight_writers_without_locks_lose_no_update_either() {
    on_both(&[COUNTER], |world| {
        let threads: Vec<_> = (0..8)
            .map(|_| {
                let db = world.db().clone();
                std::thread::spawn(move || (0..10).filter(|_| db.write("bump", |tx| add(tx, "hot", 1)).wait().is_ok()).count() as i64)
            })
            .collect();
        let kept: i64 = threads.into_iter().map(|t| t.join().expect("a writer")).sum();
        assert_eq!(world.db().read(|tx| count(tx, "hot")).wait().expect("read"), kept);
        assert!(kept > 0);
    });
}

#[test]
fn every_statement_of_the_kernel_prepares() {
    on_both(&[COUNTER], |world| assert_eq!(world.db().prepare_all().expect("prepared"), Vec::<String>::new()));
}

#[test]
fn a_backup_made_while_running_can_be_opened() {
    on_sqlite(&[COUNTER], |world| {
        world.db().write("keep", |tx| add(tx, "a", 3)).wait().expect("kept");
        let folder = tempfile::tempdir().expect("a folder");
        let copy = folder.path().join("copy.db");
        world.db().backup(&copy).expect("copied");
        assert!(world.db().backup(&copy).is_err(), "a backup never overwrites");
        let restored = kernel::Db::open(copy.to_str().expect("path"), kernel::DbOptions::default()).expect("opens");
        assert_eq!(restored.read(|tx| count(tx, "a")).wait().expect("read"), 3);
    });
}
