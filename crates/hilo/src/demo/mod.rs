//! The demo: a living brand made from `demo/` and a seed, through the same commands that people and providers use.

mod agenda;
mod brand;
mod chance;
mod check;
mod crowd;
mod delivery;
mod files;
mod groups;
mod load;
mod marker;
mod month;
mod offer;
mod people;
mod pictures;
mod shelves;
mod simulators;
mod stock;
mod story;
mod talk;
#[cfg(test)]
mod tests;
mod trade;
mod world;

pub use brand::Brand;
pub use check::{check, tally};
pub use marker::{Marker, VERSION};
pub use pictures::DemoPictures;
pub use simulators::FarEnds;
pub use world::{Plan, Progress};

use anyhow::Result;
use kernel::{Db, Reaction, StaffId, TimerHandler, VirtualClock};
use month::Month;

/// A world that was made.
pub struct Made {
    /// Its administrator, by whom it is known again.
    pub administrator: StaffId,
    /// What could not be done along the way.
    pub skipped: Vec<String>,
}

/// Fill an empty database: load the brand, then live through its month. `clock` must be the database's own.
pub fn make(db: &Db, clock: &VirtualClock, rules: (Vec<Reaction>, Vec<TimerHandler>), plan: Plan, progress: &dyn Progress) -> Result<Made> {
    clock.set(month::beginning(plan.end, plan.days));
    let mut world = load::load(db, clock, rules, plan, progress)?;
    people::load(&mut world, progress)?;
    let skipped = Month::new(&world)?.live(progress)?;
    groups::make(&world)?;
    shelves::make(&world)?;
    stock::expect(&world)?;
    crowd::gather(&world, progress)?;
    let administrator = world.staff.iter().find_map(|member| member.actor.staff_id().filter(|_| member.role == "administrator"));
    Ok(Made { administrator: administrator.ok_or_else(|| anyhow::anyhow!("staff.toml has no administrator"))?, skipped })
}
