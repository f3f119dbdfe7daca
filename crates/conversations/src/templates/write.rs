//! Writing templates: drafts, and those that were rejected.

use super::{MOST, MessageTemplate, TemplateCategory, TemplateContent, TemplateError, TemplateId, TemplateState, model, read};
use crate::{AccountId, Variable, accounts};
use kernel::{Actor, Channel, Event, Json, Permission, Tx, params, sql};
use serde_json::json;

/// How a template shall be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriteTemplate {
    /// Through which account it leaves.
    pub account: AccountId,
    /// Its name at the provider.
    pub name: String,
    /// Its language there.
    pub language: String,
    /// What it is for.
    pub category: TemplateCategory,
    /// Its words.
    pub content: TemplateContent,
    /// What fills each gap at the desk; none is for the agent to write.
    pub fills: Vec<Option<Variable>>,
}

/// Write a template; the provider does not know it yet. Announces `template.written`.
pub fn write_template(tx: &mut Tx<'_>, actor: &Actor, cmd: &WriteTemplate) -> Result<TemplateId, TemplateError> {
    actor.require(Permission::WriteTemplates)?;
    let account = accounts::account(tx, cmd.account)?.filter(|account| account.channel == Channel::Whatsapp);
    account.ok_or(TemplateError::NoTemplates)?;
    check(cmd)?;
    if read::is_taken(tx, cmd.account, (&cmd.name, &cmd.language), None)? {
        return Err(TemplateError::NameTaken);
    }
    if read::count(tx, cmd.account)? >= MOST {
        return Err(TemplateError::TooMany);
    }
    let (id, now) = (tx.new_id::<TemplateId>(), tx.now());
    tx.execute(
        sql!(
            "INSERT INTO message_template (id, account, name, language, category, content, fills, state, reason, quality, told_at, changed_at)
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'draft', '', '', 0, ?8)"
        ),
        params![id, cmd.account, cmd.name, cmd.language, cmd.category, Json(&cmd.content), Json(&cmd.fills), now],
    )?;
    announce(tx, actor, "template.written", id, (&cmd.name, &cmd.language))?;
    Ok(id)
}

/// Change a draft, or one that was rejected; the name of what the provider knows stays. Announces `template.written`.
pub fn change_template(tx: &mut Tx<'_>, actor: &Actor, id: TemplateId, cmd: &WriteTemplate) -> Result<(), TemplateError> {
    actor.require(Permission::WriteTemplates)?;
    let known = read::message_template(tx, id)?.ok_or(TemplateError::Unknown)?;
    if !known.state.may_change() {
        return Err(TemplateError::NotNow(known.state));
    }
    let named = match known.provider_id {
        Some(_) => WriteTemplate { name: known.name, language: known.language, ..cmd.clone() },
        None => cmd.clone(),
    };
    check(&named)?;
    if read::is_taken(tx, known.account, (&named.name, &named.language), Some(id))? {
        return Err(TemplateError::NameTaken);
    }
    let now = tx.now();
    tx.execute(
        sql!(
            "UPDATE message_template SET name = ?2, language = ?3, category = ?4, content = ?5, fills = ?6, changed_at = ?7 WHERE id = ?1"
        ),
        params![id, named.name, named.language, named.category, Json(&named.content), Json(&named.fills), now],
    )?;
    announce(tx, actor, "template.written", id, (&named.name, &named.language))
}

/// Say what fills its gaps at the desk, whatever the provider thinks of its words. Announces `template.written`.
pub fn set_template_fills(tx: &mut Tx<'_>, actor: &Actor, id: TemplateId, fills: &[Option<Variable>]) -> Result<(), TemplateError> {
    actor.require(Permission::WriteTemplates)?;
    let MessageTemplate { name, language, .. } = read::message_template(tx, id)?.ok_or(TemplateError::Unknown)?;
    tx.execute(sql!("UPDATE message_template SET fills = ?2 WHERE id = ?1"), params![id, Json(fills)])?;
    announce(tx, actor, "template.written", id, (&name, &language))
}

/// Remove what the provider does not know; what is gone stays gone. Announces `template.removed`.
pub fn remove_template(tx: &mut Tx<'_>, actor: &Actor, id: TemplateId) -> Result<(), TemplateError> {
    actor.require(Permission::WriteTemplates)?;
    let Some(known) = read::message_template(tx, id)? else { return Ok(()) };
    if !matches!(known.state, TemplateState::Draft | TemplateState::Disabled) {
        return Err(TemplateError::NotNow(known.state));
    }
    tx.execute(sql!("DELETE FROM message_template WHERE id = ?1"), params![id])?;
    announce(tx, actor, "template.removed", id, (&known.name, &known.language))
}

fn check(cmd: &WriteTemplate) -> Result<(), TemplateError> {
    model::check_name(&cmd.name, &cmd.language)?;
    cmd.content.check()
}

fn announce(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kind: &'static str,
    id: TemplateId,
    (name, language): (&str, &str),
) -> Result<(), TemplateError> {
    let body = json!({ "name": name, "language": language });
    Ok(tx.announce(Event::new(kind, id).by(actor).channel(Channel::Whatsapp).body(&body))?)
}
