//! Find people by whatever the person at the desk or till was told.

use crate::cards::{PersonCard, cards};
use crate::fold;
use crate::store::search::{self, BATCH};
use crate::{Identifier, IdentifierKind, Page, PersonId, store};
use kernel::{Actor, Denied, Fault, Kind, Permission, Problem, ProfileId, ReadTx};

/// Why a question was not answered.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// The cursor is none of ours.
    #[error("`{0}` is not a place in this list; start again without a cursor")]
    BadCursor(String),
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Everything else.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for QueryError {
    fn kind(&self) -> Kind {
        match self {
            QueryError::BadCursor(_) => Kind::Invalid,
            QueryError::Denied(denied) => denied.kind(),
            QueryError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            QueryError::BadCursor(_) => "bad_cursor",
            QueryError::Denied(denied) => denied.code(),
            QueryError::Fault(fault) => fault.code(),
        }
    }
}

/// People newest first, by pages of at most 50.
pub fn people(tx: &ReadTx<'_>, actor: &Actor, cursor: Option<&str>, limit: usize) -> Result<Page<PersonCard>, QueryError> {
    actor.require(Permission::ViewCustomers)?;
    let limit = limit.clamp(1, BATCH);
    let before: Option<PersonId> = cursor.map(|c| c.parse().map_err(|_| QueryError::BadCursor(c.to_owned()))).transpose()?;
    let mut persons = search::newest(tx, before, limit as i64 + 1)?;
    let more = persons.len() > limit;
    persons.truncate(limit);
    let next = persons.last().filter(|_| more).map(PersonId::to_string);
    Ok(Page { items: cards(tx, &persons)?, next })
}

/// People by name (beginnings of words, any order, without accents), e-mail, phone (whole, or its last six digits or more), card or
/// handle; an empty text lists everybody, newest first. An identifier that fits exactly is the only answer. A person whose profiles
/// match by different words may come again on a later page.
pub fn find(tx: &ReadTx<'_>, actor: &Actor, text: &str, cursor: Option<&str>, limit: usize) -> Result<Page<PersonCard>, QueryError> {
    actor.require(Permission::ViewCustomers)?;
    let text = text.trim();
    if text.is_empty() {
        return people(tx, actor, cursor, limit);
    }
    let limit = limit.clamp(1, BATCH);
    if cursor.is_none() {
        let mut persons = exact(tx, text)?;
        if persons.is_empty() {
            persons = by_last_digits(tx, text, limit)?;
        }
        if !persons.is_empty() {
            return Ok(Page { items: cards(tx, &persons)?, next: None });
        }
    }
    by_name(tx, text, cursor, limit)
}

/// Whoever has this very identifier, whichever kind the text may be.
fn exact(tx: &ReadTx<'_>, text: &str) -> Result<Vec<PersonId>, Fault> {
    use IdentifierKind::{Card, Email, Instagram, Phone, Telegram, X};
    let kinds: &[IdentifierKind] = match text {
        t if t.starts_with('@') => &[X, Instagram, Telegram],
        t if t.contains('@') => &[Email],
        t if t.bytes().any(|b| b.is_ascii_digit()) => &[Card, Phone],
        _ => return Ok(Vec::new()),
    };
    let mut persons = Vec::new();
    for kind in kinds {
        let Ok(identifier) = Identifier::new(*kind, text) else { continue };
        if let Some(known) = store::identifiers::find(tx, &identifier)?
            && !persons.contains(&known.person)
        {
            persons.push(known.person);
        }
    }
    Ok(persons)
}

fn by_last_digits(tx: &ReadTx<'_>, text: &str, limit: usize) -> Result<Vec<PersonId>, Fault> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if digits.len() < 6 || text.chars().any(char::is_alphabetic) {
        return Ok(Vec::new());
    }
    let mut persons = Vec::new();
    for known in store::identifiers::by_tail(tx, &digits[digits.len() - 6..], limit as i64)? {
        if known.identifier.value().ends_with(&digits) && !persons.contains(&known.person) {
            persons.push(known.person);
        }
    }
    Ok(persons)
}

fn by_name(tx: &ReadTx<'_>, text: &str, cursor: Option<&str>, limit: usize) -> Result<Page<PersonCard>, QueryError> {
    let mut prefixes = fold::words(text);
    prefixes.sort_by_key(|word| std::cmp::Reverse(word.len()));
    if prefixes.is_empty() {
        return Ok(Page { items: Vec::new(), next: None });
    }
    let bad = |c: &str| QueryError::BadCursor(c.to_owned());
    let (word, profile) = match cursor {
        None => ("", ProfileId::nil()),
        Some(c) => {
            let (word, profile) = c.rsplit_once('~').ok_or_else(|| bad(c))?;
            (word, profile.parse().map_err(|_| bad(c))?)
        }
    };
    let mut hits = search::by_name(tx, &prefixes, (word, profile), limit as i64 + 1)?;
    let more = hits.len() > limit;
    hits.truncate(limit);
    let next = hits.last().filter(|_| more).map(|hit| format!("{}~{}", hit.word, hit.profile));
    let mut persons: Vec<PersonId> = Vec::new();
    for hit in &hits {
        if !persons.contains(&hit.person) {
            persons.push(hit.person);
        }
    }
    Ok(Page { items: cards(tx, &persons)?, next })
}
