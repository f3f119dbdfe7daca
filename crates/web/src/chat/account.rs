//! The chat's own account: made on first need, with a key that proves who a visitor is.

use crate::{App, Trouble};
use channels::Channel as _;
use channels::runtime::StoredSettings;
use channels::webchat::Webchat;
use conversations::{Account, ConversationError, SaveAccount, Settings};
use kernel::{Actor, Channel, Fault};

pub(super) async fn webchat_account(app: &App) -> Result<Account, Trouble> {
    let known = |accounts: Vec<Account>| accounts.into_iter().find(|account| account.channel == Channel::Webchat && account.active);
    if let Some(account) = known(app.db.read(conversations::accounts).await?) {
        return Ok(account);
    }
    let name = app.brand.name.clone();
    let write = app.db.write("conversations.save_account", move |tx| {
        // Two first visitors at once make one account: its address is the same.
        if let Some(account) = known(conversations::accounts(tx)?) {
            return Ok(account);
        }
        let key: String = tx.random_bytes::<32>().iter().map(|byte| format!("{byte:02x}")).collect();
        let stored = StoredSettings { secrets: [("visitor_key".to_owned(), key)].into(), ..StoredSettings::default() };
        let settings = serde_json::to_string(&stored).map_err(|error| Fault::data(error.to_string()))?;
        let account = SaveAccount {
            channel: Channel::Webchat,
            name: name.clone(),
            address: "web".to_owned(),
            window_hours: Webchat.capabilities().reply_window_hours,
            settings: Settings(settings),
            active: true,
        };
        let id = conversations::save_account(tx, &Actor::system(), account)?;
        conversations::account(tx, id)?.ok_or_else(|| Fault::data("the chat's account vanished").into())
    });
    write.await.map_err(|error: ConversationError| error.into())
}
