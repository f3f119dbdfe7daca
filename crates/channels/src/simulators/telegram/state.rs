//! What Telegram remembers.

use crate::simulators::Shown;
use kernel::Timestamp;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Messages to one chat that may go at once; after them, one a second.
const BURST: u32 = 20;

/// A message that we sent.
struct Sent {
    chat: String,
    at: Timestamp,
    /// The message as Telegram gave it back.
    message: Value,
    file: Option<String>,
}

#[derive(Default)]
pub(super) struct State {
    serial: i64,
    known: BTreeMap<String, String>,
    pub blocked: BTreeSet<String>,
    files: BTreeMap<String, (String, Vec<u8>)>,
    sent: Vec<Sent>,
    room: HashMap<String, (u32, Timestamp)>,
}

impl State {
    pub fn numbered_from(serial: i64) -> Self {
        State { serial, ..State::default() }
    }

    pub fn next(&mut self) -> i64 {
        self.serial += 1;
        self.serial
    }

    /// They have written: from now on the bot may write to them.
    pub fn met(&mut self, chat: &str, name: &str) {
        self.known.insert(chat.to_owned(), name.to_owned());
    }

    pub fn knows(&self, chat: &str) -> bool {
        self.known.contains_key(chat)
    }

    /// Take one send out of a chat's allowance.
    pub fn has_room(&mut self, chat: &str, now: Timestamp) -> bool {
        let (left, counted) = self.room.get(chat).copied().unwrap_or((BURST, now));
        let earned = u32::try_from(now.since(counted).as_secs()).unwrap_or(BURST);
        let left = left.saturating_add(earned).min(BURST);
        self.room.insert(chat.to_owned(), (left.saturating_sub(1), if earned > 0 { now } else { counted }));
        left > 0
    }

    pub fn keep(&mut self, content_type: &str, bytes: Vec<u8>) -> String {
        let id = format!("SIMFILE{}", self.next());
        self.files.insert(id.clone(), (content_type.to_owned(), bytes));
        id
    }

    pub fn file(&self, id: &str) -> Option<&(String, Vec<u8>)> {
        self.files.get(id)
    }

    pub fn took(&mut self, chat: &str, at: Timestamp, message: Value, file: Option<String>) {
        self.sent.push(Sent { chat: chat.to_owned(), at, message, file });
    }

    /// One of our messages by its name, `chat:number`.
    pub fn sent_as(&self, name: &str) -> Option<Value> {
        self.sent.iter().map(|sent| &sent.message).find(|message| named(message) == name).cloned()
    }

    pub fn shown_to(&self, chat: &str) -> Vec<Shown> {
        let sent = self.sent.iter().filter(|sent| sent.chat == chat);
        sent.map(|sent| {
            let rows = sent.message["reply_markup"]["inline_keyboard"].as_array().into_iter().flatten();
            let buttons = rows.flat_map(|row| row.as_array().into_iter().flatten());
            let pair = |button: &Value| Some((button["callback_data"].as_str()?.to_owned(), button["text"].as_str()?.to_owned()));
            Shown {
                id: named(&sent.message),
                at: sent.at,
                text: sent.message["text"].as_str().or(sent.message["caption"].as_str()).unwrap_or_default().to_owned(),
                choices: buttons.filter_map(pair).collect(),
                file: sent.file.as_ref().and_then(|id| self.files.get(id).cloned()),
            }
        })
        .collect()
    }
}

fn named(message: &Value) -> String {
    format!("{}:{}", message["chat"]["id"], message["message_id"])
}
