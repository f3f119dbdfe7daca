//! `hilo`: the command line. Each command is a file of `commands/`; what they share is how the rooms are put together (`wiring.rs`).

mod bench;
mod commands;
pub mod config;
pub mod demo;
mod gateway;
pub mod learning;
pub mod parity;
pub mod wiring;

use clap::{Parser, Subcommand};
use config::Overrides;
use std::path::PathBuf;
use std::process::ExitCode;

/// One customer, one conversation, one catalogue, one stock: the brand's own omnichannel software.
#[derive(Parser)]
#[command(name = "hilo", version, about, arg_required_else_help = true)]
struct Cli {
    #[command(flatten)]
    overrides: Overrides,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Start the living demo brand: shops, products, customers with a month of history, and simulators of every channel.
    Demo(commands::demo::Demo),
    /// Start the brand on its own data.
    Serve,
    /// Read a product catalogue (the CSV layout of Shopify) or a list of customers, after showing what would change.
    Import(commands::import::ImportCommand),
    /// Copy the running database into a new file.
    Backup {
        /// The file to write; it must not exist yet.
        to: PathBuf,
    },
    /// Put a backup in the place of the database; the server must be stopped.
    Restore {
        /// The file that `hilo backup` wrote.
        from: PathBuf,
        /// Replace a database that is there already; the old one is kept beside it.
        #[arg(long)]
        replace: bool,
    },
    /// Say in a sentence each what is right and what is wrong with this installation.
    Doctor,
    /// Add somebody to the staff.
    Staff(commands::staff::StaffCommand),
    /// Make a key for a program.
    ApiKey(commands::api_key::ApiKeyCommand),
    /// Print the API's description (OpenAPI 3.1).
    Openapi,
    /// Find out which records of a file are one person, with the engine that recognises customers.
    Resolve(commands::resolve::Resolve),
    /// Measure, each figure beside a bound measured in the same run.
    Bench(commands::bench::Bench),
}

/// The program: parse, do, say what went wrong.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let filter = tracing_subscriber::EnvFilter::try_from_env("HILO_LOG").unwrap_or_else(|_| "warn,hilo=info".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("hilo: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<()> {
    if let Command::Openapi = cli.command {
        println!("{}", api::openapi());
        return Ok(());
    }
    if let Command::Bench(bench) = cli.command {
        return bench.run();
    }
    if let Command::Resolve(resolve) = cli.command {
        return resolve.run();
    }
    let config = config::load(&cli.overrides)?;
    match cli.command {
        Command::Demo(demo) => demo.run(config),
        Command::Serve => commands::serve::run(config),
        Command::Import(import) => import.run(&config),
        Command::Backup { to } => commands::backup::backup(&config, &to),
        Command::Restore { from, replace } => commands::backup::restore(&config, &from, replace),
        Command::Doctor => commands::doctor::run(&config),
        Command::Staff(staff) => staff.run(&config),
        Command::ApiKey(key) => key.run(&config),
        Command::Openapi | Command::Bench(_) | Command::Resolve(_) => Ok(()),
    }
}
