//! `hilo bench`: how fast it is, each figure beside a bound measured in the same run.

use crate::bench::{self, Figure};
use anyhow::Result;
use clap::Args;

/// Which figures; all when none is named.
#[derive(Args)]
pub struct Bench {
    /// Which figures; all when none is named.
    #[arg(value_enum)]
    figures: Vec<Figure>,
    /// Half the work: to see that it runs, not to quote from.
    #[arg(long)]
    quick: bool,
}

impl Bench {
    /// Measure, and print the table. SQLite always; PostgreSQL when `HILO_TEST_POSTGRES` says where a server is.
    pub fn run(self) -> Result<()> {
        let figures = if self.figures.is_empty() { Figure::ALL.to_vec() } else { self.figures };
        print!("{}", bench::run(&figures, self.quick)?);
        Ok(())
    }
}
