//! The numbers, pages and mailboxes through which the brand is reached.

use crate::{Account, AccountId, ConversationError, Settings};
use kernel::{Actor, Channel, Event, Fault, Permission, ReadTx, Row, Tx, params, sql};

/// Connect a channel, or change how it is connected.
#[derive(Debug, Clone)]
pub struct SaveAccount {
    /// Its kind.
    pub channel: Channel,
    /// As staff call it.
    pub name: String,
    /// The provider's number of it, or the mailbox's address; one account per channel and address.
    pub address: String,
    /// Reply window, from the adapter's capabilities.
    pub window_hours: Option<u32>,
    /// The adapter's own settings, as JSON.
    pub settings: Settings,
    /// False switches it off.
    pub active: bool,
}

/// Connect a channel, or change how it is connected. Announces `channel.saved`.
pub fn save_account(tx: &mut Tx<'_>, actor: &Actor, cmd: SaveAccount) -> Result<AccountId, ConversationError> {
    actor.require(Permission::ManageChannels)?;
    let fresh: AccountId = tx.new_id();
    let now = tx.now();
    let saved = tx.write_query(
        sql!("INSERT INTO channel_account (id, channel, name, address, window_hours, settings, active, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
              ON CONFLICT (channel, address) DO UPDATE SET name = excluded.name, window_hours = excluded.window_hours, settings = excluded.settings,
              active = excluded.active RETURNING id"),
        params![fresh, cmd.channel, cmd.name, cmd.address, cmd.window_hours, cmd.settings.0, cmd.active, now],
        |row| row.get::<AccountId>(0),
    )?;
    let id = saved.first().copied().unwrap_or(fresh);
    tx.announce(
        Event::new("channel.saved", id).by(actor).channel(cmd.channel).body(&serde_json::json!({ "name": cmd.name, "active": cmd.active })),
    )?;
    Ok(id)
}

/// One account.
pub fn account(tx: &ReadTx<'_>, id: AccountId) -> Result<Option<Account>, Fault> {
    tx.query_opt(
        sql!("SELECT id, channel, name, address, window_hours, settings, active FROM channel_account WHERE id = ?1"),
        params![id],
        from_row,
    )
}

/// The account of a channel with this address of ours.
pub fn account_by_address(tx: &ReadTx<'_>, channel: Channel, address: &str) -> Result<Option<Account>, Fault> {
    let statement =
        sql!("SELECT id, channel, name, address, window_hours, settings, active FROM channel_account WHERE channel = ?1 AND address = ?2");
    tx.query_opt(statement, params![channel, address], from_row)
}

/// All accounts, at most 200.
pub fn accounts(tx: &ReadTx<'_>) -> Result<Vec<Account>, Fault> {
    tx.query(
        sql!("SELECT id, channel, name, address, window_hours, settings, active FROM channel_account ORDER BY channel, name, id LIMIT 200"),
        params![],
        from_row,
    )
}

pub(crate) fn from_row(row: &Row<'_>) -> Result<Account, Fault> {
    Ok(Account {
        id: row.get(0)?,
        channel: row.get(1)?,
        name: row.get(2)?,
        address: row.get(3)?,
        window_hours: row.get(4)?,
        settings: Settings(row.get(5)?),
        active: row.get(6)?,
    })
}
