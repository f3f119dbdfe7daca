//! Begin to bring a file in, or to take it back.

use super::{ImportState, ProductImport, ProductImportId, RunError, store};
use crate::import::preview::pass;
use crate::import::{ImportOptions, Preview};
use kernel::{Actor, Permission, Tx};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// A file to bring in.
#[derive(Debug, Clone)]
pub struct BeginImport {
    /// The caller's name for this intent; repeating it returns the first import.
    pub key: String,
    /// The file's name.
    pub file_name: String,
    /// The file, at most [`crate::import::MAX_BYTES`].
    pub file: Vec<u8>,
    /// How it is read.
    pub options: ImportOptions,
    /// What other rooms do with its products.
    pub beside: Value,
}

/// Look at a file and write its products down, or refuse it while it has a problem that is not to be left out. What is written down is
/// taken up by [`super::take_up`]. Answers what the file would do besides; nothing of it when the key is known.
pub fn begin(tx: &mut Tx<'_>, actor: &Actor, cmd: &BeginImport) -> Result<(ProductImport, Option<Preview>), RunError> {
    actor.require(Permission::EditCatalogue)?;
    if let Some(known) = store::by_key(tx, &cmd.key)? {
        return Ok((known, None));
    }
    let (mut seen, mut good) = (Preview::default(), Vec::new());
    pass(tx, &cmd.file, cmd.options, &mut seen, |incoming| good.push(incoming))?;
    if !seen.is_ready(cmd.options.leave_out) {
        return Err(RunError::Problems(seen.problems));
    }
    let import = ProductImport {
        id: tx.new_id(),
        file_name: cmd.file_name.chars().filter(|c| !c.is_control()).take(200).collect(),
        options: cmd.options,
        beside: cmd.beside.clone(),
        state: ImportState::Running,
        actor: actor.to_string(),
        created_at: tx.now(),
        finished_at: None,
        undone_at: None,
        undone_by: None,
        total: good.len() as u64,
        left_out: seen.left_out as u64,
        created: 0,
        changed: 0,
        unchanged: 0,
        refused: 0,
        taken_back: 0,
        kept: 0,
    };
    store::insert(tx, &cmd.key, &import, &hash(&cmd.file))?;
    for incoming in &good {
        store::insert_item(tx, import.id, incoming)?;
    }
    Ok((import, Some(seen)))
}

/// Begin to take an import back; [`super::take_back`] goes on. What was not yet taken up never will be.
pub fn undo(tx: &mut Tx<'_>, actor: &Actor, id: ProductImportId) -> Result<ProductImport, RunError> {
    actor.require(Permission::EditCatalogue)?;
    let import = store::by_id(tx, id)?.ok_or(RunError::Unknown(id))?;
    match import.state {
        ImportState::Undone => return Err(RunError::AlreadyUndone),
        ImportState::Undoing => return Ok(import),
        ImportState::Running | ImportState::Done => {}
    }
    let now = tx.now();
    store::begin_undo(tx, id, &actor.to_string(), now)?;
    store::forget_waiting(tx, id)?;
    Ok(ProductImport { state: ImportState::Undoing, undone_at: Some(now), undone_by: Some(actor.to_string()), ..import })
}

pub(super) fn hash(file: &[u8]) -> String {
    Sha256::digest(file).iter().map(|byte| format!("{byte:02x}")).collect()
}
