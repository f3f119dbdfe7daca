//! The postman between the simulated WhatsApp and our webhook.

use super::book::PhoneBook;
use channels::simulators::WhatsappSimulator;
use std::time::Duration;

/// Between two rounds.
const ROUND: Duration = Duration::from_millis(300);
/// A round waits so long when messages are to overtake each other: some must gather first.
const GATHER: Duration = Duration::from_secs(6);
/// After a webhook was refused, as with a wrong signature.
const PAUSE: Duration = Duration::from_secs(2);

/// Bring webhooks until the runtime ends.
pub(super) async fn carry(whatsapp: WhatsappSimulator, book: PhoneBook) {
    loop {
        let reorders = book.faults().0.reorder;
        tokio::time::sleep(if reorders { GATHER } else { ROUND }).await;
        if whatsapp.deliver().await.refused > 0 {
            tokio::time::sleep(PAUSE).await;
        }
    }
}
