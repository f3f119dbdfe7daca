//! Messages leave: taken in one transaction, sent in none, recorded in another.

use super::files::{self, NotBrought};
use crate::channel::OPTED_OUT;
use crate::{CannotSend, Carrier, ProviderMessageId, SendError, WireReply, adapter, divide};
use conversations::{Account, AccountId, ConversationError, ToSend};
use futures::FutureExt;
use kernel::{Db, Fault, Problem, Timestamp};
use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::time::Duration;
use tokio::sync::watch;

/// Messages taken in one round.
const ROUND: i64 = 50;
/// A message that could not be sent in this many tries has failed.
const ATTEMPTS: i64 = 10;
/// How long an account that must be authorised again is left alone.
const REAUTHORISE: Duration = Duration::from_secs(15 * 60);

/// What must be left of a lease to begin sending: longer than a provider may take to answer.
const MARGIN: Duration = Duration::from_secs(30);
/// What bringing one file to a provider may take: as long as its answer may.
const BRINGING: Duration = Duration::from_secs(20);
/// Pause before trying again what we ourselves could not do.
const OURS: Duration = Duration::from_secs(5 * 60);

/// Send until `stop` says so; a message that is on its way is recorded first.
pub(super) async fn follow(db: Db, carrier: Carrier, mut stop: watch::Receiver<bool>) {
    let mut signal = db.log_signal();
    while !*stop.borrow() {
        match send_due(&db, &carrier).await {
            Ok(0) => tokio::select! {
                () = super::signal_or_moment(&mut signal) => {}
                _ = stop.changed() => {}
            },
            Ok(_) => {}
            Err(fault) => {
                tracing::error!(fault = fault.chain(), "outgoing messages wait");
                tokio::time::sleep(super::LOOK).await;
            }
        }
    }
}

/// Send what is due; answers how many messages were taken.
pub async fn send_due(db: &Db, carrier: &Carrier) -> Result<usize, Fault> {
    let due = db.read(conversations::next_due).await?;
    if due.is_none_or(|at| at > db.clock().now()) {
        return Ok(0);
    }
    let taken = db.write("channels.take_due", |tx| conversations::take_due(tx, ROUND)).await?;
    let count = taken.len();
    // Messages to one address leave in order; different addresses do not wait for each other.
    let mut by_address: BTreeMap<(String, String), Vec<ToSend>> = BTreeMap::new();
    for message in taken {
        by_address.entry((message.account.to_string(), message.outbound.to.value.clone())).or_default().push(message);
    }
    let sending = by_address.into_values().map(|messages| async move {
        let mut messages = messages.into_iter();
        for message in messages.by_ref() {
            if !send(db, carrier, message).await? {
                break;
            }
        }
        for message in messages {
            db.write("channels.release", move |tx| conversations::release(tx, message.id, message.may_be_out)).await?;
        }
        Ok::<(), Fault>(())
    });
    // All are waited for, whatever becomes of one: giving up on a message that is on its way would send it twice.
    futures::future::join_all(sending).await.into_iter().collect::<Result<(), _>>()?;
    Ok(count)
}

enum Outcome {
    Sent(ProviderMessageId),
    Later(Duration, String),
    Never(String, String),
    /// Another sender has it by now.
    Lost,
}

/// Answers whether the next message to the same address may follow: never before this one is settled.
async fn send(db: &Db, carrier: &Carrier, message: ToSend) -> Result<bool, Fault> {
    let (id, account_id, attempts, may_be_out) = (message.id, message.account, message.attempts, message.may_be_out);
    let address = message.outbound.to.value.clone();
    if db.clock().now().plus(MARGIN) > message.lease_until {
        // Those before it took too long, and soon it may be another sender's: it has not gone out, and waits for the next round.
        db.write("channels.release", move |tx| conversations::release(tx, id, may_be_out)).await?;
        return Ok(false);
    }
    let account = db.read(move |tx| conversations::account(tx, account_id)).await?;
    let outcome = match account {
        Some(account) => {
            let tried = AssertUnwindSafe(attempt(db, &account, carrier, message)).catch_unwind().await;
            tried.unwrap_or_else(|_| Outcome::Never("channels.broken".into(), "this message cannot be sent by this version of Hilo".into()))
        }
        None => Outcome::Never("channels.account_gone".into(), "the account was removed".into()),
    };
    let is_settled = !matches!(&outcome, Outcome::Later(..) if attempts + 1 < ATTEMPTS) && !matches!(outcome, Outcome::Lost);
    let record = move |tx: &mut kernel::Tx<'_>| match &outcome {
        Outcome::Sent(provider) => conversations::record_sent(tx, id, &provider.0),
        Outcome::Lost => Ok(()),
        Outcome::Later(_, why) if attempts + 1 >= ATTEMPTS => conversations::record_failed(tx, id, "channels.gave_up", why),
        Outcome::Later(after, why) => conversations::record_retry(tx, id, tx.now().plus(*after), why),
        Outcome::Never(code, why) => {
            if code == OPTED_OUT {
                // The provider keeps the list: what it will not carry again is not offered again.
                conversations::close_address(tx, account_id, &address, why)?;
            }
            conversations::record_failed(tx, id, code, why)
        }
    };
    db.write("channels.record", record).await?;
    Ok(is_settled)
}

