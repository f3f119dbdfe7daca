//! Saying something: to the customer, or among ourselves.

use crate::model::{masked, preview};
use crate::receive::{Said, open_matter};
use crate::{
    AccountId, Clocks, Content, ConversationError, DeliveryState, Direction, Matter, MatterId, MatterState, MessageId, OutboundExtras,
    TeamId,
};
use crate::{FileRef, PromiseId, accounts, clock, drafts, files, promises, queries, rules, saved, templates};
use kernel::{Actor, Channel, Event, Fault, Json, Permission, ProfileId, StaffId, Timestamp, Tx, params, sql};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Longest text we keep, in characters.
const TEXT_LIMIT: usize = 20_000;

/// Say something to a customer.
#[derive(Debug, Clone)]
pub struct Reply {
    /// In which matter.
    pub matter: MatterId,
    /// Through which account.
    pub account: AccountId,
    /// To which address on it.
    pub address: String,
    /// The words.
    pub text: String,
    /// Subject line, where there is one; the last one is taken when missing.
    pub subject: Option<String>,
    /// Files that go with it.
    pub files: Vec<FileRef>,
    /// Choices, template.
    pub extras: Option<OutboundExtras>,
    /// A machine wrote it.
    pub automatic: bool,
    /// It answers nothing and waits for nothing: the matter stays as it is.
    pub aside: bool,
    /// How long it may be taken back before it leaves.
    pub undo: Duration,
    /// The caller's name for this intent: the same key says it once.
    pub key: String,
}

impl Reply {
    /// A person's words, which leave at once.
    pub fn new(matter: MatterId, account: AccountId, address: impl Into<String>, text: impl Into<String>, key: impl Into<String>) -> Self {
        let (address, text, key) = (address.into(), text.into(), key.into());
        Reply {
            matter,
            account,
            address,
            text,
            subject: None,
            files: Vec::new(),
            extras: None,
            automatic: false,
            aside: false,
            undo: Duration::ZERO,
            key,
        }
    }
}

