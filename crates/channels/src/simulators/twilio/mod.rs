//! Twilio's side: takes our text messages and calls over HTTP, lets customers write and ring, and calls our webhooks, signed.
//!
//! Rules kept as in the contract: account and token (basic auth), the form's fields, 1,600 characters (error 21617), numbers in E.164
//! (21211), the list of those who said STOP (21610), states of a message by status callback.

mod api;
mod far_end;
mod lines;
mod state;
mod twiml;

use super::hooks::{Call, Hooks, held};
use super::{Delivered, Faults};
use crate::twilio::{SIGNATURE_HEADER, signature};
use crate::{ChannelAccount, NotConfigured, Secret};
use axum::Router;
use kernel::Clock;
use state::State;
use std::sync::{Arc, Mutex, MutexGuard};

pub use lines::{Line, LineStands};
pub use state::SentText;

/// A form that waits to be brought: its address and its fields, in order.
type Form = (String, Vec<(String, String)>);

/// One number at Twilio, for text messages or for calls, and the telephones of those who use it. Clones share their state.
#[derive(Clone)]
pub struct TwilioSimulator {
    inner: Arc<Inner>,
}

struct Inner {
    account_sid: String,
    auth_token: Secret,
    number: String,
    /// Where text messages that come in are brought, and where callers are asked about: as typed into the number's settings.
    webhook_url: String,
    hooks: Hooks<Form>,
    clock: Arc<dyn Clock>,
    state: Mutex<State>,
}

impl TwilioSimulator {
    /// The far end of `account`, which is reached at `webhook_url`. Its names go on from the clock, so that a program that
    /// begins anew gives none twice.
    pub fn new(account: &ChannelAccount, webhook_url: impl Into<String>, clock: Arc<dyn Clock>) -> Result<Self, NotConfigured> {
        let state = State::numbered_from(clock.now().as_millis());
        let token = account.secret("auth_token")?.clone();
        let seal = move |(url, form): &Form, wrongly: bool| Call {
            url: url.clone(),
            content_type: "application/x-www-form-urlencoded",
            proof: (SIGNATURE_HEADER, signature(if wrongly { "another token" } else { token.expose() }, url, form)),
            body: form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish(),
        };
        Ok(Self {
            inner: Arc::new(Inner {
                account_sid: account.secret("account_sid")?.expose().to_owned(),
                auth_token: account.secret("auth_token")?.clone(),
                number: account.address.clone(),
                webhook_url: webhook_url.into(),
                hooks: Hooks::sealed(seal),
                clock,
                state: Mutex::new(state),
            }),
        })
    }

    /// Twilio's API: set the account's `api_base` to where this is served.
    pub fn router(&self) -> Router {
        self.inner.hooks.around(api::router(self.clone()))
    }

    /// Switch faults on or off.
    pub fn set_faults(&self, faults: Faults) {
        self.inner.hooks.set_faults(faults);
    }

    /// Bring the webhooks that wait. Those that are refused wait again.
    pub async fn deliver(&self) -> Delivered {
        self.inner.hooks.deliver().await
    }

    /// A customer texts. Gives the message's name; the webhook waits until [`Self::deliver`].
    pub fn texts(&self, phone: &str, text: &str) -> String {
        self.customer_sends(phone, text, &[])
    }

    /// A customer sends pictures, by address and media type.
    pub fn sends_pictures(&self, phone: &str, text: &str, pictures: &[(&str, &str)]) -> String {
        self.customer_sends(phone, text, pictures)
    }

    /// What we sent to a customer, oldest first: what their phone shows.
    pub fn sent_to(&self, phone: &str) -> Vec<SentText> {
        self.state().sent.iter().filter(|text| text.to == phone).cloned().collect()
    }

    /// Everything that we sent, oldest first.
    pub fn sent(&self) -> Vec<SentText> {
        self.state().sent.clone()
    }

    fn customer_sends(&self, phone: &str, text: &str, pictures: &[(&str, &str)]) -> String {
        let mut state = self.state();
        state.hear_wish(phone, text);
        let sid = state.next_sid(if pictures.is_empty() { "SM" } else { "MM" });
        let mut form: Vec<(String, String)> = [
            ("ToCountry", "ES"),
            ("SmsMessageSid", &sid),
            ("NumMedia", &pictures.len().to_string()),
            ("SmsSid", &sid),
            ("SmsStatus", "received"),
            ("Body", text),
            ("To", &self.inner.number),
            ("NumSegments", &crate::twilio::segments(text).count.max(1).to_string()),
            ("MessageSid", &sid),
            ("AccountSid", &self.inner.account_sid),
            ("From", phone),
            ("ApiVersion", "2010-04-01"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec();
        for (index, (url, content_type)) in pictures.iter().enumerate() {
            form.push((format!("MediaUrl{index}"), (*url).to_owned()));
            form.push((format!("MediaContentType{index}"), (*content_type).to_owned()));
        }
        self.inner.hooks.queue((self.inner.webhook_url.clone(), form));
        sid
    }

    fn state(&self) -> MutexGuard<'_, State> {
        held(&self.inner.state)
    }
}
