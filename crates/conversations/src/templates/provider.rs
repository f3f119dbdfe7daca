//! What the provider says of templates: taken, approved, rejected, paused; and those that it has and we do not.

use super::{MOST, MessageTemplate, TemplateCategory, TemplateContent, TemplateError, TemplateId, TemplateState, read};
use crate::{AccountId, TemplateNews, TemplateSays};
use kernel::{Actor, Channel, Event, Fault, Json, Permission, Timestamp, Tx, params, sql};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// What the provider made of a template that was handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedIn {
    /// Its number there.
    pub provider_id: String,
    /// Where it stands there.
    pub state: TemplateState,
    /// What it is for, as the provider sees it.
    pub category: Option<TemplateCategory>,
}

/// A template as the provider has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AtProvider {
    /// Its name.
    pub name: String,
    /// Its language.
    pub language: String,
    /// What it is for.
    pub category: TemplateCategory,
    /// Its words.
    pub content: TemplateContent,
    /// Where it stands.
    pub state: TemplateState,
    /// Why, when it does not stand well.
    pub reason: String,
    /// Its number there.
    pub provider_id: String,
}

/// What an account has at its provider, as far as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fetched {
    /// Those that were read.
    pub templates: Vec<AtProvider>,
    /// Name and language of those that are there and could not be read.
    pub unread: BTreeSet<(String, String)>,
    /// There are more, which nobody has looked at.
    pub has_more: bool,
}

impl From<Vec<AtProvider>> for Fetched {
    /// These, and no others.
    fn from(templates: Vec<AtProvider>) -> Self {
        Fetched { templates, ..Fetched::default() }
    }
}

/// What a look at the provider's templates brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct KeptTemplates {
    /// Not known before.
    pub new: usize,
    /// Known, and now otherwise.
    pub changed: usize,
    /// Known, and there no more.
    pub gone: usize,
}

/// The provider has taken what was handed in. Announces `template.state`.
pub fn record_template(tx: &mut Tx<'_>, actor: &Actor, id: TemplateId, taken: &HandedIn) -> Result<(), TemplateError> {
    actor.require(Permission::WriteTemplates)?;
    let known = read::message_template(tx, id)?.ok_or(TemplateError::Unknown)?;
    let category = taken.category.unwrap_or(known.category);
    tx.execute(
        sql!("UPDATE message_template SET provider_id = ?2, category = ?3 WHERE id = ?1"),
        params![id, taken.provider_id, category],
    )?;
    // What it says by webhook may have overtaken this answer.
    if !known.state.may_change() {
        return Ok(());
    }
    Ok(stand(tx, actor, &known, taken.state, "", None)?)
}

/// Keep what an account has at its provider: new ones are added, known ones follow, and what is there no more is disabled.
/// What fills their gaps is ours and stays, and so do words that still wait to be handed in. Announces `template.state` for each that changed.
pub fn keep_templates(tx: &mut Tx<'_>, actor: &Actor, account: AccountId, fetched: &Fetched) -> Result<KeptTemplates, TemplateError> {
    actor.require(Permission::WriteTemplates)?;
    let mut kept = KeptTemplates::default();
    let mut ours: BTreeMap<(String, String), MessageTemplate> = read::message_templates(tx, account)?
        .into_iter()
        .map(|template| ((template.name.clone(), template.language.clone()), template))
        .collect();
    let there: BTreeMap<_, _> = fetched.templates.iter().map(|one| ((one.name.clone(), one.language.clone()), one)).collect();
    let mut room = MOST.saturating_sub(ours.len() as i64);
    for (named, one) in there {
        let Some(known) = ours.remove(&named) else {
            if room > 0 {
                add(tx, actor, account, one)?;
                (room, kept.new) = (room - 1, kept.new + 1);
            }
            continue;
        };
        // A draft that is there already was handed in and its answer lost; other words under its name are not it.
        let is_other = known.state == TemplateState::Draft && known.content != one.content;
        // What was rejected is written anew here and handed in when it is done.
        let is_rewritten = known.state == TemplateState::Rejected && one.state == TemplateState::Rejected;
        let content = if is_rewritten { &known.content } else { &one.content };
        let is_same = known.content == *content && known.state == one.state && known.category == one.category && known.reason == one.reason;
        if is_other || (is_same && known.provider_id.as_deref() == Some(&one.provider_id)) {
            continue;
        }
        tx.execute(
            sql!("UPDATE message_template SET category = ?2, content = ?3, provider_id = ?4 WHERE id = ?1"),
            params![known.id, one.category, Json(content), one.provider_id],
        )?;
        stand(tx, actor, &known, one.state, &one.reason, None)?;
        kept.changed += 1;
    }
    // What was not looked at, or not understood, is not gone.
    ours.retain(|named, _| !fetched.has_more && !fetched.unread.contains(named));
    for known in ours.into_values() {
        if known.provider_id.is_some() && known.state != TemplateState::Disabled {
            stand(tx, actor, &known, TemplateState::Disabled, "DELETED", None)?;
            kept.gone += 1;
        }
    }
    Ok(kept)
}

