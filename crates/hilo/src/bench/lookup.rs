//! Somebody writes: who is it? The look-up of an identifier and the last page of a timeline among ever more persons.

use super::ground::{Ground, Place};
use super::load::Times;
use super::shop;
use super::table::{Table, count};
use anyhow::{Result, anyhow};
use customers::{Identifier, Recognise};
use kernel::{Actor, Channel, Db};
use std::time::Instant;

/// Persons written in one transaction.
const STEP: usize = 1_000;
/// Look-ups that are timed, spread over all persons.
const ASKED: usize = 2_000;

/// Ten thousand, a hundred thousand, and on SQLite, which takes them faster, a million.
pub fn measure(place: &Place, quick: bool, table: &mut Table) -> Result<()> {
    let ground = Ground::new(place)?;
    let db = ground.open()?;
    let sizes: &[usize] = match (place, quick) {
        (_, true) => &[10_000, 50_000],
        (Place::Sqlite, false) => &[10_000, 100_000, 1_000_000],
        (Place::Postgres(_), false) => &[10_000, 100_000],
    };
    let mut there = 0;
    let mut first: Option<f64> = None;
    for size in sizes {
        while there < *size {
            let some = there..there + STEP;
            shop::run(&db, move |tx| some.clone().try_for_each(|n| arrive(tx, n)))?;
            there += STEP;
        }
        ground.analyse()?;
        let times = look_up(&db, *size)?;
        let median = times.within(0.5);
        let share = first.map_or_else(String::new, |first| format!("{:.2} × at p50", median / first));
        first.get_or_insert(median);
        table.add(
            format!("identifier look-up and the last page of the timeline, {} persons", count(*size as f64)),
            place.name(),
            times.text(),
            "the same as at 10 000",
            share,
        );
    }
    Ok(())
}

fn email(n: usize) -> Result<Identifier, kernel::Fault> {
    Identifier::email(&format!("persona{n}@ejemplo.es")).map_err(|e| kernel::Fault::data(e.to_string()))
}

fn arrive(tx: &mut kernel::Tx<'_>, n: usize) -> Result<(), customers::RecogniseError> {
    let phone = Identifier::phone(&format!("6{n:08}"), "ES").map_err(|e| kernel::Fault::data(e.to_string()))?;
    let identifiers = vec![email(n)?, phone];
    let cmd = Recognise { identifiers, name: Some(format!("Ana Ruiz {n}")), locale: None, channel: Channel::Email, verified: true };
    customers::recognise(tx, &Actor::system(), cmd).map(drop)
}

fn look_up(db: &Db, persons: usize) -> Result<Times> {
    let mut times = Vec::with_capacity(ASKED);
    // The first statements are prepared.
    for n in (0..ASKED + 100).map(|n| n * 7_919 % persons) {
        let who = email(n)?;
        let begun = Instant::now();
        let entries = db
            .read(move |tx| {
                let Some(known) = customers::by_identifier(tx, &who)? else { return Ok(0) };
                let profiles = customers::profiles_of(tx, known.person)?;
                Ok::<usize, kernel::Fault>(kernel::log::timeline(tx, &profiles, None, 50)?.len())
            })
            .wait()?;
        times.push(begun.elapsed());
        if entries == 0 {
            return Err(anyhow!("persona{n} is not found"));
        }
    }
    Ok(Times::of(times.split_off(100)))
}
