//! From the event log to the live hub: each committed event wakes the pages that show what it is about.
//!
//! An event publishes up to three topics: `profile:ID` (somebody's thread changed), `subject:ID` (that order, cart, matter or
//! message changed) and `room:NAME`, the first word of its kind (`room:message`, `room:stock` ...).

use crate::Hub;
use kernel::log::{self, LogKey, Logged};
use kernel::{Db, Fault};
use std::collections::BTreeSet;
use std::time::Duration;

/// How long to wait without a signal: bounds hearing what another process wrote.
const LOOK: Duration = Duration::from_millis(200);
/// Events read at once.
const STEP: i64 = 500;

/// Publish every event committed from now on, until the hub is closed or the task is dropped.
pub async fn follow(db: Db, hub: Hub) {
    let mut signal = db.log_signal();
    let mut cursor = loop {
        match db.read(log::horizon).await {
            Ok(cursor) => break cursor,
            Err(fault) => tracing::error!(fault = fault.chain(), "live pages wait"),
        }
        tokio::time::sleep(LOOK).await;
    };
    loop {
        match publish_after(&db, &hub, cursor).await {
            Ok(Some(next)) => {
                cursor = next;
                continue;
            }
            Ok(None) => {}
            Err(fault) => tracing::error!(fault = fault.chain(), "live pages wait"),
        }
        if let Ok(Err(_)) = tokio::time::timeout(LOOK, signal.changed()).await {
            return;
        }
    }
}

async fn publish_after(db: &Db, hub: &Hub, cursor: LogKey) -> Result<Option<LogKey>, Fault> {
    let events = db.read(move |tx| log::after(tx, cursor, STEP)).await?;
    let topics: BTreeSet<String> = events.iter().flat_map(topics).collect();
    topics.iter().for_each(|topic| hub.publish(topic));
    Ok(events.last().map(|event| event.key))
}

fn topics(event: &Logged) -> Vec<String> {
    let room = event.kind.split('.').next().unwrap_or_default();
    let mut topics = vec![format!("room:{room}"), format!("subject:{}", event.subject)];
    topics.extend(event.profile.map(|profile| format!("profile:{profile}")));
    topics
}
