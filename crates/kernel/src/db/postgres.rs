//! PostgreSQL: dedicated threads, each with its own connection, SERIALIZABLE, retried when the server asks.

use super::sqlite::message;
use super::{DbOptions, LockKey, Pending, Signals};
use crate::tx::{Conn, PgSession, is_broken, random_source, wants_retry};
use crate::{Clock, Engine, Fault, Migrations, ReadTx, STATEMENTS, Tx, migrate};
use postgres::{Client, Config, NoTls};
use rand::rngs::StdRng;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError, RwLock, mpsc};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// A command is run at most this often before its caller hears `Contention`.
const ATTEMPTS: u32 = 40;
/// Every statement of ours has an index, and reads little by it. Whoever reads a table whole, as the planner likes to where it is small,
/// stands in the way of all who write into it, as SERIALIZABLE sees it. What a compiler for long queries costs is never won back.
const SETTINGS: &str = "SET enable_seqscan = off; SET jit = off";
/// So often it tries beside the other writers of this process.
const PATIENCE: u32 = 8;

/// `None` when the server asks for another run.
type Attempt<T, E> = Result<Option<Result<T, E>>, Fault>;

type Work = Box<dyn FnOnce(&mut Worker) + Send>;

pub(super) struct Postgres {
    config: Config,
    schema: Option<String>,
    writes: mpsc::Sender<Work>,
    reads: mpsc::Sender<Work>,
}

struct Worker {
    session: Option<PgSession>,
    config: Config,
    schema: Option<String>,
    options: DbOptions,
    signals: Signals,
    random: StdRng,
    /// Open to all writers of this process, or closed to all but one.
    gate: Arc<RwLock<()>>,
}

impl Postgres {
    pub(super) fn open(location: &str, options: DbOptions, signals: Signals) -> Result<Self, Fault> {
        let (config, schema) = configure(location)?;
        let gate = Arc::new(RwLock::new(()));
        let pool = |name: &str| -> Result<mpsc::Sender<Work>, Fault> {
            let (sender, receiver) = mpsc::channel::<Work>();
            let receiver = Arc::new(Mutex::new(receiver));
            for index in 0..options.connections.max(1) {
                let receiver = receiver.clone();
                let mut worker = Worker {
                    session: None,
                    config: config.clone(),
                    schema: schema.clone(),
                    random: random_source(options.seed.map(|seed| seed.wrapping_add(index as u64))),
                    options: options.clone(),
                    signals: signals.clone(),
                    gate: gate.clone(),
                };
                let body = move || {
                    loop {
                        let work = receiver.lock().unwrap_or_else(PoisonError::into_inner).recv();
                        let Ok(work) = work else { break };
                        work(&mut worker);
                    }
                };
                std::thread::Builder::new()
                    .name(format!("hilo-{name}-{index}"))
                    .spawn(body)
                    .map_err(|e| Fault::outside("starting a database thread", e))?;
            }
            Ok(sender)
        };
        let (writes, reads) = (pool("write")?, pool("read")?);
        if let Some(schema) = &schema {
            let mut client = connect(&config, None)?;
            wait_to_migrate(&mut client, Some(schema))?;
            client
                .batch_execute(&format!("CREATE SCHEMA IF NOT EXISTS \"{schema}\""))
                .map_err(|e| Fault::outside("creating the tenant's schema", e))?;
        }
        Ok(Postgres { config, schema, writes, reads })
    }

