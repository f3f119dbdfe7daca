//! What the engine keeps: records and keys to find candidates by, pairs with their evidence, what was learnt.

use crate::resolution::{MatchPair, Zone, percent};
use crate::{ClaimId, PersonId, Verdict};
use identity::{Evidence, Learnt};
use kernel::{Fault, Json, ProfileId, ReadTx, Row, Timestamp, Tx, params, sql};

/// Profiles of one key; more tell nobody apart.
const CROWD: i64 = 60;

pub(crate) fn keep_record(tx: &mut Tx<'_>, profile: ProfileId, row: &[String]) -> Result<(), Fault> {
    tx.execute(
        sql!("INSERT INTO match_record (profile_id, content) VALUES (?1, ?2) ON CONFLICT (profile_id) DO UPDATE SET content = excluded.content"),
        params![profile, Json(row)],
    )
    .map(drop)
}

/// The keys of a profile, and no others.
pub(crate) fn keep_keys(tx: &mut Tx<'_>, profile: ProfileId, keys: &[u64]) -> Result<(), Fault> {
    let held: Vec<i64> =
        tx.query(sql!("SELECT key FROM match_key WHERE profile_id = ?1 ORDER BY key"), params![profile], |row| row.get(0))?;
    let wanted: Vec<i64> = keys.iter().map(|key| key.cast_signed()).collect();
    for key in held.iter().filter(|key| !wanted.contains(key)) {
        tx.execute(sql!("DELETE FROM match_key WHERE profile_id = ?1 AND key = ?2"), params![profile, *key])?;
    }
    for key in wanted.iter().filter(|key| !held.contains(key)) {
        tx.execute(
            sql!(
                "INSERT INTO match_key (key, place, profile_id)
                 SELECT CAST(?1 AS BIGINT), n.place, ?2 FROM (SELECT COALESCE(MAX(place), -1) + 1 AS place FROM match_key WHERE key = ?1) n
                  WHERE n.place < ?3 ON CONFLICT (key, place) DO NOTHING"
            ),
            params![*key, profile, CROWD],
        )?;
    }
    Ok(())
}

/// What was kept of one profile.
pub(crate) fn record_of(tx: &ReadTx<'_>, profile: ProfileId) -> Result<Option<Vec<String>>, Fault> {
    tx.query_opt(sql!("SELECT content FROM match_record WHERE profile_id = ?1"), params![profile], |row| {
        let Json(content) = row.get(0)?;
        Ok(content)
    })
}

/// Those who share keys with a profile, most keys first, with their person.
pub(crate) fn candidates(tx: &ReadTx<'_>, profile: ProfileId, limit: i64) -> Result<Vec<(ProfileId, PersonId, Vec<String>)>, Fault> {
    tx.query(
        sql!(
            "SELECT f.id, p.person_id, r.content
               FROM (SELECT o.profile_id AS id, COUNT(*) AS shared
                       FROM match_key k CROSS JOIN match_key o
                      WHERE k.profile_id = ?1 AND o.key = k.key AND o.profile_id <> ?1
                      GROUP BY o.profile_id ORDER BY shared DESC, o.profile_id LIMIT ?2) f
               CROSS JOIN match_record r CROSS JOIN profile p WHERE r.profile_id = f.id AND p.id = f.id"
        ),
        params![profile, limit],
        |row| {
            let Json(content) = row.get(2)?;
            Ok((row.get(0)?, row.get(1)?, content))
        },
    )
}

/// The profiles of a person, oldest first.
pub(crate) fn of_person(tx: &ReadTx<'_>, person: PersonId) -> Result<Vec<(ProfileId, Vec<String>)>, Fault> {
    tx.query(
        sql!(
            "SELECT p.id, r.content FROM profile p CROSS JOIN match_record r
              WHERE p.person_id = ?1 AND r.profile_id = p.id ORDER BY p.id LIMIT 60"
        ),
        params![person],
        |row| {
            let Json(content) = row.get(1)?;
            Ok((row.get(0)?, content))
        },
    )
}

/// In order of id.
pub(crate) fn records_after(tx: &ReadTx<'_>, after: ProfileId, limit: i64) -> Result<Vec<(ProfileId, Vec<String>)>, Fault> {
    tx.query(
        sql!("SELECT profile_id, content FROM match_record WHERE profile_id > ?1 ORDER BY profile_id LIMIT ?2"),
        params![after, limit],
        |row| {
            let Json(content) = row.get(1)?;
            Ok((row.get(0)?, content))
        },
    )
}

