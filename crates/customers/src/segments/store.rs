//! Every SQL text about segments.

use super::membership::Row as MemberRow;
use super::{Condition, FactKind, Segment, SegmentId, SegmentState};
use crate::companies::CompanyId;
use crate::events;
use crate::{IdentifierKind, PersonId};
use kernel::{Fault, Json, ProfileId, ReadTx, Row, Timestamp, Tx, params, sql};

/// A segment as far as keeping its membership needs it.
pub(super) struct Watched {
    pub id: SegmentId,
    pub name: String,
    pub version: i64,
    pub condition: Condition,
}

fn segment(row: &Row<'_>) -> Result<Segment, Fault> {
    let Json(condition) = row.get(2)?;
    Ok(Segment {
        id: row.get(0)?,
        name: row.get(1)?,
        condition,
        version: row.get(3)?,
        state: row.get(4)?,
        size: row.get(5)?,
        created_by: row.get(6)?,
        created_at: row.get(7)?,
        updated_at: row.get(8)?,
    })
}

/// False when its name is taken.
pub(super) fn insert(tx: &mut Tx<'_>, new: &Segment, name_key: &str, intent: &str) -> Result<bool, Fault> {
    let rows = tx.execute(
        sql!(
            "INSERT INTO segment (id, intent, name, name_key, condition, version, state, size, created_by, created_at, updated_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, ?8, ?9, ?9) ON CONFLICT (name_key) DO NOTHING"
        ),
        params![new.id, intent, new.name, name_key, Json(&new.condition), new.version, new.state, new.created_by, new.created_at],
    )?;
    Ok(rows == 1)
}

/// All but its size.
pub(super) fn save(tx: &mut Tx<'_>, changed: &Segment, name_key: &str) -> Result<(), Fault> {
    tx.execute(
        sql!("UPDATE segment SET name = ?2, name_key = ?3, condition = ?4, version = ?5, state = ?6, updated_at = ?7 WHERE id = ?1"),
        params![changed.id, changed.name, name_key, Json(&changed.condition), changed.version, changed.state, changed.updated_at],
    )
    .map(drop)
}

pub(super) fn set_state(tx: &mut Tx<'_>, id: SegmentId, state: SegmentState) -> Result<(), Fault> {
    tx.execute(sql!("UPDATE segment SET state = ?2 WHERE id = ?1"), params![id, state]).map(drop)
}

pub(super) fn add_to_size(tx: &mut Tx<'_>, id: SegmentId, change: i64) -> Result<(), Fault> {
    tx.execute(sql!("UPDATE segment SET size = size + ?2 WHERE id = ?1"), params![id, change]).map(drop)
}

pub(super) fn remove(tx: &mut Tx<'_>, id: SegmentId) -> Result<(), Fault> {
    tx.execute(sql!("DELETE FROM segment WHERE id = ?1"), params![id])?;
    tx.execute(sql!("DELETE FROM segment_trigger WHERE segment_id = ?1"), params![id]).map(drop)
}

pub(super) fn by_id(tx: &ReadTx<'_>, id: SegmentId) -> Result<Option<Segment>, Fault> {
    tx.query_opt(
        sql!("SELECT id, name, condition, version, state, size, created_by, created_at, updated_at FROM segment WHERE id = ?1"),
        params![id],
        segment,
    )
}

pub(super) fn by_intent(tx: &ReadTx<'_>, intent: &str) -> Result<Option<Segment>, Fault> {
    tx.query_opt(
        sql!("SELECT id, name, condition, version, state, size, created_by, created_at, updated_at FROM segment WHERE intent = ?1"),
        params![intent],
        segment,
    )
}

pub(super) fn by_name_key(tx: &ReadTx<'_>, name_key: &str) -> Result<Option<SegmentId>, Fault> {
    tx.query_opt(sql!("SELECT id FROM segment WHERE name_key = ?1"), params![name_key], |row| row.get(0))
}

/// By name, after a place in that order.
pub(super) fn list(tx: &ReadTx<'_>, key: &str, id: SegmentId, limit: i64) -> Result<Vec<Segment>, Fault> {
    tx.query(
        sql!(
            "SELECT id, name, condition, version, state, size, created_by, created_at, updated_at FROM segment
              WHERE (name_key, id) > (?1, ?2) ORDER BY name_key, id LIMIT ?3"
        ),
        params![key, id, limit],
        segment,
    )
}

