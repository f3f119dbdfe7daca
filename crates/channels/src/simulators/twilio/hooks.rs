//! Calling our webhooks, with the faults that are switched on.

use super::{TwilioSimulator, state::Waiting};
use crate::simulators::Delivered;
use crate::twilio::{SIGNATURE_HEADER, signature};

/// A webhook ready to be brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedForm {
    /// Where to.
    pub url: String,
    /// Its fields, in order.
    pub form: Vec<(String, String)>,
    /// The value of `X-Twilio-Signature`.
    pub signature: String,
}

impl SignedForm {
    /// The body as it goes over the wire.
    pub fn body(&self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.form).finish()
    }
}

impl TwilioSimulator {
    /// Take the webhooks that wait, signed, in the order and number that the faults make of them.
    pub fn take_webhooks(&self) -> Vec<SignedForm> {
        let mut state = self.state();
        let faults = state.faults.clone();
        let mut waiting = std::mem::take(&mut state.waiting);
        if faults.reorder {
            waiting.reverse();
        }
        let times = if faults.duplicate { 2 } else { 1 };
        let signed = waiting.into_iter().map(|Waiting { url, form }| self.sign(url, form, faults.bad_signature));
        signed.flat_map(|webhook| std::iter::repeat_n(webhook, times)).collect()
    }

    pub(super) fn sign(&self, url: String, form: Vec<(String, String)>, wrongly: bool) -> SignedForm {
        let token = if wrongly { "another token" } else { self.inner.auth_token.expose() };
        SignedForm { signature: signature(token, &url, &form), url, form }
    }

    /// Bring the webhooks that wait. Those that are refused wait again.
    pub async fn deliver(&self) -> Delivered {
        let delay = self.state().faults.delay;
        let mut round = Delivered::default();
        for webhook in self.take_webhooks() {
            tokio::time::sleep(delay).await;
            if self.bring(&webhook).await.is_some() {
                round.accepted += 1;
            } else {
                round.refused += 1;
                self.state().queue(webhook.url, webhook.form);
            }
        }
        round
    }

    /// One POST; the body of the answer when it was taken.
    pub(super) async fn bring(&self, webhook: &SignedForm) -> Option<String> {
        let call = self.inner.http.post(&webhook.url).header(SIGNATURE_HEADER, &webhook.signature);
        let call = call.header("Content-Type", "application/x-www-form-urlencoded").body(webhook.body());
        let answer = call.send().await.ok()?;
        if !answer.status().is_success() {
            return None;
        }
        answer.text().await.ok()
    }
}
