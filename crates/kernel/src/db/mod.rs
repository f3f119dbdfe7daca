//! The one door to a tenant's database.

mod postgres;
mod signals;
mod sqlite;

pub(crate) use signals::Raised;
use signals::Signals;

use crate::{Clock, Fault, Migrations, ReadTx, SystemClock, Tx};
use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::{oneshot, watch};

/// Which engine is underneath.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// A file in this process.
    Sqlite,
    /// A server.
    Postgres,
}

/// How to open a database.
#[derive(Clone)]
pub struct DbOptions {
    /// Where the time comes from.
    pub clock: Arc<dyn Clock>,
    /// Seed of ids and chance; `None` takes the machine's entropy.
    pub seed: Option<u64>,
    /// False trades durability of the last milliseconds for speed; only for tests and bulk simulation.
    pub durable: bool,
    /// A write closure that runs longer than this is logged by name.
    pub slow: Duration,
    /// PostgreSQL: write threads, each with its own connection; and as many for reads.
    pub connections: usize,
}

impl Default for DbOptions {
    fn default() -> Self {
        DbOptions { clock: Arc::new(SystemClock), seed: None, durable: true, slow: Duration::from_millis(50), connections: 8 }
    }
}

/// A hot key (a SKU, a slot) to lock before the snapshot is taken. Only PostgreSQL needs it; on SQLite writers queue anyway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LockKey(pub(crate) i64);

impl LockKey {
    /// The key of a text such as `stock/madrid/SKU-1`. Two texts may share a key; that costs waiting, never correctness.
    pub fn of(text: &str) -> Self {
        // FNV-1a, 64 bits: stable across versions and processes, unlike the hasher of std.
        let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3));
        LockKey(hash.cast_signed())
    }
}

/// An answer on its way: `.await` it in async code, `.wait()` for it on a thread.
#[must_use = "the answer may be a refusal"]
pub struct Pending<T, E>(State<T, E>);

enum State<T, E> {
    Ready(Option<Result<T, E>>),
    Waiting(oneshot::Receiver<Result<T, E>>),
}

impl<T, E: From<Fault>> Pending<T, E> {
    pub(crate) fn ready(result: Result<T, E>) -> Self {
        Pending(State::Ready(Some(result)))
    }
    pub(crate) fn waiting(receiver: oneshot::Receiver<Result<T, E>>) -> Self {
        Pending(State::Waiting(receiver))
    }
    /// Block this thread until the answer is there. Not for async code.
    pub fn wait(self) -> Result<T, E> {
        match self.0 {
            State::Ready(result) => result.unwrap_or_else(|| Err(Fault::Stopped.into())),
            State::Waiting(receiver) => receiver.blocking_recv().unwrap_or_else(|_| Err(Fault::Stopped.into())),
        }
    }
}

impl<T: Unpin, E: From<Fault> + Unpin> Future for Pending<T, E> {
    type Output = Result<T, E>;
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut self.0 {
            State::Ready(result) => Poll::Ready(result.take().unwrap_or_else(|| Err(Fault::Stopped.into()))),
            State::Waiting(receiver) => Pin::new(receiver).poll(cx).map(|r| r.unwrap_or_else(|_| Err(Fault::Stopped.into()))),
        }
    }
}

enum Backend {
    Sqlite(sqlite::Sqlite),
    Postgres(Box<postgres::Postgres>),
}

struct Shared {
    backend: Backend,
    clock: Arc<dyn Clock>,
    signals: Signals,
}

/// A tenant's database. Cheap to clone.
#[derive(Clone)]
pub struct Db(Arc<Shared>);

impl Db {
    /// Open a database: a file path, or a `postgres://` address or `host=..` text (optionally with `schema=NAME` for the tenant).
    pub fn open(location: &str, options: DbOptions) -> Result<Self, Fault> {
        let signals = Signals::new();
        let clock = options.clock.clone();
        let backend = if location.starts_with("postgres://") || location.starts_with("postgresql://") || location.contains("host=") {
            Backend::Postgres(Box::new(postgres::Postgres::open(location, options, signals.clone())?))
        } else {
            Backend::Sqlite(sqlite::Sqlite::open(PathBuf::from(location), options, signals.clone())?)
        };
        Ok(Db(Arc::new(Shared { backend, clock, signals })))
    }

