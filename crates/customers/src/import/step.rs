//! Go on with an import: some lines in one transaction.

use super::apply::apply;
use super::take_back::take_back;
use super::{Import, ImportError, ImportId, ImportState, Outcome};
use crate::{events, store};
use kernel::{Actor, Event, Fault, Timer, TimerHandler, Tx};

/// Lines taken up in one transaction by the timer.
pub const STEP: usize = 100;

pub(super) const TIMER: &str = "customers.import";
pub(crate) const TIMER_HANDLER: TimerHandler = TimerHandler { kind: TIMER, run: go_on };

fn go_on(tx: &mut Tx<'_>, timer: &Timer) -> Result<(), Fault> {
    let id: ImportId = timer.key.parse().map_err(|_| Fault::data(format!("`{}` is not the id of an import", timer.key)))?;
    match step(tx, id, STEP) {
        Ok(import) if matches!(import.state, ImportState::Running | ImportState::Undoing) => tx.at(tx.now(), TIMER, &timer.key, &()),
        Ok(_) | Err(ImportError::UnknownImport(_)) => Ok(()),
        Err(ImportError::Fault(fault)) => Err(fault),
        Err(other) => Err(Fault::data(other.to_string())),
    }
}

/// Take up, or take back, the next lines of an import, at most `lines`; answers how far it is. Does nothing when there is nothing left.
/// Announces `customers.imported` or `customers.import_undone` with the last line.
pub fn step(tx: &mut Tx<'_>, id: ImportId, lines: usize) -> Result<Import, ImportError> {
    let import = store::imports::by_id(tx, id)?.ok_or(ImportError::UnknownImport(id))?;
    match import.state {
        ImportState::Running => forward(tx, &import, lines)?,
        ImportState::Undoing => back(tx, &import, lines)?,
        ImportState::Done | ImportState::Undone => return Ok(import),
    }
    store::imports::by_id(tx, id)?.ok_or(ImportError::UnknownImport(id))
}

fn forward(tx: &mut Tx<'_>, import: &Import, lines: usize) -> Result<(), Fault> {
    let actor = Actor::on_behalf(&import.actor, Vec::new());
    let waiting = store::imports::waiting(tx, import.id, lines as i64)?;
    let is_last = waiting.len() < lines;
    let (mut created, mut changed, mut unchanged) = (0, 0, 0);
    for line in waiting {
        match apply(tx, &actor, import, &line)? {
            Outcome::Created => created += 1,
            Outcome::Changed => changed += 1,
            _ => unchanged += 1,
        }
    }
    store::imports::count_forward(tx, import.id, created, changed, unchanged)?;
    if is_last {
        store::imports::finish(tx, import.id, ImportState::Running, ImportState::Done, tx.now())?;
        tx.announce(Event::new(events::IMPORTED, import.id).by(&actor))?;
    }
    Ok(())
}

fn back(tx: &mut Tx<'_>, import: &Import, lines: usize) -> Result<(), Fault> {
    let actor = Actor::on_behalf(import.undone_by.as_deref().unwrap_or_default(), Vec::new());
    store::imports::forget_waiting(tx, import.id)?;
    let done = store::imports::done_lines(tx, import.id, lines as i64)?;
    let is_last = done.len() < lines;
    let (mut taken_back, mut kept) = (0, 0);
    for line in done {
        match take_back(tx, &actor, import, line)? {
            Outcome::TakenBack => taken_back += 1,
            _ => kept += 1,
        }
    }
    store::imports::count_back(tx, import.id, taken_back, kept)?;
    if is_last {
        store::imports::finish(tx, import.id, ImportState::Undoing, ImportState::Undone, tx.now())?;
        tx.announce(Event::new(events::IMPORT_UNDONE, import.id).by(&actor))?;
    }
    Ok(())
}