async fn attempt(db: &Db, account: &Account, carrier: &Carrier, mut message: ToSend) -> Outcome {
    let Some(adapter) = adapter(account.channel) else {
        return Outcome::Never("channels.no_adapter".into(), format!("{} carries no messages", account.channel));
    };
    let mut view = match super::channel_account(account) {
        Ok(view) => view,
        Err(fault) => return Outcome::Later(OURS, fault.chain()),
    };
    if let Some(webhook) = carrier.webhook_url(&view.id) {
        view.settings.entry("webhook_url".into()).or_insert(webhook);
    }
    if message.may_be_out {
        let lost =
            WireReply::Unanswered { detail: "Hilo stopped while this message was on its way; nobody knows whether it arrived".into() };
        if let Err(SendError::Permanent { code, text }) = adapter.accepted(&lost) {
            return Outcome::Never(code, text);
        }
        // Its lease was time enough for a receipt that names it, or its repetition is the same message to the provider.
    }
    if let Some(held) = held_template(db, account.id, &message).await {
        return held;
    }
    let mut lease = message.lease_until;
    let files = u32::try_from(message.outbound.media.len()).unwrap_or(u32::MAX);
    if files > 0 {
        lease = match keep(db, &message, lease, BRINGING.saturating_mul(files)).await {
            Ok(Some(lease)) => lease,
            Ok(None) => return Outcome::Lost,
            Err(fault) => return Outcome::Later(OURS, fault.chain()),
        };
    }
    match files::bring(db, carrier, (adapter, &view), &mut message.outbound).await {
        Ok(()) => {}
        Err(NotBrought::Refused(error)) => return refused(&error),
        Err(NotBrought::NotTaken(error)) => return not_taken(error),
        Err(NotBrought::Fault(fault)) => return Outcome::Later(OURS, fault.chain()),
    }
    let capabilities = adapter.capabilities();
    let mut first = None;
    for piece in divide(&message.outbound, &capabilities) {
        // What there is to send may take longer than was thought: while it is ours, it stays ours.
        lease = match keep(db, &message, lease, Duration::ZERO).await {
            Ok(Some(lease)) => lease,
            // Of what a part has gone, a person decides.
            Ok(None) if first.is_some() => return Outcome::Never("channels.partly_sent".into(), "the rest took too long to leave".into()),
            Err(fault) if first.is_some() => return Outcome::Never("channels.partly_sent".into(), fault.chain()),
            // Another has taken it, and says it all.
            Ok(None) => return Outcome::Lost,
            Err(fault) => return Outcome::Later(OURS, fault.chain()),
        };
        let request = match adapter.render(&view, &piece) {
            Ok(request) => request,
            Err(error) => return refused(&error),
        };
        let reply = carrier.carry(&view.id, request).await;
        match (adapter.accepted(&reply), first.is_some()) {
            (Ok(id), _) => first = first.or(Some(id)),
            // Part of it has arrived: sending all again would say it twice, so a person decides.
            (Err(error), true) => return Outcome::Never("channels.partly_sent".into(), error.to_string()),
            (Err(error), false) => return not_taken(error),
        }
    }
    first.map_or_else(|| refused(&CannotSend::Empty), Outcome::Sent)
}

/// A template may have been stopped since it was queued: it does not leave, and whoever wrote it is told.
async fn held_template(db: &Db, account: AccountId, message: &ToSend) -> Option<Outcome> {
    let template = message.outbound.template.clone()?;
    match db.read(move |tx| conversations::template_may_leave(tx, account, &template)).await {
        Ok(()) => None,
        Err(ConversationError::Fault(fault)) => Some(Outcome::Later(OURS, fault.chain())),
        Err(refused) => Some(Outcome::Never(refused.code().to_owned(), refused.to_string())),
    }
}

/// Until when it is ours at least, with time enough to send and for what is needed before.
async fn keep(db: &Db, message: &ToSend, lease: Timestamp, needs: Duration) -> Result<Option<Timestamp>, Fault> {
    if db.clock().now().plus(MARGIN + needs) <= lease {
        return Ok(Some(lease));
    }
    let id = message.id;
    db.write("channels.keep_lease", move |tx| conversations::keep_lease(tx, id, lease, needs)).await
}

fn not_taken(error: SendError) -> Outcome {
    match error {
        SendError::Retry { after, text } => Outcome::Later(after, text),
        SendError::Reauthorise { text } => Outcome::Later(REAUTHORISE, text),
        SendError::Permanent { code, text } => Outcome::Never(code, text),
    }
}

fn refused(error: &CannotSend) -> Outcome {
    Outcome::Never(error.code().to_owned(), error.to_string())
}
