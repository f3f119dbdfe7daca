//! Cold start, memory, size.

use super::ground::{Ground, Place};
use super::http;
use super::server::Server;
use super::shop::{self, DEMO};
use super::table::Table;
use anyhow::{Context, Result};
use kernel::{Channel, Event, Fault};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Starts; the median counts.
const TURNS: usize = 5;
/// Entries on each customer's thread, as after a month.
const HISTORY: usize = 30;

/// A server on a database as large as the demo's.
pub fn measure(place: &Place, quick: bool, table: &mut Table) -> Result<()> {
    let ground = Ground::new(place)?;
    let db = ground.open()?;
    let shop = shop::build(&db, DEMO)?;
    for person in shop.people.clone() {
        shop::run(&db, move |tx| {
            (0..HISTORY).try_for_each(|n| tx.announce(Event::new("order.placed", n).profile(person).channel(Channel::Web)))?;
            Ok::<_, Fault>(())
        })?;
    }
    drop(db);
    ground.analyse()?;
    let mut starts = Vec::new();
    for _ in 0..TURNS {
        starts.push(Server::start(ground.location(), ground.folder())?.ready_in);
    }
    let floor: Result<Vec<_>> = (0..TURNS).map(|_| nothing()).collect();
    let (start, floor) = (median(starts)?, median(floor?)?);
    let millis = |time: Duration| format!("{:.0} ms", time.as_secs_f64() * 1e3);
    table.add("cold start to the first 200 (bound: a process that only says its version)", place.name(), millis(start), millis(floor), "");
    let server = Server::start(ground.location(), ground.folder())?;
    // Everything that runs beside it has begun by then.
    std::thread::sleep(Duration::from_secs(1));
    let idle = server.memory()?;
    http::all(server.address, &shop, Duration::from_secs(if quick { 1 } else { 2 }))?;
    table.add("resident memory, idle", place.name(), format!("{idle:.0} MiB"), "", "");
    table.add("resident memory, after the HTTP loads", place.name(), format!("{:.0} MiB", server.memory()?), "", "");
    if *place == Place::Sqlite {
        let size = std::env::current_exe()?.metadata()?.len() as f64 / f64::from(1 << 20);
        table.add("size of the program", "", format!("{size:.0} MiB"), "", "");
    }
    Ok(())
}

/// The floor under any start: this program, doing nothing.
fn nothing() -> Result<Duration> {
    let started = Instant::now();
    Command::new(std::env::current_exe()?).arg("--version").stdout(Stdio::null()).status()?;
    Ok(started.elapsed())
}

fn median(mut times: Vec<Duration>) -> Result<Duration> {
    times.sort_unstable();
    times.get(times.len() / 2).copied().context("nothing was measured")
}
