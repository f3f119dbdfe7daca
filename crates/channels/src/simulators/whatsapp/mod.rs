//! Meta's side of WhatsApp: takes our sends over HTTP, lets customers write, and calls our webhook, signed.
//!
//! Rules kept as in the contract: the access token, message shape and lengths, 24 hours for free text (a failed status with error 131047),
//! one message each 6 seconds to one person beyond a burst of 45 (error 131056), receipts, media by id, templates that are sent only when they are approved and each gap is filled.

mod api;
mod far_end;
mod state;
mod templates;

use super::hooks::{Hooks, held};
use super::{Delivered, Faults};
use crate::{ChannelAccount, NotConfigured, Secret, whatsapp};
use axum::Router;
use kernel::{Clock, Timestamp};
use serde_json::{Value, json};
use state::{Media, State};
use std::sync::{Arc, Mutex, MutexGuard};

pub use state::SentMessage;
pub use templates::SimulatedTemplate;

/// The business account of a number that does not say.
const BUSINESS_ACCOUNT: &str = "100000000000001";

/// One WhatsApp number at Meta, and the phones of those who write to it. Clones share their state.
#[derive(Clone)]
pub struct WhatsappSimulator {
    inner: Arc<Inner>,
}

struct Inner {
    phone_number_id: String,
    business_account_id: String,
    display_phone: String,
    access_token: Secret,
    hooks: Hooks,
    clock: Arc<dyn Clock>,
    state: Mutex<State>,
}

impl WhatsappSimulator {
    /// The far end of `account`, calling back at `webhook_url`. Its message ids go on from the clock, so that a program that begins
    /// anew gives none twice.
    pub fn new(account: &ChannelAccount, webhook_url: impl Into<String>, clock: Arc<dyn Clock>) -> Result<Self, NotConfigured> {
        let state = State::numbered_from(clock.now().as_millis());
        let secret = account.secret("app_secret")?.clone();
        let sign = move |body: &[u8], wrongly: bool| {
            (whatsapp::SIGNATURE_HEADER, whatsapp::signature(if wrongly { "another secret" } else { secret.expose() }, body))
        };
        Ok(Self {
            inner: Arc::new(Inner {
                phone_number_id: account.setting("phone_number_id")?.to_owned(),
                business_account_id: account.optional("business_account_id").unwrap_or(BUSINESS_ACCOUNT).to_owned(),
                display_phone: account.address.trim_start_matches('+').to_owned(),
                access_token: account.secret("access_token")?.clone(),
                hooks: Hooks::json(webhook_url.into(), sign),
                clock,
                state: Mutex::new(state),
            }),
        })
    }

    /// Meta's API: set the account's `graph_base` to where this is served.
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

    /// A customer writes. Gives the message's id; the webhook waits until [`Self::deliver`].
    pub fn writes(&self, phone: &str, name: &str, text: &str) -> String {
        self.customer_sends(phone, Some(name), None, json!({ "type": "text", "text": { "body": text } }))
    }

    /// A customer wrote before this simulator began: the reply window is as open as it was.
    pub fn wrote_before(&self, phone: &str, name: &str, at: Timestamp) {
        self.state().customer_wrote(&digits(phone), Some(name), at);
    }

    /// A customer presses a button or picks a row of the message `answered`.
    pub fn chooses(&self, phone: &str, answered: &str, choice_id: &str, title: &str) -> String {
        let reply = json!({ "type": "button_reply", "button_reply": { "id": choice_id, "title": title } });
        self.customer_sends(phone, None, Some(answered), json!({ "type": "interactive", "interactive": reply }))
    }

    /// A customer sends a picture.
    pub fn sends_picture(&self, phone: &str, name: &str, content_type: &str, bytes: Vec<u8>, caption: &str) -> String {
        let (id, sha256) = self.state().keep_media(Media { content_type: content_type.to_owned(), bytes });
        let image = json!({ "id": id, "mime_type": content_type, "sha256": sha256, "caption": caption });
        self.customer_sends(phone, Some(name), None, json!({ "type": "image", "image": image }))
    }

    /// A customer puts a sign on a message; an empty one takes it off.
    pub fn reacts(&self, phone: &str, message_id: &str, emoji: &str) -> String {
        let reaction = json!({ "message_id": message_id, "emoji": emoji });
        self.customer_sends(phone, None, None, json!({ "type": "reaction", "reaction": reaction }))
    }

    /// A customer opens the chat: all that was delivered to them is now read.
    pub fn reads(&self, phone: &str) {
        let now = self.inner.clock.now();
        let mut state = self.state();
        for id in state.mark_read(&digits(phone)) {
            let status = state.status(&id, "read", now, None);
            self.inner.hooks.queue(self.inner.change("statuses", status, None));
        }
    }

    /// What we sent to a customer, oldest first: what their phone shows.
    pub fn sent_to(&self, phone: &str) -> Vec<SentMessage> {
        let phone = digits(phone);
        self.state().sent.iter().filter(|message| message.to == phone).cloned().collect()
    }

    /// Everything that we sent, oldest first.
    pub fn sent(&self) -> Vec<SentMessage> {
        self.state().sent.clone()
    }

    fn customer_sends(&self, phone: &str, name: Option<&str>, answered: Option<&str>, content: Value) -> String {
        let now = self.inner.clock.now();
        let phone = digits(phone);
        let mut state = self.state();
        let id = state.next_id();
        let mut message = content;
        message["id"] = json!(id);
        message["from"] = json!(phone);
        message["timestamp"] = json!((now.as_micros() / 1_000_000).to_string());
        if let Some(answered) = answered {
            message["context"] = json!({ "from": self.inner.display_phone, "id": answered });
        }
        let name = state.customer_wrote(&phone, name, now);
        let contact = json!({ "profile": { "name": name }, "wa_id": phone });
        self.inner.hooks.queue(self.inner.change("messages", message, Some(contact)));
        id
    }

    fn state(&self) -> MutexGuard<'_, State> {
        held(&self.inner.state)
    }
}

impl Inner {
    /// One webhook body, as Meta lays it out.
    fn change(&self, list: &str, item: Value, contact: Option<Value>) -> Value {
        let mut value = json!({
            "messaging_product": "whatsapp",
            "metadata": { "display_phone_number": self.display_phone, "phone_number_id": self.phone_number_id },
        });
        value[list] = json!([item]);
        if let Some(contact) = contact {
            value["contacts"] = json!([contact]);
        }
        json!({ "object": "whatsapp_business_account", "entry": [{ "id": self.business_account_id, "changes": [{ "value": value, "field": "messages" }] }] })
    }
}

fn digits(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).collect()
}
