//! Every SQL text about what was learnt.

use super::Lesson;
use crate::PersonId;
use kernel::{Fault, ProfileId, ReadTx, Timestamp, Tx, params, sql};

pub(super) fn insert(tx: &mut Tx<'_>, new: &Lesson) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "INSERT INTO learnt (profile_id, aspect, about, value, label, evidence, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (profile_id, aspect, about, value, evidence) DO NOTHING"
        ),
        params![new.profile, new.aspect, new.about, new.value, new.label, new.evidence, new.at],
    )
    .map(drop)
}

pub(super) fn remove_evidence(tx: &mut Tx<'_>, profile: ProfileId, evidence: &str) -> Result<(), Fault> {
    tx.execute(sql!("DELETE FROM learnt WHERE profile_id = ?1 AND evidence = ?2"), params![profile, evidence]).map(drop)
}

/// What was learnt of one profile.
pub(crate) fn forget_profile(tx: &mut Tx<'_>, profile: ProfileId) -> Result<(), Fault> {
    tx.execute(sql!("DELETE FROM learnt WHERE profile_id = ?1"), params![profile]).map(drop)
}

pub(super) fn remove_of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<(), Fault> {
    tx.execute(sql!("DELETE FROM learnt WHERE profile_id IN (SELECT id FROM profile WHERE person_id = ?1)"), params![person]).map(drop)
}

/// Newest first.
pub(super) fn of_person(tx: &ReadTx<'_>, person: PersonId, since: Timestamp, limit: i64) -> Result<Vec<Lesson>, Fault> {
    tx.query(
        sql!(
            "SELECT l.profile_id, l.aspect, l.about, l.value, l.label, l.evidence, l.at FROM profile p JOIN learnt l ON l.profile_id = p.id
              WHERE p.person_id = ?1 AND l.at >= ?2 ORDER BY l.at DESC, l.evidence, l.aspect, l.about, l.value LIMIT ?3"
        ),
        params![person, since, limit],
        |row| {
            Ok(Lesson {
                profile: row.get(0)?,
                aspect: row.get(1)?,
                about: row.get(2)?,
                value: row.get(3)?,
                label: row.get(4)?,
                evidence: row.get(5)?,
                at: row.get(6)?,
            })
        },
    )
}
