//! `hilo backup` and `hilo restore`.

use crate::config::Config;
use crate::wiring;
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

/// Copy the database while it runs.
pub fn backup(config: &Config, to: &Path) -> Result<()> {
    let db = wiring::open(config)?;
    db.backup(to).map_err(|fault| anyhow::anyhow!(fault.chain()))?;
    println!("The database was copied to {}.", to.display());
    Ok(())
}

/// Put a backup in the database's place.
pub fn restore(config: &Config, from: &Path, replace: bool) -> Result<()> {
    let place = PathBuf::from(&config.database);
    if config.database.contains("://") || config.database.contains("host=") {
        bail!("a PostgreSQL database is restored with its own tools (pg_restore)");
    }
    wiring::check_file(from)?;
    if place.exists() {
        if !replace {
            bail!("{} exists; stop the server and say --replace to put it aside", place.display());
        }
        for end in ["", "-wal", "-shm"] {
            let file = PathBuf::from(format!("{}{end}", place.display()));
            if file.exists() {
                std::fs::rename(&file, format!("{}.before-restore{end}", place.display())).with_context(|| format!("putting {} aside", file.display()))?;
            }
        }
    }
    std::fs::copy(from, &place).with_context(|| format!("copying {}", from.display()))?;
    println!("{} is now the database; the one before, if any, lies beside it.", place.display());
    Ok(())
}
