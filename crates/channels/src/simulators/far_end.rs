//! What all simulated providers have in common: phones that write and show, webhooks that wait, and what goes wrong with them.

use super::{Delivered, Faults};
use axum::Router;
use futures::future::BoxFuture;
use kernel::Timestamp;

/// A provider's side of one account, with the phones of those who write to it. It speaks the provider's HTTP contract; an adapter
/// cannot tell it from the real one.
pub trait FarEnd: Send + Sync {
    /// The kind of channel.
    fn kind(&self) -> kernel::Channel;
    /// The provider's API: point the account at where this is served.
    fn router(&self) -> Router;
    /// Switch faults on or off.
    fn set_faults(&self, faults: Faults);
    /// Bring the webhooks that wait. Those that are refused wait again.
    fn deliver(&self) -> BoxFuture<'_, Delivered>;
    /// A customer writes. Gives the provider's name of the message; the webhook waits until [`FarEnd::deliver`].
    fn writes(&self, from: &str, name: &str, text: &str) -> String;
    /// A customer sends a picture with words.
    fn sends_picture(&self, from: &str, name: &str, picture: Picture<'_>) -> String;
    /// A customer presses a button, or picks a row, of the message `answered`.
    fn chooses(&self, from: &str, answered: &str, choice: (&str, &str)) -> String;
    /// A customer looks at the conversation.
    fn reads(&self, _from: &str) {}
    /// The provider judges a template of ours (`APPROVED`, `REJECTED`, `PAUSED`) and says so by webhook; false where it has none such.
    fn judges(&self, _template: &str, _status: &str, _reason: &str) -> bool {
        false
    }
    /// What a customer's phone shows of ours, oldest first.
    fn shown_to(&self, address: &str) -> Vec<Shown>;
}

/// A picture that a customer sends.
#[derive(Debug, Clone, Copy)]
pub struct Picture<'a> {
    /// Its media type.
    pub content_type: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Words with it; may be empty.
    pub caption: &'a str,
}

/// One of our messages, as a phone shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The provider's name of it.
    pub id: String,
    /// When it was taken.
    pub at: Timestamp,
    /// The words.
    pub text: String,
    /// Id and words of the choices under it.
    pub choices: Vec<(String, String)>,
    /// Media type and bytes of the file with it.
    pub file: Option<(String, Vec<u8>)>,
}
