//! Text messages as one of the far ends: what every phone can do.

use super::TwilioSimulator;
use crate::simulators::{Delivered, FarEnd, Faults, Picture, Shown};
use axum::Router;
use futures::future::BoxFuture;

/// A number as Twilio writes it, from its digits.
fn number(digits: &str) -> String {
    format!("+{}", digits.trim_start_matches('+'))
}

impl FarEnd for TwilioSimulator {
    fn kind(&self) -> kernel::Channel {
        kernel::Channel::Sms
    }
    fn router(&self) -> Router {
        Self::router(self)
    }
    fn set_faults(&self, faults: Faults) {
        Self::set_faults(self, faults);
    }
    fn deliver(&self) -> BoxFuture<'_, Delivered> {
        Box::pin(Self::deliver(self))
    }
    fn writes(&self, from: &str, _name: &str, text: &str) -> String {
        self.texts(&number(from), text)
    }
    /// This network carries no pictures: the words go.
    fn sends_picture(&self, from: &str, _name: &str, picture: Picture<'_>) -> String {
        self.texts(&number(from), picture.caption)
    }
    /// There are no buttons: she writes what she chooses.
    fn chooses(&self, from: &str, _answered: &str, (_, title): (&str, &str)) -> String {
        self.texts(&number(from), title)
    }
    fn shown_to(&self, address: &str) -> Vec<Shown> {
        let shown = |sent: super::SentText| Shown { id: sent.sid, at: sent.at, text: sent.body, choices: Vec::new(), file: None };
        self.sent_to(&number(address)).into_iter().map(shown).collect()
    }
}
