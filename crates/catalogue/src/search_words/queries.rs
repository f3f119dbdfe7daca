//! Looking at the words of search.

use super::{SearchTerm, SynonymError, Synonyms, popular, store};
use kernel::{Actor, Fault, Permission, ReadTx};

/// Most groups of words.
pub const MAX_GROUPS: usize = 1_000;
/// Most searches in a report.
const MOST: usize = 100;

/// All groups, oldest first.
pub fn synonyms(tx: &ReadTx<'_>) -> Result<Vec<Synonyms>, Fault> {
    store::all(tx, MAX_GROUPS as i64)
}

/// What was searched for most in this week and the last, at most `limit` (100).
pub fn searches(tx: &ReadTx<'_>, actor: &Actor, limit: usize) -> Result<Vec<SearchTerm>, SynonymError> {
    actor.require(Permission::ViewCatalogue)?;
    let mut terms = popular::counted(tx)?;
    terms.truncate(limit.min(MOST));
    Ok(terms)
}

/// As [`searches`], of those that found nothing.
pub fn without_result(tx: &ReadTx<'_>, actor: &Actor, limit: usize) -> Result<Vec<SearchTerm>, SynonymError> {
    actor.require(Permission::ViewCatalogue)?;
    let mut terms = popular::counted(tx)?;
    terms.retain(|term| term.found == 0);
    terms.truncate(limit.min(MOST));
    Ok(terms)
}
