//! Offering a matter to a colleague or a team.

use super::{EXPIRE, Recipient, TransferError, TransferId, read};
use crate::{MatterId, MatterState, queries, rules};
use kernel::{Actor, Event, Permission, Timestamp, Tx, params, sql};
use serde_json::json;

/// Longest summary, note or reason, in characters.
pub(super) const TEXT_LIMIT: usize = 4_000;

/// Offer a matter to somebody.
#[derive(Debug, Clone)]
pub struct Offer {
    /// Which.
    pub matter: MatterId,
    /// To whom.
    pub to: Recipient,
    /// What whoever takes it must know; empty is nothing in particular.
    pub skill: String,
    /// What it is about so far; see [`super::summary`].
    pub summary: String,
    /// What the giver adds.
    pub note: String,
    /// What the customer was promised: an answer until then.
    pub promised_at: Option<Timestamp>,
    /// The caller's name for this intent: the same key offers once.
    pub key: String,
}

/// Offer a matter. It stays with whoever has it until the offer is accepted. Announces `transfer.offered`.
pub fn offer_transfer(tx: &mut Tx<'_>, actor: &Actor, cmd: &Offer) -> Result<TransferId, TransferError> {
    actor.require(Permission::Assign)?;
    if let Some(done) = read::by_key(tx, &cmd.key)? {
        return Ok(done);
    }
    if [&cmd.summary, &cmd.note].iter().any(|text| text.chars().count() > TEXT_LIMIT) {
        return Err(TransferError::TooLong(TEXT_LIMIT));
    }
    let now = tx.now();
    if cmd.promised_at.is_some_and(|at| at <= now) {
        return Err(TransferError::InThePast);
    }
    let matter = queries::matter(tx, cmd.matter)?.ok_or(TransferError::UnknownMatter)?;
    if matter.state == MatterState::Resolved {
        return Err(TransferError::Resolved);
    }
    if read::open_transfer(tx, matter.id)?.is_some() {
        return Err(TransferError::AlreadyOffered);
    }
    let (staff, team) = match cmd.to {
        Recipient::Staff(staff) if matter.owner == Some(staff) => return Err(TransferError::AlreadyTheirs),
        Recipient::Staff(staff) => (Some(staff), None),
        Recipient::Team(team) => {
            tx.query_opt(sql!("SELECT id FROM team WHERE id = ?1"), params![team], |row| row.get::<String>(0))?
                .ok_or(TransferError::UnknownTeam)?;
            (None, Some(team))
        }
    };
    let brand = rules::work_rules(tx)?;
    let of_team = rules::team_rules(tx, team)?;
    // A team that is closed has its time from when it opens.
    let expires = brand.after_open(Some(&of_team), now, brand.transfer_minutes.max(1)).unwrap_or_else(|| now.plus(rules::minutes(24 * 60)));
    let id: TransferId = tx.new_id();
    let skill = cmd.skill.trim().to_lowercase();
    tx.execute(
        sql!(
            "INSERT INTO transfer (id, matter, giver, from_owner, from_team, to_staff, to_team, skill, summary, note, promised_at, state, offered_at,
              expires_at, why, key) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 'offered', ?12, ?13, '', ?14)"
        ),
        params![
            id,
            matter.id,
            actor.to_string(),
            matter.owner,
            matter.team,
            staff,
            team,
            skill,
            cmd.summary.trim(),
            cmd.note.trim(),
            cmd.promised_at,
            now,
            expires,
            cmd.key
        ],
    )?;
    tx.at(expires, EXPIRE, &id.to_string(), &())?;
    let body = json!({ "matter": matter.id, "staff": staff, "team": team, "promised_at": cmd.promised_at });
    tx.announce(Event::new("transfer.offered", id).profile(matter.profile).by(actor).body(&body))?;
    Ok(id)
}
