//! kill -9 under load: every acknowledged write is there, none is half there.

mod common;

use common::{COUNTER, add, count};
use kernel::{Db, DbOptions, Event, Fault, log};
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

/// Not a test by itself: the process that will be killed. Prints each write that was acknowledged.
#[test]
#[ignore = "run by the test below in a process of its own"]
fn child_that_writes_until_killed() {
    let Ok(path) = std::env::var("HILO_CRASH_DB") else { return };
    let db = Db::open(&path, DbOptions::default()).expect("opens");
    let writers: Vec<_> = (0..8)
        .map(|w| {
            let db = db.clone();
            std::thread::spawn(move || {
                for i in 0.. {
                    let id = format!("{w}-{i}");
                    let name = id.clone();
                    let both = move |tx: &mut kernel::Tx<'_>| {
                        add(tx, &format!("left/{name}"), 1)?;
                        tx.announce(Event::new("pair.made", &name))?;
                        add(tx, &format!("right/{name}"), 1)
                    };
                    db.write("pair", both).wait().expect("kept");
                    writeln!(std::io::stdout().lock(), "kept {id}").expect("the parent reads");
                }
            })
        })
        .collect();
    writers.into_iter().for_each(|w| w.join().expect("a writer"));
}

fn survives_a_kill(location: &str) {
    let db = Db::open(location, DbOptions::default()).expect("opens");
    db.migrate(&[COUNTER]).expect("tables");
    drop(db);
    let mut child = Command::new(std::env::current_exe().expect("this binary"))
        .args(["child_that_writes_until_killed", "--exact", "--ignored", "--nocapture"])
        .env("HILO_CRASH_DB", location)
        .stdout(Stdio::piped())
        .spawn()
        .expect("the child starts");
    let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines().map_while(Result::ok);
    let kept_of = |line: String| line.strip_prefix("kept ").map(str::to_owned);
    let mut acknowledged: Vec<String> = lines.by_ref().filter_map(kept_of).take(500).collect();
    child.kill().expect("SIGKILL");
    acknowledged.extend(lines.filter_map(kept_of));
    child.wait().expect("gone");

    let db = Db::open(location, DbOptions::default()).expect("opens after the crash");
    assert!(acknowledged.len() >= 500);
    for id in acknowledged {
        let found = db.read(move |tx| {
            Ok::<_, Fault>((count(tx, &format!("left/{id}"))?, count(tx, &format!("right/{id}"))?, log::of_subject(tx, &id, 5)?.len()))
        });
        assert_eq!(found.wait().expect("read"), (1, 1, 1));
    }
    let halves = db.read(|tx| {
        let sides = |side: &str| {
            tx.query_one(kernel::sql!("SELECT COUNT(*) FROM counter WHERE id LIKE ?1"), kernel::params![format!("{side}/%")], |r| {
                r.get::<i64>(0)
            })
        };
        Ok::<_, Fault>((
            sides("left")?,
            sides("right")?,
            tx.query_one(kernel::sql!("SELECT COUNT(*) FROM event_log"), kernel::params![], |r| r.get::<i64>(0))?,
        ))
    });
    let (left, right, events) = halves.wait().expect("read");
    assert_eq!((left, right), (right, events), "a write is whole or absent");
}

#[test]
fn acknowledged_writes_survive_kill_9_on_sqlite() {
    let folder = tempfile::tempdir().expect("a folder");
    survives_a_kill(folder.path().join("crash.db").to_str().expect("path"));
}

#[test]
fn acknowledged_writes_survive_kill_9_on_postgres() {
    let Ok(server) = std::env::var("HILO_TEST_POSTGRES") else { return };
    survives_a_kill(&format!("{server} schema=crash_{}", std::process::id()));
}
