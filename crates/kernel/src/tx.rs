//! What a command and a query hold in their hand.

use crate::db::Raised;
use crate::{Bind, Clock, Event, Fault, Row, Statement, Timestamp, log, timers};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde::Serialize;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ops::Deref;

/// A PostgreSQL connection with its prepared statements.
pub(crate) struct PgSession {
    pub(crate) client: postgres::Client,
    /// By the statement's address, which never changes.
    prepared: HashMap<usize, postgres::Statement>,
}

impl PgSession {
    pub(crate) fn new(client: postgres::Client) -> Self {
        PgSession { client, prepared: HashMap::new() }
    }
    fn prepare(&mut self, sql: &'static Statement) -> Result<postgres::Statement, postgres::Error> {
        let key = std::ptr::from_ref(sql).addr();
        if let Some(known) = self.prepared.get(&key) {
            return Ok(known.clone());
        }
        let fresh = self.client.prepare(sql.postgres_text())?;
        self.prepared.insert(key, fresh.clone());
        Ok(fresh)
    }
}

pub(crate) enum Conn<'c> {
    Sqlite(&'c rusqlite::Connection),
    Postgres(RefCell<&'c mut PgSession>),
}

/// One consistent view of the database. Queries take this; every [`Tx`] is one too.
pub struct ReadTx<'c> {
    pub(crate) conn: Conn<'c>,
    now: Timestamp,
    /// The engine asked for the whole transaction to be run again.
    pub(crate) retry: Cell<bool>,
    /// The engine refused a statement: nothing of this transaction may be kept, whatever the command makes of it.
    pub(crate) failed: Cell<bool>,
    trace: RefCell<Option<Vec<Traced>>>,
}

/// A statement as it ran: what a benchmark repeats by hand to know the bound.
#[derive(Debug, Clone)]
pub struct Traced {
    /// The text.
    pub sql: &'static str,
    /// What was bound.
    pub params: Vec<rusqlite::types::Value>,
}

impl<'c> ReadTx<'c> {
    pub(crate) fn new(conn: Conn<'c>, clock: &dyn Clock) -> Self {
        ReadTx { conn, now: clock.now(), retry: Cell::new(false), failed: Cell::new(false), trace: RefCell::new(None) }
    }

    /// The moment of this transaction; the same throughout.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Which engine answers; only for dialect pairs behind one function.
    pub fn engine(&self) -> crate::Engine {
        match self.conn {
            Conn::Sqlite(_) => crate::Engine::Sqlite,
            Conn::Postgres(_) => crate::Engine::Postgres,
        }
    }

    /// Keep every statement from here to [`ReadTx::take_trace`].
    pub fn start_trace(&self) {
        *self.trace.borrow_mut() = Some(Vec::new());
    }

    /// The statements that ran since [`ReadTx::start_trace`].
    pub fn take_trace(&self) -> Vec<Traced> {
        self.trace.borrow_mut().take().unwrap_or_default()
    }

    fn note(&self, sql: &'static Statement, params: &[&dyn Bind]) {
        if let Some(trace) = self.trace.borrow_mut().as_mut() {
            let params = params.iter().map(|param| param.bind().into_value()).collect();
            trace.push(Traced { sql: sql.text(), params });
        }
    }