fn watch(row: &Row<'_>) -> Result<Watched, Fault> {
    let Json(condition) = row.get(3)?;
    Ok(Watched { id: row.get(0)?, name: row.get(1)?, version: row.get(2)?, condition })
}

pub(super) fn watched(tx: &ReadTx<'_>, id: SegmentId) -> Result<Option<Watched>, Fault> {
    tx.query_opt(sql!("SELECT id, name, version, condition FROM segment WHERE id = ?1"), params![id], watch)
}

/// Those whose answer this kind of event can change.
pub(super) fn triggered(tx: &ReadTx<'_>, kind: &str) -> Result<Vec<Watched>, Fault> {
    tx.query(
        sql!(
            "SELECT s.id, s.name, s.version, s.condition FROM segment_trigger t JOIN segment s ON s.id = t.segment_id
              WHERE t.kind = ?1 ORDER BY s.id LIMIT 300"
        ),
        params![kind],
        watch,
    )
}

/// Every segment: each has a trigger on new people.
pub(super) fn all_watched(tx: &ReadTx<'_>) -> Result<Vec<Watched>, Fault> {
    triggered(tx, events::CREATED)
}

pub(super) fn set_triggers(tx: &mut Tx<'_>, id: SegmentId, condition: &Condition) -> Result<(), Fault> {
    tx.execute(sql!("DELETE FROM segment_trigger WHERE segment_id = ?1"), params![id])?;
    for kind in condition.triggers().into_iter().chain([events::CREATED]) {
        tx.execute(
            sql!("INSERT INTO segment_trigger (kind, segment_id) VALUES (?1, ?2) ON CONFLICT (kind, segment_id) DO NOTHING"),
            params![kind, id],
        )?;
    }
    Ok(())
}

pub(super) fn membership(tx: &ReadTx<'_>, segment: SegmentId, person: PersonId) -> Result<Option<MemberRow>, Fault> {
    tx.query_opt(
        sql!("SELECT inside, since, due FROM segment_member WHERE segment_id = ?1 AND person_id = ?2"),
        params![segment, person],
        |row| Ok(MemberRow { inside: row.get(0)?, since: row.get(1)?, due: row.get(2)? }),
    )
}

pub(super) fn save_membership(
    tx: &mut Tx<'_>,
    segment: SegmentId,
    person: PersonId,
    inside: bool,
    since: Timestamp,
    due: Option<Timestamp>,
) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "INSERT INTO segment_member (segment_id, person_id, inside, since, due) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (segment_id, person_id) DO UPDATE SET inside = excluded.inside, since = excluded.since, due = excluded.due"
        ),
        params![segment, person, inside, since, due],
    )
    .map(drop)
}

pub(super) fn remove_membership(tx: &mut Tx<'_>, segment: SegmentId, person: PersonId) -> Result<(), Fault> {
    tx.execute(sql!("DELETE FROM segment_member WHERE segment_id = ?1 AND person_id = ?2"), params![segment, person]).map(drop)
}

