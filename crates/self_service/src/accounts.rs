//! On which accounts the machine answers first.

use conversations::{AccountId, ConversationError};
use kernel::{Actor, Event, Fault, Permission, ReadTx, Tx, params, sql};
use serde_json::json;

/// Whether the machine answers first on an account; it does not unless somebody wants it.
pub fn answers_first(tx: &ReadTx<'_>, account: AccountId) -> Result<bool, Fault> {
    let found =
        tx.query_opt(sql!("SELECT account FROM self_service_account WHERE account = ?1"), params![account], |row| row.get::<AccountId>(0))?;
    Ok(found.is_some())
}

/// Let the machine answer first on an account, or no longer. Announces `self_service.switched`.
pub fn set_answers_first(tx: &mut Tx<'_>, actor: &Actor, account: AccountId, on: bool) -> Result<(), ConversationError> {
    actor.require(Permission::ManageChannels)?;
    if on {
        tx.execute(sql!("INSERT INTO self_service_account (account) VALUES (?1) ON CONFLICT (account) DO NOTHING"), params![account])?;
    } else {
        tx.execute(sql!("DELETE FROM self_service_account WHERE account = ?1"), params![account])?;
    }
    Ok(tx.announce(Event::new("self_service.switched", account).by(actor).body(&json!({ "on": on })))?)
}
