//! What Meta remembers.

use super::SimulatedTemplate;
use base64::{Engine, engine::general_purpose::STANDARD};
use kernel::Timestamp;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

/// Messages to one person that may go at once, and the time after which one more may.
const BURST: u32 = 45;
const REFILL: Duration = Duration::from_secs(6);

/// A message that reached a customer's phone, or was taken and then failed.
#[derive(Debug, Clone, PartialEq)]
pub struct SentMessage {
    /// Meta's name for it.
    pub id: String,
    /// The customer's number, digits only.
    pub to: String,
    /// When it was taken.
    pub at: Timestamp,
    /// The request as it came.
    pub payload: Value,
    /// A template's words with its gaps filled.
    pub template: Option<String>,
    /// Media type and bytes of the file with it.
    pub file: Option<(String, Vec<u8>)>,
    /// Why it failed, if it did.
    pub failed: Option<i64>,
    /// Whether the customer has opened it.
    pub read: bool,
}

impl SentMessage {
    /// The words that the phone shows: text, caption, text above choices, or a template's with its gaps filled.
    pub fn words(&self) -> String {
        let payload = &self.payload;
        let kind = payload["type"].as_str().unwrap_or("text");
        let shown = match kind {
            "text" => payload["text"]["body"].as_str(),
            "interactive" => payload["interactive"]["body"]["text"].as_str(),
            "template" => self.template.as_deref(),
            media => payload[media]["caption"].as_str(),
        };
        shown.unwrap_or_default().to_owned()
    }
}

pub(super) struct Media {
    pub content_type: String,
    pub bytes: Vec<u8>,
}

impl Media {
    pub fn sha256(&self) -> String {
        STANDARD.encode(Sha256::digest(&self.bytes))
    }
}

#[derive(Default)]
struct Customer {
    name: String,
    wrote_at: Option<Timestamp>,
    /// Sends left of the burst, and when that was counted.
    room: Option<(u32, Timestamp)>,
}

#[derive(Default)]
pub(super) struct State {
    pub sent: Vec<SentMessage>,
    pub templates: Vec<SimulatedTemplate>,
    media: BTreeMap<String, Media>,
    customers: HashMap<String, Customer>,
    serial: u64,
}

impl State {
    pub fn numbered_from(serial: u64) -> Self {
        State { serial, ..State::default() }
    }

    pub fn next_id(&mut self) -> String {
        self.serial += 1;
        format!("wamid.SIM{:012}", self.serial)
    }

    pub fn next_number(&mut self) -> String {
        self.serial += 1;
        (1_000_000_000_000_000 + self.serial).to_string()
    }

    pub fn keep_media(&mut self, media: Media) -> (String, String) {
        let (id, sha256) = (self.next_number(), media.sha256());
        self.media.insert(id.clone(), media);
        (id, sha256)
    }

    pub fn media(&self, id: &str) -> Option<&Media> {
        self.media.get(id)
    }

    pub fn drop_media(&mut self, id: &str) -> bool {
        self.media.remove(id).is_some()
    }

    /// Remember that they wrote; gives the name they go by.
    pub fn customer_wrote(&mut self, phone: &str, name: Option<&str>, now: Timestamp) -> String {
        let customer = self.customers.entry(phone.to_owned()).or_default();
        if let Some(name) = name {
            customer.name = name.to_owned();
        }
        customer.wrote_at = Some(now);
        customer.name.clone()
    }

    pub fn window_is_open(&self, phone: &str, now: Timestamp) -> bool {
        let wrote_at = self.customers.get(phone).and_then(|customer| customer.wrote_at);
        wrote_at.is_some_and(|wrote| now < wrote.plus(Duration::from_secs(24 * 3600)))
    }

    /// Take one send out of a person's allowance.
    pub fn has_room(&mut self, phone: &str, now: Timestamp) -> bool {
        let customer = self.customers.entry(phone.to_owned()).or_default();
        let (left, counted_at) = customer.room.unwrap_or((BURST, now));
        let earned = u32::try_from(now.since(counted_at).as_secs() / REFILL.as_secs()).unwrap_or(BURST);
        let left = left.saturating_add(earned).min(BURST);
        let counted_at = if left == BURST { now } else { counted_at.plus(REFILL * earned) };
        customer.room = Some((left.saturating_sub(1), counted_at));
        left > 0
    }

    /// Mark what arrived as read; gives the ids that were not read before.
    pub fn mark_read(&mut self, phone: &str) -> Vec<String> {
        let unread = self.sent.iter_mut().filter(|message| message.to == phone && message.failed.is_none() && !message.read);
        unread
            .map(|message| {
                message.read = true;
                message.id.clone()
            })
            .collect()
    }

    /// A status object about a message that was taken.
    pub fn status(&self, id: &str, word: &str, at: Timestamp, error: Option<(i64, &str)>) -> Value {
        let message = self.sent.iter().find(|message| message.id == id);
        let mut status = json!({
            "id": id,
            "status": word,
            "timestamp": (at.as_micros() / 1_000_000).to_string(),
            "recipient_id": message.map(|message| message.to.as_str()).unwrap_or_default(),
        });
        if let Some(ours) = message.and_then(|message| message.payload["biz_opaque_callback_data"].as_str()) {
            status["biz_opaque_callback_data"] = json!(ours);
        }
        if let Some((code, words)) = error {
            status["errors"] = json!([{ "code": code, "title": words, "message": words, "error_data": { "details": words } }]);
        }
        status
    }
}
