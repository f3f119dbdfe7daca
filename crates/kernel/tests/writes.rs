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

#[test]
fn a_command_that_goes_on_after_a_refused_statement_keeps_nothing_and_says_so() {
    on_both(&[COUNTER], |world| {
        let careless = world.db().write("careless", |tx| {
            add(tx, "a", 1)?;
            // The key is taken: the statement is refused, and the command does not listen.
            let _ = tx.execute(sql!("INSERT INTO counter (id, n) VALUES ('a', 2)"), params![]);
            Ok::<(), Fault>(())
        });
        let answer = careless.wait();
        assert!(matches!(&answer, Err(Fault::Data(why)) if why.contains("careless")), "{answer:?}");
        assert_eq!(world.db().read(|tx| count(tx, "a")).wait().expect("read"), 0);
    });
}

#[test]
fn a_stray_release_never_keeps_what_was_refused() {
    on_sqlite(&[COUNTER], |world| {
        let refused = world.db().write("stray", |tx| {
            add(tx, "a", 1)?;
            tx.execute(sql!(sqlite "RELEASE one"), params![])?;
            Err::<(), _>(Refusal::No)
        });
        assert!(refused.wait().is_err());
        assert_eq!(world.db().read(|tx| count(tx, "a")).wait().expect("read"), 0);
        world.db().write("after", |tx| add(tx, "a", 5)).wait().expect("the writer goes on");
    });
}

#[test]
fn a_server_that_closed_our_connections_is_met_again_without_a_fault() {
    let Ok(server) = std::env::var("HILO_TEST_POSTGRES") else { return };
    let world = kernel::testing::World::postgres(&format!("{server} application_name=closed_on_us"), &[COUNTER]);
    world.db().write("keep", |tx| add(tx, "a", 1)).wait().expect("kept");
    let close = sql!(postgres "SELECT COUNT(*) FROM (SELECT pg_terminate_backend(pid) AS gone FROM pg_stat_activity
                 WHERE application_name = 'closed_on_us' AND pid <> pg_backend_pid()) x WHERE x.gone");
    let other = kernel::Db::open(&server, kernel::DbOptions::default()).expect("opens");
    assert!(other.read(move |tx| tx.query_one(close, params![], |row| row.get::<i64>(0))).wait().expect("closed") > 0);
    for _ in 0..8 {
        world.db().write("keep", |tx| add(tx, "a", 1)).wait().expect("kept on a new connection");
    }
    assert_eq!(world.db().read(|tx| count(tx, "a")).wait().expect("read"), 9);
}

#[test]
fn two_nodes_that_start_together_migrate_once() {
    let Ok(server) = std::env::var("HILO_TEST_POSTGRES") else { return };
    for round in 0..3 {
        let place = format!("{server} schema=together_{}_{round}", std::process::id());
        let nodes: Vec<_> = (0..4)
            .map(|_| {
                let place = place.clone();
                std::thread::spawn(move || {
                    let options = kernel::DbOptions { connections: 1, ..kernel::DbOptions::default() };
                    kernel::Db::open(&place, options).and_then(|db| db.migrate(&[COUNTER])).map_err(|fault| fault.chain())
                })
            })
            .collect();
        for node in nodes {
            assert_eq!(node.join().expect("a node"), Ok(()));
        }
    }
}

#[test]
fn a_text_with_a_nul_is_kept_alike_on_both() {
    on_both(&[COUNTER], |world| {
        world.db().write("keep", |tx| add(tx, "a\0b", 1)).wait().expect("kept");
        assert_eq!(world.db().read(|tx| count(tx, "a\u{fffd}b")).wait().expect("read"), 1);
    });
}

#[test]
fn ids_of_one_transaction_sort_as_they_were_made() {
    on_both(&[COUNTER], |world| {
        let made = world.db().write("ids", |tx| Ok::<_, Fault>((0..50).map(|_| tx.new_id::<kernel::ProfileId>()).collect::<Vec<_>>()));
        let made = made.wait().expect("made");
        assert!(made.is_sorted() && made[0] < made[49], "{made:?}");
    });
}

#[cfg(unix)]
#[test]
fn only_the_owner_reads_the_database_and_its_copies() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let (place, copy) = (folder.path().join("hilo.db"), folder.path().join("copy.db"));
    let db = kernel::Db::open(place.to_str().expect("path"), kernel::DbOptions::default()).expect("opens");
    db.migrate(&[COUNTER]).expect("tables");
    db.write("keep", |tx| add(tx, "a", 3)).wait().expect("kept");
    db.backup(&copy).expect("copied");
    for name in ["hilo.db", "hilo.db-wal", "copy.db"] {
        let mode = std::fs::metadata(folder.path().join(name)).expect(name).permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}
