//! X's side of an account: takes direct messages, lets people write, mention and read, and calls our webhook, signed.
//!
//! Rules kept as in the contract: a signed call, the participant's number, text up to 10,000 characters, only to whoever wrote or mentioned
//! us before, a challenge when a webhook is registered.

use super::far_end::{FarEnd, Picture, Shown};
use super::files::{Files, ROOMY};
use super::forms::Upload;
use super::hooks::{Hooks, held};
use super::{Delivered, Faults};
use crate::{ChannelAccount, NotConfigured, Secret, http_client, sniff, x};
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use base64::{Engine, engine::general_purpose::STANDARD};
use futures::future::BoxFuture;
use kernel::{Channel, Clock, Timestamp};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

/// The moment from which X counts the milliseconds in its ids.
const EPOCH_MILLIS: i64 = 1_288_834_974_657;

/// One account on X, and the people who write to it. Clones share their state.
#[derive(Clone)]
pub struct XSimulator {
    inner: Arc<Inner>,
}

struct Inner {
    number: String,
    consumer_key: String,
    consumer_secret: Secret,
    hooks: Hooks,
    files: Files,
    clock: Arc<dyn Clock>,
    memory: Mutex<Memory>,
}

#[derive(Default)]
struct Memory {
    serial: i64,
    /// Who may be written to, with the name that the public sees.
    known: BTreeMap<String, String>,
    uploads: BTreeMap<String, Upload>,
    sent: Vec<Sent>,
}

struct Sent {
    to: String,
    at: Timestamp,
    id: String,
    text: String,
    file: Option<Upload>,
}

struct Refusal(u16, &'static str, &'static str);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let Self(status, title, detail) = self;
        let body = json!({ "title": title, "detail": detail, "type": "about:blank", "status": status });
        (StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST), Json(body)).into_response()
    }
}

impl XSimulator {
    /// The far end of `account`, calling back at `webhook_url`.
    pub fn new(account: &ChannelAccount, webhook_url: impl Into<String>, clock: Arc<dyn Clock>) -> Result<Self, NotConfigured> {
        let secret = account.secret("consumer_secret")?.clone();
        let signed = secret.clone();
        let sign = move |body: &[u8], wrongly: bool| {
            (x::SIGNATURE_HEADER, x::signature(if wrongly { "another secret" } else { signed.expose() }, body))
        };
        Ok(Self {
            inner: Arc::new(Inner {
                number: account.optional("user_id").unwrap_or("4337869213").to_owned(),
                consumer_key: account.secret("consumer_key")?.expose().to_owned(),
                consumer_secret: secret,
                hooks: Hooks::json(webhook_url.into(), sign),
                files: Files::at(account.optional("api_base").unwrap_or_default()),
                clock,
                memory: Mutex::default(),
            }),
        })
    }

    /// Somebody names the account in public. Gives the post's number.
    pub fn mentions(&self, number: &str, handle: &str, text: &str) -> String {
        let id = self.met(number, handle);
        let user = user(number, handle, handle);
        let post = json!({ "id_str": id, "text": text, "truncated": false, "user": user, "entities": { "user_mentions": [{ "id_str": self.inner.number }] } });
        self.inner.hooks.queue(json!({ "for_user_id": self.inner.number, "user_has_blocked": "false", "tweet_create_events": [post] }));
        id
    }

    fn met(&self, number: &str, handle: &str) -> String {
        let mut memory = self.memory();
        memory.known.insert(number.to_owned(), handle.to_owned());
        memory.next(self.inner.clock.now())
    }

    fn message(&self, from: &str, name: &str, data: Value) -> String {
        // Somebody who is not known by another name goes by their number.
        let handle = self.memory().known.get(from).cloned().unwrap_or_else(|| format!("user{from}"));
        let id = self.met(from, &handle);
        let created = (self.inner.clock.now().as_micros() / 1000).to_string();
        let message = json!({ "target": { "recipient_id": self.inner.number }, "sender_id": from, "message_data": data });
        let event = json!({ "type": "message_create", "id": id, "created_timestamp": created, "message_create": message });
        let users = json!({ from: user(from, &handle, name) });
        self.inner.hooks.queue(json!({ "for_user_id": self.inner.number, "direct_message_events": [event], "users": users }));
        id
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        held(&self.inner.memory)
    }
}

