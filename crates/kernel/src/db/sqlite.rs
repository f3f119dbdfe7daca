//! SQLite in the process: one writer thread with group commit, readers on their own connections.

use super::{DbOptions, Pending, Raised, Signals};
use crate::tx::{Conn, random_source};
use crate::{Clock, Engine, Fault, Migrations, ReadTx, STATEMENTS, Tx, migrate};
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, mpsc};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// At most this many closures share one fsync.
const BATCH: usize = 256;
/// A batch takes no new closure after this long, so that the first caller is not kept waiting.
const BATCH_SPAN: Duration = Duration::from_millis(20);
/// Idle read connections that are kept.
const READERS: usize = 16;

pub(super) struct Sqlite {
    path: PathBuf,
    jobs: Option<mpsc::Sender<Box<dyn Job>>>,
    writer: Option<JoinHandle<()>>,
    readers: Mutex<Vec<Connection>>,
    clock: Arc<dyn Clock>,
}

impl Drop for Sqlite {
    fn drop(&mut self) {
        self.jobs.take();
        if let Some(writer) = self.writer.take()
            && writer.thread().id() != std::thread::current().id()
        {
            // A panicked writer has already answered its callers with Stopped.
            let _ = writer.join();
        }
    }
}

/// What the writer thread sees of one caller.
trait Job: Send {
    fn name(&self) -> &'static str;
    /// Run once; true keeps the writes, false undoes them.
    fn run(&mut self, tx: &mut Tx<'_>) -> bool;
    /// The closure panicked, or the engine undid it.
    fn failed(&mut self, fault: Fault);
    /// Send the answer that `run` or `failed` left.
    fn answer(self: Box<Self>);
}

struct Call<T, E, F> {
    name: &'static str,
    command: F,
    result: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<T: Send, E: From<Fault> + Send, F: Fn(&mut Tx<'_>) -> Result<T, E> + Send> Job for Call<T, E, F> {
    fn name(&self) -> &'static str {
        self.name
    }
    fn run(&mut self, tx: &mut Tx<'_>) -> bool {
        let result = (self.command)(tx);
        let keep = result.is_ok();
        self.result = Some(result);
        keep
    }
    fn failed(&mut self, fault: Fault) {
        self.result = Some(Err(fault.into()));
    }
    fn answer(self: Box<Self>) {
        // The caller may have gone away; its write stands all the same.
        let _ = self.reply.send(self.result.unwrap_or_else(|| Err(Fault::Stopped.into())));
    }
}

impl Sqlite {
    pub(super) fn open(path: PathBuf, options: DbOptions, signals: Signals) -> Result<Self, Fault> {
        if !path.exists() {
            make_private(&path)?;
        }
        let writer_conn = connect(&path, options.durable)?;
        let clock = options.clock.clone();
        let (jobs, queue) = mpsc::channel();
        let writer = std::thread::Builder::new()
            .name("hilo-writer".into())
            .spawn(move || Writer { conn: writer_conn, options, signals }.run(&queue))
            .map_err(|e| Fault::outside("starting the writer thread", e))?;
        Ok(Sqlite { path, jobs: Some(jobs), writer: Some(writer), readers: Mutex::new(Vec::new()), clock })
    }

