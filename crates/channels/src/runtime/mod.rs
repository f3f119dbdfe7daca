//! What runs: webhooks in, raw events understood, messages sent, mailboxes read. The only part of this room that touches the
//! database and the network; adapters stay pure.

mod caller;
mod files;
mod inbox;
mod mailbox;
mod media;
mod sender;
mod templates;
mod voice;
mod webhooks;

pub use caller::ask_due;
pub use files::shared_files;
pub use inbox::take_in;
pub use mailbox::read_mailbox;
pub use media::fetch_media;
pub use sender::send_due;
pub use templates::{fetch_templates, hand_in_template};
pub use voice::voice;
pub use webhooks::webhooks;

use crate::{Carrier, ChannelAccount, MailTransport, Secret};
use conversations::Account;
use futures::FutureExt;
use kernel::{Db, Fault};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

/// How long a loop waits without a signal: bounds the wait after another process wrote.
const LOOK: Duration = Duration::from_millis(250);
/// How long a stop waits for messages that are on their way: a little more than a provider may take to answer.
const LAST_ROUND: Duration = Duration::from_secs(25);

/// What an account's settings hold, as stored.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
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

/// Everything that runs beside the web server. [`Runtime::stop`] ends it well; dropping it ends it at once, and then a message that was
/// on its way is sent again, under the same name, when its lease has run out.
pub struct Runtime {
    readers: JoinSet<()>,
    sender: JoinHandle<()>,
    caller: JoinHandle<()>,
    stop: watch::Sender<bool>,
}

impl Runtime {
    /// Start reading, understanding and sending. Needs a tokio runtime.
    pub fn start(db: Db, carrier: Carrier, mailboxes: Vec<(Account, Arc<dyn MailTransport>)>) -> Self {
        let (stop, stopping) = watch::channel(false);
        let mut readers = JoinSet::new();
        let inbox = db.clone();
        readers.spawn(undying("inbox", move || inbox::follow(inbox.clone())));
        let files = db.clone();
        readers.spawn(undying("files", move || media::follow(files.clone())));
        let outbox = db.clone();
        let (lines, voice, asking) = (db.clone(), carrier.clone(), stopping.clone());
        let caller = tokio::spawn(undying("caller", move || caller::follow(lines.clone(), voice.clone(), asking.clone())));
        let sender = tokio::spawn(undying("sender", move || sender::follow(outbox.clone(), carrier.clone(), stopping.clone())));
        for (account, transport) in mailboxes {
            let db = db.clone();
            readers.spawn(undying("mailbox", move || mailbox::follow(db.clone(), account.clone(), transport.clone())));
        }
        Runtime { readers, sender, caller, stop }
    }

    /// Stop reading at once, and sending once what is on its way has arrived and is recorded.
    pub async fn stop(mut self) {
        self.readers.abort_all();
        // Nobody listens when the sender has ended already.
        let _ = self.stop.send(true);
        if tokio::time::timeout(LAST_ROUND, futures::future::join(&mut self.sender, &mut self.caller)).await.is_err() {
            tracing::warn!("messages were on their way at the end; they may be sent twice");
        }
    }
}

impl Drop for Runtime {
    fn drop(&mut self) {
        self.sender.abort();
        self.caller.abort();
    }
}

/// Run a loop, and begin it anew should it panic: one bad message must not silence a channel.
async fn undying<F: Future<Output = ()>>(name: &'static str, begin: impl Fn() -> F) {
    while AssertUnwindSafe(begin()).catch_unwind().await.is_err() {
        tracing::error!(name, "a channel loop panicked; it begins anew");
        tokio::time::sleep(LOOK).await;
    }
}

/// Wait for the log to grow, or a moment.
async fn signal_or_moment(signal: &mut watch::Receiver<u64>) {
    // A timeout is the normal end of a quiet moment; a closed signal means that the database is stopping.
    if let Ok(Err(_)) = tokio::time::timeout(LOOK, signal.changed()).await {
        tokio::time::sleep(LOOK).await;
    }
}
