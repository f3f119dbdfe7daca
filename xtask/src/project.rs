//! Where things lie in this checkout, and which files belong to it.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::shell;

/// The root folder of the checkout.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the checkout")
}

/// A folder for what may be made again at any time.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// `cargo`, the one that started us, in the root folder.
pub fn cargo() -> std::process::Command {
    shell::command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()), root())
}

/// Whether this runs in continuous integration, where nothing may be skipped.
pub fn in_ci() -> bool {
    std::env::var("CI").is_ok_and(|value| !value.is_empty() && value != "false")
}

/// Every file of the project, by its path from the root, sorted: tracked, or new and not ignored.
pub fn files() -> Result<Vec<PathBuf>> {
    let listed = shell::output(shell::command("git", root()).args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]))?;
    let mut files: Vec<PathBuf> = listed.split('\0').filter(|path| !path.is_empty()).map(PathBuf::from).collect();
    files.retain(|path| root().join(path).is_file());
    files.sort();
    files.dedup();
    Ok(files)
}
