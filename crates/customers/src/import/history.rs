//! Imports and their lines, for whoever looks back.

use super::{Import, ImportError, ImportId, ImportedLine, Outcome};
use crate::{Page, store};
use kernel::{Actor, Permission, ReadTx};

/// Every import, newest first, by pages of at most 50.
pub fn imports(tx: &ReadTx<'_>, actor: &Actor, cursor: Option<&str>, limit: usize) -> Result<Page<Import>, ImportError> {
    actor.require(Permission::ImportCustomers)?;
    let limit = limit.clamp(1, 50);
    let before: Option<ImportId> = cursor.map(|c| c.parse().map_err(|_| ImportError::BadCursor(c.to_owned()))).transpose()?;
    let mut items = store::imports::newest(tx, before, limit as i64 + 1)?;
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().filter(|_| more).map(|import| import.id.to_string());
    Ok(Page { items, next })
}

/// One import.
pub fn import(tx: &ReadTx<'_>, actor: &Actor, id: ImportId) -> Result<Import, ImportError> {
    actor.require(Permission::ImportCustomers)?;
    store::imports::by_id(tx, id)?.ok_or(ImportError::UnknownImport(id))
}

/// Its lines with this outcome, in the order of the file, by pages of at most 100.
pub fn rows(
    tx: &ReadTx<'_>,
    actor: &Actor,
    id: ImportId,
    outcome: Outcome,
    cursor: Option<&str>,
    limit: usize,
) -> Result<Page<ImportedLine>, ImportError> {
    actor.require(Permission::ImportCustomers)?;
    let limit = limit.clamp(1, 100);
    let after: i64 = cursor.map(|c| c.parse().map_err(|_| ImportError::BadCursor(c.to_owned()))).transpose()?.unwrap_or(0);
    let mut items = store::imports::lines(tx, id, outcome, after, limit as i64 + 1)?;
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().filter(|_| more).map(|line| line.line.to_string());
    Ok(Page { items, next })
}
