//! What Twilio remembers.

use super::Line;
use conversations::{asks_to_begin_again, asks_to_stop};
use kernel::Timestamp;
use std::collections::BTreeSet;

/// A text message that we sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentText {
    /// Twilio's name for it.
    pub sid: String,
    /// The customer's number.
    pub to: String,
    /// The words.
    pub body: String,
    /// Media type and bytes of what came with it.
    pub media: Vec<(String, Vec<u8>)>,
    /// When it was taken.
    pub at: Timestamp,
}

#[derive(Default)]
pub(super) struct State {
    pub sent: Vec<SentText>,
    pub lines: Vec<Line>,
    /// Those who said STOP.
    stopped: BTreeSet<String>,
    serial: u64,
}

impl State {
    pub fn numbered_from(serial: u64) -> Self {
        State { serial, ..State::default() }
    }

    /// A name as Twilio gives them: two letters and 32 hexadecimal digits.
    pub fn next_sid(&mut self, kind: &str) -> String {
        self.serial += 1;
        format!("{kind}{:032x}", self.serial)
    }

    /// STOP puts a number on the list, START takes it off.
    pub fn hear_wish(&mut self, phone: &str, text: &str) {
        if asks_to_stop(text) {
            self.stopped.insert(phone.to_owned());
        } else if asks_to_begin_again(text) {
            self.stopped.remove(phone);
        }
    }

    pub fn has_stopped(&self, phone: &str) -> bool {
        self.stopped.contains(phone)
    }
}