fn add(tx: &mut Tx<'_>, actor: &Actor, account: AccountId, one: &AtProvider) -> Result<(), TemplateError> {
    let (id, now) = (tx.new_id::<TemplateId>(), tx.now());
    let fills: Vec<Option<crate::Variable>> = vec![None; one.content.gaps().unwrap_or(0)];
    tx.execute(
        sql!(
            "INSERT INTO message_template (id, account, name, language, category, content, fills, state, reason, quality, provider_id, told_at, changed_at)
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, '', ?10, 0, ?11)"
        ),
        params![id, account, one.name, one.language, one.category, Json(&one.content), Json(&fills), one.state, one.reason, one.provider_id, now],
    )?;
    Ok(tell(tx, actor, id, &one.name, &one.language, (one.state, &one.reason))?)
}

/// The provider tells of a template, in any order and more than once: what was said later holds. It belongs to every account of ours that
/// knows it by its number. What is not known is fetched when somebody looks.
pub fn apply_template_news(tx: &mut Tx<'_>, account: AccountId, news: &TemplateNews) -> Result<(), Fault> {
    let by_number = match &news.provider_id {
        Some(id) => tx.query(sql!("SELECT id FROM message_template WHERE provider_id = ?1 ORDER BY id LIMIT 50"), params![id], |row| {
            row.get::<TemplateId>(0)
        })?,
        None => Vec::new(),
    };
    let found = match by_number.is_empty() {
        true => read::named(tx, account, &news.name, &news.language)?.into_iter().collect(),
        false => by_number.into_iter().filter_map(|id| read::message_template(tx, id).transpose()).collect::<Result<Vec<_>, _>>()?,
    };
    for known in found {
        let actor = Actor::system();
        match &news.says {
            TemplateSays::Stands { state, reason } => stand(tx, &actor, &known, *state, reason, Some(news.at))?,
            TemplateSays::Category(category) => {
                tx.execute(sql!("UPDATE message_template SET category = ?2 WHERE id = ?1"), params![known.id, category])?;
            }
            TemplateSays::Quality(quality) => {
                tx.execute(sql!("UPDATE message_template SET quality = ?2 WHERE id = ?1"), params![known.id, quality])?;
            }
        }
    }
    Ok(())
}

/// It stands so from now on; what the provider said before something that we know already is not believed.
fn stand(
    tx: &mut Tx<'_>,
    actor: &Actor,
    known: &MessageTemplate,
    state: TemplateState,
    reason: &str,
    told_at: Option<Timestamp>,
) -> Result<(), Fault> {
    let now = tx.now();
    let moved = match told_at {
        Some(at) => tx.execute(
            sql!("UPDATE message_template SET state = ?2, reason = ?3, changed_at = ?4, told_at = ?5 WHERE id = ?1 AND told_at <= ?5"),
            params![known.id, state, reason, now, at],
        )?,
        None => tx.execute(
            sql!("UPDATE message_template SET state = ?2, reason = ?3, changed_at = ?4 WHERE id = ?1"),
            params![known.id, state, reason, now],
        )?,
    };
    if moved == 0 || (known.state == state && known.reason == reason) {
        return Ok(());
    }
    tell(tx, actor, known.id, &known.name, &known.language, (state, reason))
}

fn tell(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: TemplateId,
    name: &str,
    language: &str,
    (state, reason): (TemplateState, &str),
) -> Result<(), Fault> {
    let body = json!({ "name": name, "language": language, "state": state, "reason": reason });
    tx.announce(Event::new("template.state", id).by(actor).channel(Channel::Whatsapp).body(&body))
}