    pub(super) fn write<T, E, F>(&self, name: &'static str, command: F) -> Pending<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Fault> + Send + 'static,
    {
        let (reply, receiver) = oneshot::channel();
        let call = Box::new(Call { name, command, result: None, reply });
        match self.jobs.as_ref().map(|jobs| jobs.send(call)) {
            Some(Ok(())) => Pending::waiting(receiver),
            _ => Pending::ready(Err(Fault::Stopped.into())),
        }
    }

    pub(super) fn read<T, E: From<Fault>>(&self, query: impl Fn(&ReadTx<'_>) -> Result<T, E>) -> Result<T, E> {
        let pooled = self.pool().pop();
        let conn = pooled.map_or_else(|| reader(&self.path), Ok)?;
        let step = |text: &'static str| run(&conn, text);
        step("BEGIN")?;
        let result = catch_unwind(AssertUnwindSafe(|| query(&ReadTx::new(Conn::Sqlite(&conn), &*self.clock))));
        step("COMMIT")?;
        let mut pool = self.pool();
        if pool.len() < READERS {
            pool.push(conn);
        }
        drop(pool);
        result.unwrap_or_else(|panic| Err(Fault::Panicked { name: "read", message: message(&*panic) }.into()))
    }

    fn pool(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.readers.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    pub(super) fn migrate(&self, rooms: &[Migrations]) -> Result<(), Fault> {
        let mut conn = connect(&self.path, true)?;
        migrate::run(Engine::Sqlite, rooms, &mut conn)
    }

    pub(super) fn backup(&self, to: &Path) -> Result<(), Fault> {
        if to.exists() {
            return Err(Fault::data(format!("{} exists already; choose another file", to.display())));
        }
        let source = reader(&self.path)?;
        let failed = |e: rusqlite::Error| Fault::outside(format!("backing up to {}", to.display()), e);
        make_private(to)?;
        let mut target = Connection::open(to).map_err(failed)?;
        let backup = rusqlite::backup::Backup::new(&source, &mut target).map_err(failed)?;
        backup.run_to_completion(1024, Duration::ZERO, None).map_err(failed)?;
        drop(backup);
        target.close().map_err(|(_, e)| failed(e))
    }

    #[cfg(feature = "testing")]
    pub(super) fn plan(&self, text: &str) -> Result<Vec<String>, Fault> {
        let conn = reader(&self.path)?;
        let explain = |conn: &Connection| -> rusqlite::Result<Vec<String>> {
            let mut statement = conn.prepare(&format!("EXPLAIN QUERY PLAN {text}"))?;
            let nulls = vec![rusqlite::types::Null; statement.parameter_count()];
            statement.query_map(rusqlite::params_from_iter(nulls), |row| row.get(3))?.collect()
        };
        explain(&conn).map_err(|e| Fault::Database { statement: text.to_owned(), source: Box::new(e) })
    }

    pub(super) fn prepare_all(&self) -> Result<Vec<String>, Fault> {
        let conn = reader(&self.path)?;
        let ours = STATEMENTS.iter().filter(|s| s.runs_on(Engine::Sqlite));
        Ok(ours.filter_map(|s| conn.prepare(s.text()).err().map(|e| format!("{}:{}: {e}", s.place().0, s.place().1))).collect())
    }
}

/// An empty file that only its owner reads; the engine gives its companions (`-wal`, `-shm`) the same mode.
fn make_private(path: &Path) -> Result<(), Fault> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop).map_err(|e| Fault::outside(format!("making the file {}", path.display()), e))
}

fn connect(path: &Path, durable: bool) -> Result<Connection, Fault> {
    let failed = |e| Fault::outside(format!("opening the database {}", path.display()), e);
    let conn = Connection::open(path).map_err(failed)?;
    let synchronous = if durable { "FULL" } else { "OFF" };
    conn.execute_batch(&format!(
        "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous}; PRAGMA foreign_keys = ON;
         PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 4000;"
    ))
    .map_err(failed)?;
    // Else a statement is planned anew whenever a value is bound that its plan might depend on.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(failed)?;
    conn.set_prepared_statement_cache_capacity(1024);
    Ok(conn)
}

fn reader(path: &Path) -> Result<Connection, Fault> {
    let conn = connect(path, true)?;
    conn.execute_batch("PRAGMA query_only = ON; PRAGMA mmap_size = 268435456;").map_err(|e| Fault::outside("opening a reader", e))?;
    Ok(conn)
}

fn run(conn: &Connection, text: &'static str) -> Result<(), Fault> {
    let failed = |e| Fault::Database { statement: text.to_owned(), source: Box::new(e) };
    conn.prepare_cached(text).and_then(|mut s| s.execute([])).map(drop).map_err(failed)
}

pub(super) fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|s| (*s).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no message".to_owned())
}

struct Writer {
    conn: Connection,
    options: DbOptions,
    signals: Signals,
}

impl Writer {
    fn run(self, queue: &mpsc::Receiver<Box<dyn Job>>) {
        let mut random = random_source(self.options.seed);
        while let Ok(first) = queue.recv() {
            self.batch(first, queue, &mut random);
        }
    }

