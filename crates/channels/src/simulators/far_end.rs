//! What all simulated providers have in common: phones that write and show, webhooks that wait, and what goes wrong with them.

use super::{Delivered, Faults};
use crate::http_client;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use futures::future::BoxFuture;
use kernel::Timestamp;
use serde_json::Value;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

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

/// Gives the header of a webhook with this body; of a forged one when told so.
type Sign = Box<dyn Fn(&[u8], bool) -> (&'static str, String) + Send + Sync>;

/// Webhooks that wait, and how they are brought.
#[derive(Clone)]
pub(super) struct Hooks(Arc<Inner>);

struct Inner {
    url: String,
    http: reqwest::Client,
    sign: Sign,
    state: Mutex<(Faults, Vec<Value>)>,
}

impl Hooks {
    pub fn new(url: String, sign: impl Fn(&[u8], bool) -> (&'static str, String) + Send + Sync + 'static) -> Self {
        Self(Arc::new(Inner { url, http: http_client(), sign: Box::new(sign), state: Mutex::default() }))
    }

    fn state(&self) -> MutexGuard<'_, (Faults, Vec<Value>)> {
        // Whole lists and flags: never half changed.
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn faults(&self) -> Faults {
        self.state().0.clone()
    }

    pub fn set_faults(&self, faults: Faults) {
        self.state().0 = faults;
    }

    /// Bring it with the next round.
    pub fn queue(&self, webhook: Value) {
        self.state().1.push(webhook);
    }

    /// Bring what waits, in the order and number that the faults make of it.
    pub async fn deliver(&self) -> Delivered {
        let (faults, mut waiting) = {
            let mut state = self.state();
            (state.0.clone(), std::mem::take(&mut state.1))
        };
        if faults.reorder {
            waiting.reverse();
        }
        let times = if faults.duplicate { 2 } else { 1 };
        let mut round = Delivered::default();
        for webhook in waiting {
            let body = webhook.to_string();
            let mut refused = 0;
            for _ in 0..times {
                tokio::time::sleep(faults.delay).await;
                let (header, value) = (self.0.sign)(body.as_bytes(), faults.bad_signature);
                let call =
                    self.0.http.post(&self.0.url).header(header, value).header("Content-Type", "application/json").body(body.clone());
                if call.send().await.is_ok_and(|answer| answer.status().is_success()) {
                    round.accepted += 1;
                } else {
                    refused += 1;
                }
            }
            round.refused += refused;
            if refused > 0 {
                self.queue(webhook);
            }
        }
        round
    }

    /// A provider's API whose answers get lost when they shall: what was asked is done, and nobody is told.
    pub fn around(&self, api: Router) -> Router {
        api.layer(from_fn_with_state(self.clone(), lose))
    }
}

async fn lose(State(hooks): State<Hooks>, request: Request, next: Next) -> Response {
    let answer = next.run(request).await;
    if !hooks.faults().lose_answers {
        return answer;
    }
    let broken = futures::stream::once(async { Err::<axum::body::Bytes, _>(std::io::Error::other("the connection broke")) });
    Response::builder().status(answer.status()).body(Body::from_stream(broken)).unwrap_or(answer)
}