/// Queue a message to the customer. Announces `message.queued`.
pub fn reply(tx: &mut Tx<'_>, actor: &Actor, cmd: &Reply) -> Result<MessageId, ConversationError> {
    actor.require(Permission::Reply)?;
    if let Some(done) = by_key(tx, &cmd.key)? {
        return Ok(done);
    }
    let has_extras = cmd.extras.as_ref().is_some_and(|e| !e.media.is_empty() || e.template.is_some() || e.card.is_some());
    let has_files = !cmd.files.is_empty() || has_extras;
    check_text(&cmd.text, has_files)?;
    if let Some(variable) = saved::gap(&cmd.text).filter(|_| !cmd.automatic) {
        return Err(ConversationError::OpenGap(variable));
    }
    let matter = queries::matter(tx, cmd.matter)?.ok_or(ConversationError::UnknownMatter)?;
    let writes = |a: &crate::Account| a.active && a.channel != Channel::Phone;
    let account = accounts::account(tx, cmd.account)?.filter(writes).ok_or(ConversationError::AccountClosed)?;
    let point = queries::contact_point(tx, cmd.account, &cmd.address)?.ok_or(ConversationError::NoAddress)?;
    let template = cmd.extras.as_ref().and_then(|extras| extras.template.as_ref());
    point.may_write(account.window_hours, tx.now(), template.is_some())?;
    template.map_or(Ok(()), |template| templates::template_may_leave(tx, account.id, template))?;
    let is_secret = cmd.extras.as_ref().is_some_and(|extras| extras.secret);
    let shown = if cmd.text.trim().is_empty() { card_title(cmd) } else { cmd.text.clone() };
    let words = preview(&if is_secret { masked(&shown) } else { shown });
    let subject = cmd.subject.clone().or(point.last_subject);
    let content = Content { outbound: cmd.extras.clone().map(Box::new), automatic: cmd.automatic, ..Content::default() };
    let draft = Draft {
        matter: cmd.matter,
        profile: point.profile,
        channel: account.channel,
        account: Some(cmd.account),
        address: Some(&cmd.address),
        subject: subject.as_deref(),
        text: &cmd.text,
        content,
        preview: words.clone(),
        key: &cmd.key,
        due: Some(tx.now().plus(cmd.undo)),
    };
    let id = insert(tx, actor, Direction::Outbound, &draft)?;
    files::attach(tx, &actor.to_string(), id, &cmd.files)?;
    if cmd.aside {
        return Ok(id);
    }
    let now = tx.now();
    let by_person = actor.staff_id().filter(|_| !cmd.automatic);
    let kept = by_person.map_or(Ok(None), |_| promises::keep_by_answer(tx, actor, &matter))?;
    let promised = matter.promised.filter(|_| kept.is_none());
    let clocks = Clocks { answer_due: None, resolve_due: matter.resolve_due, promised };
    let answered_at = matter.answered_at.or(by_person.map(|_| now));
    tx.execute(
        sql!(
            "UPDATE matter SET channel = ?2, preview = ?3, unread = 0, last_at = ?4, waiting_since = NULL, snoozed_until = NULL, resolved_at = NULL,
              state = 'waiting', owner = COALESCE(owner, ?5), answer_due = NULL, due_rank = ?6, answered_at = ?7, touched_at = ?4, undo = ?8
              WHERE id = ?1"
        ),
        params![
            matter.id,
            account.channel,
            words,
            now,
            actor.staff_id(),
            clocks.rank(now),
            answered_at,
            Json(Before::of(&matter, id, kept))
        ],
    )?;
    if clocks != matter.clocks() {
        clock::arm(tx, matter.id, clocks, rules::work_rules(tx)?.warning())?;
    }
    if by_person.is_some() {
        let in_hand = |since: Timestamp, routed: Timestamp| now.since(since.max(routed)).as_secs();
        let routed = queries::routed_at(tx, matter.id)?;
        let body = Answered {
            channel: account.channel,
            owner: matter.owner.or(actor.staff_id()),
            team: matter.team,
            waited_seconds: matter.waiting_since.map(|since| now.since(since).as_secs()),
            handled_seconds: matter.waiting_since.map(|since| in_hand(since, routed)),
            is_first: matter.answered_at.is_none(),
            in_time: matter.answer_due.is_none_or(|due| now <= due),
        };
        tx.announce(
            Event::new("matter.answered", matter.id).profile(matter.profile).channel(account.channel).by(actor).hidden().body(&body),
        )?;
    }
    Ok(id)
}

/// What stands for a message without words.
fn card_title(cmd: &Reply) -> String {
    let card = cmd.extras.as_ref().and_then(|extras| extras.card.as_ref());
    card.map_or_else(String::new, |card| card.title.clone())
}

/// Facts of `matter.answered`: a person answered whoever waited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// By which channel.
    pub channel: Channel,
    /// Whose matter it is.
    pub owner: Option<StaffId>,
    /// Whose team.
    pub team: Option<TeamId>,
    /// How long the customer waited; none when nobody did.
    pub waited_seconds: Option<u64>,
    /// How long it was in its owner's hands meanwhile.
    pub handled_seconds: Option<u64>,
    /// The first answer in this matter.
    pub is_first: bool,
    /// Before its target.
    pub in_time: bool,
}

/// How a matter stood before an answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Before {
    message: MessageId,
    state: MatterState,
    owner: Option<StaffId>,
    channel: Channel,
    preview: String,
    last_at: Timestamp,
    waiting_since: Option<Timestamp>,
    snoozed_until: Option<Timestamp>,
    answer_due: Option<Timestamp>,
    answered_at: Option<Timestamp>,
    /// The promise that the answer kept.
    #[serde(default)]
    kept: Option<PromiseId>,
}

