//! A message came in: put it on the person's thread, in the right matter, once.

use crate::model::preview;
use crate::{AccountId, Content, Direction, InboundMessage, Matter, MatterId, MatterState, MediaSource, MessageId, Part, fetches, queries};
use crate::{WorkRules, clock, rules};
use kernel::{Actor, Channel, Event, Fault, Json, ProfileId, Timestamp, Tx, params, sql};
use serde::{Deserialize, Serialize};

/// Matters among which the open one is looked for.
const LOOKED_AT: usize = 10;

/// A message whose writer has been recognised.
#[derive(Debug, Clone)]
pub struct Receive {
    /// On which account of ours.
    pub account: AccountId,
    /// The account's kind.
    pub channel: Channel,
    /// The writer's profile.
    pub profile: ProfileId,
    /// All profiles of that person, the writer's among them.
    pub person: Vec<ProfileId>,
    /// What was said.
    pub message: InboundMessage,
    /// It does no more than answer a question of ours in this matter, which stays as it is.
    pub settles: Option<MatterId>,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Received {
    /// The message.
    pub message: MessageId,
    /// Its matter.
    pub matter: MatterId,
    /// False when it had come before: then nothing was written.
    pub is_new: bool,
}

/// Facts of `message.received`, `message.queued` and `note.added`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// The concern.
    pub matter: MatterId,
    /// First words.
    pub preview: String,
}

/// Put a message on the thread. Announces `message.received`, and `matter.opened` or `matter.reopened` where that happened.
pub fn receive(tx: &mut Tx<'_>, cmd: &Receive) -> Result<Received, Fault> {
    let message = &cmd.message;
    if let Some((id, matter)) = by_provider_id(tx, cmd.account, &message.provider_message_id)? {
        return Ok(Received { message: id, matter, is_new: false });
    }
    let text = words(&message.parts);
    let first_words = preview(if text.is_empty() { message.summary() } else { &text });
    let rules = rules::work_rules(tx)?;
    let settled = cmd.settles.map_or(Ok(None), |id| queries::matter(tx, id))?;
    let stays = settled.is_some();
    let (before, begins) = match settled {
        Some(matter) => (matter, false),
        None => matter_for(tx, cmd, &first_words, &rules)?,
    };
    let matter = before.id;
    let id: MessageId = tx.new_id();
    let now = tx.now();
    // A provider's clock may run ahead of ours; nobody writes in the future.
    let at = message.at.min(now);
    let content = Content {
        html: html(&message.parts),
        parts: others(&message.parts),
        outbound: None,
        automatic: message.automatic.is_some(),
        language: message.language.clone(),
        sender_check: message.sender_check.clone(),
    };
    tx.execute(
        sql!("INSERT INTO message (id, matter, profile, account, channel, direction, author, address, subject, text, content, at, state, provider_id, attempts)
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 'received', ?13, 0)"),
        params![
            id,
            matter,
            cmd.profile,
            cmd.account,
            cmd.channel,
            Direction::Inbound,
            Actor::customer(cmd.profile).to_string(),
            message.from.address.value,
            message.subject,
            text,
            Json(content),
            at,
            message.provider_message_id
        ],
    )?;
    store_files(tx, id, cmd.account, &message.parts)?;
    if !stays {
        goes_on(tx, cmd, &before, &rules, (&first_words, at, begins))?;
    }
    remember_address(tx, cmd, at)?;
    let event = Event::new("message.received", id).profile(cmd.profile).channel(cmd.channel).at(at).by(&Actor::customer(cmd.profile));
    tx.announce(event.body(&Said { matter, preview: first_words }))?;
    Ok(Received { message: id, matter, is_new: true })
}