    /// All rows of the answer. Bound the answer in the text with LIMIT.
    pub fn query<T>(
        &self,
        sql: &'static Statement,
        params: &[&dyn Bind],
        mut map: impl FnMut(&Row<'_>) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        let mut found = Vec::new();
        self.each(sql, params, |row| {
            found.push(map(row)?);
            Ok(())
        })?;
        Ok(found)
    }

    /// The first row, if there is one.
    pub fn query_opt<T>(
        &self,
        sql: &'static Statement,
        params: &[&dyn Bind],
        mut map: impl FnMut(&Row<'_>) -> Result<T, Fault>,
    ) -> Result<Option<T>, Fault> {
        let mut found = None;
        self.each(sql, params, |row| {
            if found.is_none() {
                found = Some(map(row)?);
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// The row that must be there; a fault when it is not.
    pub fn query_one<T>(
        &self,
        sql: &'static Statement,
        params: &[&dyn Bind],
        map: impl FnMut(&Row<'_>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        self.query_opt(sql, params, map)?.ok_or_else(|| Fault::data(format!("no row for `{}`", sql.text())))
    }

    fn each(
        &self,
        sql: &'static Statement,
        params: &[&dyn Bind],
        mut visit: impl FnMut(&Row<'_>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.note(sql, params);
        match &self.conn {
            Conn::Sqlite(conn) => {
                let refused = |e| self.refused(sql, e);
                let mut statement = conn.prepare_cached(sql.text()).map_err(refused)?;
                let mut rows = statement.query(rusqlite::params_from_iter(params.iter().map(|p| p.bind()))).map_err(refused)?;
                while let Some(row) = rows.next().map_err(refused)? {
                    visit(&Row::Sqlite(row))?;
                }
                Ok(())
            }
            Conn::Postgres(session) => {
                let mut session = session.borrow_mut();
                let statement = session.prepare(sql).map_err(|e| self.refused_by_postgres(sql, e))?;
                let bound: Vec<_> = params.iter().map(|p| p.bind()).collect();
                let refs: Vec<&(dyn postgres::types::ToSql + Sync)> = bound.iter().map(|p| p as _).collect();
                let rows = session.client.query(&statement, &refs).map_err(|e| self.refused_by_postgres(sql, e))?;
                drop(session);
                rows.iter().try_for_each(|row| visit(&Row::Postgres(row)))
            }
        }
    }

    fn refused(&self, sql: &Statement, error: rusqlite::Error) -> Fault {
        self.failed.set(true);
        if is_passing(&error) {
            return Fault::outside("using the database file", error);
        }
        Fault::Database { statement: sql.text().to_owned(), source: Box::new(error) }
    }

    fn refused_by_postgres(&self, sql: &Statement, error: postgres::Error) -> Fault {
        if wants_retry(&error) {
            self.retry.set(true);
        }
        self.failed.set(true);
        if is_broken(&error) {
            return Fault::outside("talking to PostgreSQL", error);
        }
        Fault::Database { statement: sql.text().to_owned(), source: Box::new(error) }
    }
}

/// 40001 serialization_failure and 40P01 deadlock_detected: PostgreSQL 15, appendix A.
pub(crate) fn wants_retry(error: &postgres::Error) -> bool {
    use postgres::error::SqlState;
    error.code().is_some_and(|code| *code == SqlState::T_R_SERIALIZATION_FAILURE || *code == SqlState::T_R_DEADLOCK_DETECTED)
}

/// The disk is full, the machine is out of memory, or another program holds the file: not the statement's fault.
fn is_passing(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked, DiskFull, OutOfMemory, SystemIoFailure};
    let code = error.sqlite_error_code();
    code.is_some_and(|code| matches!(code, DatabaseBusy | DatabaseLocked | DiskFull | OutOfMemory | SystemIoFailure))
}

/// The connection is gone or the server is in trouble (classes 08, 53, 57, 58 of appendix A): not the statement's fault.
pub(crate) fn is_broken(error: &postgres::Error) -> bool {
    let from_io = std::error::Error::source(error).is_some_and(|cause| cause.is::<std::io::Error>());
    from_io || error.is_closed() || error.code().is_some_and(|code| matches!(&code.code()[..2], "08" | "53" | "57" | "58"))
}

/// One unit of change: all of it is kept, or none.
pub struct Tx<'c> {
    read: ReadTx<'c>,
    random: &'c mut StdRng,
    /// The chance in the newest id of this transaction.
    last_chance: u128,
    pub(crate) raised: Raised,
}

impl<'c> Deref for Tx<'c> {
    type Target = ReadTx<'c>;
    fn deref(&self) -> &ReadTx<'c> {
        &self.read
    }
}

impl<'c> Tx<'c> {
    pub(crate) fn new(read: ReadTx<'c>, random: &'c mut StdRng) -> Self {
        Tx { read, random, last_chance: 0, raised: Raised::default() }
    }

    /// Change rows; answers how many.
    pub fn execute(&mut self, sql: &'static Statement, params: &[&dyn Bind]) -> Result<u64, Fault> {
        self.note(sql, params);
        match &self.conn {
            Conn::Sqlite(conn) => {
                let refused = |e| self.refused(sql, e);
                let mut statement = conn.prepare_cached(sql.text()).map_err(refused)?;
                statement.execute(rusqlite::params_from_iter(params.iter().map(|p| p.bind()))).map(|n| n as u64).map_err(refused)
            }
            Conn::Postgres(session) => {
                let mut session = session.borrow_mut();
                let statement = session.prepare(sql).map_err(|e| self.refused_by_postgres(sql, e))?;
                let bound: Vec<_> = params.iter().map(|p| p.bind()).collect();
                let refs: Vec<&(dyn postgres::types::ToSql + Sync)> = bound.iter().map(|p| p as _).collect();
                session.client.execute(&statement, &refs).map_err(|e| self.refused_by_postgres(sql, e))
            }
        }
    }

    /// Change rows and read what `RETURNING` gives.
    pub fn write_query<T>(
        &mut self,
        sql: &'static Statement,
        params: &[&dyn Bind],
        map: impl FnMut(&Row<'_>) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        self.read.query(sql, params, map)
    }

    /// Try something that may be refused: an `Err` undoes what it wrote, and the transaction goes on. What the engine itself refused
    /// still undoes everything.
    pub fn attempt<T, E>(&mut self, step: impl FnOnce(&mut Self) -> Result<T, E>) -> Result<Result<T, E>, Fault> {
        let raised = self.raised;
        self.execute(crate::sql!("SAVEPOINT attempt"), &[])?;
        let outcome = step(self);
        if outcome.is_err() {
            self.raised = raised;
            self.execute(crate::sql!("ROLLBACK TO SAVEPOINT attempt"), &[])?;
        }
        self.execute(crate::sql!("RELEASE SAVEPOINT attempt"), &[])?;
        Ok(outcome)
    }

    /// A new id: this moment, then chance. Ids of one transaction sort in the order in which they were made.
    pub fn new_id<T: From<(u64, u128)>>(&mut self) -> T {
        // The first leaves its highest bit free, so that the steps of the others (32 random bits each) never wrap.
        self.last_chance = match self.last_chance {
            0 => self.random.random::<u128>() & ((1 << 79) - 1),
            last => last + 1 + u128::from(self.random.random::<u32>()),
        };
        T::from((self.now().as_millis(), self.last_chance))
    }

    /// Chance, from the source handed to the database.
    pub fn random_u64(&mut self) -> u64 {
        self.random.random()
    }

    /// Unguessable bytes, for tokens and codes.
    pub fn random_bytes<const N: usize>(&mut self) -> [u8; N] {
        self.random.random()
    }

    /// State a fact, in this same transaction. Returns its place in the log.
    pub fn announce(&mut self, event: Event) -> Result<(), Fault> {
        let kind = event.kind;
        log::append(self, event)?;
        self.raised.announce(kind);
        Ok(())
    }

    /// Do something at `due`, durably. One timer per `kind` and `key`: setting it again moves it.
    pub fn at(&mut self, due: Timestamp, kind: &'static str, key: &str, body: &impl Serialize) -> Result<(), Fault> {
        self.raised.timed = true;
        timers::set(self, due, kind, key, body)
    }

    /// Forget a timer; answers whether there was one.
    pub fn cancel_timer(&mut self, kind: &'static str, key: &str) -> Result<bool, Fault> {
        timers::cancel(self, kind, key)
    }
}

/// A generator from a seed, or from the machine's entropy.
pub(crate) fn random_source(seed: Option<u64>) -> StdRng {
    seed.map_or_else(rand::make_rng, StdRng::seed_from_u64)
}
