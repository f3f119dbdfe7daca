//! What the phone remembers: what was written on it, and what goes wrong on purpose. In this process only, and bounded.

use channels::push::Subscription;
use channels::simulators::Faults;
use kernel::Timestamp;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Messages remembered, of all phones together.
const MOST: usize = 2000;
/// Browsers remembered that allow notices.
const MOST_BROWSERS: usize = 200;

/// Something that was written on a phone.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Written {
    /// The number or address it was written from.
    pub from: String,
    /// Subject line; empty on channels without one.
    pub subject: String,
    /// The words.
    pub text: String,
    /// When.
    pub at: Timestamp,
}

#[derive(Default)]
struct Memory {
    written: VecDeque<Written>,
    faults: Faults,
    mail_fails: bool,
    /// Messages that are to overtake each other: some must gather first.
    held: Vec<Held>,
    /// Browsers that allow notices, and where these reach them.
    browsers: VecDeque<(String, Subscription)>,
}

/// A message that was sent and has not left the phone yet.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Held {
    /// The number.
    pub phone: String,
    /// Whose it is.
    pub name: String,
    /// The words.
    pub text: String,
}

/// The memory of all phones.
#[derive(Clone, Default)]
pub(super) struct PhoneBook(Arc<Mutex<Memory>>);

impl PhoneBook {
    fn memory(&self) -> MutexGuard<'_, Memory> {
        // Whole lists and flags: never half changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
    /// Remember what was written.
    pub fn note(&self, written: Written) {
        let mut memory = self.memory();
        if memory.written.len() >= MOST {
            memory.written.pop_front();
        }
        memory.written.push_back(written);
    }
    /// What was written from a number or address since `since`, oldest first.
    pub fn from(&self, from: &str, since: Timestamp) -> Vec<Written> {
        self.memory().written.iter().filter(|written| written.from == from && written.at >= since).cloned().collect()
    }
    /// Keep a message back; true when it is the first, so that somebody must come for them.
    pub fn hold(&self, message: Held) -> bool {
        let mut memory = self.memory();
        memory.held.push(message);
        memory.held.len() == 1
    }
    /// What was kept back, last first.
    pub fn let_go(&self) -> Vec<Held> {
        let mut held = std::mem::take(&mut self.memory().held);
        held.reverse();
        held
    }
    /// Where notices reach a browser; `None` before it allows them.
    pub fn reached(&self, browser: &str) -> Option<Subscription> {
        self.memory().browsers.iter().find(|(known, _)| known == browser).map(|(_, subscription)| subscription.clone())
    }
    /// A browser allows notices.
    pub fn reach(&self, browser: &str, subscription: Subscription) {
        let mut memory = self.memory();
        memory.browsers.retain(|(known, _)| known != browser);
        if memory.browsers.len() >= MOST_BROWSERS {
            memory.browsers.pop_front();
        }
        memory.browsers.push_back((browser.to_owned(), subscription));
    }
    /// What goes wrong now, and whether mail is refused.
    pub fn faults(&self) -> (Faults, bool) {
        let memory = self.memory();
        (memory.faults.clone(), memory.mail_fails)
    }
    /// What goes wrong from now on.
    pub fn set_faults(&self, faults: Faults, mail_fails: bool) {
        let mut memory = self.memory();
        (memory.faults, memory.mail_fails) = (faults, mail_fails);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_remembers_its_own_words_up_to_a_limit() {
        let book = PhoneBook::default();
        let at = Timestamp::from_seconds;
        for n in 0..=MOST as i64 {
            book.note(Written { from: if n % 2 == 0 { "a" } else { "b" }.into(), subject: String::new(), text: n.to_string(), at: at(n) });
        }
        let texts: Vec<_> = book.from("a", at(1996)).into_iter().map(|w| w.text).collect();
        let held = |text: &str| Held { phone: "a".into(), name: "A".into(), text: text.into() };
        assert_eq!((book.hold(held("1")), book.hold(held("2"))), (true, false));
        assert_eq!((book.let_go(), book.let_go()), (vec![held("2"), held("1")], vec![]));
        assert_eq!((texts, book.from("a", at(0)).len()), (vec!["1996".to_owned(), "1998".into(), "2000".into()], 1000));
    }
}
