//! From stored bytes to entries on threads. Each raw event is taken for good in the transaction that acts on it.

use crate::{RawWebhook, adapter};
use conversations::{Account, AccountId, InboundEvent, Raw, RawId};
use kernel::{Db, Fault};
use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, Instant};

/// Raw events understood in one round.
const ROUND: i64 = 200;
/// How often old events are forgotten.
const SWEEP: Duration = Duration::from_secs(3600);
/// Old events forgotten in one transaction.
const FORGOTTEN: i64 = 500;

pub(super) async fn follow(db: Db) {
    let mut signal = db.log_signal();
    let mut swept: Option<Instant> = None;
    loop {
        if swept.is_none_or(|at| at.elapsed() > SWEEP) {
            swept = Some(Instant::now());
            if let Err(fault) = forget(&db).await {
                tracing::error!(fault = fault.chain(), "old events stay for now");
            }
        }
        match take_in(&db).await {
            Ok(0) => super::signal_or_moment(&mut signal).await,
            Ok(_) => {}
            Err(fault) => {
                tracing::error!(fault = fault.chain(), "incoming events wait");
                tokio::time::sleep(super::LOOK).await;
            }
        }
    }
}

async fn forget(db: &Db) -> Result<(), Fault> {
    while db.write("channels.forget", |tx| conversations::forget_raw(tx, FORGOTTEN)).await? >= FORGOTTEN as u64 {}
    Ok(())
}

/// A raw event and what its adapter made of it.
struct Understood {
    id: RawId,
    account: Account,
    events: Vec<InboundEvent>,
}

/// Understand what is waiting; answers how many raw events were looked at.
pub async fn take_in(db: &Db) -> Result<usize, Fault> {
    let waiting = db.read(|tx| conversations::waiting_raw(tx, ROUND)).await?;
    let count = waiting.len();
    let mut accounts: HashMap<AccountId, Option<Account>> = HashMap::new();
    // What one person said is taken in order; different people do not wait for each other, and share a commit.
    let mut by_sender: BTreeMap<String, Vec<Understood>> = BTreeMap::new();
    for raw in waiting {
        let (id, account_id) = (raw.id, raw.account);
        if let std::collections::hash_map::Entry::Vacant(place) = accounts.entry(account_id) {
            place.insert(db.read(move |tx| conversations::account(tx, account_id)).await?);
        }
        match understand(db, accounts.get(&account_id).cloned().flatten(), raw).await {
            Ok(understood) => by_sender.entry(sender(&understood)).or_default().push(understood),
            Err(fault) => postpone(db, id, &fault).await?,
        }
    }
    let taking = by_sender.into_values().map(|events| async move {
        for event in events {
            let id = event.id;
            if let Err(fault) = act(db, event).await {
                postpone(db, id, &fault).await?;
            }
        }
        Ok::<(), Fault>(())
    });
    futures::future::join_all(taking).await.into_iter().collect::<Result<(), _>>()?;
    Ok(count)
}

/// On a thread that may take its time: a large mail takes some, and an adapter that panics takes nothing else with it.
async fn understand(db: &Db, account: Option<Account>, raw: Raw) -> Result<Understood, Fault> {
    let account = account.ok_or_else(|| Fault::data("its account is gone"))?;
    let adapter = adapter(account.channel).ok_or_else(|| Fault::data(format!("{} carries no messages", account.channel)))?;
    let mut webhook = RawWebhook::of(raw.body, db.clock().now());
    let (query, headers) = raw.headers.into_iter().partition::<Vec<_>, _>(|(name, _)| name == super::webhooks::QUERY);
    webhook.query = query.iter().flat_map(|(_, query)| form_urlencoded::parse(query.as_bytes()).into_owned()).collect();
    webhook.headers = headers;
    let parse = move || {
        let mut events = adapter.parse(&webhook);
        events.iter_mut().for_each(note_language);
        events
    };
    let parsed = tokio::task::spawn_blocking(parse).await;
    let mut events = parsed.map_err(|error| Fault::outside("understanding it", error))?;
    adapter.settle(&super::channel_account(&account)?, &mut events);
    Ok(Understood { id: raw.id, account, events })
}

fn note_language(event: &mut InboundEvent) {
    if let InboundEvent::Message(message) = event {
        message.note_language();
    }
}

fn act(db: &Db, event: Understood) -> kernel::Pending<(), Fault> {
    let whole = !event.events.iter().any(|event| matches!(event, InboundEvent::Unknown(_)));
    db.write("channels.take_in", move |tx| {
        if !conversations::finish_raw(tx, event.id, whole)? {
            return Ok(());
        }
        event.events.iter().try_for_each(|inbound| flows::receive_event(tx, &event.account, inbound).map(drop))
    })
}

/// Who said it, on which account; what nobody said stands alone.
fn sender(understood: &Understood) -> String {
    let from = understood.events.iter().find_map(|event| match event {
        InboundEvent::Message(message) => Some(&message.from.address.value),
        _ => None,
    });
    from.map_or_else(|| understood.id.to_string(), |address| format!("{}/{address}", understood.account.id))
}

async fn postpone(db: &Db, id: RawId, fault: &Fault) -> Result<(), Fault> {
    let why = fault.chain();
    tracing::error!(%id, why, "an incoming event was not understood");
    db.write("channels.postpone", move |tx| conversations::postpone_raw(tx, id, &why)).await
}