    pub(super) fn write<T, E, F>(&self, name: &'static str, mut locks: Vec<LockKey>, command: F) -> Pending<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Fault> + Send + 'static,
    {
        let (reply, receiver) = oneshot::channel();
        locks.sort_unstable();
        locks.dedup();
        let work: Work = Box::new(move |worker| {
            let _ = reply.send(worker.write(name, &locks, &command));
        });
        if self.writes.send(work).is_err() {
            return Pending::ready(Err(Fault::Stopped.into()));
        }
        Pending::waiting(receiver)
    }

    pub(super) fn read<T, E, F>(&self, query: F) -> Pending<T, E>
    where
        F: Fn(&ReadTx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Fault> + Send + 'static,
    {
        let (reply, receiver) = oneshot::channel();
        let work: Work = Box::new(move |worker| {
            let _ = reply.send(worker.read(&query));
        });
        if self.reads.send(work).is_err() {
            return Pending::ready(Err(Fault::Stopped.into()));
        }
        Pending::waiting(receiver)
    }

    pub(super) fn migrate(&self, rooms: &[Migrations]) -> Result<(), Fault> {
        let mut client = connect(&self.config, self.schema.as_deref())?;
        wait_to_migrate(&mut client, self.schema.as_deref())?;
        migrate::run(Engine::Postgres, rooms, &mut client)
    }

    pub(super) fn prepare_all(&self) -> Result<Vec<String>, Fault> {
        let mut client = connect(&self.config, self.schema.as_deref())?;
        let ours = STATEMENTS.iter().filter(|s| s.runs_on(Engine::Postgres));
        Ok(ours
            .filter_map(|s| client.prepare(s.postgres_text()).err().map(|e| format!("{}:{}: {}", s.place().0, s.place().1, describe(&e))))
            .collect())
    }
}

/// Split our own `schema=NAME` off the text; the rest is the driver's.
fn configure(location: &str) -> Result<(Config, Option<String>), Fault> {
    let mut schema = None;
    let mut keep = |part: &str| match part.strip_prefix("schema=") {
        Some(name) => {
            schema = Some(name.to_owned());
            false
        }
        None => true,
    };
    let text = if let Some((base, query)) = location.split_once('?') {
        let rest: Vec<_> = query.split('&').filter(|part| keep(part)).collect();
        if rest.is_empty() { base.to_owned() } else { format!("{base}?{}", rest.join("&")) }
    } else {
        location.split_whitespace().filter(|part| keep(part)).collect::<Vec<_>>().join(" ")
    };
    if let Some(name) = &schema
        && !name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    {
        return Err(Fault::data(format!("`{name}` is no schema name: small letters, digits and _ only")));
    }
    let config = text.parse().map_err(|e: postgres::Error| Fault::outside("reading the PostgreSQL address", e))?;
    Ok((config, schema))
}

fn connect(config: &Config, schema: Option<&str>) -> Result<Client, Fault> {
    let mut client = config.connect(NoTls).map_err(|e| Fault::outside("connecting to PostgreSQL", e))?;
    client.batch_execute(SETTINGS).map_err(|e| Fault::outside("setting up the connection", e))?;
    if let Some(schema) = schema {
        client.batch_execute(&format!("SET search_path TO \"{schema}\"")).map_err(|e| Fault::outside("choosing the tenant's schema", e))?;
    }
    Ok(client)
}

/// Two nodes that start together: one makes the tables, the other waits and finds them made. The lock ends with the connection.
fn wait_to_migrate(client: &mut Client, schema: Option<&str>) -> Result<(), Fault> {
    let lock = LockKey::of(&format!("migrate/{}", schema.unwrap_or_default()));
    client.execute("SELECT pg_advisory_lock($1)", &[&lock.0]).map(drop).map_err(|e| Fault::outside("waiting to migrate", e))
}

fn describe(error: &postgres::Error) -> String {
    error.as_db_error().map_or_else(|| error.to_string(), |e| format!("{} {}", e.code().code(), e.message()))
}

impl Worker {
    fn session(&mut self) -> Result<&mut PgSession, Fault> {
        if self.session.as_ref().is_none_or(|s| s.client.is_closed()) {
            let mut client = connect(&self.config, self.schema.as_deref())?;
            if !self.options.durable {
                client.batch_execute("SET synchronous_commit = off").map_err(|e| Fault::outside("relaxing durability", e))?;
            }
            self.session = Some(PgSession::new(client));
        }
        self.session.as_mut().ok_or(Fault::Stopped)
    }

    /// Begin on this worker's connection, or on a new one if the server has closed it since: nothing has been done yet.
    fn begin(&mut self, text: &'static str) -> Result<(), Fault> {
        let refused = |error: postgres::Error| Fault::Database { statement: text.to_owned(), source: Box::new(error) };
        match self.session()?.client.batch_execute(text) {
            Err(error) if is_broken(&error) => {
                self.session = None;
                self.session()?.client.batch_execute(text).map_err(refused)
            }
            begun => begun.map_err(refused),
        }
    }

    fn write<T, E: From<Fault>>(
        &mut self,
        name: &'static str,
        locks: &[LockKey],
        command: &dyn Fn(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let started = Instant::now();
        let result = self.locked(locks, |worker| worker.attempts(name, command));
        if started.elapsed() > self.options.slow * 4 {
            tracing::warn!(name, millis = started.elapsed().as_millis() as u64, "a write overstayed");
        }
        result
    }

    /// Session locks in one order, taken before BEGIN so that the snapshot sees what the last holder committed.
    fn locked<T, E: From<Fault>>(&mut self, locks: &[LockKey], body: impl FnOnce(&mut Self) -> Result<T, E>) -> Result<T, E> {
        if locks.is_empty() {
            return body(self);
        }
        let mut take_all = || -> Result<(), Fault> {
            for lock in locks {
                let take = self.session()?.client.execute("SELECT pg_advisory_lock($1)", &[&lock.0]);
                take.map_err(|e| Fault::outside("taking a lock", e))?;
            }
            Ok(())
        };
        let result = match take_all() {
            Ok(()) => body(self),
            Err(fault) => Err(fault.into()),
        };
        // A broken connection has given its locks back already.
        if let Ok(session) = self.session()
            && session.client.execute("SELECT pg_advisory_unlock_all()", &[]).is_err()
        {
            self.session = None;
        }
        result
    }

    /// Run until the server lets it stand. Losers queue up by the command's name: of them only one runs at a time, so that many
    /// callers who read and write the same pages do not undo each other until all have given up. One that loses again and again has
    /// this process's writers to itself for a moment.
    fn attempts<T, E: From<Fault>>(&mut self, name: &'static str, command: &dyn Fn(&mut Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        if let Some(result) = self.beside_others(name, command)? {
            return result;
        }
        let queue = LockKey::of(&format!("again/{}/{name}", self.schema.as_deref().unwrap_or_default()));
        let take = self.session()?.client.execute("SELECT pg_advisory_lock($1)", &[&queue.0]);
        take.map_err(|e| Fault::outside("queueing up", e))?;
        let result = self.again(name, command);
        // A broken connection has given its locks back already.
        if let Ok(session) = self.session()
            && session.client.execute("SELECT pg_advisory_unlock($1)", &[&queue.0]).is_err()
        {
            self.session = None;
        }
        result
    }

    fn again<T, E: From<Fault>>(&mut self, name: &'static str, command: &dyn Fn(&mut Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        for attempt in 1..ATTEMPTS {
            let result = if attempt < PATIENCE { self.beside_others(name, command)? } else { self.alone(name, command)? };
            if let Some(result) = result {
                return result;
            }
            // A random while that grows, up to 16 ms, so that the same two do not meet again.
            let span = rand::RngExt::random_range(&mut self.random, 0..(1u64 << attempt.min(4)) * 1000);
            std::thread::sleep(Duration::from_micros(span));
        }
        Err(Fault::Contention(name).into())
    }

    fn beside_others<T, E: From<Fault>>(&mut self, name: &'static str, command: &dyn Fn(&mut Tx<'_>) -> Result<T, E>) -> Attempt<T, E> {
        let gate = self.gate.clone();
        let _open = gate.read().unwrap_or_else(PoisonError::into_inner);
        self.attempt(name, command)
    }

