//! The bound of orders: the same statements with the same values, by hand, in a bare rusqlite loop with group commit and FULL
//! sync, on a copy of the same database.
//!
//! The orders are placed once on a third copy, where every statement is traced with what was bound to it. The loop repeats
//! those. So it reads the rows and changes the rows that the commands do, and leaves the same database behind.

use super::load::Times;
use anyhow::{Context, Result};
use kernel::Traced;
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Instant;

/// As the kernel's own: closures that share a commit.
const BATCH: usize = 256;

/// The statements of each order.
pub type Script = Arc<Vec<Vec<Traced>>>;

type Answer = mpsc::SyncSender<bool>;

/// Repeat the script with `callers` that each wait for their own commit; rounds per second, and how long each took.
pub fn by_hand(path: &Path, script: &Script, callers: usize) -> Result<(f64, Times)> {
    let conn = Connection::open(path).context("opening the database by hand")?;
    // The kernel's own settings.
    conn.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 10000;
         PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 4000;",
    )?;
    conn.set_prepared_statement_cache_capacity(512);
    let (jobs, queue) = mpsc::channel::<(usize, Answer)>();
    let lines = script.clone();
    let writer = std::thread::spawn(move || write(conn, &lines, &queue));
    let next = Arc::new(AtomicUsize::new(0));
    let started = Instant::now();
    let threads: Vec<_> = (0..callers)
        .map(|_| {
            let (jobs, next, rounds) = (jobs.clone(), next.clone(), script.len());
            std::thread::spawn(move || {
                let (answer, answered) = mpsc::sync_channel(1);
                let mut times = Vec::new();
                loop {
                    let round = next.fetch_add(1, Ordering::Relaxed);
                    if round >= rounds {
                        return Some(times);
                    }
                    let asked = Instant::now();
                    jobs.send((round, answer.clone())).ok()?;
                    answered.recv().ok().filter(|kept| *kept)?;
                    times.push(asked.elapsed());
                }
            })
        })
        .collect();
    drop(jobs);
    let outcomes: Vec<_> = threads.into_iter().map(std::thread::JoinHandle::join).collect();
    let rate = script.len() as f64 / started.elapsed().as_secs_f64();
    writer.join().ok().context("the writer by hand panicked")??;
    let mut times = Vec::new();
    for outcome in outcomes {
        times.extend(outcome.ok().flatten().context("a caller of the loop by hand failed")?);
    }
    Ok((rate, Times::of(times)))
}

fn write(mut conn: Connection, script: &Script, queue: &mpsc::Receiver<(usize, Answer)>) -> Result<()> {
    while let Ok(first) = queue.recv() {
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut answers = Vec::with_capacity(BATCH);
        let mut next = Some(first);
        while let Some((round, answer)) = next.take() {
            tx.prepare_cached("SAVEPOINT one")?.execute([])?;
            script.get(round).into_iter().flatten().try_for_each(|step| one(&tx, step))?;
            tx.prepare_cached("RELEASE one")?.execute([])?;
            answers.push(answer);
            if answers.len() < BATCH {
                next = queue.try_recv().ok();
            }
        }
        tx.commit()?;
        for answer in answers {
            // Every caller waits for its answer.
            let _ = answer.send(true);
        }
    }
    Ok(())
}

/// Run a statement and read all of its answer.
fn one(conn: &Connection, step: &Traced) -> Result<()> {
    let mut statement = conn.prepare_cached(step.sql)?;
    let mut rows = statement.query(rusqlite::params_from_iter(&step.params)).with_context(|| format!("by hand: {}", step.sql))?;
    while let Some(row) = rows.next().with_context(|| format!("by hand: {}", step.sql))? {
        for column in 0..row.as_ref().column_count() {
            std::hint::black_box(row.get_ref(column)?);
        }
    }
    Ok(())
}
