//! Learn from the brand's own profiles what agreement is worth.

use super::row::{self, Row};
use super::{ASK, JOIN, percent};
use crate::store;
use identity::{Engine, Learnt};
use kernel::{Actor, Denied, Fault, Permission, ProfileId, ReadTx, Timestamp, Tx};
use serde::Serialize;

/// Profiles from which learning begins; before, what is known of people in general serves.
const ENOUGH: usize = 200;
/// Values whose frequency is kept, the commonest first.
const MOST_COUNTS: usize = 50_000;

/// What one round of learning found.
#[derive(Debug)]
pub struct Learning {
    learnt: Learnt,
    profiles: usize,
    expected_wrong: f64,
}

/// What is in force.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ModelCard {
    /// When it was learnt; `None` while the general prior serves.
    pub learnt_at: Option<Timestamp>,
    /// From how many profiles.
    pub profiles: i64,
    /// The share of joins that the model itself expects to be wrong, at its even threshold; automatic joins ask for more.
    pub expected_wrong: f64,
    /// Pairs at least this sure are joined without asking, 0 to 100.
    pub join_from: u8,
    /// Pairs at least this sure are asked about.
    pub ask_from: u8,
}

/// Profiles as they are compared, in order of id: for learning, page by page.
pub fn profiles_after(tx: &ReadTx<'_>, after: ProfileId, limit: usize) -> Result<Vec<(ProfileId, Row)>, Fault> {
    store::matches::records_after(tx, after, limit.clamp(1, 1000) as i64)
}

/// Learn from these rows, without any database: takes seconds for ten thousands. `None` when there are too few.
pub fn learn(rows: &[Row]) -> Option<Learning> {
    if rows.len() < ENOUGH {
        return None;
    }
    let mut engine = Engine::new(row::schema());
    for row in rows {
        engine.add(row);
    }
    engine.resolve_all();
    Some(Learning { learnt: engine.learnt(), profiles: rows.len(), expected_wrong: engine.quality().expected_wrong })
}

/// Keep what was learnt; profiles that arrive from now on are weighed by it.
pub fn keep_learnt(tx: &mut Tx<'_>, actor: &Actor, learning: &Learning) -> Result<(), KeepError> {
    actor.require(Permission::EditCustomers)?;
    let mut counts = learning.learnt.counts.clone();
    counts.sort_unstable_by_key(|(value, persons)| (std::cmp::Reverse(*persons), *value));
    counts.truncate(MOST_COUNTS);
    Ok(store::matches::keep_learnt(tx, &learning.learnt, learning.profiles as i64, learning.expected_wrong, &counts)?)
}

/// Why nothing was kept.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Everything else.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// What is in force.
pub fn model(tx: &ReadTx<'_>) -> Result<ModelCard, Fault> {
    let (learnt_at, profiles, expected_wrong) = store::matches::model(tx)?.map_or((None, 0, 0.0), |m| (Some(m.0), m.1, m.2));
    Ok(ModelCard { learnt_at, profiles, expected_wrong, join_from: percent(JOIN), ask_from: percent(ASK) })
}
