//! Profiles, their searchable words, and consents.

use crate::fold;
use crate::{Consent, PersonId, Profile, Purpose};
use kernel::{Channel, Fault, Json, ProfileId, ReadTx, Row, Tx, params, sql};

fn profile(row: &Row<'_>) -> Result<Profile, Fault> {
    let Json(preferred_channels) = row.get(9)?;
    Ok(Profile {
        id: row.get(0)?,
        person: row.get(1)?,
        given_name: row.get(2)?,
        family_name: row.get(3)?,
        full_name: row.get(4)?,
        display_name: row.get(5)?,
        locale: row.get(6)?,
        postcode: row.get(7)?,
        note: row.get(8)?,
        preferred_channels,
        source: row.get(10)?,
        created_at: row.get(11)?,
        updated_at: row.get(12)?,
    })
}

pub(crate) fn by_id(tx: &ReadTx<'_>, id: ProfileId) -> Result<Option<Profile>, Fault> {
    tx.query_opt(
        sql!(
            "SELECT id, person_id, given_name, family_name, full_name, display_name, locale, postcode, note, preferred_channels, source,
                    created_at, updated_at FROM profile WHERE id = ?1"
        ),
        params![id],
        profile,
    )
}

/// Oldest first.
pub(crate) fn of_person(tx: &ReadTx<'_>, person: PersonId) -> Result<Vec<Profile>, Fault> {
    tx.query(
        sql!(
            "SELECT id, person_id, given_name, family_name, full_name, display_name, locale, postcode, note, preferred_channels, source,
                    created_at, updated_at FROM profile WHERE person_id = ?1 ORDER BY id"
        ),
        params![person],
        profile,
    )
}

/// In the order of ids.
pub(crate) fn after(tx: &ReadTx<'_>, after: ProfileId, limit: i64) -> Result<Vec<Profile>, Fault> {
    tx.query(
        sql!(
            "SELECT id, person_id, given_name, family_name, full_name, display_name, locale, postcode, note, preferred_channels, source,
                    created_at, updated_at FROM profile WHERE id > ?1 ORDER BY id LIMIT ?2"
        ),
        params![after, limit],
        profile,
    )
}

pub(crate) fn ids_of_person(tx: &ReadTx<'_>, person: PersonId) -> Result<Vec<ProfileId>, Fault> {
    tx.query(sql!("SELECT id FROM profile WHERE person_id = ?1 ORDER BY id"), params![person], |row| row.get(0))
}

pub(crate) fn person_of(tx: &ReadTx<'_>, id: ProfileId) -> Result<Option<PersonId>, Fault> {
    tx.query_opt(sql!("SELECT person_id FROM profile WHERE id = ?1"), params![id], |row| row.get(0))
}

pub(crate) fn insert(tx: &mut Tx<'_>, new: &Profile) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "INSERT INTO profile (id, person_id, given_name, family_name, full_name, display_name, name_key, locale, postcode,
                    preferred_channels, note, source, created_at, updated_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)"
        ),
        params![
            new.id,
            new.person,
            new.given_name,
            new.family_name,
            new.full_name,
            new.display_name,
            fold::name_key(&new.name()),
            new.locale,
            new.postcode,
            Json(&new.preferred_channels),
            new.note,
            new.source,
            new.created_at,
            new.updated_at
        ],
    )?;
    insert_words(tx, new)
}

/// Everything but its id, person, source and birth.
pub(crate) fn save(tx: &mut Tx<'_>, changed: &Profile) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "UPDATE profile SET given_name = ?2, family_name = ?3, full_name = ?4, display_name = ?5, name_key = ?6, locale = ?7,
                    postcode = ?8, preferred_channels = ?9, note = ?10, updated_at = ?11 WHERE id = ?1"
        ),
        params![
            changed.id,
            changed.given_name,
            changed.family_name,
            changed.full_name,
            changed.display_name,
            fold::name_key(&changed.name()),
            changed.locale,
            changed.postcode,
            Json(&changed.preferred_channels),
            changed.note,
            changed.updated_at
        ],
    )?;
    tx.execute(sql!("DELETE FROM profile_word WHERE profile_id = ?1"), params![changed.id])?;
    insert_words(tx, changed)
}