impl Before {
    fn of(matter: &Matter, message: MessageId, kept: Option<PromiseId>) -> Self {
        Before {
            message,
            state: matter.state,
            owner: matter.owner,
            channel: matter.channel,
            preview: matter.preview.clone(),
            last_at: matter.last_at,
            waiting_since: matter.waiting_since,
            snoozed_until: matter.snoozed_until,
            answer_due: matter.answer_due,
            answered_at: matter.answered_at,
            kept,
        }
    }
}

/// An answer that was taken back was never given: the matter stands as before, unless more has happened in it since.
pub(crate) fn restore(tx: &mut Tx<'_>, id: MatterId, message: MessageId) -> Result<(), Fault> {
    let kept =
        tx.query_opt(sql!("SELECT undo FROM matter WHERE id = ?1"), params![id], |row| row.get::<Option<Json<Before>>>(0))?.flatten();
    let Some((before, matter)) = kept.map(|kept| kept.0).filter(|before| before.message == message).zip(queries::matter(tx, id)?) else {
        return Ok(());
    };
    if let Some(promise) = before.kept.filter(|_| matter.state != MatterState::Resolved) {
        promises::open_again(tx, &matter, promise)?;
    }
    if matter.state != MatterState::Waiting {
        return Ok(());
    }
    let promised = promises::open_promise(tx, id)?.map(|promise| promise.due_at);
    let clocks = Clocks { answer_due: before.answer_due, resolve_due: matter.resolve_due, promised };
    tx.execute(
        sql!(
            "UPDATE matter SET state = ?2, owner = ?3, channel = ?4, preview = ?5, last_at = ?6, waiting_since = ?7, snoozed_until = ?8,
              answer_due = ?9, answered_at = ?10, due_rank = ?11, undo = NULL WHERE id = ?1"
        ),
        params![
            id,
            before.state,
            before.owner,
            before.channel,
            before.preview,
            before.last_at,
            before.waiting_since,
            before.snoozed_until,
            before.answer_due,
            before.answered_at,
            clocks.rank(before.last_at)
        ],
    )?;
    clock::arm(tx, id, clocks, rules::work_rules(tx)?.warning())
}

/// Write to somebody who has not written: opens a matter when none is open. The address must be known on the account.
pub fn open_for(tx: &mut Tx<'_>, person: &[ProfileId], profile: ProfileId, channel: Channel, subject: &str) -> Result<MatterId, Fault> {
    let open = queries::matters_of(tx, person, 1)?.pop().filter(|m| m.state != crate::MatterState::Resolved);
    open.map_or_else(|| open_matter(tx, profile, channel, subject), |matter| Ok(matter.id))
}

/// Note where a person can be reached on an account before they have written there.
pub fn know_address(tx: &mut Tx<'_>, account: AccountId, address: &str, profile: ProfileId) -> Result<(), Fault> {
    tx.execute(
        sql!("INSERT INTO contact_point (account, address, profile) VALUES (?1, ?2, ?3) ON CONFLICT (account, address) DO NOTHING"),
        params![account, address, profile],
    )
    .map(drop)
}

/// Somebody has proven that an address is theirs: from now on it is this profile's place to be reached, whoever it was noted for.
pub fn own_address(tx: &mut Tx<'_>, account: AccountId, address: &str, profile: ProfileId) -> Result<(), Fault> {
    tx.execute(
        sql!("INSERT INTO contact_point (account, address, profile) VALUES (?1, ?2, ?3) ON CONFLICT (account, address) DO UPDATE SET profile = excluded.profile"),
        params![account, address, profile],
    )
    .map(drop)
}

/// Somebody no longer wants to be written to here; a later message of theirs does not change that, only [`allow_address`] does.
pub fn close_address(tx: &mut Tx<'_>, account: AccountId, address: &str, why: &str) -> Result<(), Fault> {
    tx.execute(sql!("UPDATE contact_point SET closed_why = ?3 WHERE account = ?1 AND address = ?2"), params![account, address, why])
        .map(drop)
}

/// They want to be written to again.
pub fn allow_address(tx: &mut Tx<'_>, account: AccountId, address: &str) -> Result<(), Fault> {
    tx.execute(sql!("UPDATE contact_point SET closed_why = NULL WHERE account = ?1 AND address = ?2"), params![account, address]).map(drop)
}