/// What people said about pairs within these profiles: the verdict, and whether it stands. A claim of the engine that somebody took back counts as
/// theirs.
pub(crate) fn said_by_people(
    tx: &ReadTx<'_>,
    profiles: &[ProfileId],
    own: &str,
) -> Result<Vec<(ProfileId, ProfileId, Verdict, bool)>, Fault> {
    let mut all = Vec::new();
    for profile in profiles {
        all.extend(tx.query(
            sql!("SELECT profile_a, profile_b, verdict, key, withdrawn_by FROM claim WHERE profile_a = ?1 ORDER BY id DESC LIMIT 100"),
            params![*profile],
            |row| {
                let (a, b, verdict): (ProfileId, ProfileId, Verdict) = (row.get(0)?, row.get(1)?, row.get(2)?);
                let (key, withdrawn_by): (String, Option<String>) = (row.get(3)?, row.get(4)?);
                Ok((a, b, verdict, key, withdrawn_by))
            },
        )?);
    }
    // Oldest first, so that the last word is the newest.
    all.reverse();
    let by_people = all.into_iter().filter_map(|(a, b, verdict, key, withdrawn_by)| match withdrawn_by {
        None if key.starts_with(own) => None,
        None => Some((a, b, verdict, true)),
        Some(by) if by == "system" => None,
        // A withdrawn "not the same" leaves the question open; a withdrawn "same" was a mistake.
        Some(_) if verdict == Verdict::NotSame => None,
        Some(_) => Some((a, b, verdict, false)),
    });
    // A standing word outweighs one that was taken back, whenever it was said.
    let mut said: Vec<_> = by_people.collect();
    said.sort_by_key(|(_, _, _, stands)| *stands);
    Ok(said)
}

/// Standing claims of *same* that the engine made, touching these profiles.
pub(crate) fn own_claims(tx: &ReadTx<'_>, profiles: &[ProfileId], own: &str) -> Result<Vec<(ClaimId, ProfileId, ProfileId)>, Fault> {
    let mut all: Vec<(ClaimId, ProfileId, ProfileId)> = Vec::new();
    for profile in profiles {
        let mut found = tx.query(
            sql!(
                "SELECT id, profile_a, profile_b, key FROM claim WHERE profile_a = ?1 AND withdrawn_at IS NULL AND verdict = 'same'
                 UNION ALL
                 SELECT id, profile_a, profile_b, key FROM claim WHERE profile_b = ?1 AND withdrawn_at IS NULL AND verdict = 'same'"
            ),
            params![*profile],
            |row| {
                let key: String = row.get(3)?;
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, key))
            },
        )?;
        found.retain(|(id, _, _, key)| key.starts_with(own) && all.iter().all(|known| known.0 != *id));
        all.extend(found.into_iter().map(|(id, a, b, _)| (id, a, b)));
    }
    Ok(all)
}

fn read_pair(row: &Row<'_>) -> Result<MatchPair, Fault> {
    let Json(evidence): Json<Vec<Evidence>> = row.get(3)?;
    let thousandths: i64 = row.get(2)?;
    let weight = thousandths as f32 / 1000.0;
    Ok(MatchPair { a: row.get(0)?, b: row.get(1)?, confidence: percent(weight), weight, evidence, zone: row.get(4)?, at: row.get(5)? })
}

pub(crate) fn keep_pair(tx: &mut Tx<'_>, pair: &MatchPair) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "INSERT INTO match_pair (profile_a, profile_b, weight, evidence, zone, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (profile_a, profile_b) DO UPDATE SET weight = excluded.weight, evidence = excluded.evidence, zone = excluded.zone, at = excluded.at"
        ),
        params![pair.a, pair.b, (pair.weight * 1000.0).round() as i64, Json(&pair.evidence), pair.zone, pair.at],
    )
    .map(drop)
}

pub(crate) fn pair(tx: &ReadTx<'_>, a: ProfileId, b: ProfileId) -> Result<Option<MatchPair>, Fault> {
    tx.query_opt(
        sql!("SELECT profile_a, profile_b, weight, evidence, zone, at FROM match_pair WHERE profile_a = ?1 AND profile_b = ?2"),
        params![a, b],
        read_pair,
    )
}

/// Asked pairs whose persons still are two and that no claim keeps apart, surest first.
pub(crate) fn asked(tx: &ReadTx<'_>, after: Option<(i64, ProfileId, ProfileId)>, limit: i64) -> Result<Vec<MatchPair>, Fault> {
    let (weight, a, b) = after.unwrap_or((i64::MAX, ProfileId::nil(), ProfileId::nil()));
    tx.query(
        sql!(
            "SELECT m.profile_a, m.profile_b, m.weight, m.evidence, m.zone, m.at
               FROM match_pair m JOIN profile p ON p.id = m.profile_a JOIN profile q ON q.id = m.profile_b
              WHERE m.zone = 'asked' AND m.weight <= ?1
                AND (m.weight < ?1 OR m.profile_a > ?2 OR (m.profile_a = ?2 AND m.profile_b > ?3))
                AND p.person_id <> q.person_id
                AND NOT EXISTS (SELECT 1 FROM claim c WHERE c.profile_a = m.profile_a AND c.profile_b = m.profile_b
                                   AND c.verdict = 'not_same' AND c.withdrawn_at IS NULL)
              ORDER BY m.weight DESC, m.profile_a, m.profile_b LIMIT ?4"
        ),
        params![weight, a, b, limit],
        read_pair,
    )
}

