//! `cargo xtask bench peers`: Vendure and Medusa on this machine, with their own scripts, and Hilo's figures beside them.
//!
//! Their scripts lie beside a checkout in `../shared/peers/commerce`. What npm brings is kept below `target/peers`, so that only the
//! first run waits for it; their databases are made anew each time.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::services::Services;
use crate::{packages, project, shell};

/// What is measured of each, as the table names it.
const FIGURES: [&str; 3] = ["list", "detail", "checkout"];
/// What Hilo's table calls them, on PostgreSQL as theirs.
const OURS: [(&str, &str); 3] =
    [("list", "product list (/products)"), ("detail", "product page"), ("checkout", "whole checkout, 6 requests each, 8 shoppers")];
/// How long the making of a search index may take.
const PATIENCE: Duration = Duration::from_secs(300);

/// Answers a second, by figure.
type Rates = BTreeMap<&'static str, f64>;

/// Measure both, then Hilo on both databases, and print one table.
pub fn measure(binary: &Path, shared: &Path) -> Result<()> {
    let scripts = shared.join("peers").join("commerce");
    if !scripts.is_dir() {
        bail!("the peers' scripts are expected in {}", scripts.display());
    }
    packages::ensure(&[packages::POSTGRES, packages::WRK])?;
    let services = Services::start_postgres()?;
    let port = services.postgres_port().context("PostgreSQL says no port")?;
    let peers = ["vendure", "medusa"].map(|name| Peer { name, scripts: &scripts, work: project::target().join("peers").join(name), port });
    let mut all = Vec::new();
    for peer in &peers {
        all.push((peer.name, peer.rates()?));
    }
    let bench = shell::output(services.lend(shell::command(binary, project::root()).args(["bench", "http", "flow"])))?;
    println!("{bench}");
    println!(
        "| a second, 300 products of theirs, 80 and 200 of ours | Vendure | Medusa | Hilo, PostgreSQL | Hilo, SQLite | of the better peer |"
    );
    println!("|---|---|---|---|---|---|");
    for (figure, named) in OURS {
        let theirs: Vec<f64> = all.iter().map(|(_, rates)| rates.get(figure).copied().unwrap_or_default()).collect();
        let best = theirs.iter().copied().fold(0.0, f64::max);
        let ours = |database: &str| row(&bench, named, database);
        let times = |rate: Option<f64>| rate.map_or_else(|| "?".to_owned(), |rate| format!("{:.0} ×", rate / best));
        let shown = |rate: Option<f64>| rate.map_or_else(|| "?".to_owned(), |rate| format!("{rate:.0}"));
        let (postgres, sqlite) = (ours("PostgreSQL"), ours("SQLite"));
        println!(
            "| {figure} | {:.1} | {:.1} | {} | {} | {}, {} |",
            theirs[0],
            theirs[1],
            shown(postgres),
            shown(sqlite),
            times(postgres),
            times(sqlite)
        );
    }
    Ok(())
}

/// The rate that Hilo's own table says for a figure on a database.
fn row(table: &str, figure: &str, database: &str) -> Option<f64> {
    let line = table.lines().find(|line| line.contains(figure) && line.contains(database))?;
    let (rate, _) = line.split('|').nth(3)?.split_once("/s")?;
    rate.replace(' ', "").parse().ok()
}

/// One of them: where its scripts lie, where it lives, and the port of PostgreSQL.
struct Peer<'a> {
    name: &'static str,
    scripts: &'a Path,
    work: PathBuf,
    port: u16,
}

/// Servers that a script started in the background, by the files it left; dropping them ends them with their children.
struct Running<'a>(&'a Path);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        for file in ["server.pid", "worker.pid"] {
            let path = self.0.join(file);
            if let Ok(pid) = fs::read_to_string(&path) {
                // Each leads a group of its own.
                let _ = Command::new("kill").args(["--", &format!("-{}", pid.trim())]).stderr(Stdio::null()).status();
                let _ = fs::remove_file(path);
            }
        }
    }
}

