//! Telegram's side of a bot: takes our calls, lets customers write, and calls our webhook with the word that was agreed.
//!
//! Rules kept as in the contract: the token in the address, a chat that must have begun with the customer, blocked bots (403), lengths,
//! 64 bytes in a button, one message a second to one chat beyond a burst (429 with `retry_after`), files by `file_id`.

mod api;
mod state;

use super::far_end::{FarEnd, Picture, Shown};
use super::hooks::{Hooks, held};
use super::{Delivered, Faults};
use crate::{ChannelAccount, NotConfigured, Secret, telegram};
use axum::Router;
use futures::future::BoxFuture;
use kernel::Clock;
use serde_json::{Value, json};
use state::State;
use std::sync::{Arc, Mutex, MutexGuard};

/// One bot at Telegram, and the phones of those who write to it. Clones share their state.
#[derive(Clone)]
pub struct TelegramSimulator {
    inner: Arc<Inner>,
}

struct Inner {
    token: Secret,
    hooks: Hooks,
    clock: Arc<dyn Clock>,
    state: Mutex<State>,
}

impl TelegramSimulator {
    /// The far end of `account`, calling back at `webhook_url`. Its numbers go on from the clock, so that a program that begins anew
    /// gives none twice.
    pub fn new(account: &ChannelAccount, webhook_url: impl Into<String>, clock: Arc<dyn Clock>) -> Result<Self, NotConfigured> {
        let agreed = account.secret("secret_token")?.clone();
        let sign = move |_: &[u8], wrongly: bool| {
            (telegram::TOKEN_HEADER, if wrongly { "another word".to_owned() } else { agreed.expose().to_owned() })
        };
        let state = Mutex::new(State::numbered_from(clock.now().as_micros() / 1000));
        let token = account.secret("bot_token")?.clone();
        Ok(Self { inner: Arc::new(Inner { token, hooks: Hooks::json(webhook_url.into(), sign), clock, state }) })
    }

    /// A customer puts a sign on one of our messages; an empty one takes it off.
    pub fn reacts(&self, from: &str, message: &str, sign: &str) {
        let signs = if sign.is_empty() { json!([]) } else { json!([{ "type": "emoji", "emoji": sign }]) };
        let number = message.rsplit(':').next().and_then(|number| number.parse::<i64>().ok());
        let change = json!({ "chat": chat(from, ""), "message_id": number, "user": user(from, ""), "date": self.now(), "old_reaction": [], "new_reaction": signs });
        self.update("message_reaction", change);
    }

    /// A customer blocks the bot: nothing reaches them any more.
    pub fn blocks(&self, from: &str) {
        self.state().blocked.insert(from.to_owned());
        let bot = json!({ "id": 7_000_000_001_i64, "is_bot": true, "first_name": "Bot" });
        let change = json!({
            "chat": chat(from, ""), "from": user(from, ""), "date": self.now(),
            "old_chat_member": { "user": bot, "status": "member" }, "new_chat_member": { "user": bot, "status": "kicked", "until_date": 0 },
        });
        self.update("my_chat_member", change);
    }

    fn now(&self) -> i64 {
        self.inner.clock.now().as_micros() / 1_000_000
    }

    fn update(&self, kind: &str, body: Value) {
        let number = self.state().next();
        self.inner.hooks.queue(json!({ "update_id": number, kind: body }));
    }

    fn message(&self, from: &str, name: &str, content: Value) -> String {
        let number = {
            let mut state = self.state();
            state.met(from, name);
            state.next()
        };
        let mut message = content;
        message["message_id"] = json!(number);
        message["from"] = user(from, name);
        message["chat"] = chat(from, name);
        message["date"] = json!(self.now());
        self.update("message", message);
        format!("{from}:{number}")
    }

    fn state(&self) -> MutexGuard<'_, State> {
        held(&self.inner.state)
    }
}

impl FarEnd for TelegramSimulator {
    fn kind(&self) -> kernel::Channel {
        kernel::Channel::Telegram
    }
    fn router(&self) -> Router {
        self.inner.hooks.around(api::router(self.clone()))
    }
    fn set_faults(&self, faults: Faults) {
        self.inner.hooks.set_faults(faults);
    }
    fn deliver(&self) -> BoxFuture<'_, Delivered> {
        Box::pin(self.inner.hooks.deliver())
    }
    fn writes(&self, from: &str, name: &str, text: &str) -> String {
        self.message(from, name, json!({ "text": text }))
    }
    fn sends_picture(&self, from: &str, name: &str, picture: Picture<'_>) -> String {
        let id = self.state().keep(picture.content_type, picture.bytes.to_vec());
        let size = json!({ "file_id": id, "file_unique_id": id, "width": 800, "height": 600, "file_size": picture.bytes.len() });
        let mut content = json!({ "photo": [size] });
        if !picture.caption.is_empty() {
            content["caption"] = json!(picture.caption);
        }
        self.message(from, name, content)
    }
    fn chooses(&self, from: &str, answered: &str, (id, _): (&str, &str)) -> String {
        let (press, message) = {
            let mut state = self.state();
            (state.next(), state.sent_as(answered).unwrap_or_else(|| json!({ "chat": chat(from, "") })))
        };
        self.update(
            "callback_query",
            json!({ "id": press.to_string(), "from": user(from, ""), "message": message, "chat_instance": "1", "data": id }),
        );
        format!("press:{press}")
    }
    fn shown_to(&self, address: &str) -> Vec<Shown> {
        self.state().shown_to(address)
    }
}

fn user(id: &str, name: &str) -> Value {
    json!({ "id": id.parse::<i64>().unwrap_or_default(), "is_bot": false, "first_name": name })
}

fn chat(id: &str, name: &str) -> Value {
    json!({ "id": id.parse::<i64>().unwrap_or_default(), "type": "private", "first_name": name })
}
