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

use crate::{project, shell};

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

/// Run every rule; all findings are shown before the run fails.
pub fn run() -> Result<()> {
    let sources = sources()?;
    let mut failed = Vec::new();
    for (name, rule) in RULES {
        let findings = rule(&sources)?;
        report(name, &findings);
        if !findings.is_empty() {
            failed.push((*name).to_owned());
        }
    }
    let cargo: [(&str, &[&str]); 2] =
        [("format", &["fmt", "--all", "--check"]), ("lints", &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])];
    for (name, arguments) in cargo {
        if let Err(error) = shell::run(project::cargo().args(arguments)) {
            crate::stop::check()?;
            println!("{name}: {error:#}");
            failed.push(name.to_owned());
        }
    }
    let drift = openapi::check()?;
    report("openapi", &drift);
    if !drift.is_empty() {
        failed.push("openapi".to_owned());
    }
    if !failed.is_empty() {
        bail!("the check found something in: {}", failed.join(", "));
    }
    println!("check: all good");
    Ok(())
}

type Rule = fn(&[Source]) -> Result<Vec<Finding>>;

const RULES: &[(&str, Rule)] = &[("direction", direction::check), ("sql", sql::check), ("length", length::check), ("words", words::check)];

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