impl Peer<'_> {
    /// Set it up, fill it, start it, and measure it once.
    fn rates(&self) -> Result<Rates> {
        self.install()?;
        shell::output(self.sql("postgres").arg(format!("CREATE DATABASE {}", self.name)))?;
        self.fill()?;
        let running = Running(&self.work);
        shell::run(self.node("sh").arg(self.scripts.join("start.sh")).arg(self.name).arg(&self.work))?;
        let said = shell::output(self.node("sh").arg(self.scripts.join("load/round.sh")).arg(self.name).arg(&self.work).arg("1"))?;
        println!("{said}");
        let driver = self.scripts.join("load/drive.js");
        let drive =
            |ways: &[&str]| shell::output(self.node("timeout").args(["90", "node"]).arg(&driver).arg(self.name).arg("oversell").args(ways));
        println!("{}", drive(&["--stock", "10", "--shoppers", "50", "--barrier"]).unwrap_or_else(|error| format!("oversell: {error}")));
        drop(running);
        let rates: Rates = FIGURES.iter().filter_map(|figure| Some((*figure, rate(&said, figure)?))).collect();
        if rates.len() < FIGURES.len() { bail!("{} did not say all of {FIGURES:?}", self.name) } else { Ok(rates) }
    }

    /// Its scripts copied, its packages from npm unless they are there.
    fn install(&self) -> Result<()> {
        fs::create_dir_all(&self.work)?;
        let from = self.scripts.join(self.name);
        shell::run(
            Command::new("cp").args(["-r", "--no-preserve=mode"]).arg(from.join(".")).arg(self.scripts.join("catalog.js")).arg(&self.work),
        )?;
        if self.name == "medusa" {
            fs::write(self.work.join("tsconfig.json"), "{}")?;
        }
        if self.work.join("node_modules/.package-lock.json").exists() {
            return Ok(());
        }
        shell::run(self.node("npm").args(["install", "--no-audit", "--no-fund", "--loglevel=error"]))
    }

    /// The catalogue into its database, and for Vendure into its search index.
    fn fill(&self) -> Result<()> {
        if self.name == "medusa" {
            shell::run(self.node("npx").args(["medusa", "db:migrate"]).stdout(Stdio::null()))?;
            return shell::run(self.node("npx").args(["medusa", "exec", "./src/scripts/seed.js"]).stdout(Stdio::null()));
        }
        shell::run(self.node("node").arg("populate.js").stdout(Stdio::null()))?;
        let mut worker = self.background("worker.js")?;
        let since = Instant::now();
        let ended = loop {
            let left = shell::output(self.sql(self.name).arg("SELECT count(*) FROM job_record WHERE state IN ('PENDING', 'RUNNING')"))?;
            if left.trim() == "0" {
                break Ok(());
            }
            if since.elapsed() > PATIENCE {
                break Err(anyhow::anyhow!("Vendure's search index is not made after {PATIENCE:?}"));
            }
            std::thread::sleep(Duration::from_secs(1));
        };
        worker.kill()?;
        worker.wait()?;
        ended
    }

    fn background(&self, script: &str) -> Result<Child> {
        let log = File::create(self.work.join("fill.log"))?;
        self.node("node").arg(script).env("POLL", "10").stdout(log.try_clone()?).stderr(log).spawn().context("starting Vendure's worker")
    }

    /// A program in its folder, told where its catalogue and its database are.
    fn node(&self, program: &str) -> Command {
        let mut command = shell::command(program, &self.work);
        command.envs([("NODE_ENV", "production"), ("MEDUSA_DISABLE_TELEMETRY", "true"), ("VENDURE_DISABLE_TELEMETRY", "true")]);
        command.env("CATALOG", self.work.join("catalog.js")).env("PGPORT", self.port.to_string());
        command
    }

    fn sql(&self, database: &str) -> Command {
        let mut command = Command::new("psql");
        command.args(["-h", "127.0.0.1", "-p", &self.port.to_string(), "-U", "postgres", "-d", database, "-Atqc"]);
        command
    }
}

/// What a round said of one figure: `list ... Requests/sec: 350.12`, `checkout c=8 20s: 7.5 orders/s ...`.
fn rate(said: &str, figure: &str) -> Option<f64> {
    let line = said.lines().find(|line| line.starts_with(figure))?;
    let words: Vec<&str> = line.split_whitespace().collect();
    let at = words.iter().position(|word| *word == "Requests/sec:").map(|at| at + 1);
    let at = at.or_else(|| words.iter().position(|word| *word == "orders/s").and_then(|at| at.checked_sub(1)))?;
    words.get(at)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_rounds_and_our_table_say_is_read() {
        let said = "list 50% 45.1ms 99% 80ms Requests/sec: 350.12\ncheckout c=8 20s: 7.5 orders/s  flow p50=1ms";
        assert_eq!((rate(said, "list"), rate(said, "checkout"), rate(said, "detail")), (Some(350.12), Some(7.5), None));
        let table = "| product list (/products), 16 connections | SQLite | 48 431/s, p50 0.34 | 1/s | 2 % |";
        assert_eq!(row(table, "product list (/products)", "SQLite"), Some(48_431.0));
        assert_eq!(row(table, "product list (/products)", "PostgreSQL"), None);
    }
}
