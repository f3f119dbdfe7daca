//! Codes of coupons that do not exist: whoever tries one after the other is made to wait.

use kernel::{ProfileId, Timestamp};
use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Wrong codes of one known customer within [`SPAN`].
const MOST_OF_ONE: usize = 10;
/// Wrong codes of all strangers together: they have as many cookies and carts as they like. Far more than people mistype, and far too few to
/// find a code of forty bits.
const MOST_OF_STRANGERS: usize = 300;
const SPAN: Duration = Duration::from_secs(60);
/// Customers that are remembered; beyond that all are forgotten, which costs a guesser a minute of signing in.
const MOST_KNOWN: usize = 10_000;

/// The wrong codes of the last minute, in this process.
#[derive(Debug, Default)]
pub(crate) struct Guesses(Mutex<HashMap<Option<ProfileId>, VecDeque<Timestamp>>>);

impl Guesses {
    /// Whether somebody may try another code now.
    pub(crate) fn may_try(&self, who: Option<ProfileId>, now: Timestamp) -> bool {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(wrong) = known.get_mut(&who) else { return true };
        while wrong.front().is_some_and(|at| now.since(*at) >= SPAN) {
            wrong.pop_front();
        }
        if wrong.is_empty() {
            known.remove(&who);
            return true;
        }
        wrong.len() < if who.is_some() { MOST_OF_ONE } else { MOST_OF_STRANGERS }
    }

    /// A code did not exist.
    pub(crate) fn was_wrong(&self, who: Option<ProfileId>, now: Timestamp) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST_KNOWN {
            known.clear();
        }
        known.entry(who).or_default().push_back(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_ten_wrong_codes_a_customer_waits_a_minute_and_nobody_else_does() {
        let (guesses, ana) = (Guesses::default(), Some(ProfileId::from_parts(1, 1)));
        let at = |seconds: i64| Timestamp::from_seconds(1_000 + seconds);
        for second in 0..10 {
            assert!(guesses.may_try(ana, at(second)));
            guesses.was_wrong(ana, at(second));
        }
        assert!(!guesses.may_try(ana, at(10)) && !guesses.may_try(ana, at(59)));
        assert!(guesses.may_try(None, at(10)) && guesses.may_try(Some(ProfileId::from_parts(1, 2)), at(10)));
        assert!(guesses.may_try(ana, at(60)), "the first is a minute old");
    }
}
