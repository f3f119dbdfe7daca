//! A database for one figure, removed afterwards.

use crate::wiring::{ROOMS, say};
use anyhow::{Context, Result};
use kernel::{Db, DbOptions};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// Which database is measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A file.
    Sqlite,
    /// A server, by its address.
    Postgres(String),
}

impl Place {
    /// As the table says it.
    pub fn name(&self) -> &'static str {
        match self {
            Place::Sqlite => "SQLite",
            Place::Postgres(_) => "PostgreSQL",
        }
    }
}

static NEXT: AtomicU32 = AtomicU32::new(1);

/// A fresh folder, and on PostgreSQL a fresh schema; both are removed when it is dropped.
pub struct Ground {
    folder: PathBuf,
    location: String,
    schema: Option<(String, String)>,
}

impl Ground {
    /// Make it.
    pub fn new(place: &Place) -> Result<Self> {
        let name = format!("hilo_bench_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(&name);
        std::fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
        Ok(match place {
            Place::Sqlite => Ground { location: folder.join("hilo.db").to_string_lossy().into_owned(), folder, schema: None },
            Place::Postgres(server) => {
                let joint = if server.contains("://") { if server.contains('?') { "&" } else { "?" } } else { " " };
                Ground { location: format!("{server}{joint}schema={name}"), folder, schema: Some((server.clone(), name)) }
            }
        })
    }

    /// Open the database with all tables.
    pub fn open(&self) -> Result<Db> {
        let db = self.open_at(&self.location, true)?;
        db.migrate(ROOMS).map_err(say)?;
        Ok(db)
    }

    /// Open a database as it is.
    pub fn open_at(&self, location: &str, durable: bool) -> Result<Db> {
        // Long closures are expected while the ground is prepared.
        Db::open(location, DbOptions { slow: Duration::from_secs(60), durable, ..DbOptions::default() }).map_err(say)
    }

    /// What `Db::open` takes.
    pub fn location(&self) -> &str {
        &self.location
    }

    /// The folder of everything that is kept.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Let PostgreSQL know what is in the tables, as its own housekeeping would within minutes.
    pub fn analyse(&self) -> Result<()> {
        if let Some((server, schema)) = &self.schema {
            let mut client = postgres::Client::connect(server, postgres::NoTls)?;
            let tables = client.query("SELECT tablename FROM pg_tables WHERE schemaname = $1", &[schema])?;
            for table in tables {
                client.batch_execute(&format!("VACUUM ANALYZE \"{schema}\".\"{}\"", table.get::<_, String>(0)))?;
            }
        }
        Ok(())
    }
}

impl Drop for Ground {
    fn drop(&mut self) {
        // What cannot be removed is only litter in the temporary folder.
        let _ = std::fs::remove_dir_all(&self.folder);
        if let Some((server, schema)) = &self.schema
            && let Ok(mut client) = postgres::Client::connect(server, postgres::NoTls)
        {
            let _ = client.batch_execute(&format!("DROP SCHEMA IF EXISTS \"{schema}\" CASCADE"));
        }
    }
}