/// Members of a segment, the latest to enter first.
pub(super) fn members(
    tx: &ReadTx<'_>,
    segment: SegmentId,
    before: Option<(Timestamp, PersonId)>,
    limit: i64,
) -> Result<Vec<(PersonId, Timestamp)>, Fault> {
    let latest = (Timestamp::from_micros(i64::MAX), PersonId::nil());
    let (since, person) = before.unwrap_or(latest);
    tx.query(
        sql!(
            "SELECT person_id, since FROM segment_member WHERE segment_id = ?1 AND inside = 1 AND (since, person_id) < (?2, ?3)
              ORDER BY since DESC, person_id DESC LIMIT ?4"
        ),
        params![segment, since, person, limit],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Anybody with a row.
pub(super) fn any_members(tx: &ReadTx<'_>, segment: SegmentId, limit: i64) -> Result<Vec<PersonId>, Fault> {
    tx.query(
        sql!("SELECT person_id FROM segment_member WHERE segment_id = ?1 ORDER BY person_id LIMIT ?2"),
        params![segment, limit],
        |row| row.get(0),
    )
}

pub(super) fn of_person(tx: &ReadTx<'_>, person: PersonId, limit: i64) -> Result<Vec<(SegmentId, String)>, Fault> {
    tx.query(
        sql!(
            "SELECT s.id, s.name FROM segment_member m JOIN segment s ON s.id = m.segment_id
              WHERE m.person_id = ?1 AND m.inside = 1 ORDER BY s.name_key, s.id LIMIT ?2"
        ),
        params![person, limit],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Who must be looked at again by now, those of one segment together.
pub(super) fn due(tx: &ReadTx<'_>, now: Timestamp, limit: i64) -> Result<Vec<(SegmentId, PersonId)>, Fault> {
    let mut found = tx.query(
        sql!(
            "SELECT segment_id, person_id FROM segment_member WHERE due IS NOT NULL AND due <= ?1 ORDER BY due, segment_id, person_id LIMIT ?2"
        ),
        params![now, limit],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    found.sort_unstable();
    Ok(found)
}

pub(super) fn first_due(tx: &ReadTx<'_>) -> Result<Option<Timestamp>, Fault> {
    tx.query_opt(
        sql!("SELECT due FROM segment_member WHERE due IS NOT NULL ORDER BY due, segment_id, person_id LIMIT 1"),
        params![],
        |row| row.get(0),
    )
}

pub(super) fn insert_fact(
    tx: &mut Tx<'_>,
    profile: ProfileId,
    kind: FactKind,
    (at, seq): (Timestamp, i64),
    (channel, place): (&str, &str),
    (amount, currency): (i64, &str),
) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "INSERT INTO segment_fact (profile_id, kind, at, seq, channel, place, amount, currency) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             ON CONFLICT (profile_id, kind, at, seq) DO NOTHING"
        ),
        params![profile, kind, at, seq, channel, place, amount, currency],
    )
    .map(drop)
}

pub(super) fn forget_facts(tx: &mut Tx<'_>, profile: ProfileId) -> Result<(), Fault> {
    tx.execute(sql!("DELETE FROM segment_fact WHERE profile_id = ?1"), params![profile]).map(drop)
}

/// When it happened to a profile, newest first; an empty channel or place is any.
pub(super) fn newest_facts(
    tx: &ReadTx<'_>,
    profile: ProfileId,
    kind: FactKind,
    (channel, place): (&str, &str),
    limit: i64,
) -> Result<Vec<Timestamp>, Fault> {
    tx.query(
        sql!(
            "SELECT at FROM segment_fact WHERE profile_id = ?1 AND kind = ?2 AND (?3 = '' OR channel = ?3) AND (?4 = '' OR place = ?4)
              ORDER BY at DESC, seq DESC LIMIT ?5"
        ),
        params![profile, kind, channel, place, limit],
        |row| row.get(0),
    )
}

/// The sum of a person's orders after `since`, and when the oldest of them happened.
pub(super) fn spent(
    tx: &ReadTx<'_>,
    person: PersonId,
    currency: &str,
    since: Option<Timestamp>,
) -> Result<(i64, Option<Timestamp>), Fault> {
    let since = since.unwrap_or(Timestamp::from_micros(i64::MIN));
    tx.query_one(
        sql!(
            "SELECT CAST(COALESCE(SUM(f.amount), 0) AS BIGINT), MIN(f.at) FROM profile p JOIN segment_fact f ON f.profile_id = p.id
                AND f.kind IN ('order.placed', 'order.changed', 'order.cancelled', 'return.refunded') AND f.at > ?3
              WHERE p.person_id = ?1 AND f.currency = ?2"
        ),
        params![person, currency, since],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

pub(super) fn has_identifier(tx: &ReadTx<'_>, person: PersonId, kind: IdentifierKind) -> Result<bool, Fault> {
    let found = tx.query_opt(
        sql!("SELECT 1 FROM profile p JOIN identifier i ON i.profile_id = p.id AND i.kind = ?2 WHERE p.person_id = ?1 LIMIT 1"),
        params![person, kind],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}

pub(super) fn buys_for(tx: &ReadTx<'_>, person: PersonId, company: Option<CompanyId>) -> Result<bool, Fault> {
    let company = company.map_or_else(String::new, |id| id.to_string());
    let found = tx.query_opt(
        sql!(
            "SELECT 1 FROM profile p JOIN company_buyer b ON b.profile_id = p.id
              WHERE p.person_id = ?1 AND (?2 = '' OR b.company_id = ?2) LIMIT 1"
        ),
        params![person, company],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}
