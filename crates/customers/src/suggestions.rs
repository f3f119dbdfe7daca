//! Who may be the same person: hints for a human, never a join.

use crate::cards::{PersonCard, cards};
use crate::person::current;
use crate::store::evidence::{self, Hint};
use crate::store::search::BATCH;
use crate::{FieldKind, IdentifierKind, PersonId, resolution, store};
use identity::{Agreement, Evidence};
use kernel::{Fault, ProfileId, ReadTx};
use serde::Serialize;
use std::collections::BTreeMap;

/// One reason to think that two persons are one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Reason {
    /// One gave an identifier that belongs to the other.
    SameIdentifier {
        /// What sort.
        kind: IdentifierKind,
        /// As people read it.
        display: String,
    },
    /// The same full name, whatever the order and accents, and phones with the same last digits.
    SameNameAndPhoneTail {
        /// The digits.
        tail: String,
    },
    /// The same full name and postcode.
    SameNameAndPostcode {
        /// The postcode.
        postcode: String,
    },
    /// Both used one browser.
    SameDevice,
    /// A field of theirs agrees, as far as told.
    Alike {
        /// Which.
        field: FieldKind,
        /// How far.
        agreement: Agreement,
    },
    /// A field of theirs does not agree: it speaks against.
    Unlike {
        /// Which.
        field: FieldKind,
    },
}

impl Reason {
    /// How much it weighs, 0 to 100.
    const fn weight(&self) -> u8 {
        match self {
            Reason::SameIdentifier { .. } => 80,
            Reason::SameNameAndPhoneTail { .. } => 70,
            Reason::SameNameAndPostcode { .. } => 60,
            Reason::SameDevice => 40,
            // Weighed together, by the engine.
            Reason::Alike { .. } | Reason::Unlike { .. } => 0,
        }
    }
}

/// In English; the faces have their own words.
impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Reason::SameIdentifier { display, .. } => write!(f, "one of them gave {display}, which belongs to the other"),
            Reason::SameNameAndPhoneTail { tail } => write!(f, "same name, and phones ending in {tail}"),
            Reason::SameNameAndPostcode { postcode } => write!(f, "same name and postcode {postcode}"),
            Reason::SameDevice => f.write_str("both used one browser"),
            Reason::Alike { field, agreement: Agreement::Exact } => write!(f, "same {}", field.as_str()),
            Reason::Alike { field, .. } => write!(f, "{} nearly the same", field.as_str()),
            Reason::Unlike { field } => write!(f, "other {}", field.as_str()),
        }
    }
}

/// Somebody who may be the same person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// Who.
    pub other: PersonCard,
    /// The pair of profiles to claim same or not same: ours and theirs.
    pub profiles: (ProfileId, ProfileId),
    /// Strongest first.
    pub reasons: Vec<Reason>,
    /// How sure, 0 to 100; from the written weights of the reasons, or from the engine where that is more.
    pub confidence: u8,
}

/// Persons that may be the same as this one, surest first, at most 20; those that a claim keeps apart are left out.
pub fn possible_same(tx: &ReadTx<'_>, person: PersonId) -> Result<Vec<Suggestion>, Fault> {
    let mut found: BTreeMap<PersonId, ((ProfileId, ProfileId), Vec<Reason>)> = BTreeMap::new();
    let person = current(tx, person)?;
    let apart = store::claims::kept_apart(tx, person)?;
    let mut gather = |hints: Vec<Hint>, reason: fn(&Hint) -> Reason| {
        for hint in hints.iter().filter(|h| !apart.contains(&h.person)) {
            let (_, reasons) = found.entry(hint.person).or_insert(((hint.own, hint.other), Vec::new()));
            let reason = reason(hint);
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
    };
    gather(evidence::identifiers_seen(tx, person)?, |hint| match hint.kind {
        None | Some(IdentifierKind::Device) => Reason::SameDevice,
        Some(kind) => Reason::SameIdentifier { kind, display: hint.what.clone() },
    });
    gather(evidence::same_name_and_phone_tail(tx, person)?, |hint| Reason::SameNameAndPhoneTail { tail: hint.what.clone() });
    gather(evidence::same_name_and_postcode(tx, person)?, |hint| Reason::SameNameAndPostcode { postcode: hint.what.clone() });

    let mut sure: BTreeMap<PersonId, u8> = BTreeMap::new();
    for (pair, other) in resolution::of_person(tx, person)? {
        if apart.contains(&other) {
            continue;
        }
        let ours = store::profiles::person_of(tx, pair.a)? == Some(person);
        let profiles = if ours { (pair.a, pair.b) } else { (pair.b, pair.a) };
        let (_, reasons) = found.entry(other).or_insert((profiles, Vec::new()));
        for reason in pair.evidence.iter().filter_map(in_words) {
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        let most = sure.entry(other).or_default();
        *most = pair.confidence.max(*most);
    }

    let persons: Vec<PersonId> = found.keys().copied().take(BATCH).collect();
    let mut suggestions: Vec<Suggestion> = cards(tx, &persons)?
        .into_iter()
        .filter_map(|other| {
            let (profiles, mut reasons) = found.remove(&other.person)?;
            reasons.sort_unstable_by(|a, b| b.weight().cmp(&a.weight()).then_with(|| a.cmp(b)));
            let confidence = together(&reasons).max(sure.get(&other.person).copied().unwrap_or_default());
            Some(Suggestion { other, profiles, reasons, confidence })
        })
        .collect();
    suggestions.sort_by_key(|s| (std::cmp::Reverse(s.confidence), s.other.person));
    suggestions.truncate(20);
    Ok(suggestions)
}

/// What one field says, where it says much.
pub(crate) fn in_words(evidence: &Evidence) -> Option<Reason> {
    let word = serde_json::to_value(evidence.field).ok()?;
    let field: FieldKind = word.as_str()?.parse().ok()?;
    match evidence.agreement {
        Agreement::Different if evidence.weight < -0.5 => Some(Reason::Unlike { field }),
        Agreement::Different => None,
        agreement if evidence.weight > 0.5 => Some(Reason::Alike { field, agreement }),
        _ => None,
    }
}

/// Independent reasons: what is left of the doubt is multiplied. Never certain.
fn together(reasons: &[Reason]) -> u8 {
    let doubt = reasons.iter().fold(100u32, |doubt, r| doubt * (100 - u32::from(r.weight())) / 100);
    u8::try_from(100 - doubt.clamp(1, 100)).unwrap_or(99)
}
