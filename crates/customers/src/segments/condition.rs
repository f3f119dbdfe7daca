//! Conditions as data: what they ask, whether they may be kept, and which events can change their answer.

use super::FactKind;
use crate::companies::CompanyId;
use crate::events;
use crate::{ConsentState, IdentifierKind, Purpose};
use kernel::{Channel, Currency, Locale, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Most conditions in one segment, and how deep they may nest.
const MOST: usize = 40;
const DEEPEST: usize = 5;
const MOST_TIMES: u32 = 1000;
const MOST_DAYS: u32 = 3660;
const MOST_PREFIXES: usize = 50;

/// Which way a number is a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// That many or more.
    AtLeast,
    /// That many or fewer.
    AtMost,
}

/// Who is meant. JSON: `{"is": "language", "locale": "es"}`; all together `{"is": "all", "of": [..]}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case", deny_unknown_fields)]
pub enum Condition {
    /// Each of these holds; true of everybody when there is none.
    All {
        /// Which.
        of: Vec<Condition>,
    },
    /// One of these holds at least; true of nobody when there is none.
    Any {
        /// Which.
        of: Vec<Condition>,
    },
    /// This does not hold.
    Not {
        /// What.
        of: Box<Condition>,
    },
    /// A profile's postcode begins with one of these (`41`, `SW1`).
    PostcodeArea {
        /// Beginnings, in capitals without spaces.
        prefixes: Vec<String>,
    },
    /// Their language is this.
    Language {
        /// Which.
        locale: Locale,
    },
    /// The answer in force for this purpose and channel.
    Consent {
        /// For what.
        purpose: Purpose,
        /// On which channel.
        channel: Channel,
        /// The answer.
        state: ConsentState,
    },
    /// It is among the channels they prefer.
    PrefersChannel {
        /// Which.
        channel: Channel,
    },
    /// A profile of theirs came from there.
    Source {
        /// Where.
        channel: Channel,
    },
    /// We know such an identifier of theirs.
    HasIdentifier {
        /// Of which sort.
        kind: IdentifierKind,
    },
    /// They buy for a company: this one, or any.
    Company {
        /// Which, or any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        company: Option<CompanyId>,
    },
    /// It happened to them so often.
    Happened {
        /// What.
        kind: FactKind,
        /// Which way `times` is meant.
        bound: Bound,
        /// How often.
        times: u32,
        /// Within so many days before now; ever, when not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        days: Option<u32>,
        /// Only on this channel.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        channel: Option<Channel>,
        /// Only at this place, by the id of its location.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        place: Option<String>,
    },
    /// What they ordered, less what was cancelled and given back, comes to so much.
    Spent {
        /// Which way `amount` is meant.
        bound: Bound,
        /// Minor units.
        amount: i64,
        /// Of which currency; other currencies do not count.
        currency: Currency,
        /// Within so many days before now; ever, when not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        days: Option<u32>,
    },
    /// It happened, and for the last time before then.
    LastBefore {
        /// What.
        kind: FactKind,
        /// When; not itself included.
        at: Timestamp,
    },
    /// It happened then or later.
    LastAfter {
        /// What.
        kind: FactKind,
        /// When; itself included.
        at: Timestamp,
    },
}

/// Why a condition is not kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidCondition {
    /// Too many of them.
    #[error("a segment has at most {MOST} conditions")]
    TooMany,
    /// Nested too deep.
    #[error("conditions nest at most {DEEPEST} deep")]
    TooDeep,
    /// A postcode area names nothing.
    #[error("a postcode area needs 1 to {MOST_PREFIXES} beginnings of letters and digits")]
    Postcode,
    /// A number is out of its range.
    #[error("{field} is from {least} to {most}")]
    OutOfRange {
        /// Which.
        field: &'static str,
        /// Least.
        least: i64,
        /// Most.
        most: i64,
    },
    /// A place is no id.
    #[error("`{0}` is not the id of a place")]
    Place(String),
}

impl Condition {
    /// Refuse what would be costly or senseless, and put texts in normal form.
    pub(crate) fn checked(mut self) -> Result<Self, InvalidCondition> {
        let mut count = 0;
        self.check(1, &mut count)?;
        Ok(self)
    }

