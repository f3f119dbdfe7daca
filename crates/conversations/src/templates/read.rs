//! Finding templates, and whether one may leave.

use super::{MOST, MessageTemplate, TemplateContent, TemplateId, TemplateState};
use crate::{AccountId, ConversationError, Template, Variable};
use kernel::{Fault, Json, ReadTx, Row, params, sql};

/// A statement over whole templates: the columns that [`template_row`] reads, then the rest of the text.
macro_rules! template_sql {
    ($rest:literal) => {
        kernel::sql!(concat!(
            "SELECT id, account, name, language, category, content, fills, state, reason, quality, provider_id, changed_at ",
            "FROM message_template ",
            $rest
        ))
    };
}

/// The templates of an account by name and language, at most 500.
pub fn message_templates(tx: &ReadTx<'_>, account: AccountId) -> Result<Vec<MessageTemplate>, Fault> {
    tx.query(template_sql!("WHERE account = ?1 ORDER BY name, language LIMIT ?2"), params![account, MOST], template_row)
}

/// One of them.
pub fn message_template(tx: &ReadTx<'_>, id: TemplateId) -> Result<Option<MessageTemplate>, Fault> {
    tx.query_opt(template_sql!("WHERE id = ?1"), params![id], template_row)
}

/// Those of an account that may leave now and that Hilo can fill, by name and language.
pub fn approved_templates(tx: &ReadTx<'_>, account: AccountId) -> Result<Vec<MessageTemplate>, Fault> {
    let approved = template_sql!("WHERE account = ?1 AND state = 'approved' ORDER BY name, language LIMIT ?2");
    let mut approved = tx.query(approved, params![account, MOST], template_row)?;
    approved.retain(|template| !template.content.has_more);
    Ok(approved)
}

/// The template of this name and language.
pub(super) fn named(tx: &ReadTx<'_>, account: AccountId, name: &str, language: &str) -> Result<Option<MessageTemplate>, Fault> {
    tx.query_opt(template_sql!("WHERE account = ?1 AND name = ?2 AND language = ?3"), params![account, name, language], template_row)
}

/// Only what the provider has approved leaves, with each gap filled: asked when it is queued, and once more before it is sent.
pub fn template_may_leave(tx: &ReadTx<'_>, account: AccountId, wanted: &Template) -> Result<(), ConversationError> {
    let known = named(tx, account, &wanted.name, &wanted.language)?;
    let state = known.as_ref().map_or(TemplateState::Draft, |template| template.state);
    let Some(template) = known.filter(|template| template.state == TemplateState::Approved) else {
        return Err(ConversationError::TemplateNotApproved { name: wanted.name.clone(), state });
    };
    let is_filled = wanted.params.len() == template.gaps() && wanted.params.iter().all(|value| !value.trim().is_empty());
    if is_filled { Ok(()) } else { Err(ConversationError::TemplateGaps(template.gaps())) }
}

fn template_row(row: &Row<'_>) -> Result<MessageTemplate, Fault> {
    Ok(MessageTemplate {
        id: row.get(0)?,
        account: row.get(1)?,
        name: row.get(2)?,
        language: row.get(3)?,
        category: row.get(4)?,
        content: row.get::<Json<TemplateContent>>(5)?.0,
        fills: row.get::<Json<Vec<Option<Variable>>>>(6)?.0,
        state: row.get(7)?,
        reason: row.get(8)?,
        quality: row.get(9)?,
        provider_id: row.get(10)?,
        changed_at: row.get(11)?,
    })
}

/// Whether another has this name in this language.
pub(super) fn is_taken(
    tx: &ReadTx<'_>,
    account: AccountId,
    (name, language): (&str, &str),
    but: Option<TemplateId>,
) -> Result<bool, Fault> {
    Ok(named(tx, account, name, language)?.is_some_and(|other| Some(other.id) != but))
}

/// How many an account has.
pub(super) fn count(tx: &ReadTx<'_>, account: AccountId) -> Result<i64, Fault> {
    tx.query_one(sql!("SELECT COUNT(*) FROM message_template WHERE account = ?1"), params![account], |row| row.get(0))
}