impl Memory {
    /// A number in X's form: the millisecond of its making above, a count below.
    fn next(&mut self, now: Timestamp) -> String {
        self.serial += 1;
        (((now.as_micros() / 1000 - EPOCH_MILLIS).max(1) << 22) + self.serial % (1 << 22)).to_string()
    }
}

fn user(number: &str, handle: &str, name: &str) -> Value {
    json!({ "id": number.parse::<i64>().unwrap_or_default(), "id_str": number, "name": name, "screen_name": handle, "protected": false })
}

impl FarEnd for XSimulator {
    fn kind(&self) -> Channel {
        Channel::X
    }
    fn router(&self) -> Router {
        let api = Router::new()
            .route("/2/dm_conversations/with/{participant}/messages", post(take))
            .route("/2/media/upload", post(upload).layer(DefaultBodyLimit::max(ROOMY)))
            .route("/2/webhooks", post(register))
            .route("/2/account_activity/webhooks/{id}/subscriptions/all", post(subscribe))
            .with_state(self.clone());
        self.inner.hooks.around(api.merge(self.inner.files.router()))
    }
    fn set_faults(&self, faults: Faults) {
        self.inner.hooks.set_faults(faults);
    }
    fn deliver(&self) -> BoxFuture<'_, Delivered> {
        Box::pin(self.inner.hooks.deliver())
    }
    fn writes(&self, from: &str, name: &str, text: &str) -> String {
        self.message(from, name, json!({ "text": text, "entities": { "hashtags": [], "symbols": [], "user_mentions": [], "urls": [] } }))
    }
    fn sends_picture(&self, from: &str, name: &str, picture: Picture<'_>) -> String {
        let id = self.memory().next(self.inner.clock.now());
        let url = self.inner.files.keep(&id, picture.content_type, picture.bytes);
        let media = json!({ "id_str": id, "type": "photo", "media_url_https": url });
        self.message(from, name, json!({ "text": picture.caption, "attachment": { "type": "media", "media": media } }))
    }
    /// There are no buttons: she writes what she chooses.
    fn chooses(&self, from: &str, _answered: &str, (_, title): (&str, &str)) -> String {
        self.writes(from, "", title)
    }
    fn reads(&self, from: &str) {
        let Some(last) = self.memory().sent.iter().rev().find(|sent| sent.to == from).map(|sent| sent.id.clone()) else { return };
        let created = (self.inner.clock.now().as_micros() / 1000).to_string();
        let event = json!({ "created_timestamp": created, "sender_id": from, "target": { "recipient_id": self.inner.number }, "last_read_event_id": last });
        self.inner.hooks.queue(json!({ "for_user_id": self.inner.number, "direct_message_mark_read_events": [event], "users": {} }));
    }
    fn shown_to(&self, address: &str) -> Vec<Shown> {
        let memory = self.memory();
        let to_them = memory.sent.iter().filter(|sent| sent.to == address);
        let show = |Sent { at, id, text, file, .. }: &Sent| Shown {
            id: id.clone(),
            at: *at,
            text: text.clone(),
            choices: Vec::new(),
            file: file.clone(),
        };
        to_them.map(show).collect()
    }
}

/// A signed call, as far as the key says whose it is; the arithmetic is tested against the published sample.
fn authorise(simulator: &XSimulator, headers: &HeaderMap) -> Result<(), Refusal> {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let key = format!("oauth_consumer_key=\"{}\"", simulator.inner.consumer_key.replace(' ', "%20"));
    if given.starts_with("OAuth ") && given.contains(&key) && given.contains("oauth_signature=\"") {
        Ok(())
    } else {
        Err(Refusal(401, "Unauthorized", "Unauthorized"))
    }
}