    fn check(&mut self, depth: usize, count: &mut usize) -> Result<(), InvalidCondition> {
        *count += 1;
        if *count > MOST {
            return Err(InvalidCondition::TooMany);
        }
        if depth > DEEPEST {
            return Err(InvalidCondition::TooDeep);
        }
        match self {
            Condition::All { of } | Condition::Any { of } => of.iter_mut().try_for_each(|inner| inner.check(depth + 1, count)),
            Condition::Not { of } => of.check(depth + 1, count),
            Condition::PostcodeArea { prefixes } => postcodes(prefixes),
            Condition::Happened { times, days, bound, place, .. } => {
                let least = if *bound == Bound::AtLeast { 1 } else { 0 };
                within("times", i64::from(*times), least, i64::from(MOST_TIMES))?;
                if let Some(id) = place.as_ref().filter(|id| id.parse::<kernel::ProfileId>().is_err()) {
                    return Err(InvalidCondition::Place(id.chars().take(40).collect()));
                }
                in_days(*days)
            }
            Condition::Spent { days, amount, .. } => {
                within("amount", *amount, 0, 1_000_000_000_000)?;
                in_days(*days)
            }
            _ => Ok(()),
        }
    }

    /// The kinds of event that can change the answer, besides a new person and a claim about persons.
    pub(crate) fn triggers(&self) -> BTreeSet<&'static str> {
        match self {
            Condition::All { of } | Condition::Any { of } => of.iter().flat_map(Condition::triggers).collect(),
            Condition::Not { of } => of.triggers(),
            Condition::PostcodeArea { .. } | Condition::Language { .. } | Condition::PrefersChannel { .. } => {
                [events::UPDATED, events::FIELDS_CHANGED].into()
            }
            Condition::Source { .. } => BTreeSet::new(),
            Condition::Consent { .. } => [events::CONSENT_CHANGED, events::FIELDS_CHANGED].into(),
            Condition::HasIdentifier { .. } => {
                [events::IDENTIFIER_ADDED, events::IDENTIFIER_MOVED, events::IDENTIFIER_LOST, events::FIELDS_CHANGED].into()
            }
            Condition::Company { .. } => [events::BUYER_ADDED, events::BUYER_REMOVED].into(),
            Condition::Happened { kind, .. } | Condition::LastBefore { kind, .. } | Condition::LastAfter { kind, .. } => {
                [kind.as_str()].into()
            }
            Condition::Spent { .. } => FactKind::OF_MONEY.iter().map(|kind| kind.as_str()).collect(),
        }
    }
}

fn postcodes(prefixes: &mut [String]) -> Result<(), InvalidCondition> {
    for prefix in prefixes.iter_mut() {
        *prefix = prefix.split_whitespace().collect::<String>().to_uppercase();
    }
    let sound = |p: &String| (1..=16).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let fits = (1..=MOST_PREFIXES).contains(&prefixes.len()) && prefixes.iter().all(sound);
    if fits { Ok(()) } else { Err(InvalidCondition::Postcode) }
}

fn in_days(days: Option<u32>) -> Result<(), InvalidCondition> {
    days.map_or(Ok(()), |days| within("days", i64::from(days), 1, i64::from(MOST_DAYS)))
}

fn within(field: &'static str, value: i64, least: i64, most: i64) -> Result<(), InvalidCondition> {
    if (least..=most).contains(&value) { Ok(()) } else { Err(InvalidCondition::OutOfRange { field, least, most }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Condition, serde_json::Error> {
        serde_json::from_str(json)
    }

    #[test]
    fn a_condition_is_data_and_refuses_what_it_does_not_know() {
        let bought = r#"{"is":"not","of":{"is":"happened","kind":"order.placed","bound":"at_least","times":1,"days":90}}"#;
        let condition = read(bought).expect("read");
        assert_eq!(serde_json::to_string(&condition).expect("written"), bought);
        assert_eq!(condition.triggers(), ["order.placed"].into());
        assert!(read(r#"{"is":"language","locale":"es","colour":"red"}"#).is_err());
        assert!(read(r#"{"is":"happened","kind":"raw.stored","bound":"at_least","times":1}"#).is_err());
    }

    #[test]
    fn what_would_cost_too_much_is_refused() {
        let deep = (0..6).fold(Condition::All { of: vec![] }, |inner, _| Condition::Not { of: Box::new(inner) });
        assert_eq!(deep.checked(), Err(InvalidCondition::TooDeep));
        let many = Condition::Any { of: vec![Condition::Language { locale: Locale::Es }; 40] };
        assert_eq!(many.checked(), Err(InvalidCondition::TooMany));
        let never =
            Condition::Happened { kind: FactKind::OrderPlaced, bound: Bound::AtLeast, times: 0, days: None, channel: None, place: None };
        assert_eq!(never.checked(), Err(InvalidCondition::OutOfRange { field: "times", least: 1, most: 1000 }));
        let area = Condition::PostcodeArea { prefixes: vec![" sw1 a".into()] };
        assert_eq!(area.checked(), Ok(Condition::PostcodeArea { prefixes: vec!["SW1A".into()] }));
    }
}
