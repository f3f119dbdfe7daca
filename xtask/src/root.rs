//! Acting as the administrator: directly when we are root, otherwise through `sudo`.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::shell;

/// Whether we are the administrator already.
pub fn is_root() -> bool {
    nix::unistd::geteuid().is_root()
}

/// `program` to be run as the administrator. `why` completes "root is needed to ..." when there is no way.
pub fn command(program: impl AsRef<OsStr>, why: &str) -> Result<Command> {
    if is_root() {
        return Ok(shell::command(program, Path::new("/")));
    }
    if !shell::has("sudo") {
        bail!("root is needed to {why}, and there is no sudo on this machine; run the command again as root");
    }
    let mut command = shell::command("sudo", Path::new("/"));
    command.arg(program);
    Ok(command)
}
