//! Claims, the region of the graph they reach, and the materialised membership.

use crate::components::Edge;
use crate::{Claim, ClaimId, PersonId, Verdict};
use kernel::{Fault, ProfileId, ReadTx, Row, Timestamp, Tx, params, sql};

fn claim(row: &Row<'_>) -> Result<Claim, Fault> {
    Ok(Claim {
        id: row.get(0)?,
        profile_a: row.get(1)?,
        profile_b: row.get(2)?,
        verdict: row.get(3)?,
        reason: row.get(4)?,
        confidence: row.get(5)?,
        actor: row.get(6)?,
        created_at: row.get(7)?,
        withdrawn_at: row.get(8)?,
        withdrawn_by: row.get(9)?,
    })
}

pub(crate) fn by_id(tx: &ReadTx<'_>, id: ClaimId) -> Result<Option<Claim>, Fault> {
    tx.query_opt(
        sql!(
            "SELECT id, profile_a, profile_b, verdict, reason, confidence, actor, created_at, withdrawn_at, withdrawn_by
               FROM claim WHERE id = ?1"
        ),
        params![id],
        claim,
    )
}

pub(crate) fn by_key(tx: &ReadTx<'_>, key: &str) -> Result<Option<Claim>, Fault> {
    tx.query_opt(
        sql!(
            "SELECT id, profile_a, profile_b, verdict, reason, confidence, actor, created_at, withdrawn_at, withdrawn_by
               FROM claim WHERE key = ?1"
        ),
        params![key],
        claim,
    )
}

/// Every claim that touches a person's profiles, newest first.
pub(crate) fn touching(tx: &ReadTx<'_>, person: PersonId, limit: i64) -> Result<Vec<Claim>, Fault> {
    tx.query(
        sql!(
            "SELECT c.id, c.profile_a, c.profile_b, c.verdict, c.reason, c.confidence, c.actor, c.created_at, c.withdrawn_at, c.withdrawn_by
               FROM claim c
              WHERE c.id IN (SELECT x.id FROM profile p JOIN claim x ON x.profile_a = p.id WHERE p.person_id = ?1
                             UNION SELECT x.id FROM profile p JOIN claim x ON x.profile_b = p.id WHERE p.person_id = ?1)
              ORDER BY c.id DESC LIMIT ?2"
        ),
        params![person, limit],
        claim,
    )
}

pub(crate) fn insert(tx: &mut Tx<'_>, key: &str, new: &Claim) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "INSERT INTO claim (id, key, profile_a, profile_b, verdict, reason, confidence, actor, created_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
        ),
        params![new.id, key, new.profile_a, new.profile_b, new.verdict, new.reason, new.confidence, new.actor, new.created_at],
    )
    .map(drop)
}

pub(crate) fn withdraw(tx: &mut Tx<'_>, id: ClaimId, by: &str, at: Timestamp) -> Result<(), Fault> {
    tx.execute(sql!("UPDATE claim SET withdrawn_at = ?2, withdrawn_by = ?3 WHERE id = ?1 AND withdrawn_at IS NULL"), params![id, at, by])
        .map(drop)
}

/// Every profile that standing claims of *same* reach from these two, in force or set aside, with its person now.
/// (`CROSS JOIN` makes SQLite begin at the small side; else it reads every profile.)
pub(crate) fn region_profiles(tx: &ReadTx<'_>, a: ProfileId, b: ProfileId) -> Result<Vec<(ProfileId, PersonId)>, Fault> {
    tx.query(
        sql!(
            "WITH RECURSIVE region (id) AS (
               SELECT id FROM profile WHERE id = ?1 OR id = ?2
               UNION
               SELECT CASE WHEN c.profile_a = r.id THEN c.profile_b ELSE c.profile_a END
                 FROM region r JOIN claim c ON c.profile_a = r.id OR c.profile_b = r.id
                WHERE c.verdict = 'same' AND c.withdrawn_at IS NULL
             )
             SELECT p.id, p.person_id FROM region r CROSS JOIN profile p WHERE p.id = r.id ORDER BY p.id"
        ),
        params![a, b],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Every standing claim with both ends in that region, in no order. (`CROSS JOIN` makes SQLite begin at the small side.)
pub(crate) fn region_claims(tx: &ReadTx<'_>, a: ProfileId, b: ProfileId) -> Result<Vec<Edge>, Fault> {
    tx.query(
        sql!(
            "WITH RECURSIVE region (id) AS (
               SELECT id FROM profile WHERE id = ?1 OR id = ?2
               UNION
               SELECT CASE WHEN c.profile_a = r.id THEN c.profile_b ELSE c.profile_a END
                 FROM region r JOIN claim c ON c.profile_a = r.id OR c.profile_b = r.id
                WHERE c.verdict = 'same' AND c.withdrawn_at IS NULL
             )
             SELECT c.id, c.profile_a, c.profile_b, c.verdict, c.confidence
               FROM region r CROSS JOIN claim c
              WHERE c.profile_a = r.id AND c.profile_b IN (SELECT id FROM region) AND c.withdrawn_at IS NULL"
        ),
        params![a, b],
        |row| {
            let verdict: Verdict = row.get(3)?;
            Ok(Edge { id: row.get(0)?, a: row.get(1)?, b: row.get(2)?, verdict, confidence: row.get(4)? })
        },
    )
}

/// All profiles of a person go to another.
pub(crate) fn move_person(tx: &mut Tx<'_>, from: PersonId, to: PersonId) -> Result<(), Fault> {
    tx.execute(sql!("UPDATE profile SET person_id = ?2 WHERE person_id = ?1"), params![from, to]).map(drop)
}

pub(crate) fn move_profile(tx: &mut Tx<'_>, profile: ProfileId, to: PersonId) -> Result<(), Fault> {
    tx.execute(sql!("UPDATE profile SET person_id = ?2 WHERE id = ?1"), params![profile, to]).map(drop)
}

/// Persons that a standing claim keeps apart from this one.
pub(crate) fn kept_apart(tx: &ReadTx<'_>, person: PersonId) -> Result<Vec<PersonId>, Fault> {
    tx.query(
        sql!(
            "SELECT q.person_id FROM profile p JOIN claim c ON c.profile_a = p.id JOIN profile q ON q.id = c.profile_b
              WHERE p.person_id = ?1 AND c.verdict = 'not_same' AND c.withdrawn_at IS NULL
             UNION
             SELECT q.person_id FROM profile p JOIN claim c ON c.profile_b = p.id JOIN profile q ON q.id = c.profile_a
              WHERE p.person_id = ?1 AND c.verdict = 'not_same' AND c.withdrawn_at IS NULL"
        ),
        params![person],
        |row| row.get(0),
    )
}

/// Standing claims about one profile, newest first.
pub(crate) fn standing_of(tx: &ReadTx<'_>, profile: ProfileId) -> Result<Vec<ClaimId>, Fault> {
    tx.query(
        sql!(
            "SELECT id FROM claim WHERE profile_a = ?1 AND withdrawn_at IS NULL
             UNION SELECT id FROM claim WHERE profile_b = ?1 AND withdrawn_at IS NULL ORDER BY id DESC"
        ),
        params![profile],
        |row| row.get(0),
    )
}