/// Each with the other person. From the person to the pairs, whatever the order that is asked for: SQLite keeps that of a cross join.
pub(crate) fn asked_of_person(tx: &ReadTx<'_>, person: PersonId) -> Result<Vec<(MatchPair, PersonId)>, Fault> {
    let with_other = |row: &Row<'_>| Ok((read_pair(row)?, row.get(6)?));
    let mut all = tx.query(
        sql!(
            "SELECT m.profile_a, m.profile_b, m.weight, m.evidence, m.zone, m.at, q.person_id
               FROM profile p CROSS JOIN match_pair m CROSS JOIN profile q
              WHERE p.person_id = ?1 AND m.profile_a = p.id AND q.id = m.profile_b AND q.person_id <> ?1 AND m.zone = 'asked'
              ORDER BY m.weight DESC, m.profile_b LIMIT 20"
        ),
        params![person],
        with_other,
    )?;
    all.extend(tx.query(
        sql!(
            "SELECT m.profile_a, m.profile_b, m.weight, m.evidence, m.zone, m.at, q.person_id
               FROM profile p CROSS JOIN match_pair m CROSS JOIN profile q
              WHERE p.person_id = ?1 AND m.profile_b = p.id AND q.id = m.profile_a AND q.person_id <> ?1 AND m.zone = 'asked'
              ORDER BY m.weight DESC, m.profile_a LIMIT 20"
        ),
        params![person],
        with_other,
    )?);
    all.sort_by(|x: &(MatchPair, PersonId), y| y.0.weight.total_cmp(&x.0.weight));
    all.truncate(20);
    Ok(all)
}

/// The questions about a profile.
pub(crate) fn drop_asked(tx: &mut Tx<'_>, profile: ProfileId) -> Result<(), Fault> {
    tx.execute(sql!("DELETE FROM match_pair WHERE profile_a = ?1 AND zone = ?2"), params![profile, Zone::Asked])?;
    tx.execute(sql!("DELETE FROM match_pair WHERE profile_b = ?1 AND zone = ?2"), params![profile, Zone::Asked]).map(drop)
}

pub(crate) fn drop_pairs(tx: &mut Tx<'_>, profile: ProfileId) -> Result<(), Fault> {
    tx.execute(sql!("DELETE FROM match_pair WHERE profile_a = ?1"), params![profile])?;
    tx.execute(sql!("DELETE FROM match_pair WHERE profile_b = ?1"), params![profile]).map(drop)
}

/// Everything about a profile.
pub(crate) fn forget(tx: &mut Tx<'_>, profile: ProfileId) -> Result<(), Fault> {
    drop_pairs(tx, profile)?;
    tx.execute(sql!("DELETE FROM match_key WHERE profile_id = ?1"), params![profile])?;
    tx.execute(sql!("DELETE FROM match_record WHERE profile_id = ?1"), params![profile]).map(drop)
}

/// How many persons have each value, where more than one has.
pub(crate) fn counts(tx: &ReadTx<'_>, values: &[u64]) -> Result<Vec<(u64, u32)>, Fault> {
    let mut found = Vec::new();
    for value in values {
        let persons: Option<i64> =
            tx.query_opt(sql!("SELECT persons FROM match_count WHERE value = ?1"), params![value.cast_signed()], |row| row.get(0))?;
        if let Some(persons) = persons {
            found.push((*value, u32::try_from(persons).unwrap_or(u32::MAX)));
        }
    }
    Ok(found)
}

pub(crate) fn learnt(tx: &ReadTx<'_>) -> Result<Option<Learnt>, Fault> {
    tx.query_opt(sql!("SELECT content FROM match_model WHERE id = 'current'"), params![], |row| {
        let Json(learnt) = row.get(0)?;
        Ok(learnt)
    })
}

/// When, from how many profiles, expected share of wrong joins.
pub(crate) fn model(tx: &ReadTx<'_>) -> Result<Option<(Timestamp, i64, f64)>, Fault> {
    tx.query_opt(sql!("SELECT learnt_at, profiles, expected_wrong FROM match_model WHERE id = 'current'"), params![], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })
}

pub(crate) fn keep_learnt(
    tx: &mut Tx<'_>,
    learnt: &Learnt,
    profiles: i64,
    expected_wrong: f64,
    counts: &[(u64, u32)],
) -> Result<(), Fault> {
    let now = tx.now();
    tx.execute(
        sql!(
            "INSERT INTO match_model (id, content, profiles, expected_wrong, learnt_at) VALUES ('current', ?1, ?2, ?3, ?4)
             ON CONFLICT (id) DO UPDATE SET content = excluded.content, profiles = excluded.profiles,
               expected_wrong = excluded.expected_wrong, learnt_at = excluded.learnt_at"
        ),
        params![Json(learnt), profiles, expected_wrong, now],
    )?;
    tx.execute(sql!("DELETE FROM match_count"), params![])?;
    for (value, persons) in counts {
        tx.execute(sql!("INSERT INTO match_count (value, persons) VALUES (?1, ?2)"), params![value.cast_signed(), i64::from(*persons)])?;
    }
    Ok(())
}
