//! `cargo xtask check`: what a reader should never have to look for.
//!
//! Each of our own rules is a file here, a pure function from texts to findings; this file reads the project and shows them.

mod direction;
mod length;
mod openapi;
mod sql;
mod words;

use std::fs;

use anyhow::{Result, bail};

use crate::{project, shell, stop};

/// One place that breaks one rule.
#[derive(Debug, PartialEq, Eq)]
pub struct Finding {
    /// The file, from the root of the checkout.
    pub path: String,
    /// The line, counted from 1; `None` when the whole file is meant.
    pub line: Option<usize>,
    /// What is wrong, and what to do instead.
    pub what: String,
}

/// One file of the project, read.
pub struct Source {
    /// The path from the root of the checkout.
    pub path: String,
    /// Everything in it.
    pub text: String,
}

/// What to look at.
#[derive(clap::Args)]
pub struct Args {
    /// Only these; all when empty
    #[arg(value_parser = NAMES)]
    only: Vec<String>,
}

const NAMES: [&str; 7] = ["direction", "sql", "length", "words", "format", "lints", "openapi"];

/// Run every rule, or those asked for; all findings are shown before the run fails.
pub fn run(args: &Args) -> Result<()> {
    let wanted = |name: &&str| args.only.is_empty() || args.only.iter().any(|only| only == name);
    let mut failed = Vec::new();
    for name in NAMES.iter().filter(|name| wanted(name)) {
        if !is_good(name)? {
            failed.push(*name);
        }
    }
    if !failed.is_empty() {
        bail!("the check found something in: {}", failed.join(", "));
    }
    println!("check: all good");
    Ok(())
}

fn is_good(name: &str) -> Result<bool> {
    let findings = match name {
        "direction" => direction::check(&sources()?)?,
        "sql" => sql::check(&sources()?),
        "length" => length::check(&sources()?),
        "words" => words::check(&sources()?),
        "openapi" => openapi::check()?,
        "format" => {
            let ours = cargo_says_yes(&["fmt", "--all", "--check"])?;
            // The fuzz targets are a workspace of their own.
            let targets = cargo_says_yes(&["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"])?;
            return Ok(ours && targets);
        }
        "lints" => return cargo_says_yes(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]),
        other => bail!("there is no check named {other}"),
    };
    report(name, &findings);
    Ok(findings.is_empty())
}

fn cargo_says_yes(arguments: &[&str]) -> Result<bool> {
    let outcome = shell::run(project::cargo().args(arguments));
    stop::check()?;
    Ok(outcome.is_ok())
}

fn report(name: &str, findings: &[Finding]) {
    println!("{name}: {}", if findings.is_empty() { "good".to_owned() } else { format!("{} to mend", findings.len()) });
    for Finding { path, line, what } in findings {
        match line {
            Some(line) => println!("  {path}:{line}: {what}"),
            None => println!("  {path}: {what}"),
        }
    }
}

/// The project's text files; pictures and the like are left out.
fn sources() -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    for path in project::files()? {
        if let Ok(text) = String::from_utf8(fs::read(project::root().join(&path))?) {
            sources.push(Source { path: path.to_string_lossy().into_owned(), text });
        }
    }
    Ok(sources)
}
