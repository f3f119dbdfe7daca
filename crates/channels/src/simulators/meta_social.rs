//! Meta's side of a Facebook page or an Instagram account: takes our sends, lets customers write, comment and press, and calls our
//! webhook, signed.
//!
//! Rules kept as in the contract: the page's token, message shape and lengths, 24 hours for an answer and 7 days under the tag of a person
//! (subcode 2018278 after them), echoes, deliveries and reads.

use super::far_end::{FarEnd, Picture, Shown};
use super::files::{Files, ROOMY, fetch};
use super::forms::{Upload, json_or_form};
use super::hooks::{Hooks, held};
use super::{Delivered, Faults};
use crate::{ChannelAccount, NotConfigured, Secret, meta};
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use futures::future::BoxFuture;
use kernel::{Channel, Clock, Timestamp};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

const DAY: Duration = Duration::from_secs(24 * 3600);

/// One page or account at Meta, and the phones of those who write to it. Clones share their state.
#[derive(Clone)]
pub struct MetaSocialSimulator {
    inner: Arc<Inner>,
}

struct Inner {
    kind: Channel,
    page: String,
    token: Secret,
    hooks: Hooks,
    files: Files,
    clock: Arc<dyn Clock>,
    memory: Mutex<Memory>,
}

#[derive(Default)]
struct Memory {
    serial: i64,
    wrote: BTreeMap<String, Timestamp>,
    sent: Vec<Sent>,
}

struct Sent {
    to: String,
    at: Timestamp,
    mid: String,
    message: Value,
    file: Option<Upload>,
}

/// An error in Meta's words: status, code, subcode, words.
struct Refusal(u16, i64, i64, &'static str);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let Self(status, code, sub, words) = self;
        let error = json!({ "message": format!("(#{code}) {words}"), "type": "OAuthException", "code": code, "error_subcode": sub, "fbtrace_id": "SIMULATED" });
        (StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST), Json(json!({ "error": error }))).into_response()
    }
}

impl MetaSocialSimulator {
    /// The far end of `account` (Messenger or Instagram), calling back at `webhook_url`.
    pub fn new(account: &ChannelAccount, webhook_url: impl Into<String>, clock: Arc<dyn Clock>) -> Result<Self, NotConfigured> {
        let secret = account.secret("app_secret")?.clone();
        let sign = move |body: &[u8], wrongly: bool| {
            let value = meta::signature(if wrongly { "another secret" } else { secret.expose() }, body);
            (meta::SIGNATURE_HEADER, value)
        };
        let memory = Memory { serial: clock.now().as_micros() / 1000, ..Memory::default() };
        Ok(Self {
            inner: Arc::new(Inner {
                kind: account.kind,
                page: account.optional("page_id").unwrap_or("1001001001").to_owned(),
                token: account.secret("access_token")?.clone(),
                hooks: Hooks::json(webhook_url.into(), sign),
                files: Files::at(account.optional("graph_base").unwrap_or_default()),
                clock,
                memory: Mutex::new(memory),
            }),
        })
    }

    /// Somebody comments in public under one of the account's pictures.
    pub fn comments(&self, from: &str, username: &str, text: &str) -> String {
        let id = self.memory().next("179").replace("mid.", "");
        let value = json!({ "id": id, "from": { "id": from, "username": username }, "text": text, "media": { "id": "17900000000000001", "media_product_type": "FEED" } });
        let entry = json!({ "id": self.inner.page, "time": self.millis(), "changes": [{ "field": "comments", "value": value }] });
        self.inner.hooks.queue(json!({ "object": "instagram", "entry": [entry] }));
        id
    }

    /// A customer puts a sign on a message of ours.
    pub fn reacts(&self, from: &str, mid: &str, emoji: &str) {
        let reaction =
            json!({ "reaction": "other", "emoji": emoji, "action": if emoji.is_empty() { "unreact" } else { "react" }, "mid": mid });
        self.event(from, &self.inner.page.clone(), json!({ "reaction": reaction }));
    }

    fn millis(&self) -> i64 {
        self.inner.clock.now().as_micros() / 1000
    }

    fn event(&self, sender: &str, recipient: &str, content: Value) {
        let mut event = content;
        event["sender"] = json!({ "id": sender });
        event["recipient"] = json!({ "id": recipient });
        event["timestamp"] = json!(self.millis());
        let object = if self.inner.kind == Channel::Instagram { "instagram" } else { "page" };
        let entry = json!({ "id": self.inner.page, "time": self.millis(), "messaging": [event] });
        self.inner.hooks.queue(json!({ "object": object, "entry": [entry] }));
    }

    fn customer_sends(&self, from: &str, content: Value) -> String {
        let mid = {
            let mut memory = self.memory();
            memory.wrote.insert(from.to_owned(), self.inner.clock.now());
            memory.next("mid")
        };
        let mut message = content;
        message["mid"] = json!(mid);
        self.event(from, &self.inner.page.clone(), json!({ "message": message }));
        mid
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        held(&self.inner.memory)
    }

