//! The folder that holds everything the servers write.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use nix::unistd::User;

use crate::root;

/// A folder of its own for this process, removed when dropped.
///
/// It lies in the system's folder for temporary files, not in `target/`: the servers run as users of their own, who may
/// not be let into a checkout in somebody's home, and the path of a Unix socket must stay under 108 characters.
pub struct Scratch {
    path: PathBuf,
}

impl Scratch {
    /// Make the folder.
    pub fn new() -> Result<Self> {
        let path = std::env::temp_dir().join(format!("hilo-services-{}", std::process::id()));
        fs::create_dir(&path).with_context(|| format!("making {}", path.display()))?;
        let scratch = Self { path };
        open_to_all(&scratch.path)?;
        Ok(scratch)
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A folder inside that others may enter.
    pub fn folder(&self, name: &str) -> Result<PathBuf> {
        let path = self.path.join(name);
        fs::create_dir_all(&path).with_context(|| format!("making {}", path.display()))?;
        open_to_all(&path)?;
        Ok(path)
    }

    /// A folder inside that belongs to a system user; needs us to be root.
    pub fn folder_of(&self, name: &str, user: &str) -> Result<PathBuf> {
        let path = self.folder(name)?;
        let user = User::from_name(user)?.with_context(|| format!("there is no user {user} on this machine"))?;
        std::os::unix::fs::chown(&path, Some(user.uid.as_raw()), Some(user.gid.as_raw()))
            .with_context(|| format!("giving {} to {}", path.display(), user.name))?;
        Ok(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if fs::remove_dir_all(&self.path).is_ok() {
            return;
        }
        // Servers started through sudo leave files that are not ours.
        let removed = root::command("rm", "remove the servers' files")
            .and_then(|mut rm| Ok(rm.arg("-rf").arg(&self.path).status()?))
            .is_ok_and(|status| status.success());
        if !removed {
            eprintln!("could not remove {}", self.path.display());
        }
    }
}

fn open_to_all(path: &Path) -> Result<()> {
    fs::set_permissions(path, Permissions::from_mode(0o755)).with_context(|| format!("opening {}", path.display()))
}
