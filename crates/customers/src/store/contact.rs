//! What the contact policy asks for, and every answer that was given.

use crate::contact_rules::{ContactRule, ContactSetting, RULE};
use crate::policy::{Cap, Context, QuietHours};
use crate::{Consent, ConsentAnswer, PersonId, Purpose};
use kernel::{Channel, Fault, ProfileId, ReadTx, Row, Timestamp, Tx, params, sql};

pub(crate) fn add_answer(tx: &mut Tx<'_>, given: &Consent, actor: &str) -> Result<(), Fault> {
    let id = format!("{:016x}{:016x}", tx.now().as_micros(), tx.random_u64());
    tx.execute(
        sql!(
            "INSERT INTO consent_answer (id, profile_id, purpose, channel, state, evidence, source, actor, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
        ),
        params![id, given.profile, given.purpose, given.channel, given.state, given.evidence, given.source, actor, given.at],
    )
    .map(drop)
}

pub(crate) fn answers_of(tx: &ReadTx<'_>, profile: ProfileId, limit: i64) -> Result<Vec<ConsentAnswer>, Fault> {
    tx.query(
        sql!(
            "SELECT profile_id, purpose, channel, state, evidence, source, at, actor FROM consent_answer
              WHERE profile_id = ?1 ORDER BY at DESC, id DESC LIMIT ?2"
        ),
        params![profile, limit],
        |row| {
            let consent = Consent {
                profile: row.get(0)?,
                purpose: row.get(1)?,
                channel: row.get(2)?,
                state: row.get(3)?,
                evidence: row.get(4)?,
                source: row.get(5)?,
                at: row.get(6)?,
            };
            Ok(ConsentAnswer { consent, by: row.get(7)? })
        },
    )
}

fn quiet(from: i64, until: i64) -> QuietHours {
    let minute = |n: i64| u16::try_from(n).ok();
    minute(from).zip(minute(until)).and_then(|(from, until)| QuietHours::new(from, until)).unwrap_or_default()
}

fn setting(row: &Row<'_>) -> Result<ContactSetting, Fault> {
    Ok(ContactSetting { quiet: quiet(row.get(0)?, row.get(1)?), zone: row.get(2)? })
}

/// The newest of a person's profiles.
pub(crate) fn setting_of(tx: &ReadTx<'_>, person: PersonId) -> Result<Option<ContactSetting>, Fault> {
    tx.query_opt(
        sql!(
            "SELECT s.quiet_from, s.quiet_until, s.zone FROM profile p JOIN contact_setting s ON s.profile_id = p.id
              WHERE p.person_id = ?1 ORDER BY s.updated_at DESC, s.profile_id DESC LIMIT 1"
        ),
        params![person],
        setting,
    )
}

pub(crate) fn save_setting(tx: &mut Tx<'_>, profile: ProfileId, new: &ContactSetting) -> Result<(), Fault> {
    let ((from, until), now) = (new.quiet.ends(), tx.now());
    tx.execute(
        sql!(
            "INSERT INTO contact_setting (profile_id, quiet_from, quiet_until, zone, updated_at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (profile_id) DO UPDATE SET quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until,
                zone = excluded.zone, updated_at = excluded.updated_at"
        ),
        params![profile, i64::from(from), i64::from(until), new.zone, now],
    )
    .map(drop)
}

pub(crate) fn rule(tx: &ReadTx<'_>) -> Result<Option<ContactRule>, Fault> {
    tx.query_opt(sql!("SELECT zone, quiet_from, quiet_until, most, days FROM contact_rule WHERE name = ?1"), params![RULE], |row| {
        let cap = Cap { most: row.get(3)?, days: row.get(4)? };
        Ok(ContactRule { zone: row.get(0)?, quiet: quiet(row.get(1)?, row.get(2)?), cap })
    })
}

pub(crate) fn save_rule(tx: &mut Tx<'_>, rule: &ContactRule) -> Result<(), Fault> {
    let (from, until) = rule.quiet.ends();
    tx.execute(
        sql!(
            "INSERT INTO contact_rule (name, zone, quiet_from, quiet_until, most, days) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (name) DO UPDATE SET zone = excluded.zone, quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until,
                most = excluded.most, days = excluded.days"
        ),
        params![RULE, rule.zone, i64::from(from), i64::from(until), rule.cap.most, rule.cap.days],
    )
    .map(drop)
}

/// False when this key was used before.
pub(crate) fn add_sent(tx: &mut Tx<'_>, key: &str, profile: ProfileId, purpose: Purpose, channel: Channel) -> Result<bool, Fault> {
    let now = tx.now();
    let added = tx.execute(
        sql!("INSERT INTO contact_sent (key, profile_id, purpose, channel, at) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (key) DO NOTHING"),
        params![key, profile, purpose, channel, now],
    )?;
    Ok(added == 1)
}

pub(crate) fn was_sent(tx: &ReadTx<'_>, key: &str) -> Result<bool, Fault> {
    Ok(tx.query_opt(sql!("SELECT at FROM contact_sent WHERE key = ?1"), params![key], |row| row.get::<Timestamp>(0))?.is_some())
}

/// The newest unasked-for messages of a profile since `since`.
pub(crate) fn sent_to(tx: &ReadTx<'_>, profile: ProfileId, since: Timestamp, limit: i64) -> Result<Vec<Timestamp>, Fault> {
    tx.query(
        sql!("SELECT at FROM contact_sent WHERE profile_id = ?1 AND at > ?2 AND purpose <> 'service' ORDER BY at DESC LIMIT ?3"),
        params![profile, since, limit],
        |row| row.get(0),
    )
}

pub(crate) fn add_pause(tx: &mut Tx<'_>, profile: ProfileId, context: Context, subject: &str) -> Result<bool, Fault> {
    let now = tx.now();
    let added = tx.execute(
        sql!(
            "INSERT INTO contact_pause (profile_id, context, subject, since) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (profile_id, context, subject) DO NOTHING"
        ),
        params![profile, context, subject, now],
    )?;
    Ok(added == 1)
}

pub(crate) fn end_pause(tx: &mut Tx<'_>, profile: ProfileId, context: Context, subject: &str) -> Result<bool, Fault> {
    let ended = tx.execute(
        sql!("DELETE FROM contact_pause WHERE profile_id = ?1 AND context = ?2 AND subject = ?3"),
        params![profile, context, subject],
    )?;
    Ok(ended == 1)
}

pub(crate) fn pauses_of(tx: &ReadTx<'_>, person: PersonId) -> Result<Vec<(Context, String)>, Fault> {
    tx.query(
        sql!(
            "SELECT c.context, c.subject FROM profile p JOIN contact_pause c ON c.profile_id = p.id
              WHERE p.person_id = ?1 ORDER BY c.context, c.subject LIMIT 50"
        ),
        params![person],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}
