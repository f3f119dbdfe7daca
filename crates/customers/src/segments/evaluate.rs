//! Does a condition hold for a person, and until when does the answer stand if nothing happens?

use super::{Bound, Condition, FactKind, store};
use crate::{Consent, PersonId, Profile, person_of, store as room};
use kernel::{Fault, ReadTx, Timestamp};
use std::cell::OnceCell;
use std::time::Duration;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The answer, and when to ask again though nothing happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Answer {
    pub holds: bool,
    pub due: Option<Timestamp>,
}

impl Answer {
    const fn lasting(holds: bool) -> Self {
        Answer { holds, due: None }
    }
}

/// Whether a condition holds for a person now, worked out from nothing. Somebody who is part of another person now fits no condition.
pub fn matches(tx: &ReadTx<'_>, condition: &Condition, person: PersonId) -> Result<bool, Fault> {
    Ok(Subject::new(tx, person).ask(condition)?.holds)
}

/// A person under examination; what is known of them is read when first asked for.
pub(super) struct Subject<'a, 'c> {
    tx: &'a ReadTx<'c>,
    person: PersonId,
    is_person: OnceCell<bool>,
    profiles: OnceCell<Vec<Profile>>,
    consents: OnceCell<Vec<Consent>>,
}

impl<'a, 'c> Subject<'a, 'c> {
    pub(super) fn new(tx: &'a ReadTx<'c>, person: PersonId) -> Self {
        Subject { tx, person, is_person: OnceCell::new(), profiles: OnceCell::new(), consents: OnceCell::new() }
    }

    pub(super) fn ask(&self, condition: &Condition) -> Result<Answer, Fault> {
        let head = once(&self.is_person, || Ok(person_of(self.tx, self.person.oldest_profile())? == Some(self.person)))?;
        if *head { self.answer(condition) } else { Ok(Answer::lasting(false)) }
    }

    fn answer(&self, condition: &Condition) -> Result<Answer, Fault> {
        let tx = self.tx;
        Ok(match condition {
            Condition::All { of } => self.each(of, false)?,
            Condition::Any { of } => self.each(of, true)?,
            Condition::Not { of } => {
                let inner = self.answer(of)?;
                Answer { holds: !inner.holds, due: inner.due }
            }
            Condition::PostcodeArea { prefixes } => {
                let inside = |p: &Profile| prefixes.iter().any(|prefix| p.postcode.starts_with(prefix.as_str()));
                Answer::lasting(self.profiles()?.iter().any(inside))
            }
            Condition::Language { locale } => Answer::lasting(self.latest(|p| p.locale)? == Some(*locale)),
            Condition::PrefersChannel { channel } => {
                let preferred = self.latest(|p| Some(&p.preferred_channels).filter(|c| !c.is_empty()))?;
                Answer::lasting(preferred.is_some_and(|channels| channels.contains(channel)))
            }
            Condition::Source { channel } => Answer::lasting(self.profiles()?.iter().any(|p| p.source == *channel)),
            Condition::Consent { purpose, channel, state } => {
                let consents = once(&self.consents, || room::profiles::consents_of(tx, self.person))?;
                let in_force = consents.iter().find(|c| c.purpose == *purpose && c.channel == *channel);
                Answer::lasting(in_force.is_some_and(|c| c.state == *state))
            }
            Condition::HasIdentifier { kind } => Answer::lasting(store::has_identifier(tx, self.person, *kind)?),
            Condition::Company { company } => Answer::lasting(store::buys_for(tx, self.person, *company)?),
            Condition::Happened { kind, bound, times, days, channel, place } => {
                let filter = (channel.map_or("", kernel::Channel::as_str), place.as_deref().unwrap_or_default());
                self.happened(*kind, *bound, *times, *days, filter)?
            }
            Condition::Spent { bound, amount, currency, days } => {
                let since = days.map(|days| self.tx.now().minus(DAY * days));
                let (sum, oldest) = store::spent(tx, self.person, currency.code(), since)?;
                let holds = if *bound == Bound::AtLeast { sum >= *amount } else { sum <= *amount };
                Answer { holds, due: oldest.zip(*days).map(|(at, days)| at.plus(DAY * days)) }
            }
            Condition::LastBefore { kind, at } => Answer::lasting(self.last(*kind)?.is_some_and(|last| last < *at)),
            Condition::LastAfter { kind, at } => Answer::lasting(self.last(*kind)?.is_some_and(|last| last >= *at)),
        })
    }

    /// The first answer equal to `decides` settles it; it stands at least until that answer is due.
    fn each(&self, of: &[Condition], decides: bool) -> Result<Answer, Fault> {
        let mut due: Option<Timestamp> = None;
        for condition in of {
            let one = self.answer(condition)?;
            if one.holds == decides {
                return Ok(one);
            }
            due = match (due, one.due) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
        }
        Ok(Answer { holds: !decides, due })
    }

    /// By the `n`th newest: whether it lies within the days, and when it leaves them.
    fn happened(&self, kind: FactKind, bound: Bound, times: u32, days: Option<u32>, filter: (&str, &str)) -> Result<Answer, Fault> {
        let nth = if bound == Bound::AtLeast { times } else { times + 1 };
        let at = self.nth_newest(kind, nth, filter)?;
        let leaves = at.zip(days).map(|(at, days)| at.plus(DAY * days));
        let reached = at.is_some() && leaves.is_none_or(|leaves| leaves > self.tx.now());
        Ok(Answer { holds: reached == (bound == Bound::AtLeast), due: leaves.filter(|_| reached) })
    }

    fn nth_newest(&self, kind: FactKind, nth: u32, filter: (&str, &str)) -> Result<Option<Timestamp>, Fault> {
        let mut newest = Vec::new();
        for profile in self.profiles()? {
            newest.extend(store::newest_facts(self.tx, profile.id, kind, filter, i64::from(nth))?);
        }
        newest.sort_unstable_by(|a, b| b.cmp(a));
        Ok(newest.get(nth as usize - 1).copied())
    }

    fn last(&self, kind: FactKind) -> Result<Option<Timestamp>, Fault> {
        self.nth_newest(kind, 1, ("", ""))
    }

    fn profiles(&self) -> Result<&[Profile], Fault> {
        once(&self.profiles, || room::profiles::of_person(self.tx, self.person)).map(Vec::as_slice)
    }

    /// From the profile that changed last and says something, as the person's page does.
    fn latest<'s, T>(&'s self, field: impl Fn(&'s Profile) -> Option<T>) -> Result<Option<T>, Fault> {
        let mut latest: Vec<&Profile> = self.profiles()?.iter().collect();
        latest.sort_by_key(|p| std::cmp::Reverse((p.updated_at, p.id)));
        Ok(latest.into_iter().find_map(field))
    }
}

fn once<T>(cell: &OnceCell<T>, read: impl FnOnce() -> Result<T, Fault>) -> Result<&T, Fault> {
    match cell.get() {
        Some(known) => Ok(known),
        None => {
            let value = read()?;
            Ok(cell.get_or_init(|| value))
        }
    }
}
