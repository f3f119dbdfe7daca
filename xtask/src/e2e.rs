//! `cargo xtask e2e`: the tests in a real browser, against the demo.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::{hilo, packages, project, shell};

/// How to walk.
#[derive(clap::Args)]
pub struct Args {
    /// Take the pictures of the faces in docs/pictures anew
    #[arg(long)]
    update_pictures: bool,
    /// Only the tests whose file or title holds one of these
    filter: Vec<String>,
}

/// Build the program and walk its faces.
pub fn run(args: &Args) -> Result<()> {
    let binary = hilo::build()?;
    walk_some(&binary, args.update_pictures, &args.filter)
}

/// Walk the faces of a program that is built already.
pub fn walk(binary: &Path, update_pictures: bool) -> Result<()> {
    walk_some(binary, update_pictures, &[])
}

/// Measure in the browser what `hilo bench` cannot: what somebody at a page waits for.
pub fn measure(binary: &Path) -> Result<()> {
    let mut playwright = playwright(binary)?;
    shell::run(playwright.args(["--config", "benchmark.config.ts"]))
}

fn walk_some(binary: &Path, update_pictures: bool, filter: &[String]) -> Result<()> {
    let mut playwright = playwright(binary)?;
    if update_pictures {
        playwright.env("HILO_UPDATE_PICTURES", "1");
    }
    shell::run(playwright.args(filter))
}

/// The browser's test runner, with all it needs.
fn playwright(binary: &Path) -> Result<Command> {
    let folder = project::root().join("e2e");
    if !shell::has("node") || !shell::has("npm") {
        bail!("the browser tests need Node 20 or newer with npm, and there is none on this machine");
    }
    packages::ensure(&[packages::BROWSER, packages::FONTS, packages::RELAY, packages::SIP_SERVER, packages::SIP_PHONE])?;
    shell::run(shell::command("npm", &folder).args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]))?;
    shell::run(shell::command("node", &folder).args(["node_modules/typescript/bin/tsc", "--noEmit"]))?;
    let mut playwright = shell::command("node", &folder);
    playwright.args(["node_modules/@playwright/test/cli.js", "test"]).env("HILO_BINARY", binary);
    Ok(playwright)
}
