//! This room's part of handing out what is known of a person, and of erasing it.

use crate::Session;
use kernel::{Channel, Fault, Json, ProfileId, ReadTx, Timestamp, Tx, params, sql};
use serde_json::{Value, json};

/// Dialogues with the machine that are still remembered.
pub fn export_self_service(tx: &ReadTx<'_>, profiles: &[ProfileId]) -> Result<Vec<Value>, Fault> {
    let row = |row: &kernel::Row<'_>| {
        let (channel, session, at): (Channel, Json<Session>, Timestamp) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(json!({ "channel": channel, "said": session.0.said, "at": at }))
    };
    let mut found = Vec::new();
    for profile in profiles {
        found.extend(tx.query(
            sql!(
                "SELECT channel, state, updated_at FROM self_service_session WHERE profile = ?1 ORDER BY updated_at, who, channel LIMIT 100"
            ),
            params![profile],
            row,
        )?);
        found.extend(tx.query(
            sql!("SELECT channel, state, at FROM self_service_hand_over WHERE profile = ?1 ORDER BY at, matter LIMIT 1000"),
            params![profile],
            row,
        )?);
    }
    Ok(found)
}

/// Forget them.
pub fn erase_self_service(tx: &mut Tx<'_>, profiles: &[ProfileId]) -> Result<(), Fault> {
    for profile in profiles {
        tx.execute(sql!("DELETE FROM self_service_session WHERE profile = ?1"), params![profile])?;
        tx.execute(sql!("DELETE FROM self_service_hand_over WHERE profile = ?1"), params![profile])?;
    }
    Ok(())
}
