//! Keeping an answer for later, changing it, calling it off, and what becomes of it.

use super::{SCHEDULED, Scheduled, ScheduledId, ScheduledState, read};
use crate::model::preview;
use crate::{AccountId, ConversationError, MatterId, MessageId, OutboundExtras, Signed, accounts, drafts, queries, reply, saved};
use kernel::{Actor, Channel, Event, Permission, Timestamp, Tx, params, sql};
use serde_json::json;

/// Say something at a later time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduleReply {
    /// In which matter.
    pub matter: MatterId,
    /// Through which account.
    pub account: AccountId,
    /// To which address on it.
    pub address: String,
    /// The words.
    pub text: String,
    /// When it leaves.
    pub send_at: Timestamp,
    /// The caller's name for this intent: the same key schedules once.
    pub key: String,
}

/// Keep an answer until its time. Whether it may leave is asked then; here only that there is such a way. Announces `message.scheduled`.
pub fn schedule_reply(tx: &mut Tx<'_>, actor: &Actor, cmd: &ScheduleReply) -> Result<ScheduledId, ConversationError> {
    actor.require(Permission::Reply)?;
    let known = tx.query_opt(sql!("SELECT id FROM scheduled_reply WHERE key = ?1"), params![cmd.key], |row| row.get(0))?;
    if let Some(id) = known {
        return Ok(id);
    }
    let matter = queries::matter(tx, cmd.matter)?.ok_or(ConversationError::UnknownMatter)?;
    check(tx, (cmd.account, &cmd.address), &cmd.text, cmd.send_at)?;
    let id: ScheduledId = tx.new_id();
    tx.execute(
        sql!(
            "INSERT INTO scheduled_reply (id, matter, profile, account, address, author, text, send_at, state, why, key)
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'waiting', '', ?9)"
        ),
        params![id, matter.id, matter.profile, cmd.account, cmd.address, actor.to_string(), cmd.text, cmd.send_at, cmd.key],
    )?;
    drafts::save_draft(tx, &matter.id.to_string(), &actor.to_string(), "")?;
    tx.at(cmd.send_at, SCHEDULED, &id.to_string(), &())?;
    tell(tx, actor, &open(tx, id)?, "message.scheduled")?;
    Ok(id)
}

/// Change words, way and time; what was held waits again. Announces `message.rescheduled`.
pub fn change_scheduled(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ScheduledId,
    (account, address): (AccountId, &str),
    (text, send_at): (&str, Timestamp),
) -> Result<(), ConversationError> {
    actor.require(Permission::Reply)?;
    open(tx, id)?;
    check(tx, (account, address), text, send_at)?;
    tx.execute(
        sql!(
            "UPDATE scheduled_reply SET account = ?2, address = ?3, text = ?4, send_at = ?5, state = 'waiting', why = ''
              WHERE id = ?1 AND state IN ('waiting', 'held')"
        ),
        params![id, account, address, text, send_at],
    )?;
    tx.at(send_at, SCHEDULED, &id.to_string(), &())?;
    tell(tx, actor, &open(tx, id)?, "message.rescheduled")
}

/// Call it off; what is called off stays so. Announces `message.unscheduled`.
pub fn cancel_scheduled(tx: &mut Tx<'_>, actor: &Actor, id: ScheduledId) -> Result<(), ConversationError> {
    actor.require(Permission::Reply)?;
    let known = read::scheduled(tx, id)?.ok_or(ConversationError::UnknownMessage)?;
    match known.state {
        ScheduledState::Cancelled => return Ok(()),
        ScheduledState::Sent => return Err(ConversationError::AlreadySent),
        ScheduledState::Waiting | ScheduledState::Held => {}
    }
    tx.execute(sql!("UPDATE scheduled_reply SET state = 'cancelled', why = '' WHERE id = ?1"), params![id])?;
    tx.cancel_timer(SCHEDULED, &id.to_string())?;
    tell(tx, actor, &known, "message.unscheduled")
}

/// Its time came and it may not leave, for the reason of this code. Announces `message.held`, which is on the timeline.
pub fn hold_scheduled(tx: &mut Tx<'_>, id: ScheduledId, why: &str) -> Result<(), ConversationError> {
    let held = open(tx, id)?;
    tx.execute(sql!("UPDATE scheduled_reply SET state = 'held', why = ?2 WHERE id = ?1"), params![id, why])?;
    let channel = accounts::account(tx, held.account)?.map_or(Channel::Desk, |account| account.channel);
    let body = json!({ "matter": held.matter, "why": why, "preview": preview(&held.text) });
    let event = Event::new("message.held", id).profile(held.profile).channel(channel).by(&Actor::system());
    Ok(tx.announce(event.body(&body))?)
}

/// It leaves now, by whoever wrote it, if its way is open; otherwise nothing is written. Announces `message.queued`.
pub fn send_scheduled(tx: &mut Tx<'_>, author: &Actor, id: ScheduledId, signed: Option<Signed>) -> Result<MessageId, ConversationError> {
    let known = open(tx, id)?;
    let extras = signed.map(|signed| OutboundExtras { signed: Some(signed), ..OutboundExtras::default() });
    let reply = reply::Reply::new(known.matter, known.account, known.address, known.text, format!("scheduled:{id}"));
    let cmd = reply::Reply { extras, ..reply };
    let message = reply::reply(tx, author, &cmd)?;
    tx.execute(sql!("UPDATE scheduled_reply SET state = 'sent', why = '', message = ?2 WHERE id = ?1"), params![id, message])?;
    tx.cancel_timer(SCHEDULED, &id.to_string())?;
    Ok(message)
}

/// One that may still be changed.
fn open(tx: &Tx<'_>, id: ScheduledId) -> Result<Scheduled, ConversationError> {
    let known = read::scheduled(tx, id)?.ok_or(ConversationError::UnknownMessage)?;
    if known.state.is_open() { Ok(known) } else { Err(ConversationError::AlreadySent) }
}

fn check(tx: &Tx<'_>, (account, address): (AccountId, &str), text: &str, send_at: Timestamp) -> Result<(), ConversationError> {
    reply::check_text(text, false)?;
    if let Some(variable) = saved::gap(text) {
        return Err(ConversationError::OpenGap(variable));
    }
    if send_at <= tx.now() {
        return Err(ConversationError::InThePast);
    }
    queries::contact_point(tx, account, address)?.ok_or(ConversationError::NoAddress).map(drop)
}

fn tell(tx: &mut Tx<'_>, actor: &Actor, one: &Scheduled, kind: &'static str) -> Result<(), ConversationError> {
    let body = json!({ "matter": one.matter, "send_at": one.send_at, "preview": preview(&one.text) });
    Ok(tx.announce(Event::new(kind, one.id).profile(one.profile).by(actor).hidden().body(&body))?)
}
