//! What is worth saying of what was learnt.

use super::{Aspect, Lesson, Preference, Preferences, store};
use crate::permission::may_view;
use crate::person::current;
use crate::{Consent, ConsentState, PersonId, Purpose, QueryError, store as room};
use kernel::{Actor, Fault, ReadTx, Timestamp};
use std::collections::BTreeMap;
use std::time::Duration;

/// Pieces of evidence that are looked at, the newest.
const LOOKED_AT: i64 = 500;
/// Evidence older than this says nothing about today.
const FRESH: Duration = Duration::from_secs(365 * 24 * 60 * 60);
/// Kinds and sizes that are said.
const MOST: usize = 5;

/// The answer that allows learning from what a person does: their newest about personalisation, on whichever channel it was asked.
pub fn allowed(tx: &ReadTx<'_>, person: PersonId) -> Result<Option<Consent>, Fault> {
    let mut answers = room::profiles::consents_of(tx, current(tx, person)?)?;
    answers.retain(|answer| answer.purpose == Purpose::Personalisation);
    Ok(answers.into_iter().next().filter(|newest| newest.state == ConsentState::Granted))
}

/// What is known of a person's likings; staff see anybody's, customers their own. Nothing without consent.
pub fn preferences(tx: &ReadTx<'_>, actor: &Actor, person: PersonId) -> Result<Preferences, QueryError> {
    let person = current(tx, person)?;
    may_view(tx, actor, person)?;
    let Some(consent) = allowed(tx, person)? else { return Ok(Preferences { allowed: None, items: Vec::new() }) };
    let lessons = store::of_person(tx, person, tx.now().minus(FRESH), LOOKED_AT)?;
    Ok(Preferences { allowed: Some(consent), items: strongest(&lessons) })
}

fn strongest(lessons: &[Lesson]) -> Vec<Preference> {
    let mut counted: BTreeMap<(Aspect, &str, &str), Preference> = BTreeMap::new();
    for lesson in lessons {
        let entry = counted.entry((lesson.aspect, &lesson.about, &lesson.value)).or_insert_with(|| Preference {
            aspect: lesson.aspect,
            about: lesson.about.clone(),
            value: lesson.value.clone(),
            label: lesson.label.clone(),
            times: 0,
            since: lesson.at,
            latest: Timestamp::from_micros(i64::MIN),
        });
        entry.times += 1;
        entry.since = entry.since.min(lesson.at);
        if lesson.at > entry.latest {
            entry.latest = lesson.at;
            entry.label.clone_from(&lesson.label);
        }
    }
    let mut found: Vec<Preference> = counted.into_values().filter(|p| p.times >= p.aspect.enough()).collect();
    found.sort_by(|a, b| (a.aspect, b.times, b.latest, &a.value).cmp(&(b.aspect, a.times, a.latest, &b.value)));
    let mut said: Vec<(Aspect, String)> = Vec::new();
    found.retain(|p| {
        // One usual shop, one size of each kind.
        let about = (p.aspect, if p.aspect == Aspect::Kind { p.value.clone() } else { p.about.clone() });
        let is_first = !said.contains(&about);
        said.push(about);
        is_first && said.iter().filter(|(aspect, _)| *aspect == p.aspect).count() <= MOST
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::ProfileId;

    fn lesson(aspect: Aspect, about: &str, value: &str, n: i64) -> Lesson {
        let at = Timestamp::from_seconds(n);
        let (about, value, label, evidence) = (about.into(), value.into(), value.to_uppercase(), n.to_string());
        Lesson { profile: ProfileId::nil(), aspect, about, value, label, evidence, at }
    }

    #[test]
    fn the_most_frequent_is_said_and_a_tie_goes_to_the_latest() {
        let mut lessons: Vec<Lesson> = (0..3).map(|n| lesson(Aspect::UsualShop, "", "madrid", n)).collect();
        lessons.extend((3..6).map(|n| lesson(Aspect::UsualShop, "", "sevilla", n)));
        lessons.extend([lesson(Aspect::Size, "camisas", "m", 7), lesson(Aspect::Size, "camisas", "m", 8)]);
        lessons.extend([
            lesson(Aspect::Size, "faldas", "s", 9),
            lesson(Aspect::Kind, "", "camisas", 7),
            lesson(Aspect::Kind, "", "camisas", 8),
        ]);
        let said: Vec<_> = strongest(&lessons).into_iter().map(|p| (p.aspect, p.about, p.label, p.times)).collect();
        assert_eq!(
            said,
            [(Aspect::UsualShop, String::new(), "SEVILLA".to_owned(), 3), (Aspect::Size, "camisas".to_owned(), "M".to_owned(), 2)]
        );
    }
}