    /// Bring the tables up to date: the kernel's own first, then each room's in the order given.
    pub fn migrate(&self, rooms: &[Migrations]) -> Result<(), Fault> {
        match &self.0.backend {
            Backend::Sqlite(db) => db.migrate(rooms),
            Backend::Postgres(db) => db.migrate(rooms),
        }
    }

    /// Run a command: all of it is kept, or none. `command` may be run twice, so it does no I/O and keeps no state.
    /// The answer comes only after COMMIT.
    pub fn write<T, E, F>(&self, name: &'static str, command: F) -> Pending<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Fault> + Send + 'static,
    {
        self.write_locking(name, Vec::new(), command)
    }

    /// As [`Db::write`], taking the locks of hot keys first, so that SERIALIZABLE need not retry.
    pub fn write_locking<T, E, F>(&self, name: &'static str, locks: Vec<LockKey>, command: F) -> Pending<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Fault> + Send + 'static,
    {
        match &self.0.backend {
            Backend::Sqlite(db) => db.write(name, command),
            Backend::Postgres(db) => db.write(name, locks, command),
        }
    }

    /// Run a query on one consistent snapshot.
    pub fn read<T, E, F>(&self, query: F) -> Pending<T, E>
    where
        F: Fn(&ReadTx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Fault> + Send + 'static,
    {
        match &self.0.backend {
            Backend::Sqlite(db) => Pending::ready(db.read(query)),
            Backend::Postgres(db) => db.read(query),
        }
    }

    /// The clock that commands see.
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.0.clock
    }

    /// Which engine is underneath.
    pub fn engine(&self) -> Engine {
        match self.0.backend {
            Backend::Sqlite(_) => Engine::Sqlite,
            Backend::Postgres(_) => Engine::Postgres,
        }
    }

    /// Changes whenever this process committed an event. Other processes' events are found by looking.
    pub fn log_signal(&self) -> watch::Receiver<u64> {
        self.0.signals.log.subscribe()
    }

    /// A number that is another one once this process has committed an event whose kind begins with one of these words (`stock` of
    /// `stock.changed`), before whoever wrote it hears so; it may change without. For what is read once and kept for a moment.
    pub fn changes(&self, words: &[&str]) -> u64 {
        self.0.signals.count(words)
    }

    /// Changes whenever this process set a timer.
    pub fn timer_signal(&self) -> watch::Receiver<u64> {
        self.0.signals.timers.subscribe()
    }

    /// Copy the database, while it runs, into a new file.
    ///
    /// # Errors
    /// A fault when the file exists, cannot be written, or the engine is PostgreSQL (whose own tools do this).
    pub fn backup(&self, to: &Path) -> Result<(), Fault> {
        match &self.0.backend {
            Backend::Sqlite(db) => db.backup(to),
            Backend::Postgres(_) => Err(Fault::data("a PostgreSQL tenant is backed up with pg_dump -n SCHEMA")),
        }
    }

    /// The steps of SQLite's plan for a text.
    #[cfg(feature = "testing")]
    pub(crate) fn plan(&self, text: &str) -> Result<Vec<String>, Fault> {
        match &self.0.backend {
            Backend::Sqlite(db) => db.plan(text),
            Backend::Postgres(_) => Err(Fault::data("plans are read on SQLite")),
        }
    }

    /// Prepare every statement linked into this program; answers the failures as `file:line: why`.
    pub fn prepare_all(&self) -> Result<Vec<String>, Fault> {
        match &self.0.backend {
            Backend::Sqlite(db) => db.prepare_all(),
            Backend::Postgres(db) => db.prepare_all(),
        }
    }
}
