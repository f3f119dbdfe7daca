//! `cargo xtask test`: every test there is, on a machine that has only Rust and Node.

use anyhow::Result;

use crate::services::Services;
use crate::{e2e, hilo, project, shell};

/// What to leave out.
#[derive(clap::Args)]
pub struct Args {
    /// Leave the browser tests out
    #[arg(long)]
    no_e2e: bool,
}

/// Build once, start the servers, run the tests, stop the servers, walk the faces in a browser.
pub fn run(args: &Args) -> Result<()> {
    shell::run(project::cargo().args(["build", "--workspace", "--all-targets"]))?;
    let services = Services::start()?;
    shell::run(services.lend(project::cargo().args(runner()).args(["--workspace"])))?;
    drop(services);
    if !args.no_e2e {
        // The build above has made it, with everything else.
        e2e::walk(&hilo::binary(), false)?;
    }
    Ok(())
}

/// `cargo nextest run` where it is installed, which is faster and says which test hangs; otherwise `cargo test`.
fn runner() -> &'static [&'static str] {
    if has_nextest() { &["nextest", "run"] } else { &["test"] }
}

/// Whether cargo-nextest is installed.
pub fn has_nextest() -> bool {
    shell::output(project::cargo().args(["nextest", "--version"])).is_ok()
}
