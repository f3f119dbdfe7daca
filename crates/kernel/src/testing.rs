//! A throw-away database for the tests of every room: on SQLite always, on PostgreSQL when `HILO_TEST_POSTGRES` says where.

use crate::{Db, DbOptions, Migrations, Reaction, TimerHandler, Timestamp, VirtualClock};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// One database with a virtual clock, gone when dropped.
pub struct World {
    db: Db,
    clock: VirtualClock,
    _file: Option<tempfile::TempDir>,
    schema: Option<(String, String)>,
}

/// Monday 2026-06-01, 10:00 in Madrid.
pub const START: Timestamp = Timestamp::from_seconds(1_780_300_800);

/// How SQLite would run every statement linked into this program: the statement's place, its text, and the steps of the plan.
pub fn plans(db: &Db) -> Vec<(String, &'static str, Vec<String>)> {
    let ours = crate::STATEMENTS.iter().filter(|s| s.runs_on(crate::Engine::Sqlite));
    ours.map(|statement| {
        let (file, line) = statement.place();
        (format!("{file}:{line}"), statement.text(), db.plan(statement.text()).expect("the statement prepares"))
    })
    .collect()
}

/// Run a test on each engine that is at hand, with these rooms' tables.
pub fn on_both(rooms: &[Migrations], test: impl Fn(&World)) {
    on_sqlite(rooms, &test);
    if let Ok(server) = std::env::var("HILO_TEST_POSTGRES") {
        test(&World::postgres(&server, rooms));
    }
}

/// Run a test on SQLite alone.
pub fn on_sqlite(rooms: &[Migrations], test: impl Fn(&World)) {
    test(&World::sqlite(rooms));
}

impl World {
    /// A fresh file.
    pub fn sqlite(rooms: &[Migrations]) -> Self {
        let file = tempfile::tempdir().expect("a temporary folder");
        let path = file.path().join("hilo.db");
        Self::at(path.to_str().expect("a plain path"), rooms, Some(file), None)
    }

    /// A fresh schema on a server.
    pub fn postgres(server: &str, rooms: &[Migrations]) -> Self {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let schema = format!("test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::SeqCst));
        Self::at(&format!("{server} schema={schema}"), rooms, None, Some((server.to_owned(), schema)))
    }

    fn at(location: &str, rooms: &[Migrations], file: Option<tempfile::TempDir>, schema: Option<(String, String)>) -> Self {
        let clock = VirtualClock::starting(START);
        let options = DbOptions { clock: Arc::new(clock.clone()), seed: Some(7), durable: false, ..DbOptions::default() };
        let db = Db::open(location, options).expect("the database opens");
        db.migrate(rooms).expect("the tables are made");
        World { db, clock, _file: file, schema }
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.db
    }
    /// Its clock.
    pub fn clock(&self) -> &VirtualClock {
        &self.clock
    }
    /// Fire timers that are due until none is left.
    pub fn run_timers(&self, handlers: &[TimerHandler]) {
        while crate::timers::fire_due(&self.db, handlers, 100).expect("timers fire") > 0 {}
    }
    /// Let reactions catch up with the log.
    pub fn run_reactions(&self, reactions: &[Reaction]) {
        self.wait_for_log();
        // Not `settle`: without their handlers, timers that are due would be put off.
        while crate::reactions::follow(&self.db, reactions).expect("reactions follow") > 0 {
            self.wait_for_log();
        }
    }
    /// The whole log, oldest first.
    pub fn log(&self) -> Vec<crate::Logged> {
        self.wait_for_log();
        self.db.read(|tx| crate::log::after(tx, crate::LogKey::default(), 100_000)).wait().expect("the log is read")
    }
    /// Wait until followers see the whole log. On PostgreSQL its end waits for every older transaction of the server, those
    /// of other tests too.
    pub fn wait_for_log(&self) {
        let is_whole = || {
            let ends = self.db.read(|tx| Ok::<_, crate::Fault>((crate::log::newest(tx)?, crate::log::horizon(tx)?)));
            let (newest, horizon) = ends.wait().expect("the log is read");
            self.db.engine() == crate::Engine::Sqlite || horizon.tx > newest.tx
        };
        let start = std::time::Instant::now();
        while !is_whole() {
            assert!(start.elapsed().as_secs() < 30, "a transaction holds back the log");
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if let Some((server, schema)) = &self.schema
            && let Ok(mut client) = postgres::Client::connect(server, postgres::NoTls)
        {
            let _ = client.batch_execute(&format!("DROP SCHEMA IF EXISTS {schema} CASCADE"));
        }
    }
}
