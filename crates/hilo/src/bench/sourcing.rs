//! Which of two hundred places send an order of twenty lines?

use super::load::Times;
use super::table::{Table, percent};
use anyhow::Result;
use flows::sourcing::{Candidate, solve};
use pricing::SourcingWeights;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::time::Instant;

const PLACES: usize = 200;
const LINES: usize = 20;
const ORDERS: usize = 400;

/// From places that have nearly everything to places that have hardly anything.
pub fn measure(quick: bool, table: &mut Table) -> Result<()> {
    let objective = SourcingWeights::default();
    for (stock, share) in [("half of all", 0.5), ("a sixth of all", 1.0 / 6.0), ("a fortieth of all", 1.0 / 40.0)] {
        let mut random = StdRng::seed_from_u64(7);
        let (mut times, mut parcels, mut proved) = (Vec::new(), 0, 0);
        for _ in 0..if quick { ORDERS / 2 } else { ORDERS } {
            let wanted: Vec<i64> = (0..LINES).map(|_| random.random_range(1..=2)).collect();
            let places: Vec<_> = (0..PLACES).map(|_| place(&mut random, share)).collect();
            let started = Instant::now();
            let found = solve(&wanted, &places, &objective);
            times.push(started.elapsed());
            if let Some(found) = found {
                parcels += found.places.len();
                proved += usize::from(found.is_best);
            }
        }
        let times = Times::of(times);
        let figure =
            format!("source {LINES} lines from {PLACES} places with {stock} variants, {:.1} parcels", parcels as f64 / times.len() as f64);
        table.add(figure, "memory", times.text(), "5 ms", format!("{} proved best", percent(proved as f64, times.len() as f64)));
    }
    Ok(())
}

fn place(random: &mut StdRng, share: f64) -> Candidate {
    Candidate {
        metres: random.random_range(0..1_000_000),
        late_days: random.random_range(0..2),
        is_shop: random.random_bool(0.95),
        stock: (0..LINES).map(|_| if random.random_bool(share) { random.random_range(1..=5) } else { 0 }).collect(),
    }
}
