//! `hilo backup` and `hilo restore`.

use crate::config::Config;
use crate::wiring;
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

/// Copy the database while it runs, as it is: a newer program may copy it before it changes the tables.
pub fn backup(config: &Config, to: &Path) -> Result<()> {
    let db = wiring::open_as_it_is(config)?;
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
        put_aside(&place)?;
    }
    // Copied beside it first: a copy that is cut short never stands in the database's place.
    let fresh = PathBuf::from(format!("{}.restoring", place.display()));
    if fresh.exists() {
        std::fs::remove_file(&fresh).with_context(|| format!("removing {}", fresh.display()))?;
    }
    wiring::copy_file(from, &fresh).with_context(|| format!("copying {}", from.display()))?;
    std::fs::rename(&fresh, &place).with_context(|| format!("putting {} in its place", fresh.display()))?;
    println!("{} is now the database; the one before, if any, lies beside it.", place.display());
    Ok(())
}

/// Only a database that nobody has open lets its journal go; so a server that still runs is noticed.
fn put_aside(place: &Path) -> Result<()> {
    let aside = PathBuf::from(format!("{}.before-restore", place.display()));
    if aside.exists() {
        bail!("{} is there from an earlier restore; move it away first", aside.display());
    }
    let open = rusqlite::Connection::open(place).with_context(|| format!("opening {}", place.display()))?;
    let alone = open
        .busy_timeout(std::time::Duration::ZERO)
        .and_then(|()| open.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get::<_, String>(0)));
    if !alone.is_ok_and(|mode| mode == "delete") {
        bail!("{} is in use; stop the server first", place.display());
    }
    drop(open);
    std::fs::rename(place, &aside).with_context(|| format!("putting {} aside", place.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Overrides, load};

    #[test]
    fn a_backup_takes_the_place_of_a_database_that_nobody_uses() {
        let folder = tempfile::tempdir().expect("a folder");
        let config = load(&Overrides { data: Some(folder.path().join("data")), ..Overrides::default() }).expect("understood");
        let copy = folder.path().join("copy.db");
        assert!(backup(&config, &copy).is_err_and(|e| e.to_string().contains("no database")), "nothing is made up");
        let running = wiring::open(&config).expect("opens");
        backup(&config, &copy).expect("copied while it runs");
        running.read(kernel::log::newest).wait().expect("it is used");
        let refused = restore(&config, &copy, true).expect_err("in use");
        assert!(refused.to_string().contains("stop the server"), "{refused:#}");
        drop(running);
        assert!(restore(&config, &copy, false).is_err(), "never without being told");
        restore(&config, &copy, true).expect("restored");
        assert!(wiring::open(&config).is_ok());
        assert!(folder.path().join("data/hilo.db.before-restore").is_file());
        let text = folder.path().join("text.db");
        std::fs::write(&text, "not a database, only some words that are long enough to look like a page").expect("written");
        assert!(restore(&config, &text, true).is_err_and(|e| format!("{e:#}").contains("not a Hilo database")));
    }
}
