//! `cargo xtask fuzz`: each parser on inputs that no person would think of, for as long as one cares to wait.
//!
//! The targets lie in `fuzz/`, laid out for the program cargo-fuzz; neither that nor a nightly compiler is needed, since the compiler's
//! counters and libFuzzer work with the stable one. What was found useful is kept below `target/fuzz` and is where the next run begins.

mod seeds;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result, bail};

use crate::{packages, project, shell};

/// Every target, by the name of its file in `fuzz/fuzz_targets`.
const TARGETS: [&str; 6] = ["webhook", "mail", "reply", "send", "words", "lists"];

/// What `cargo fuzz build --sanitizer none` gives the compiler: a counter on each edge, and what is compared with what.
const FLAGS: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
                     -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
                     -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1";

/// What one input may take: bytes, seconds and megabytes.
const BOUNDS: [&str; 3] = ["-max_len=16384", "-timeout=10", "-rss_limit_mb=2048"];

/// Lines of a target's own words that are shown when it fails.
const SHOWN: usize = 60;

/// What to try, and for how long.
#[derive(clap::Args)]
pub struct Args {
    /// Only this target; each in turn when left out
    #[arg(value_parser = TARGETS)]
    target: Option<String>,
    /// How long each target runs
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Where chance begins: from the same seeds, the same number tries the same inputs, as far as the time goes
    #[arg(long)]
    chance: Option<u32>,
}

/// Build, then run what was asked for. The first target that fails ends it.
pub fn run(args: &Args) -> Result<()> {
    let programs = build()?;
    let wanted = |target: &&&str| args.target.as_deref().is_none_or(|only| only == **target);
    TARGETS.iter().filter(wanted).try_for_each(|target| try_out(&programs, target, args))
}

/// Every target, each for so many seconds, from a beginning that is always the same: what fails once fails again.
pub fn all(seconds: u64) -> Result<()> {
    run(&Args { target: None, seconds, chance: Some(1) })
}

/// Build the targets and say in which folder their programs are.
fn build() -> Result<PathBuf> {
    packages::ensure(&[packages::CPP])?;
    let host = host()?;
    let mut cargo = project::cargo();
    cargo.args(["build", "--bins", "--manifest-path", "fuzz/Cargo.toml", "--target", &host]);
    // Named even where it is the machine's own: then what only helps to build is not counted.
    shell::run(cargo.env("RUSTFLAGS", FLAGS).env("CARGO_TARGET_DIR", folder()))?;
    Ok(folder().join(host).join("debug"))
}

/// The machine's own name, as the compiler says it.
fn host() -> Result<String> {
    let told = shell::output(shell::command("rustc", project::root()).arg("-vV"))?;
    told.lines().find_map(|line| line.strip_prefix("host: ")).map(str::to_owned).context("`rustc -vV` names no host")
}

fn folder() -> PathBuf {
    project::target().join("fuzz")
}

fn try_out(programs: &Path, target: &str, args: &Args) -> Result<()> {
    let (corpus, seeds, found) = (made("corpus", target)?, made("seeds", target)?, made("artifacts", target)?);
    seeds::write(target, &seeds)?;
    let log = folder().join(format!("{target}.log"));
    let program = programs.join(target);
    let mut command = shell::command(&program, project::root());
    // What failed once is tried first.
    command.args([&corpus, &seeds, &found]).args(BOUNDS).arg(format!("-max_total_time={}", args.seconds));
    if let Some(chance) = args.chance {
        command.arg(format!("-seed={chance}"));
    }
    command.arg(format!("-artifact_prefix={}/", found.display()));
    let words = project::root().join(format!("fuzz/dictionaries/{target}.dict"));
    if words.is_file() {
        command.arg(format!("-dict={}", words.display()));
    }
    let begun = SystemTime::now();
    let outcome = shell::run_quietly(command.stderr(fs::File::create(&log)?));
    let said = String::from_utf8_lossy(&fs::read(&log)?).into_owned();
    if let Err(error) = outcome {
        let lines: Vec<&str> = said.lines().collect();
        println!("{}", lines[lines.len().saturating_sub(SHOWN)..].join("\n"));
        let Some(input) = newest(&found, begun)? else { return Err(error) };
        bail!("fuzzing: {target} failed on {}; `{} {0}` does it again", input.display(), program.display());
    }
    println!("fuzz {target}: {}", summary(&said).context("the target told nothing of its work")?);
    Ok(())
}

/// A folder of its own for a target.
fn made(what: &str, target: &str) -> Result<PathBuf> {
    let path = folder().join(what).join(target);
    fs::create_dir_all(&path).with_context(|| format!("making {}", path.display()))?;
    Ok(path)
}

/// The newest file of a folder, unless it was there before.
fn newest(folder: &Path, since: SystemTime) -> Result<Option<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        files.push((entry.metadata()?.modified()?, entry.path()));
    }
    Ok(files.into_iter().filter(|(at, _)| *at >= since).max().map(|(_, path)| path))
}

/// How much was tried, by the line that libFuzzer ends with.
fn summary(said: &str) -> Option<String> {
    let line = said.lines().rfind(|line| line.contains("DONE"))?;
    let after = |name: &str| line.split_once(name)?.1.split_whitespace().next();
    let tried = line.strip_prefix('#')?.split_whitespace().next()?;
    Some(format!("{tried} inputs, {} a second, {} edges seen", after("exec/s: ")?, after("cov: ")?))
}

#[cfg(test)]
mod tests {
    use super::summary;

    #[test]
    fn the_last_line_says_how_much_was_tried() {
        let said =
            "#2\tINITED cov: 9 ft: 9\n#70123\tDONE   cov: 1200 ft: 4500 corp: 300/4Kb lim: 16384 exec/s: 2261 rss: 90Mb\nDone 70123 runs";
        assert_eq!(summary(said).as_deref(), Some("70123 inputs, 2261 a second, 1200 edges seen"));
        assert_eq!(summary("==1== ERROR: libFuzzer: deadly signal"), None);
    }
}
