//! PostgreSQL: a cluster of our own, trusted on loopback, durable as in production.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use nix::sys::signal::Signal;

use super::process::{Process, Recipe, dies_with_us};
use super::{Scratch, Started};
use crate::net::Ports;
use crate::{root, shell};

/// The server refuses to run as root, so root runs it as this user of Debian's package.
const USER: &str = "postgres";

/// The variable that tells where it is.
pub const ADDRESS: &str = "HILO_TEST_POSTGRES";

/// The folder of the newest installed server's programs.
pub fn programs() -> Option<PathBuf> {
    let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().filter_map(|entry| {
        let version: u32 = entry.file_name().to_str()?.parse().ok()?;
        Some((version, entry.path().join("bin")))
    });
    let newest = debian.filter(|(_, bin)| bin.join("postgres").is_file()).max_by_key(|(version, _)| *version);
    newest.map(|(_, bin)| bin).or_else(|| {
        let found = shell::find("initdb")?;
        let bin = found.parent()?;
        bin.join("postgres").is_file().then(|| bin.to_owned())
    })
}

/// Make a cluster and start it.
pub fn start(scratch: &Scratch, ports: &mut Ports) -> Result<Started> {
    let bin = programs().context("PostgreSQL is not installed")?;
    let port = ports.free()?;
    let user = root::is_root().then_some(USER);
    let folder = match user {
        Some(user) => scratch.folder_of("postgres", user)?,
        None => scratch.folder("postgres")?,
    };
    let data = folder.join("data");
    shell::output(
        dies_with_us(&bin.join("initdb"), user, Signal::SIGTERM)
            .args(["--auth=trust", "--username=postgres", "--locale=C.UTF-8", "--encoding=UTF8", "--no-sync"])
            .arg("--pgdata")
            .arg(&data),
    )
    .context("making a PostgreSQL cluster")?;

    // SIGINT is the server's "fast" stop: it ends its sessions and writes what is due.
    let mut command = dies_with_us(&bin.join("postgres"), user, Signal::SIGINT);
    command.arg("-D").arg(&data).args(["-p", &port.to_string(), "-h", "127.0.0.1"]);
    for setting in SETTINGS {
        command.args(["-c", setting]);
    }
    let probe = bin.join("pg_isready");
    let server = Process::start(Recipe {
        name: "PostgreSQL",
        command,
        stop: Signal::SIGINT,
        log: scratch.path().join("postgres.log"),
        ready: Box::new(move || {
            Command::new(&probe)
                .args(["-q", "-h", "127.0.0.1", "-p", &port.to_string(), "-U", "postgres", "-d", "postgres"])
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status()
                .is_ok_and(|status| status.success())
        }),
    })?;
    let address = format!("host=127.0.0.1 port={port} user=postgres dbname=postgres");
    Ok((vec![server], vec![(ADDRESS, address)]))
}

const SETTINGS: [&str; 4] = [
    // Many tests at once, each with its own connections.
    "max_connections=200",
    // Loopback only; a socket file would need a short path.
    "unix_socket_directories=",
    // Refused serialisations are expected and retried by the caller: do not fill the log with them.
    "log_min_messages=fatal",
    "log_min_error_statement=panic",
];
