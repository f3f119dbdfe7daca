//! `cargo xtask bench`: the figures of `docs/benchmarks.md`, with PostgreSQL beside SQLite.

use std::fs;

use anyhow::Result;

use crate::services::Services;
use crate::{identity, project, shell};

/// Which figures.
#[derive(clap::Args)]
pub struct Args {
    /// Names of figures and options, as `hilo bench --help` tells them; all figures when empty
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    what: Vec<String>,
}

/// Build for speed and measure. `hilo bench` finds PostgreSQL by `HILO_TEST_POSTGRES`, as the tests do.
pub fn run(args: &Args) -> Result<()> {
    println!("Building for speed, which takes minutes the first time; then measuring, which takes about five.");
    shell::run(project::cargo().args(["build", "--release", "--package", "hilo"]))?;
    let wanted = |figure: &str| args.what.iter().all(|word| word.starts_with('-')) || args.what.iter().any(|word| word == figure);
    let services = Services::start_postgres()?;
    shell::run(services.lend(project::cargo().args(["run", "--quiet", "--release", "--package", "hilo", "--", "bench"]).args(&args.what)))?;
    match fs::canonicalize(project::root().join("../shared")) {
        Ok(shared) if wanted("identity") => {
            identity::score(&project::target().join("release").join("hilo"), &shared)?;
            identity::splink(&shared)
        }
        _ => Ok(()),
    }
}