/// The customer waits for us now: the matter shows it, and its clocks run.
fn goes_on(
    tx: &mut Tx<'_>,
    cmd: &Receive,
    before: &Matter,
    rules: &WorkRules,
    (first_words, at, begins): (&str, Timestamp, bool),
) -> Result<(), Fault> {
    let team = rules::team_rules(tx, before.team)?;
    let clocks = clock::after_inbound(rules, &team, before, cmd.channel, (at, begins));
    let last_at = before.last_at.max(at);
    tx.execute(
        sql!(
            "UPDATE matter SET channel = ?2, preview = ?3, unread = unread + 1, last_at = ?5, waiting_since = COALESCE(waiting_since, ?4),
              state = CASE WHEN state = 'new' THEN 'new' ELSE 'open' END, snoozed_until = NULL, resolved_at = NULL,
              tried = CASE WHEN waiting_since IS NULL THEN '[]' ELSE tried END, wish = CASE WHEN ?2 = 'webchat' THEN wish ELSE NULL END,
              answer_due = ?6, resolve_due = ?7, due_rank = ?8 WHERE id = ?1"
        ),
        params![before.id, cmd.channel, first_words, at, last_at, clocks.answer_due, clocks.resolve_due, clocks.rank(last_at)],
    )?;
    if clocks != before.clocks() {
        clock::arm(tx, before.id, clocks, rules.warning())?;
    }
    Ok(())
}

/// The matter of the message it answers; else the person's latest that is open; else the latest that was lately resolved; else a new one.
/// And whether it begins now, for the first time or anew.
fn matter_for(tx: &mut Tx<'_>, cmd: &Receive, first_words: &str, rules: &WorkRules) -> Result<(Matter, bool), Fault> {
    let message = &cmd.message;
    let answered = message.in_reply_to.iter().chain(message.references.iter().rev()).take(10);
    let mut known: Option<Matter> = None;
    for provider_id in answered {
        if let Some((_, matter)) = by_provider_id(tx, cmd.account, provider_id)? {
            known = queries::matter(tx, matter)?.filter(|m| cmd.person.contains(&m.profile));
            break;
        }
    }
    let latest = match known {
        Some(matter) => Some(matter),
        None => latest(queries::matters_of(tx, &cmd.person, LOOKED_AT)?),
    };
    let fresh = rules::minutes(rules.reopen_days * 24 * 60);
    let still_fresh = |m: &Matter| m.state != MatterState::Resolved || tx.now().since(m.last_at) < fresh;
    if let Some(matter) = latest.filter(still_fresh) {
        let again = matter.state == MatterState::Resolved;
        if again {
            tx.announce(Event::new("matter.reopened", matter.id).profile(cmd.profile).channel(cmd.channel))?;
        }
        return Ok((matter, again));
    }
    let subject = message.subject.clone().filter(|s| !s.trim().is_empty()).unwrap_or_else(|| first_words.to_owned());
    let id = open_matter(tx, cmd.profile, cmd.channel, &subject)?;
    let matter = queries::matter(tx, id)?.ok_or_else(|| Fault::data("a new matter vanished"))?;
    Ok((matter, true))
}

/// The newest that is not resolved, else the newest: a notice that we sent meanwhile, in a concern of its own, takes no answer away.
fn latest(newest_first: Vec<Matter>) -> Option<Matter> {
    let open = newest_first.iter().position(|matter| matter.state != MatterState::Resolved);
    newest_first.into_iter().nth(open.unwrap_or(0))
}

pub(crate) fn open_matter(tx: &mut Tx<'_>, profile: ProfileId, channel: Channel, subject: &str) -> Result<MatterId, Fault> {
    let id: MatterId = tx.new_id();
    let now = tx.now();
    tx.execute(
        sql!("INSERT INTO matter (id, profile, subject, state, channel, preview, unread, opened_at, last_at) VALUES (?1, ?2, ?3, 'new', ?4, '', 0, ?5, ?5)"),
        params![id, profile, preview(subject), channel, now],
    )?;
    tx.announce(
        Event::new("matter.opened", id)
            .profile(profile)
            .channel(channel)
            .hidden()
            .body(&serde_json::json!({ "subject": preview(subject) })),
    )?;
    Ok(id)
}

