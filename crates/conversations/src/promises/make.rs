//! Giving one's word.

use super::{PROMISE_LIMIT, PromiseId, PromiseState, end, read, ring};
use crate::{Clocks, ConversationError, MatterId, MatterState, queries, rules};
use kernel::{Actor, Event, Permission, Timestamp, Tx, params, sql};
use serde_json::json;

/// Promise something in a matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MakePromise {
    /// In which matter.
    pub matter: MatterId,
    /// What.
    pub text: String,
    /// Until when.
    pub due_at: Timestamp,
    /// The next answer by a person keeps it.
    pub by_answer: bool,
    /// The caller's name for this intent: the same key promises once.
    pub key: String,
}

/// Give one's word; what was promised before in this matter is replaced. A matter of nobody becomes whose who promises. Announces `promise.made`.
pub fn make_promise(tx: &mut Tx<'_>, actor: &Actor, cmd: &MakePromise) -> Result<PromiseId, ConversationError> {
    actor.require(Permission::Reply)?;
    let known = tx.query_opt(sql!("SELECT id FROM promise WHERE key = ?1"), params![cmd.key], |row| row.get(0))?;
    if let Some(id) = known {
        return Ok(id);
    }
    let text = cmd.text.trim();
    if text.is_empty() {
        return Err(ConversationError::Empty);
    }
    if text.chars().count() > PROMISE_LIMIT {
        return Err(ConversationError::TooLong(PROMISE_LIMIT));
    }
    let now = tx.now();
    if cmd.due_at <= now {
        return Err(ConversationError::InThePast);
    }
    let open = |matter: &crate::Matter| matter.state != MatterState::Resolved;
    let matter = queries::matter(tx, cmd.matter)?.filter(open).ok_or(ConversationError::UnknownMatter)?;
    if let Some(before) = read::open_promise(tx, matter.id)? {
        end::close(tx, &before, PromiseState::Withdrawn)?;
    }
    let id: PromiseId = tx.new_id();
    tx.execute(
        sql!(
            "INSERT INTO promise (id, matter, profile, author, text, due_at, by_answer, state, made_at, key)
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'open', ?8, ?9)"
        ),
        params![id, matter.id, matter.profile, actor.to_string(), text, cmd.due_at, cmd.by_answer, now, cmd.key],
    )?;
    let clocks = Clocks { promised: Some(cmd.due_at), ..matter.clocks() };
    tx.execute(
        sql!("UPDATE matter SET promised = ?2, due_rank = ?3, owner = COALESCE(owner, ?4), touched_at = ?5 WHERE id = ?1"),
        params![matter.id, cmd.due_at, clocks.rank(matter.last_at), actor.staff_id(), now],
    )?;
    let warning = rules::work_rules(tx)?.warning();
    ring::arm(tx, id, cmd.due_at, warning)?;
    let body = json!({ "matter": matter.id, "text": text, "until": cmd.due_at, "owner": matter.owner.or(actor.staff_id()) });
    tx.announce(Event::new("promise.made", id).profile(matter.profile).by(actor).body(&body))?;
    Ok(id)
}
