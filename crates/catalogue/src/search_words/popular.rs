//! What is searched for often.

use super::{SearchTerm, store};
use crate::search::Searched;
use kernel::{Fault, ReadTx, Timestamp, Tx};
use std::collections::BTreeMap;

/// Most texts that are counted at once; of more, the rarest are left out.
pub const MAX_COUNTED: usize = 500;
/// Read of each of the two weeks.
const READ: i64 = 500;
/// Weeks that are kept.
const KEPT: i64 = 9;
/// Others see a text only once this many searches asked for it: what one person typed is theirs.
const SHOWN_FROM: i64 = 5;
const WEEK_MILLIS: u64 = 7 * 24 * 3_600_000;

fn week(at: Timestamp) -> i64 {
    i64::try_from(at.as_millis() / WEEK_MILLIS).unwrap_or(i64::MAX)
}

/// Add what was counted since the last call ([`SearchIndex::take_searched`](crate::search::SearchIndex::take_searched)). What a process had counted
/// and not yet saved is lost when it is killed: these figures are a guide, not a ledger.
pub fn save_searches(tx: &mut Tx<'_>, searched: &[Searched]) -> Result<(), Fault> {
    let week = week(tx.now());
    for one in searched.iter().take(MAX_COUNTED) {
        store::count(tx, week, &one.term, one.asked, one.found)?;
    }
    store::forget_before(tx, week - KEPT + 1)
}

/// What others search for and find, for an empty search field; at most `limit`.
pub fn popular(tx: &ReadTx<'_>, limit: usize) -> Result<Vec<String>, Fault> {
    let often = counted(tx)?.into_iter().filter(|term| term.asked >= SHOWN_FROM && term.found > 0);
    Ok(often.map(|term| term.term).take(limit).collect())
}

/// This week and the last together, most frequent first.
pub(super) fn counted(tx: &ReadTx<'_>) -> Result<Vec<SearchTerm>, Fault> {
    let now = week(tx.now());
    let mut terms: BTreeMap<String, SearchTerm> = BTreeMap::new();
    for week in [now, now - 1] {
        for term in store::most_asked(tx, week, READ)? {
            let known = terms.entry(term.term.clone()).or_insert(SearchTerm { asked: 0, ..term.clone() });
            known.asked += term.asked;
        }
    }
    let mut terms: Vec<_> = terms.into_values().collect();
    terms.sort_by(|a, b| b.asked.cmp(&a.asked).then_with(|| a.term.cmp(&b.term)));
    Ok(terms)
}
