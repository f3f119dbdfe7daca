//! `demo.toml` in the data folder: which world a demo made, so that public passwords are never put on another database.

use anyhow::{Context, Result};
use kernel::{Db, StaffId};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// Raised when a demo made by an older version no longer fits.
pub const VERSION: u32 = 1;

/// What is known of the world that lies there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Marker {
    /// From which seed.
    pub seed: u64,
    /// How many customers were drawn.
    pub customers: usize,
    /// Of which layout.
    pub version: u32,
    /// In which database.
    pub database: String,
    /// Id of its administrator, which no other database has; empty until the world is whole.
    #[serde(default)]
    pub administrator: String,
}

impl Marker {
    fn path(data: &Path) -> PathBuf {
        data.join("demo.toml")
    }
    /// The marker of a data folder, if there is one that can be read.
    pub fn read(data: &Path) -> Option<Self> {
        toml::from_str(&std::fs::read_to_string(Self::path(data)).ok()?).ok()
    }
    /// Keep it.
    pub fn write(&self, data: &Path) -> Result<()> {
        let path = Self::path(data);
        std::fs::write(&path, toml::to_string(self)?).with_context(|| format!("writing {}", path.display()))
    }
    /// Forget it.
    pub fn remove(data: &Path) -> Result<()> {
        let path = Self::path(data);
        if path.exists() {
            std::fs::remove_file(&path).with_context(|| format!("removing {}", path.display()))?;
        }
        Ok(())
    }
    /// True when this database holds the world that the marker speaks of.
    pub fn is_of(&self, db: &Db) -> Result<bool> {
        let Ok(id) = self.administrator.parse::<StaffId>() else { return Ok(false) };
        Ok(db.read(move |tx| access::staff_member(tx, id)).wait()?.is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marker_is_read_as_it_was_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let marker = Marker { seed: 7, customers: 200, version: VERSION, database: "data/hilo.db".into(), administrator: String::new() };
        assert_eq!(Marker::read(folder.path()), None);
        marker.write(folder.path()).expect("written");
        assert_eq!(Marker::read(folder.path()), Some(marker));
        Marker::remove(folder.path()).expect("removed");
        assert_eq!(Marker::read(folder.path()), None);
    }
}
