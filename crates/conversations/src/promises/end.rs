//! A promise ends: kept, by a press, an answer or the end of the matter; or taken back.

use super::{Promise, PromiseId, PromiseState, read, ring};
use crate::{Clocks, ConversationError, Matter, MatterId, queries, rules};
use kernel::{Actor, Event, Fault, Permission, Tx, params, sql};
use serde_json::json;

/// It is done. Announces `promise.kept`; nothing happens when nothing is promised.
pub fn keep_promise(tx: &mut Tx<'_>, actor: &Actor, matter: MatterId) -> Result<(), ConversationError> {
    by_hand(tx, actor, matter, PromiseState::Kept)
}

/// It no longer holds. Announces `promise.withdrawn`; nothing happens when nothing is promised.
pub fn withdraw_promise(tx: &mut Tx<'_>, actor: &Actor, matter: MatterId) -> Result<(), ConversationError> {
    by_hand(tx, actor, matter, PromiseState::Withdrawn)
}

fn by_hand(tx: &mut Tx<'_>, actor: &Actor, matter: MatterId, state: PromiseState) -> Result<(), ConversationError> {
    actor.require(Permission::Reply)?;
    let matter = queries::matter(tx, matter)?.ok_or(ConversationError::UnknownMatter)?;
    let Some(promise) = read::open_promise(tx, matter.id)? else { return Ok(()) };
    end(tx, actor, &promise, state)?;
    Ok(set_clock(tx, &matter, None)?)
}

/// A person answers: that keeps a promise which an answer keeps, unless it is the answer that tells of the promise. The caller writes the matter's clocks. Answers the promise that is kept now.
pub(crate) fn keep_by_answer(tx: &mut Tx<'_>, actor: &Actor, matter: &Matter) -> Result<Option<PromiseId>, Fault> {
    match promised_in(tx, matter)?.filter(|promise| promise.by_answer && promise.made_at < tx.now()) {
        Some(promise) => end(tx, actor, &promise, PromiseState::Kept).map(|()| Some(promise.id)),
        None => Ok(None),
    }
}

/// All is done, so this is done as well. The caller writes the matter's clocks.
pub(crate) fn keep_by_resolving(tx: &mut Tx<'_>, actor: &Actor, matter: &Matter) -> Result<(), Fault> {
    match promised_in(tx, matter)? {
        Some(promise) => end(tx, actor, &promise, PromiseState::Kept),
        None => Ok(()),
    }
}

/// The matter knows whether there is something to ask for.
fn promised_in(tx: &Tx<'_>, matter: &Matter) -> Result<Option<Promise>, Fault> {
    matter.promised.map_or(Ok(None), |_| read::open_promise(tx, matter.id))
}

/// The matter was not done after all: what was ended with it holds again.
pub(crate) fn open_resolved_again(tx: &mut Tx<'_>, matter: &Matter) -> Result<(), Fault> {
    let ended = tx.query_opt(
        sql!(
            "SELECT p.id FROM promise p JOIN matter m ON m.id = p.matter
              WHERE p.matter = ?1 AND p.state = 'kept' AND p.ended_at = m.resolved_at ORDER BY p.made_at DESC, p.id DESC LIMIT 1"
        ),
        params![matter.id],
        |row| row.get(0),
    )?;
    match ended {
        Some(id) => open_again(tx, matter, id),
        None => Ok(()),
    }
}

/// What ended it was taken back: it holds again.
pub(crate) fn open_again(tx: &mut Tx<'_>, matter: &Matter, id: PromiseId) -> Result<(), Fault> {
    let Some(promise) = read::promise(tx, id)?.filter(|promise| promise.state == PromiseState::Kept) else { return Ok(()) };
    if read::open_promise(tx, promise.matter)?.is_some() {
        return Ok(());
    }
    tx.execute(sql!("UPDATE promise SET state = 'open', ended_at = NULL WHERE id = ?1"), params![id])?;
    let warning = rules::work_rules(tx)?.warning();
    ring::arm(tx, id, promise.due_at, warning)?;
    set_clock(tx, matter, Some(&promise))?;
    tx.announce(event(&promise, "promise.reopened", &Actor::system(), false).hidden())
}

fn end(tx: &mut Tx<'_>, actor: &Actor, promise: &Promise, state: PromiseState) -> Result<(), Fault> {
    let is_late = tx.now() > promise.due_at;
    close(tx, promise, state)?;
    let kind = if state == PromiseState::Kept { "promise.kept" } else { "promise.withdrawn" };
    tx.announce(event(promise, kind, actor, is_late))
}

/// It ends and nothing is told: whoever ends it does.
pub(super) fn close(tx: &mut Tx<'_>, promise: &Promise, state: PromiseState) -> Result<(), Fault> {
    let now = tx.now();
    tx.execute(sql!("UPDATE promise SET state = ?2, ended_at = ?3 WHERE id = ?1 AND state = 'open'"), params![promise.id, state, now])?;
    tx.execute(sql!("UPDATE matter SET promised = NULL WHERE id = ?1"), params![promise.matter])?;
    ring::disarm(tx, promise.id)
}

fn set_clock(tx: &mut Tx<'_>, matter: &Matter, promise: Option<&Promise>) -> Result<(), Fault> {
    let promised = promise.map(|promise| promise.due_at);
    let clocks = Clocks { promised, ..matter.clocks() };
    tx.execute(
        sql!("UPDATE matter SET promised = ?2, due_rank = ?3 WHERE id = ?1"),
        params![matter.id, promised, clocks.rank(matter.last_at)],
    )
    .map(drop)
}

fn event(promise: &Promise, kind: &'static str, actor: &Actor, is_late: bool) -> Event {
    let body = json!({ "matter": promise.matter, "text": promise.text, "until": promise.due_at, "late": is_late });
    Event::new(kind, promise.id).profile(promise.profile).by(actor).body(&body)
}
