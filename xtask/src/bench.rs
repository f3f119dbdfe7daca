//! `cargo xtask bench`: the figures of `docs/benchmarks.md`, with PostgreSQL beside SQLite.

use std::fs;

use anyhow::Result;

use crate::services::Services;
use crate::{e2e, identity, peers, project, shell};

/// The figure that is measured in a browser; all others are measured by `hilo bench`.
const BROWSER: &str = "browser";

/// Vendure and Medusa beside Hilo; only where it is named, since they take ten minutes.
const PEERS: &str = "peers";

/// Which figures.
#[derive(clap::Args)]
pub struct Args {
    /// Names of figures and options, as `hilo bench --help` tells them, and `peers`; all figures but that when empty
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    what: Vec<String>,
}

/// Build for speed and measure. `hilo bench` finds PostgreSQL by `HILO_TEST_POSTGRES`, as the tests do.
pub fn run(args: &Args) -> Result<()> {
    println!("Building for speed, which takes minutes the first time; then measuring, which takes about five.");
    shell::run(project::cargo().args(["build", "--release", "--package", "hilo"]))?;
    let wanted = |figure: &str| args.what.iter().all(|word| word.starts_with('-')) || args.what.iter().any(|word| word == figure);
    let binary = project::target().join("release").join("hilo");
    if wanted(BROWSER) {
        e2e::measure(&binary)?;
    }
    if args.what.iter().any(|word| word == PEERS) {
        peers::measure(&binary, &project::root().join("../shared"))?;
    }
    let others: Vec<&String> = args.what.iter().filter(|word| ![BROWSER, PEERS].contains(&word.as_str())).collect();
    let named_elsewhere = args.what.len() > others.len();
    if named_elsewhere && others.iter().all(|word| word.starts_with('-')) {
        return Ok(());
    }
    let services = Services::start_postgres()?;
    shell::run(services.lend(project::cargo().args(["run", "--quiet", "--release", "--package", "hilo", "--", "bench"]).args(others)))?;
    match fs::canonicalize(project::root().join("../shared")) {
        Ok(shared) if wanted("identity") => {
            identity::score(&binary, &shared)?;
            identity::splink(&shared)
        }
        _ => Ok(()),
    }
}
