//! Beside the site: learn from the brand's own customers what agreement is worth, and settle what the order of arrival got wrong.

use customers::resolution::{keep_learnt, learn, model, profiles_after, resolve_profile};
use kernel::{Actor, Db, Fault, ProfileId};
use std::time::Duration;

/// How often it is asked whether learning is due.
const ASKED: Duration = Duration::from_secs(15 * 60);
/// What was learnt serves so long.
const SERVES: Duration = Duration::from_secs(24 * 60 * 60);
/// Profiles learnt from, at most: more teach nothing new.
const MOST: usize = 50_000;
/// Profiles settled in one transaction.
const CHUNK: usize = 20;

/// Learn when it is due, for as long as the site runs.
pub(crate) async fn keep(db: Db) {
    loop {
        let once = db.clone();
        match tokio::task::spawn_blocking(move || learn_if_due(&once)).await {
            Ok(Ok(_)) => {}
            Ok(Err(fault)) => tracing::warn!(why = fault.chain(), "learning from the customers did not succeed; it is tried again later"),
            Err(panic) => tracing::error!(%panic, "learning from the customers broke off"),
        }
        tokio::time::sleep(ASKED).await;
    }
}

/// Learn unless it was done within the day; answers whether it was done now.
pub fn learn_if_due(db: &Db) -> Result<bool, Fault> {
    let last = db.read(model).wait()?.learnt_at;
    if last.is_some_and(|at| at.plus(SERVES) > db.clock().now()) {
        return Ok(false);
    }
    let (mut ids, mut rows) = (Vec::new(), Vec::new());
    let mut after = ProfileId::nil();
    loop {
        let page = db.read(move |tx| profiles_after(tx, after, 1000)).wait()?;
        let Some((last, _)) = page.last() else { break };
        after = *last;
        for (id, row) in page {
            ids.push(id);
            rows.push(row);
        }
        if rows.len() >= MOST {
            break;
        }
    }
    let Some(learning) = learn(&rows) else { return Ok(false) };
    drop(rows);
    // A command may run twice, so it takes what was learnt by reference.
    let learning = std::sync::Arc::new(learning);
    db.write("customers.learn", move |tx| keep_learnt(tx, &Actor::system(), &learning)).wait().map_err(|e| match e {
        customers::resolution::KeepError::Fault(fault) => fault,
        denied => Fault::data(denied.to_string()),
    })?;
    for chunk in ids.chunks(CHUNK) {
        let chunk = chunk.to_vec();
        db.write("customers.settle", move |tx| chunk.iter().try_for_each(|id| resolve_profile(tx, *id))).wait()?;
    }
    Ok(true)
}
