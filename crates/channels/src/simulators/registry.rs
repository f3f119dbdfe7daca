//! Which kinds of channel have a far end here, and how it begins.

use super::{FarEnd, MetaSocialSimulator, TelegramSimulator, XSimulator};
use crate::{ChannelAccount, NotConfigured};
use kernel::{Channel, Clock};
use std::sync::Arc;

/// How a far end begins: the account it belongs to, where it calls back, and its time.
type Begin = fn(&ChannelAccount, String, Arc<dyn Clock>) -> Result<Arc<dyn FarEnd>, NotConfigured>;

/// A kind of channel that can be simulated.
pub struct Simulated {
    /// Which.
    pub kind: Channel,
    /// The setting that says where the provider's API is.
    pub base: &'static str,
    /// What the account must know, whatever it is: a simulator asks for no more than that both sides agree.
    pub secrets: &'static [&'static str],
    /// Its far end.
    pub begin: Begin,
}

const SOCIAL: &[&str] = &["access_token", "app_secret", "verify_token"];

fn social(account: &ChannelAccount, webhook: String, clock: Arc<dyn Clock>) -> Result<Arc<dyn FarEnd>, NotConfigured> {
    Ok(Arc::new(MetaSocialSimulator::new(account, webhook, clock)?))
}

/// Every kind that can be simulated over HTTP, beside WhatsApp.
pub const SIMULATED: &[Simulated] = &[
    Simulated {
        kind: Channel::Telegram,
        base: "api_base",
        secrets: &["bot_token", "secret_token"],
        begin: |account, webhook, clock| Ok(Arc::new(TelegramSimulator::new(account, webhook, clock)?)),
    },
    Simulated { kind: Channel::Messenger, base: "graph_base", secrets: SOCIAL, begin: social },
    Simulated { kind: Channel::Instagram, base: "graph_base", secrets: SOCIAL, begin: social },
    Simulated {
        kind: Channel::X,
        base: "api_base",
        secrets: &["consumer_key", "consumer_secret", "access_token", "access_token_secret"],
        begin: |account, webhook, clock| Ok(Arc::new(XSimulator::new(account, webhook, clock)?)),
    },
];