fn insert_words(tx: &mut Tx<'_>, of: &Profile) -> Result<(), Fault> {
    let words = fold::words(&format!("{} {} {} {}", of.full_name, of.given_name, of.family_name, of.display_name));
    let Some(last) = words.last() else { return Ok(()) };
    // One round trip: missing words repeat the last one, which the key then drops.
    let word = |n: usize| words.get(n).unwrap_or(last);
    tx.execute(
        sql!(
            "INSERT INTO profile_word (profile_id, word) VALUES (?1, ?2), (?1, ?3), (?1, ?4), (?1, ?5), (?1, ?6), (?1, ?7), (?1, ?8), (?1, ?9)
             ON CONFLICT (word, profile_id) DO NOTHING"
        ),
        params![of.id, word(0), word(1), word(2), word(3), word(4), word(5), word(6), word(7)],
    )
    .map(drop)
}

pub(crate) fn save_consent(tx: &mut Tx<'_>, consent: &Consent) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "INSERT INTO consent (profile_id, purpose, channel, state, evidence, source, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (profile_id, purpose, channel)
             DO UPDATE SET state = excluded.state, evidence = excluded.evidence, source = excluded.source, at = excluded.at"
        ),
        params![consent.profile, consent.purpose, consent.channel, consent.state, consent.evidence, consent.source, consent.at],
    )
    .map(drop)
}

/// Every answer of a person's profiles, newest first; of answers of one moment the refusal first.
pub(crate) fn consents_of(tx: &ReadTx<'_>, person: PersonId) -> Result<Vec<Consent>, Fault> {
    tx.query(
        sql!(
            "SELECT c.profile_id, c.purpose, c.channel, c.state, c.evidence, c.source, c.at
               FROM profile p JOIN consent c ON c.profile_id = p.id
              WHERE p.person_id = ?1 ORDER BY c.at DESC, c.state DESC, c.profile_id, c.purpose, c.channel"
        ),
        params![person],
        consent,
    )
}

/// The answer in force for one purpose and channel.
pub(crate) fn consent_for(tx: &ReadTx<'_>, person: PersonId, purpose: Purpose, channel: Channel) -> Result<Option<Consent>, Fault> {
    tx.query_opt(
        sql!(
            "SELECT c.profile_id, c.purpose, c.channel, c.state, c.evidence, c.source, c.at
               FROM profile p JOIN consent c ON c.profile_id = p.id AND c.purpose = ?2 AND c.channel = ?3
              WHERE p.person_id = ?1 ORDER BY c.at DESC, c.state DESC, c.profile_id LIMIT 1"
        ),
        params![person, purpose, channel],
        consent,
    )
}

/// Every answer of one profile.
pub(crate) fn consents_of_profile(tx: &ReadTx<'_>, profile: ProfileId) -> Result<Vec<Consent>, Fault> {
    tx.query(
        sql!(
            "SELECT profile_id, purpose, channel, state, evidence, source, at FROM consent WHERE profile_id = ?1 ORDER BY purpose, channel"
        ),
        params![profile],
        consent,
    )
}

/// One answer of one profile.
pub(crate) fn consent_of_profile(
    tx: &ReadTx<'_>,
    profile: ProfileId,
    purpose: Purpose,
    channel: Channel,
) -> Result<Option<Consent>, Fault> {
    tx.query_opt(
        sql!(
            "SELECT profile_id, purpose, channel, state, evidence, source, at FROM consent
              WHERE profile_id = ?1 AND purpose = ?2 AND channel = ?3"
        ),
        params![profile, purpose, channel],
        consent,
    )
}

fn consent(row: &Row<'_>) -> Result<Consent, Fault> {
    Ok(Consent {
        profile: row.get(0)?,
        purpose: row.get(1)?,
        channel: row.get(2)?,
        state: row.get(3)?,
        evidence: row.get(4)?,
        source: row.get(5)?,
        at: row.get(6)?,
    })
}