    /// Take all waiting closures, each in its own savepoint, and commit them with one fsync.
    fn batch(&self, first: Box<dyn Job>, queue: &mpsc::Receiver<Box<dyn Job>>, random: &mut rand::rngs::StdRng) {
        let mut done: Vec<Box<dyn Job>> = Vec::new();
        let mut raised = Raised::default();
        let mut next = Some(first);
        let started = Instant::now();
        if let Err(fault) = run(&self.conn, "BEGIN IMMEDIATE") {
            tracing::error!(fault = fault.chain(), "the writer cannot begin");
            if let Some(mut job) = next.take() {
                job.failed(fault);
                job.answer();
            }
            return;
        }
        while let Some(mut job) = next.take() {
            let kept = self.one(&mut *job, random, &mut raised);
            done.push(job);
            if self.conn.is_autocommit() {
                // The engine undid everything since BEGIN (disk full, out of memory, or a stray ROLLBACK): everybody hears so.
                tracing::error!(closures = done.len(), "the database undid a whole batch");
                done.iter_mut().for_each(|job| job.failed(Fault::BatchUndone));
                done.into_iter().for_each(Job::answer);
                return;
            }
            if let Err(fault) = kept {
                // What belongs to whom can no longer be told apart: nothing of the batch is kept.
                tracing::error!(fault = fault.chain(), closures = done.len(), "a savepoint failed");
                let _ = run(&self.conn, "ROLLBACK");
                done.iter_mut().for_each(|job| job.failed(Fault::BatchUndone));
                done.into_iter().for_each(Job::answer);
                return;
            }
            if done.len() < BATCH && started.elapsed() < BATCH_SPAN {
                next = queue.try_recv().ok();
            }
        }
        if let Err(fault) = run(&self.conn, "COMMIT") {
            tracing::error!(fault = fault.chain(), "a batch could not be committed");
            if !self.conn.is_autocommit() {
                let _ = run(&self.conn, "ROLLBACK");
            }
            done.iter_mut().for_each(|job| job.failed(Fault::BatchUndone));
            raised = Raised::default();
        }
        self.signals.raise(raised);
        done.into_iter().for_each(Job::answer);
    }

    fn one(&self, job: &mut dyn Job, random: &mut rand::rngs::StdRng, raised: &mut Raised) -> Result<(), Fault> {
        run(&self.conn, "SAVEPOINT one").inspect_err(|_| job.failed(Fault::BatchUndone))?;
        let started = Instant::now();
        let mut tx = Tx::new(ReadTx::new(Conn::Sqlite(&self.conn), &*self.options.clock), random);
        let kept = catch_unwind(AssertUnwindSafe(|| job.run(&mut tx)));
        let (announced, failed) = (tx.raised, tx.failed.get());
        if started.elapsed() > self.options.slow {
            tracing::warn!(name = job.name(), millis = started.elapsed().as_millis() as u64, "a write closure overstayed");
        }
        match kept {
            Ok(true) if failed => {
                job.failed(Fault::went_on(job.name()));
                run(&self.conn, "ROLLBACK TO one")?;
            }
            Ok(true) => raised.and(announced),
            Ok(false) => run(&self.conn, "ROLLBACK TO one")?,
            Err(panic) => {
                let message = message(&*panic);
                tracing::error!(name = job.name(), message, "a write closure panicked; its writes were undone");
                job.failed(Fault::Panicked { name: job.name(), message });
                run(&self.conn, "ROLLBACK TO one")?;
            }
        }
        run(&self.conn, "RELEASE one")
    }
}
