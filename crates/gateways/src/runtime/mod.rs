//! What runs: notices in, calls out, customers led to the gateway's page, lost notices asked for.

mod calls;
mod inquiries;
mod notices;
mod open;

pub use calls::make_calls;
pub use inquiries::{inquire, inquire_due};
pub use notices::notices;
pub use open::{GatewayForm, Leading, NotLed, Offered, lead, offered};

use channels::Carrier;
use kernel::Db;
use std::time::Duration;

/// How long the loop waits without a signal.
const LOOK: Duration = Duration::from_secs(1);

/// Make calls and ask after payments for as long as the program runs. What was on its way when it ends is made again under the same name.
pub async fn follow(db: Db, carrier: Carrier) {
    let mut signal = db.log_signal();
    loop {
        for done in [make_calls(&db, &carrier).await, inquire_due(&db, &carrier).await] {
            if let Err(fault) = done {
                tracing::error!(fault = fault.chain(), "the payment gateways wait");
            }
        }
        if let Ok(Err(_)) = tokio::time::timeout(LOOK, signal.changed()).await {
            return;
        }
    }
}
