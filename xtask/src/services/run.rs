//! `cargo xtask services run -- COMMAND`: any command, with the servers up.

use std::path::Path;

use anyhow::{Context, Result};
use clap::Subcommand;

use super::Services;
use crate::shell;

/// What to do with the servers.
#[derive(Subcommand)]
pub enum Command {
    /// Run a command with PostgreSQL, IMAP and SMTP up, then stop them
    Run {
        /// Only PostgreSQL, which starts in half the time
        #[arg(long)]
        postgres: bool,
        /// The command and its arguments
        #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true)]
        command: Vec<String>,
    },
}

/// Start the servers, run the command in the caller's folder, stop the servers, leave with the command's exit code.
pub fn run(command: &Command) -> Result<()> {
    let Command::Run { postgres, command } = command;
    let services = if *postgres { Services::start_postgres()? } else { Services::start()? };
    for (name, value) in services.environment() {
        println!("{name}={value}");
    }
    let (program, arguments) = command.split_first().context("no command given")?;
    let mut command = shell::command(program, Path::new("."));
    shell::run_quietly(services.lend(command.args(arguments)))
}
