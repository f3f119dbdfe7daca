//! What the provider is asked about calls: taken in one transaction, asked in none, recorded in another.

use crate::{Carrier, SendError, WireReply, WireRequest, twilio};
use conversations::{CallOrder, CallVerb};
use kernel::{Db, Fault, Tx};
use std::time::Duration;
use tokio::sync::watch;

/// Orders taken in one round.
const ROUND: i64 = 20;

/// Ask until `stop` says so.
pub(super) async fn follow(db: Db, carrier: Carrier, mut stop: watch::Receiver<bool>) {
    let mut signal = db.log_signal();
    while !*stop.borrow() {
        match ask_due(&db, &carrier).await {
            Ok(0) => tokio::select! {
                () = super::signal_or_moment(&mut signal) => {}
                _ = stop.changed() => {}
            },
            Ok(_) => {}
            Err(fault) => {
                tracing::error!(fault = fault.chain(), "calls wait");
                tokio::time::sleep(super::LOOK).await;
            }
        }
    }
}

/// Ask what is due; answers how many orders were taken.
pub async fn ask_due(db: &Db, carrier: &Carrier) -> Result<usize, Fault> {
    let due = db.read(conversations::next_call_order_due).await?;
    if due.is_none_or(|at| at > db.clock().now()) {
        return Ok(0);
    }
    let taken = db.write("channels.take_call_orders", |tx| conversations::take_call_orders(tx, ROUND)).await?;
    let count = taken.len();
    let asking = taken.into_iter().map(|order| ask(db, carrier, order));
    futures::future::join_all(asking).await.into_iter().collect::<Result<(), _>>()?;
    Ok(count)
}

enum Outcome {
    /// Done, with the name of a call that was placed.
    Done(String),
    /// Not to be asked again; a customer who was to be rung cannot be.
    Never,
    Later(Duration),
}

async fn ask(db: &Db, carrier: &Carrier, order: CallOrder) -> Result<(), Fault> {
    let outcome = attempt(db, carrier, &order).await?;
    let record = move |tx: &mut Tx<'_>| match &outcome {
        Outcome::Done(sid) if order.verb == CallVerb::Place => conversations::record_call_placed(tx, order.id, order.call.id, sid),
        Outcome::Done(_) => conversations::drop_call_order(tx, order.id),
        Outcome::Never => conversations::retry_call_order(tx, &order, None),
        Outcome::Later(after) => conversations::retry_call_order(tx, &order, Some(*after)),
    };
    db.write("channels.record_call_order", record).await
}

async fn attempt(db: &Db, carrier: &Carrier, order: &CallOrder) -> Result<Outcome, Fault> {
    let placed_before = order.verb == CallVerb::Place && (order.attempts > 0 && order.call.provider_id.is_some());
    if placed_before || (order.verb != CallVerb::End && order.call.ended_at.is_some()) {
        return Ok(Outcome::Done(order.call.provider_id.clone().unwrap_or_default()));
    }
    let id = order.call.account;
    let Some(account) = db.read(move |tx| conversations::account(tx, id)).await? else { return Ok(Outcome::Never) };
    let view = super::channel_account(&account)?;
    let Some(door) = carrier.voice_url(&view.id) else { return Ok(Outcome::Later(Duration::from_secs(60))) };
    let request = match twilio::call_request(&view, (order.verb, &order.call), &door) {
        Ok(Some(request)) => request,
        Ok(None) => return Ok(Outcome::Never),
        Err(missing) => {
            tracing::warn!(account = account.name, %missing, "a call cannot be made");
            return Ok(Outcome::Never);
        }
    };
    let reply = carrier.carry(&view.id, WireRequest::Http(request)).await;
    if matches!(reply, WireReply::Unanswered { .. }) && order.verb != CallVerb::Place {
        // Asking twice to listen, or to hang up, does no harm.
        return Ok(Outcome::Later(Duration::from_secs(2)));
    }
    // Of a call that may have been placed the judgement is "never": she may be ringing already, and nobody is rung twice.
    Ok(match twilio::accepted(&reply) {
        Ok(sid) => Outcome::Done(sid.0),
        Err(SendError::Retry { after, .. }) => Outcome::Later(after),
        Err(SendError::Reauthorise { text } | SendError::Permanent { text, .. }) => {
            tracing::warn!(account = account.name, text, "the provider will not do what a call needs");
            Outcome::Never
        }
    })
}
