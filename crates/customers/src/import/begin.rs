//! Begin to take up a list, or to take it back.

use super::preview::taken;
use super::read::hex;
use super::step::TIMER;
use super::{Asked, Import, ImportError, ImportId, ImportState};
use crate::store;
use kernel::{Actor, Permission, Tx};

/// A list to take up.
#[derive(Debug, Clone)]
pub struct BeginImport {
    /// The caller's name for this intent; repeating it returns the first import.
    pub key: String,
    /// Its name and what its columns mean.
    pub asked: Asked,
    /// The file's name: evidence of the consents in it.
    pub file_name: String,
    /// The file.
    pub file: Vec<u8>,
}

/// Write a list down and begin to take it up: all of its lines, or none when it has a problem. A timer goes on with [`super::step`]
/// until it is done. Importing the same list twice changes nothing.
pub fn begin(tx: &mut Tx<'_>, actor: &Actor, cmd: &BeginImport) -> Result<Import, ImportError> {
    actor.require(Permission::ImportCustomers)?;
    if let Some(done) = store::imports::by_key(tx, &cmd.key)? {
        return Ok(done);
    }
    let (_, targets, lines) = taken(&cmd.file, &cmd.asked)?;
    if !lines.problems.is_empty() {
        return Err(ImportError::Problems(lines.problems));
    }
    let import = Import {
        id: tx.new_id(),
        name: cmd.asked.name.trim().to_owned(),
        file_name: cmd.file_name.chars().filter(|c| !c.is_control()).take(200).collect(),
        state: ImportState::Running,
        actor: actor.to_string(),
        created_at: tx.now(),
        finished_at: None,
        undone_at: None,
        undone_by: None,
        total: lines.lines.len() as u64,
        created: 0,
        changed: 0,
        unchanged: 0,
        taken_back: 0,
        kept: 0,
    };
    store::imports::insert(tx, &cmd.key, &import, &hex(&cmd.file), &targets)?;
    for line in &lines.lines {
        store::imports::insert_line(tx, import.id, line.line, &line.key, &line.record)?;
    }
    tx.at(tx.now(), TIMER, &import.id.to_string(), &())?;
    Ok(import)
}

/// Begin to take a list back, last line first; a timer goes on with [`super::step`]. Profiles that it made go as if they had never been,
/// with their claims; values that it changed become what they were. A profile to which anything else has happened since stays, and the
/// line says what it was; so does one that a later list of the same name changed, until that is taken back.
pub fn undo(tx: &mut Tx<'_>, actor: &Actor, id: ImportId) -> Result<Import, ImportError> {
    actor.require(Permission::ImportCustomers)?;
    let import = store::imports::by_id(tx, id)?.ok_or(ImportError::UnknownImport(id))?;
    match import.state {
        ImportState::Undone => return Err(ImportError::AlreadyUndone),
        ImportState::Undoing => return Ok(import),
        ImportState::Running | ImportState::Done => {}
    }
    let now = tx.now();
    store::imports::begin_undo(tx, id, &actor.to_string(), now)?;
    tx.at(now, TIMER, &id.to_string(), &())?;
    Ok(Import { state: ImportState::Undoing, undone_at: Some(now), undone_by: Some(actor.to_string()), ..import })
}
