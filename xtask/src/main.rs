//! Every chore of this project, as `cargo xtask NAME`.
//!
//! One file per chore. What a chore needs and a bare machine lacks (PostgreSQL, Dovecot, Postfix, Chromium)
//! is installed by [`packages`], started on private ports by [`services`], and stopped again afterwards.

mod bench;
mod check;
mod conformance;
mod e2e;
mod fuzz;
mod hilo;
mod identity;
mod net;
mod packages;
mod peers;
mod project;
mod root;
mod services;
mod shell;
mod stop;
mod test;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The chores of this project")]
struct Cli {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Run every test, with PostgreSQL and mail servers up, then the browser tests
    Test(test::Args),
    /// Format, lints as errors, dependency direction, portable SQL, file length, OpenAPI drift, forbidden words
    Check(check::Args),
    /// Walk the four faces in a real browser
    E2e(e2e::Args),
    /// Measure, each figure beside its bound, on SQLite and on PostgreSQL
    Bench(bench::Args),
    /// Run contracts, payloads and data that we did not write against the code, fuzz the parsers, and let schemathesis call the API
    Conformance,
    /// Try the parsers on inputs that nobody would think of, and say where one fails
    Fuzz(fuzz::Args),
    /// PostgreSQL, IMAP and SMTP on private loopback ports
    #[command(subcommand)]
    Services(services::run::Command),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = stop::listen().and_then(|()| match cli.chore {
        Chore::Test(args) => test::run(&args),
        Chore::Check(args) => check::run(&args),
        Chore::E2e(args) => e2e::run(&args),
        Chore::Bench(args) => bench::run(&args),
        Chore::Conformance => conformance::run(),
        Chore::Fuzz(args) => fuzz::run(&args),
        Chore::Services(command) => services::run::run(&command),
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            shell::exit_code(&error)
        }
    }
}
