//! Webhooks that wait, and how every simulated provider brings them: doubled, turned round, late or forged when told so.

use super::{Delivered, Faults};
use crate::http_client;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use serde_json::Value;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What a simulator remembers. A panic while it was held leaves lists and numbers, which are never half changed.
pub(super) fn held<T>(memory: &Mutex<T>) -> MutexGuard<'_, T> {
    memory.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A webhook as it goes over the wire.
pub(super) struct Call {
    pub url: String,
    pub content_type: &'static str,
    /// The header that proves whose it is.
    pub proof: (&'static str, String),
    pub body: String,
}

/// Makes a call of what waits; a forged one when told so.
type Seal<W> = Box<dyn Fn(&W, bool) -> Call + Send + Sync>;

/// Webhooks that wait, and how they are brought.
pub(super) struct Hooks<W = Value>(Arc<Inner<W>>);

struct Inner<W> {
    http: reqwest::Client,
    seal: Seal<W>,
    state: Mutex<(Faults, Vec<W>)>,
}

impl<W> Clone for Hooks<W> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl Hooks {
    /// JSON, to one address, under a header with the proof.
    pub fn json(url: String, sign: impl Fn(&[u8], bool) -> (&'static str, String) + Send + Sync + 'static) -> Self {
        Self::sealed(move |webhook: &Value, wrongly| {
            let body = webhook.to_string();
            Call { url: url.clone(), content_type: "application/json", proof: sign(body.as_bytes(), wrongly), body }
        })
    }
}

impl<W: Send + 'static> Hooks<W> {
    pub fn sealed(seal: impl Fn(&W, bool) -> Call + Send + Sync + 'static) -> Self {
        Self(Arc::new(Inner { http: http_client(), seal: Box::new(seal), state: Mutex::new((Faults::default(), Vec::new())) }))
    }

    pub fn faults(&self) -> Faults {
        held(&self.0.state).0.clone()
    }

    pub fn set_faults(&self, faults: Faults) {
        held(&self.0.state).0 = faults;
    }

    /// Bring it with the next round.
    pub fn queue(&self, webhook: W) {
        held(&self.0.state).1.push(webhook);
    }

    /// Bring what waits, in the order and number that the faults make of it.
    pub async fn deliver(&self) -> Delivered {
        let (faults, mut waiting) = {
            let mut state = held(&self.0.state);
            (state.0.clone(), std::mem::take(&mut state.1))
        };
        if faults.reorder {
            waiting.reverse();
        }
        let times = if faults.duplicate { 2 } else { 1 };
        let mut round = Delivered::default();
        for webhook in waiting {
            let mut refused = 0;
            for _ in 0..times {
                tokio::time::sleep(faults.delay).await;
                match self.bring(&webhook).await {
                    Some(_) => round.accepted += 1,
                    None => refused += 1,
                }
            }
            round.refused += refused;
            if refused > 0 {
                self.queue(webhook);
            }
        }
        round
    }

    /// One call; the body of the answer when it was taken.
    pub async fn bring(&self, webhook: &W) -> Option<String> {
        let Call { url, content_type, proof: (header, value), body } = (self.0.seal)(webhook, self.faults().bad_signature);
        let call = self.0.http.post(url).header(header, value).header("Content-Type", content_type).body(body);
        let answer = call.send().await.ok().filter(|answer| answer.status().is_success())?;
        answer.text().await.ok()
    }

    /// A provider's API whose answers get lost when they shall: what was asked is done, and nobody is told.
    pub fn around(&self, api: Router) -> Router {
        api.layer(from_fn_with_state(self.clone(), lose))
    }
}

async fn lose<W: Send + 'static>(State(hooks): State<Hooks<W>>, request: Request, next: Next) -> Response {
    let answer = next.run(request).await;
    if !hooks.faults().lose_answers {
        return answer;
    }
    let broken = futures::stream::once(async { Err::<axum::body::Bytes, _>(std::io::Error::other("the connection broke")) });
    Response::builder().status(answer.status()).body(Body::from_stream(broken)).unwrap_or(answer)
}