/// A message by its provider's name, and the matter that it is in.
pub fn by_provider_id(tx: &kernel::ReadTx<'_>, account: AccountId, provider_id: &str) -> Result<Option<(MessageId, MatterId)>, Fault> {
    tx.query_opt(sql!("SELECT id, matter FROM message WHERE account = ?1 AND provider_id = ?2"), params![account, provider_id], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// From where they can be answered, and since when. An answer wanted elsewhere goes elsewhere.
fn remember_address(tx: &mut Tx<'_>, cmd: &Receive, at: Timestamp) -> Result<(), Fault> {
    let message = &cmd.message;
    let address = message.from.reply_to.as_ref().unwrap_or(&message.from.address);
    // Who writes from an address owns it. Who merely names it as the place for answers does not take it from its owner.
    let owner = match message.from.reply_to {
        Some(_) => queries::contact_point(tx, cmd.account, &address.value)?.map_or(cmd.profile, |point| point.profile),
        None => cmd.profile,
    };
    tx.execute(
        sql!("INSERT INTO contact_point (account, address, profile, last_inbound_at, last_provider_id, last_subject, our_address) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
              ON CONFLICT (account, address) DO UPDATE SET profile = excluded.profile, last_provider_id = excluded.last_provider_id, last_subject = excluded.last_subject,
              our_address = excluded.our_address, undeliverable = NULL,
              last_inbound_at = CASE WHEN contact_point.last_inbound_at > excluded.last_inbound_at THEN contact_point.last_inbound_at ELSE excluded.last_inbound_at END"),
        params![cmd.account, address.value, owner, at, message.provider_message_id, message.subject, message.to.value],
    )
    .map(drop)
}

fn words(parts: &[Part]) -> String {
    let texts = parts.iter().filter_map(|part| match part {
        Part::Text { text, fresh } => Some(fresh.as_deref().unwrap_or(text)),
        Part::Choice { title, .. } => Some(title.as_str()),
        Part::Media(media) => media.caption.as_deref(),
        _ => None,
    });
    texts.filter(|t| !t.trim().is_empty()).collect::<Vec<_>>().join("\n")
}

fn html(parts: &[Part]) -> Option<String> {
    parts.iter().find_map(|part| if let Part::Html { html } = part { Some(html.clone()) } else { None })
}

/// Everything that is neither words nor bytes: places, cards, products, and files that are still elsewhere.
fn others(parts: &[Part]) -> Vec<Part> {
    let stays = |part: &&Part| match part {
        Part::Text { .. } | Part::Html { .. } => false,
        Part::Media(media) => !matches!(media.source, MediaSource::Bytes { .. }),
        _ => true,
    };
    parts.iter().filter(stays).cloned().collect()
}

/// Keep the files that are here; those that are elsewhere are fetched by a job.
fn store_files(tx: &mut Tx<'_>, message: MessageId, account: AccountId, parts: &[Part]) -> Result<(), Fault> {
    for part in parts {
        let Part::Media(media) = part else { continue };
        let bytes = match &media.source {
            MediaSource::Bytes { bytes } => bytes,
            MediaSource::Provider { .. } | MediaSource::Link { .. } => {
                fetches::want(tx, message, account, media)?;
                continue;
            }
            MediaSource::TooLarge { .. } | MediaSource::Kept { .. } => continue,
        };
        let id: crate::AttachmentId = tx.new_id();
        let name = media.file_name.clone().unwrap_or_else(|| media.kind.to_string());
        tx.execute(
            sql!("INSERT INTO attachment (id, message, kind, content_type, file_name, content_id, size_bytes, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"),
            params![id, message, media.kind, media.content_type, name, media.content_id, bytes.len() as i64, bytes],
        )?;
    }
    Ok(())
}
