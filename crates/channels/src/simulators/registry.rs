//! Which kinds of channel have a far end here, and how it begins.

use super::{FarEnd, TelegramSimulator};
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

/// Every kind that can be simulated over HTTP, beside WhatsApp.
pub const SIMULATED: &[Simulated] = &[Simulated {
    kind: Channel::Telegram,
    base: "api_base",
    secrets: &["bot_token", "secret_token"],
    begin: |account, webhook, clock| Ok(Arc::new(TelegramSimulator::new(account, webhook, clock)?)),
}];
