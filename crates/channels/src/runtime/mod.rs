//! What runs: webhooks in, raw events understood, messages sent, mailboxes read. The only part of this room that touches the
//! database and the network; adapters stay pure.

mod inbox;
mod mailbox;
mod sender;
mod webhooks;

pub use inbox::take_in;
pub use mailbox::read_mailbox;
pub use sender::send_due;
pub use webhooks::webhooks;

use crate::{Carrier, ChannelAccount, MailTransport, Secret};
use conversations::Account;
use kernel::{Db, Fault};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;

/// How long a loop waits without a signal: bounds the wait after another process wrote.
const LOOK: Duration = Duration::from_millis(250);

/// What an account's settings hold, as stored.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredSettings {
    /// What is not secret.
    #[serde(default)]
    pub settings: BTreeMap<String, String>,
    /// What is.
    #[serde(default)]
    pub secrets: BTreeMap<String, String>,
}

/// The adapter's view of a stored account.
pub fn channel_account(account: &Account) -> Result<ChannelAccount, Fault> {
    let stored: StoredSettings = if account.settings.0.is_empty() {
        StoredSettings::default()
    } else {
        serde_json::from_str(&account.settings.0).map_err(|e| Fault::data(format!("settings of the account {}: {e}", account.name)))?
    };
    let mut out = ChannelAccount::new(account.id.to_string(), account.channel, account.address.clone());
    out.display_name = account.name.clone();
    out.settings = stored.settings;
    out.secrets = stored.secrets.into_iter().map(|(name, value)| (name, Secret::new(value))).collect();
    Ok(out)
}

/// Everything that runs beside the web server. Dropping it stops it; what was underway is taken up again at the next start.
pub struct Runtime {
    _tasks: JoinSet<()>,
}

impl Runtime {
    /// Start reading, understanding and sending. Needs a tokio runtime.
    pub fn start(db: Db, carrier: Carrier, mailboxes: Vec<(Account, Arc<dyn MailTransport>)>) -> Self {
        let mut tasks = JoinSet::new();
        tasks.spawn(inbox::follow(db.clone()));
        tasks.spawn(sender::follow(db.clone(), carrier));
        for (account, transport) in mailboxes {
            tasks.spawn(mailbox::follow(db.clone(), account, transport));
        }
        Runtime { _tasks: tasks }
    }
}

/// Wait for the log to grow, or a moment.
async fn signal_or_moment(signal: &mut tokio::sync::watch::Receiver<u64>, most: Duration) {
    // A timeout is the normal end of a quiet moment; a closed signal means that the database is stopping.
    if let Ok(Err(_)) = tokio::time::timeout(most.min(LOOK), signal.changed()).await {
        tokio::time::sleep(LOOK).await;
    }
}
