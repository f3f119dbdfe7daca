//! Saying which words mean the same.

use super::{Direction, SynonymError, SynonymId, Synonyms, queries::MAX_GROUPS, store};
use crate::fold;
use crate::search::has_meaning;
use kernel::{Actor, Event, Permission, Tx};

/// The kind of the event that says that the groups of words changed; its subject is the group's id.
pub const SYNONYMS_CHANGED: &str = "synonyms.changed";

pub(super) const MAX_WORDS: usize = 20;
pub(super) const MAX_LETTERS: usize = 60;

/// Make a group, or change it: `id` is the caller's, so that the same call twice is one group. Announces [`SYNONYMS_CHANGED`] when something is new.
pub fn save_synonyms(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: SynonymId,
    words: &[String],
    direction: Direction,
) -> Result<Synonyms, SynonymError> {
    actor.require(Permission::EditCatalogue)?;
    let synonyms = Synonyms { id, words: checked(words)?, direction };
    let before = store::by_id(tx, id)?;
    if before.as_ref() == Some(&synonyms) {
        return Ok(synonyms);
    }
    if before.is_none() && store::all(tx, MAX_GROUPS as i64)?.len() == MAX_GROUPS {
        return Err(SynonymError::Full);
    }
    store::save(tx, &synonyms, &actor.to_string())?;
    tx.announce(Event::new(SYNONYMS_CHANGED, id).by(actor).body(&synonyms))?;
    Ok(synonyms)
}

/// Remove a group. Removing it again is refused as unknown.
pub fn remove_synonyms(tx: &mut Tx<'_>, actor: &Actor, id: SynonymId) -> Result<(), SynonymError> {
    actor.require(Permission::EditCatalogue)?;
    if !store::remove(tx, id)? {
        return Err(SynonymError::Unknown);
    }
    tx.announce(Event::new(SYNONYMS_CHANGED, id).by(actor))?;
    Ok(())
}

/// Trimmed, each once.
fn checked(words: &[String]) -> Result<Vec<String>, SynonymError> {
    let mut kept: Vec<String> = Vec::new();
    for word in words {
        let word = word.split_whitespace().collect::<Vec<_>>().join(" ");
        if word.is_empty() || kept.iter().any(|other| fold(other) == fold(&word)) {
            continue;
        }
        if word.chars().count() > MAX_LETTERS {
            return Err(SynonymError::TooLong(word.chars().take(MAX_LETTERS).collect()));
        }
        if !has_meaning(&word) {
            return Err(SynonymError::Meaningless(word));
        }
        kept.push(word);
    }
    match kept.len() {
        0 | 1 => Err(SynonymError::TooFew),
        n if n > MAX_WORDS => Err(SynonymError::TooMany),
        _ => Ok(kept),
    }
}
