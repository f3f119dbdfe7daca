//! Taking a profile's data out of this room's tables, one statement each.

use crate::Identifier;
use kernel::{Fault, ProfileId, ReadTx, Timestamp, Tx, params, sql};

/// What is said of the person goes; the row stays, because orders and events name it.
pub(crate) fn blank_profile(tx: &mut Tx<'_>, profile: ProfileId) -> Result<(), Fault> {
    let now = tx.now();
    tx.execute(
        sql!(
            "UPDATE profile SET given_name = '', family_name = '', full_name = '', display_name = '', name_key = '', locale = NULL,
                    postcode = '', preferred_channels = '[]', note = '', updated_at = ?2 WHERE id = ?1"
        ),
        params![profile, now],
    )?;
    tx.execute(sql!("DELETE FROM profile_word WHERE profile_id = ?1"), params![profile])?;
    super::matches::forget(tx, profile)?;
    tx.execute(sql!("DELETE FROM profile_field WHERE profile_id = ?1"), params![profile])?;
    tx.execute(sql!("DELETE FROM profile_field_past WHERE profile_id = ?1"), params![profile])?;
    // With its rows gone, undoing an import brings nothing back; with its key gone, the source's next list meets somebody new.
    tx.execute(sql!("DELETE FROM import_row WHERE profile_id = ?1"), params![profile])?;
    tx.execute(sql!("DELETE FROM import_key WHERE profile_id = ?1"), params![profile])?;
    tx.execute(sql!("DELETE FROM contact_setting WHERE profile_id = ?1"), params![profile])?;
    tx.execute(sql!("DELETE FROM contact_pause WHERE profile_id = ?1"), params![profile])?;
    tx.execute(sql!("DELETE FROM customer_session WHERE profile_id = ?1"), params![profile]).map(drop)
}

/// Every identifier, with the codes sent to it, and what was seen of others' identifiers. Answers how many.
pub(crate) fn drop_identifiers(tx: &mut Tx<'_>, profile: ProfileId, identifiers: &[Identifier]) -> Result<u64, Fault> {
    for identifier in identifiers {
        let named = params![identifier.kind(), identifier.value()];
        tx.execute(sql!("DELETE FROM customer_code WHERE kind = ?1 AND value = ?2"), named)?;
        tx.execute(sql!("DELETE FROM identifier_sighting WHERE kind = ?1 AND value = ?2"), named)?;
    }
    tx.execute(sql!("DELETE FROM identifier_sighting WHERE profile_id = ?1"), params![profile])?;
    tx.execute(sql!("DELETE FROM identifier WHERE profile_id = ?1"), params![profile])
}

/// What was said in a claim's reason; that it was claimed stays.
pub(crate) fn blank_claims(tx: &mut Tx<'_>, profile: ProfileId) -> Result<u64, Fault> {
    let first = tx.execute(sql!("UPDATE claim SET reason = '' WHERE profile_a = ?1 AND reason <> ''"), params![profile])?;
    Ok(first + tx.execute(sql!("UPDATE claim SET reason = '' WHERE profile_b = ?1 AND reason <> ''"), params![profile])?)
}

/// The words under which consents were given, which may name people; the answers stay. Answers how many there are.
pub(crate) fn blank_evidence(tx: &mut Tx<'_>, profile: ProfileId) -> Result<u64, Fault> {
    tx.execute(sql!("UPDATE consent SET evidence = '' WHERE profile_id = ?1"), params![profile])?;
    tx.execute(sql!("UPDATE consent_answer SET evidence = '' WHERE profile_id = ?1"), params![profile])
}

/// The answers themselves, once nobody can ask about them any more.
pub(crate) fn drop_consents(tx: &mut Tx<'_>, profile: ProfileId) -> Result<(), Fault> {
    tx.execute(sql!("DELETE FROM consent WHERE profile_id = ?1"), params![profile])?;
    tx.execute(sql!("DELETE FROM consent_answer WHERE profile_id = ?1"), params![profile]).map(drop)
}

/// The key that this room signs with, if it was made.
pub(crate) fn secret(tx: &ReadTx<'_>, name: &str) -> Result<Option<Vec<u8>>, Fault> {
    tx.query_opt(sql!("SELECT secret FROM customer_secret WHERE name = ?1"), params![name], |row| row.get(0))
}

pub(crate) fn save_secret(tx: &mut Tx<'_>, name: &str, secret: &[u8]) -> Result<(), Fault> {
    let now: Timestamp = tx.now();
    tx.execute(
        sql!("INSERT INTO customer_secret (name, secret, created_at) VALUES (?1, ?2, ?3) ON CONFLICT (name) DO NOTHING"),
        params![name, secret, now],
    )
    .map(drop)
}