    /// Nothing of the database is held while waiting here, so nobody waits for the one who waits.
    fn alone<T, E: From<Fault>>(&mut self, name: &'static str, command: &dyn Fn(&mut Tx<'_>) -> Result<T, E>) -> Attempt<T, E> {
        let gate = self.gate.clone();
        let _closed = gate.write().unwrap_or_else(PoisonError::into_inner);
        self.attempt(name, command)
    }

    /// One run; `None` when the server asks for another.
    fn attempt<T, E: From<Fault>>(&mut self, name: &'static str, command: &dyn Fn(&mut Tx<'_>) -> Result<T, E>) -> Attempt<T, E> {
        self.begin("BEGIN ISOLATION LEVEL SERIALIZABLE")?;
        let Worker { session: Some(session), options, random, signals, .. } = self else { return Err(Fault::Stopped) };
        let mut tx = Tx::new(ReadTx::new(Conn::Postgres(RefCell::new(session)), &*options.clock), random);
        let outcome = catch_unwind(AssertUnwindSafe(|| command(&mut tx)));
        let (raised, retry, failed) = (tx.raised, tx.retry.get(), tx.failed.get());
        let result = match outcome {
            // COMMIT of a transaction that the server has given up says "ok" and keeps nothing.
            Ok(Ok(_)) if failed && !retry => Some(Err(Fault::went_on(name).into())),
            Ok(Ok(value)) if !retry => match session.client.batch_execute("COMMIT") {
                Ok(()) => {
                    signals.raise(raised);
                    return Ok(Some(Ok(value)));
                }
                Err(error) if wants_retry(&error) => None,
                Err(error) if is_broken(&error) => Some(Err(Fault::outside("committing; whether it was kept is not known", error).into())),
                Err(error) => Some(Err(Fault::Database { statement: "COMMIT".into(), source: Box::new(error) }.into())),
            },
            Ok(_) if retry => None,
            Ok(refusal) => Some(refusal),
            Err(panic) => Some(Err(Fault::Panicked { name, message: message(&*panic) }.into())),
        };
        if session.client.batch_execute("ROLLBACK").is_err() {
            self.session = None;
        }
        Ok(result)
    }

    fn read<T, E: From<Fault>>(&mut self, query: &dyn Fn(&ReadTx<'_>) -> Result<T, E>) -> Result<T, E> {
        let clock: Arc<dyn Clock> = self.options.clock.clone();
        self.begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")?;
        let session = self.session()?;
        let outcome = catch_unwind(AssertUnwindSafe(|| query(&ReadTx::new(Conn::Postgres(RefCell::new(session)), &*clock))));
        if self.session()?.client.batch_execute("COMMIT").is_err() {
            self.session = None;
        }
        outcome.unwrap_or_else(|panic| Err(Fault::Panicked { name: "read", message: message(&*panic) }.into()))
    }
}