/// Write something only colleagues see. Announces `note.added`.
pub fn add_note(tx: &mut Tx<'_>, actor: &Actor, matter: MatterId, text: &str, key: &str) -> Result<MessageId, ConversationError> {
    actor.require(Permission::Reply)?;
    if let Some(done) = by_key(tx, key)? {
        return Ok(done);
    }
    check_text(text, false)?;
    let found = queries::matter(tx, matter)?.ok_or(ConversationError::UnknownMatter)?;
    let draft = Draft {
        matter,
        profile: found.profile,
        channel: Channel::Desk,
        account: None,
        address: None,
        subject: None,
        text,
        content: Content::default(),
        preview: preview(text),
        key,
        due: None,
    };
    insert(tx, actor, Direction::Note, &draft)
}

/// Take back a message that has not left yet. Announces `message.cancelled`.
pub fn cancel_message(tx: &mut Tx<'_>, actor: &Actor, id: MessageId) -> Result<(), ConversationError> {
    actor.require(Permission::Reply)?;
    let message = queries::messages(tx, &[id])?.pop().ok_or(ConversationError::UnknownMessage)?;
    let taken =
        tx.execute(sql!("UPDATE message SET state = 'cancelled', due_at = NULL WHERE id = ?1 AND state = 'queued'"), params![id])?;
    if taken == 0 {
        return if message.state == DeliveryState::Cancelled { Ok(()) } else { Err(ConversationError::AlreadySent) };
    }
    restore(tx, message.matter, id)?;
    files::give_back(tx, &actor.to_string(), id)?;
    let body = serde_json::json!({ "matter": message.matter });
    tx.announce(Event::new("message.cancelled", id).profile(message.profile).channel(message.channel).by(actor).hidden().body(&body))?;
    Ok(())
}

struct Draft<'a> {
    matter: MatterId,
    profile: ProfileId,
    channel: Channel,
    account: Option<AccountId>,
    address: Option<&'a str>,
    subject: Option<&'a str>,
    text: &'a str,
    content: Content,
    preview: String,
    key: &'a str,
    due: Option<Timestamp>,
}

fn insert(tx: &mut Tx<'_>, actor: &Actor, direction: Direction, draft: &Draft<'_>) -> Result<MessageId, ConversationError> {
    let id: MessageId = tx.new_id();
    let now = tx.now();
    let (state, kind) = match direction {
        Direction::Outbound => (DeliveryState::Queued, "message.queued"),
        _ => (DeliveryState::Received, "note.added"),
    };
    tx.execute(
        sql!("INSERT INTO message (id, matter, profile, account, channel, direction, author, address, subject, text, content, at, state, key, attempts, due_at)
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, 0, ?15)"),
        params![
            id,
            draft.matter,
            draft.profile,
            draft.account,
            draft.channel,
            direction,
            actor.to_string(),
            draft.address,
            draft.subject,
            draft.text,
            Json(&draft.content),
            now,
            state,
            draft.key,
            draft.due
        ],
    )?;
    drafts::save_draft(tx, &draft.matter.to_string(), &actor.to_string(), "")?;
    let said = Said { matter: draft.matter, preview: draft.preview.clone() };
    tx.announce(Event::new(kind, id).profile(draft.profile).channel(draft.channel).by(actor).body(&said))?;
    Ok(id)
}

fn by_key(tx: &kernel::ReadTx<'_>, key: &str) -> Result<Option<MessageId>, Fault> {
    tx.query_opt(sql!("SELECT id FROM message WHERE key = ?1"), params![key], |row| row.get(0))
}

pub(crate) fn check_text(text: &str, has_files: bool) -> Result<(), ConversationError> {
    if text.trim().is_empty() && !has_files {
        return Err(ConversationError::Empty);
    }
    if text.chars().count() > TEXT_LIMIT {
        return Err(ConversationError::TooLong(TEXT_LIMIT));
    }
    Ok(())
}
