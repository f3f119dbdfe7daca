//! `cargo xtask conformance`: what others wrote, run against our code.
//!
//! Four parts. The tests named `conformance_*` are ignored in an ordinary run, because they read contracts, payloads and
//! data sets that are no part of this repository; they find them by `HILO_SHARED`. Then the parsers are fuzzed from there for a while,
//! labelled persons are recognised and scored, and schemathesis calls every route of the committed OpenAPI file on a running server.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::services::Services;
use crate::{fuzz, hilo, identity, packages, project, shell, test};

/// Known to find what we look for, and to install with what Debian 12 has.
const SCHEMATHESIS: &str = "schemathesis==4.32.5";

/// No server error, and no answer that the contract does not tell of.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
                      response_headers_conformance,response_schema_conformance";

/// How long each fuzz target runs, in seconds.
const FUZZED: u64 = 30;

/// All parts; without the material, skipped in words, or failed where nothing may be skipped.
pub fn run() -> Result<()> {
    let beside = project::root().join("../shared");
    let Ok(shared) = fs::canonicalize(&beside) else {
        let missing = "the folder `shared` with contracts and data does not lie beside this checkout";
        if project::in_ci() {
            bail!("{missing}, and nothing may be skipped here");
        }
        println!("Conformance: skipped, since {missing}.");
        return Ok(());
    };
    contracts(&shared)?;
    fuzz::all(FUZZED)?;
    let binary = hilo::build()?;
    identity::score(&binary, &shared)?;
    api(&binary)
}

fn contracts(shared: &Path) -> Result<()> {
    let services = Services::start()?;
    let mut cargo = project::cargo();
    if test::has_nextest() {
        cargo.args(["nextest", "run", "--workspace", "--run-ignored", "only"]);
        cargo.args(["-E", "test(/(^|::)conformance_/)"]);
    } else {
        cargo.args(["test", "--workspace", "conformance_", "--", "--ignored"]);
    }
    shell::run(services.lend(&mut cargo).env("HILO_SHARED", shared))
}

fn api(binary: &Path) -> Result<()> {
    let contract = project::root().join("crates/api/openapi.json");
    let data = project::target().join(format!("conformance-{}", std::process::id()));
    let server = hilo::Server::start(binary, data.clone())?;
    let key = api_key(binary, &data)?;
    let folder = project::target().join("schemathesis");
    let schemathesis = schemathesis(&folder)?;
    shell::run_quietly(
        // It leaves its notes in the folder it runs in.
        shell::command(schemathesis, &folder)
            .arg("run")
            .arg(&contract)
            .args(["--url", &server.address(), "--header", &format!("Authorization: Bearer {key}")])
            .args(["--checks", CHECKS])
            // Bounded, and the same requests on every run. One worker: two threads that read Python's syntax at once make the
            // interpreters up to 3.12.2 fail now and then (python/cpython#106905).
            .args(["--max-examples", "20", "--workers", "1", "--request-timeout", "10"])
            .args(["--generation-deterministic", "--no-color"])
            .args(["--phases", "examples,coverage,fuzzing"]),
    )
}

/// A key that may do everything, from `hilo api-key create`, which prints it as the last word of its last line.
fn api_key(binary: &Path, data: &Path) -> Result<String> {
    let printed =
        shell::output(Command::new(binary).args(["api-key", "create", "--name", "conformance", "--all"]).arg("--data").arg(data))?;
    printed.split_whitespace().last().map(str::to_owned).context("`hilo api-key create` printed no key")
}

/// The program, in a virtual environment of its own.
fn schemathesis(folder: &Path) -> Result<PathBuf> {
    let program = folder.join("bin/schemathesis");
    let mark = folder.join("installed");
    if fs::read_to_string(&mark).is_ok_and(|version| version == SCHEMATHESIS) {
        return Ok(program);
    }
    packages::ensure(&[packages::PYTHON])?;
    shell::run(shell::command("python3", project::root()).args(["-m", "venv", "--clear"]).arg(folder))?;
    shell::run(shell::command(folder.join("bin/pip"), project::root()).args([
        "install",
        "--quiet",
        "--disable-pip-version-check",
        SCHEMATHESIS,
    ]))?;
    fs::write(mark, SCHEMATHESIS)?;
    Ok(program)
}
