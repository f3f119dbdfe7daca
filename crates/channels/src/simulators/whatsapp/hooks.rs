//! Calling our webhook, with the faults that are switched on.

use super::WhatsappSimulator;
use crate::simulators::Delivered;
use crate::whatsapp::SIGNATURE_HEADER;

/// A webhook ready to be delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedWebhook {
    /// The body's bytes.
    pub body: Vec<u8>,
    /// The value of `X-Hub-Signature-256`.
    pub signature: String,
}

impl WhatsappSimulator {
    /// Take the webhooks that wait, signed, in the order and number that the faults make of them.
    pub fn take_webhooks(&self) -> Vec<SignedWebhook> {
        let mut state = self.state();
        let faults = state.faults.clone();
        let mut waiting = std::mem::take(&mut state.waiting);
        if faults.reorder {
            waiting.reverse();
        }
        let times = if faults.duplicate { 2 } else { 1 };
        waiting
            .iter()
            .map(|webhook| webhook.to_string().into_bytes())
            .flat_map(|body| std::iter::repeat_n(body, times))
            .map(|body| SignedWebhook { signature: self.inner.sign(&body, faults.bad_signature), body })
            .collect()
    }

    /// Bring the webhooks that wait. Those that are refused wait again.
    pub async fn deliver(&self) -> Delivered {
        let delay = self.state().faults.delay;
        let mut round = Delivered::default();
        for webhook in self.take_webhooks() {
            tokio::time::sleep(delay).await;
            let call = self.inner.http.post(&self.inner.webhook_url).header(SIGNATURE_HEADER, &webhook.signature);
            let answer = call.header("Content-Type", "application/json").body(webhook.body.clone()).send().await;
            if answer.is_ok_and(|answer| answer.status().as_u16() == 200) {
                round.accepted += 1;
            } else {
                round.refused += 1;
                if let Ok(again) = serde_json::from_slice(&webhook.body) {
                    self.state().queue(again);
                }
            }
        }
        round
    }
}
