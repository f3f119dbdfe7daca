//! From stored bytes to entries on threads. Each raw event is taken for good in the transaction that acts on it.

use crate::{RawWebhook, adapter};
use conversations::{Account, AccountId, Raw};
use kernel::{Db, Fault};
use std::collections::HashMap;

/// Raw events understood in one round.
const ROUND: i64 = 200;

pub(super) async fn follow(db: Db) {
    let mut signal = db.log_signal();
    loop {
        match take_in(&db).await {
            Ok(0) => super::signal_or_moment(&mut signal, super::LOOK).await,
            Ok(_) => {}
            Err(fault) => {
                tracing::error!(fault = fault.chain(), "incoming events wait");
                tokio::time::sleep(super::LOOK).await;
            }
        }
    }
}

/// Understand what is waiting; answers how many raw events were looked at.
pub async fn take_in(db: &Db) -> Result<usize, Fault> {
    let waiting = db.read(|tx| conversations::waiting_raw(tx, ROUND)).await?;
    let count = waiting.len();
    let mut accounts: HashMap<AccountId, Option<Account>> = HashMap::new();
    // All are handed to the writer before the first answer is awaited, so that they share a commit.
    let mut underway = Vec::with_capacity(count);
    for raw in waiting {
        let (raw_id, account_id) = (raw.id, raw.account);
        if let std::collections::hash_map::Entry::Vacant(place) = accounts.entry(account_id) {
            place.insert(db.read(move |tx| conversations::account(tx, account_id)).await?);
        }
        let Some(account) = accounts.get(&account_id).cloned().flatten() else {
            db.write("channels.postpone", move |tx| conversations::postpone_raw(tx, raw_id, "its account is gone")).await?;
            continue;
        };
        underway.push((raw_id, understand(db, account, raw)));
    }
    for (id, answer) in underway {
        if let Err(fault) = answer.await {
            let why = fault.chain();
            tracing::error!(%id, why, "an incoming event was not understood");
            db.write("channels.postpone", move |tx| conversations::postpone_raw(tx, id, &why)).await?;
        }
    }
    Ok(count)
}

fn understand(db: &Db, account: Account, raw: Raw) -> kernel::Pending<(), Fault> {
    let mut webhook = RawWebhook::of(raw.body, db.clock().now());
    webhook.headers = raw.headers;
    let events = adapter(account.channel).map(|adapter| adapter.parse(&webhook)).unwrap_or_default();
    db.write("channels.take_in", move |tx| {
        if !conversations::finish_raw(tx, raw.id)? {
            return Ok(());
        }
        events.iter().try_for_each(|event| flows::receive_event(tx, &account, event).map(drop))
    })
}
