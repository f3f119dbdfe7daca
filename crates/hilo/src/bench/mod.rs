//! The figures of `docs/benchmarks.md`. Each has a bound that is measured in the same run, so that a slow or busy machine
//! slows both. Loads go to 127.0.0.1 only; every figure has a database of its own, which is removed afterwards.

mod bare;
mod catalogue;
mod flow;
mod ground;
mod http;
mod identity;
mod inbound;
mod line;
mod load;
mod lookup;
mod orders;
mod oversell;
mod replay;
mod reports;
mod server;
mod shop;
mod sourcing;
mod start;
mod table;
mod timeline;
mod visible;

use anyhow::{Context, Result};
use ground::Place;
use std::time::Instant;
use table::Table;

/// What can be measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Figure {
    /// Orders per second through the database door.
    Orders,
    /// Checkout and the shop's pages over HTTP.
    Http,
    /// Whole checkouts over HTTP.
    Flow,
    /// The shop's pages among few and many products.
    Catalogue,
    /// A changed product at every door.
    Visible,
    /// A WhatsApp message on its way to the desk.
    Inbound,
    /// A short and a long history.
    Timeline,
    /// A leader's figures among few and many messages.
    Reports,
    /// Who is it, among ever more persons?
    Lookup,
    /// More buyers than stock.
    Oversell,
    /// Cold start, memory, size.
    Start,
    /// Which of many places send an order?
    Sourcing,
    /// One arriving record against many persons.
    Identity,
}

impl Figure {
    /// All, in the order of the table.
    pub const ALL: [Figure; 13] = [
        Figure::Orders,
        Figure::Http,
        Figure::Flow,
        Figure::Catalogue,
        Figure::Visible,
        Figure::Inbound,
        Figure::Timeline,
        Figure::Reports,
        Figure::Lookup,
        Figure::Oversell,
        Figure::Start,
        Figure::Sourcing,
        Figure::Identity,
    ];
}

impl Figure {
    /// How it is measured where no database has a part in it.
    fn in_memory(self) -> Option<fn(bool, &mut Table) -> Result<()>> {
        match self {
            Figure::Sourcing => Some(sourcing::measure),
            Figure::Identity => Some(identity::measure),
            _ => None,
        }
    }
}

/// Measure, telling on standard error what is underway; answers the table as Markdown.
pub fn run(figures: &[Figure], quick: bool) -> Result<String> {
    let mut places = vec![Place::Sqlite];
    match std::env::var("HILO_TEST_POSTGRES") {
        Ok(server) if !server.is_empty() => places.push(Place::Postgres(server)),
        _ => eprintln!("HILO_TEST_POSTGRES is not set: SQLite only"),
    }
    let mut table = Table::default();
    let started = Instant::now();
    for figure in Figure::ALL.into_iter().filter(|figure| figures.contains(figure)) {
        if let Some(measure) = figure.in_memory() {
            eprint!("{figure:?} in memory ..");
            let begun = Instant::now();
            measure(quick, &mut table)?;
            eprintln!(" {:.0} s", begun.elapsed().as_secs_f64());
            continue;
        }
        for place in &places {
            let begun = Instant::now();
            eprint!("{figure:?} on {} ..", place.name());
            let measure = match figure {
                Figure::Orders => orders::measure,
                Figure::Http => http::measure,
                Figure::Flow => flow::measure,
                Figure::Catalogue => catalogue::measure,
                Figure::Visible => visible::measure,
                Figure::Inbound => inbound::measure,
                Figure::Timeline => timeline::measure,
                Figure::Reports => reports::measure,
                Figure::Lookup => lookup::measure,
                Figure::Oversell => oversell::measure,
                Figure::Start => start::measure,
                Figure::Sourcing | Figure::Identity => continue,
            };
            measure(place, quick, &mut table).with_context(|| format!("measuring {figure:?} on {}", place.name()))?;
            eprintln!(" {:.0} s", begun.elapsed().as_secs_f64());
        }
    }
    eprintln!("all in {:.0} s", started.elapsed().as_secs_f64());
    Ok(table.to_string())
}

/// The whole, or half of it.
fn half_if(quick: bool, whole: usize) -> usize {
    if quick { whole / 2 } else { whole }
}