    fn send(&self, fields: Value, upload: Option<Upload>) -> Result<Json<Value>, Refusal> {
        let now = self.inner.clock.now();
        match self.inner.hooks.faults().refuse_with {
            Some(503) => return Err(Refusal(503, 2, 0, "Service temporarily unavailable")),
            Some(_) => return Err(Refusal(400, 551, 1_545_041, "This person isn't available right now")),
            None => {}
        }
        let to = fields["recipient"]["id"].as_str().unwrap_or_default().to_owned();
        let message = fields["message"].clone();
        let mut memory = self.memory();
        let Some(wrote) = memory.wrote.get(&to).copied() else { return Err(Refusal(400, 100, 2_018_001, "No matching user found")) };
        let by_a_person = fields["messaging_type"] == "MESSAGE_TAG" && fields["tag"] == "HUMAN_AGENT";
        let room = if by_a_person { DAY * 7 } else { DAY };
        if now >= wrote.plus(room) {
            return Err(Refusal(400, 10, 2_018_278, "This message is sent outside of allowed window"));
        }
        well_formed(&message, self.inner.kind)?;
        let mid = memory.next("mid");
        memory.sent.push(Sent { to: to.clone(), at: now, mid: mid.clone(), message: message.clone(), file: upload });
        drop(memory);
        let mut echo = json!({ "is_echo": true, "app_id": 1_517_776_481_860_111_i64, "mid": mid });
        for name in ["text", "metadata"] {
            if !message[name].is_null() {
                echo[name] = message[name].clone();
            }
        }
        self.event(&self.inner.page.clone(), &to, json!({ "message": echo }));
        if self.inner.kind == Channel::Messenger {
            let delivery = json!({ "mids": [mid], "watermark": now.as_micros() / 1000 });
            self.event(&to, &self.inner.page.clone(), json!({ "delivery": delivery }));
        }
        Ok(Json(json!({ "recipient_id": to, "message_id": mid })))
    }
}

impl Memory {
    fn next(&mut self, prefix: &str) -> String {
        self.serial += 1;
        format!("{prefix}.SIM{}", self.serial)
    }
}

fn well_formed(message: &Value, kind: Channel) -> Result<(), Refusal> {
    let text = message["text"].as_str();
    let too_long = match kind {
        Channel::Instagram => text.is_some_and(|text| text.len() > 1000),
        _ => text.is_some_and(|text| text.chars().count() > 2000),
    };
    let replies = message["quick_replies"].as_array().map_or(0, Vec::len);
    if too_long || replies > 13 {
        return Err(Refusal(400, 100, 0, "Length of param message[text] or quick_replies is too long"));
    }
    if text.is_none_or(|text| text.trim().is_empty()) && !message["attachment"]["type"].is_string() {
        return Err(Refusal(400, 100, 0, "Message cannot be empty, must provide valid attachment or text"));
    }
    Ok(())
}

impl FarEnd for MetaSocialSimulator {
    fn kind(&self) -> Channel {
        self.inner.kind
    }
    fn router(&self) -> Router {
        let api =
            Router::new().route("/{version}/{page}/messages", post(take).layer(DefaultBodyLimit::max(ROOMY))).with_state(self.clone());
        self.inner.hooks.around(api.merge(self.inner.files.router()))
    }
    fn set_faults(&self, faults: Faults) {
        self.inner.hooks.set_faults(faults);
    }
    fn deliver(&self) -> BoxFuture<'_, Delivered> {
        Box::pin(self.inner.hooks.deliver())
    }
    fn writes(&self, from: &str, _name: &str, text: &str) -> String {
        self.customer_sends(from, json!({ "text": text }))
    }
    fn sends_picture(&self, from: &str, _name: &str, picture: Picture<'_>) -> String {
        let id = self.memory().next("file");
        let url = self.inner.files.keep(&id, picture.content_type, picture.bytes);
        let mut content = json!({ "attachments": [{ "type": "image", "payload": { "url": url } }] });
        if !picture.caption.is_empty() {
            content["text"] = json!(picture.caption);
        }
        self.customer_sends(from, content)
    }
    fn chooses(&self, from: &str, answered: &str, (id, title): (&str, &str)) -> String {
        self.customer_sends(from, json!({ "text": title, "quick_reply": { "payload": id }, "reply_to": { "mid": answered } }))
    }
    fn reads(&self, from: &str) {
        let watermark = self.millis();
        let last = self.memory().sent.iter().rev().find(|sent| sent.to == from).map(|sent| sent.mid.clone());
        let Some(last) = last else { return };
        let read = if self.inner.kind == Channel::Instagram { json!({ "mid": last }) } else { json!({ "watermark": watermark }) };
        self.event(from, &self.inner.page.clone(), json!({ "read": read }));
    }
    fn shown_to(&self, address: &str) -> Vec<Shown> {
        let memory = self.memory();
        let shown = memory.sent.iter().filter(|sent| sent.to == address).map(|sent| {
            let replies = sent.message["quick_replies"].as_array().into_iter().flatten();
            let pair = |reply: &Value| Some((reply["payload"].as_str()?.to_owned(), reply["title"].as_str()?.to_owned()));
            Shown {
                id: sent.mid.clone(),
                at: sent.at,
                text: sent.message["text"].as_str().unwrap_or_default().to_owned(),
                choices: replies.filter_map(pair).collect(),
                file: sent.file.clone(),
            }
        });
        shown.collect()
    }
}

async fn take(State(simulator): State<MetaSocialSimulator>, request: Request) -> Result<Json<Value>, Refusal> {
    let expected = format!("Bearer {}", simulator.inner.token.expose());
    if request.headers().get(header::AUTHORIZATION).is_none_or(|given| given.as_bytes() != expected.as_bytes()) {
        return Err(Refusal(401, 190, 0, "Invalid OAuth access token"));
    }
    let (fields, mut file) = json_or_form(request, &[]).await.ok_or(Refusal(400, 100, 0, "The request could not be read"))?;
    if let Some(url) = fields["message"]["attachment"]["payload"]["url"].as_str() {
        file = Some(fetch(url).await.ok_or(Refusal(400, 100, 2_018_047, "Upload attachment failure"))?);
    }
    simulator.send(fields, file)
}