async fn take(
    State(simulator): State<XSimulator>,
    Path(to): Path<String>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    authorise(&simulator, &headers)?;
    match simulator.inner.hooks.faults().refuse_with {
        Some(503) => return Err(Refusal(503, "Service Unavailable", "Over capacity")),
        Some(_) => return Err(Refusal(403, "Forbidden", "You do not have permission to DM one or more participants.")),
        None => {}
    }
    let text = body["text"].as_str().unwrap_or_default();
    let media = body["attachments"][0]["media_id"].as_str();
    let too_many = body["attachments"].as_array().is_some_and(|files| files.len() != 1);
    if (text.is_empty() && media.is_none()) || too_many || text.chars().count() > 10_000 {
        return Err(Refusal(400, "Invalid Request", "One or more parameters to your request was invalid."));
    }
    let now = simulator.inner.clock.now();
    let mut memory = simulator.memory();
    if !memory.known.contains_key(&to) {
        return Err(Refusal(403, "Forbidden", "You cannot send messages to users who have not written to you."));
    }
    let file = match media.map(|id| memory.uploads.get(id).cloned()) {
        Some(None) => return Err(Refusal(400, "Invalid Request", "The media_id is not one of yours.")),
        found => found.flatten(),
    };
    let id = memory.next(now);
    memory.sent.push(Sent { to: to.clone(), at: now, id: id.clone(), text: text.to_owned(), file });
    drop(memory);
    // X tells of what we said as well.
    let created = (now.as_micros() / 1000).to_string();
    let message = json!({ "target": { "recipient_id": to }, "sender_id": simulator.inner.number, "message_data": { "text": text } });
    let event = json!({ "type": "message_create", "id": id, "created_timestamp": created, "message_create": message });
    simulator.inner.hooks.queue(json!({ "for_user_id": simulator.inner.number, "direct_message_events": [event], "users": {} }));
    let data = json!({ "dm_conversation_id": format!("{}-{to}", simulator.inner.number), "dm_event_id": id });
    Ok((StatusCode::CREATED, Json(json!({ "data": data }))))
}

/// A file comes in base64, and is named by a number from then on.
async fn upload(State(simulator): State<XSimulator>, headers: HeaderMap, Json(body): Json<Value>) -> Result<Json<Value>, Refusal> {
    authorise(&simulator, &headers)?;
    let is_for_messages = body["media_category"].as_str().is_some_and(|category| category.starts_with("dm_"));
    let bytes = body["media"].as_str().and_then(|media| STANDARD.decode(media).ok()).filter(|bytes| is_for_messages && !bytes.is_empty());
    let bytes = bytes.ok_or(Refusal(400, "Invalid Request", "One or more parameters to your request was invalid."))?;
    let mut memory = simulator.memory();
    let id = memory.next(simulator.inner.clock.now());
    let size = bytes.len();
    memory.uploads.insert(id.clone(), (sniff::content_type(&bytes).to_owned(), bytes));
    Ok(Json(json!({ "data": { "id": id, "media_key": format!("5_{id}"), "size": size, "expires_after_secs": 86_400 } })))
}

/// A webhook is taken when it answers a challenge rightly.
async fn register(State(simulator): State<XSimulator>, headers: HeaderMap, Json(body): Json<Value>) -> Result<Json<Value>, Refusal> {
    authorise(&simulator, &headers)?;
    let url = body["url"].as_str().unwrap_or_default();
    let asked = http_client().get(format!("{url}?crc_token=challenge")).send().await;
    let answer = match asked {
        Ok(answer) => answer.json::<Value>().await.unwrap_or_default(),
        Err(_) => Value::Null,
    };
    let right = x::signature(simulator.inner.consumer_secret.expose(), b"challenge");
    if answer["response_token"] != right.as_str() {
        return Err(Refusal(400, "Invalid Request", "CRC check failed"));
    }
    Ok(Json(json!({ "data": { "id": "1", "url": url, "valid": true, "created_at": "2026-01-01T00:00:00Z" } })))
}

async fn subscribe(State(simulator): State<XSimulator>, headers: HeaderMap) -> Result<Json<Value>, Refusal> {
    authorise(&simulator, &headers)?;
    Ok(Json(json!({ "data": { "subscribed": true } })))
}
