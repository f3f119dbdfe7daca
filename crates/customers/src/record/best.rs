//! Which of several sayings to believe, and why: the one rule.

use crate::{Basis, Field, FieldKind, fold};
use serde::Serialize;
use std::cmp::Reverse;

/// The rule, best first. Of sayings with one basis the newest is believed.
pub const RULE: [Basis; 5] = [Basis::Code, Basis::Staff, Basis::Customer, Basis::Import, Basis::Channel];

fn rank(basis: Basis) -> usize {
    RULE.iter().position(|b| *b == basis).unwrap_or(RULE.len())
}

/// Why a value was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "rule")]
pub enum Why {
    /// No source says anything else.
    Only,
    /// It rests on something better than the best other saying.
    Basis {
        /// What that other rests on.
        over: Basis,
    },
    /// It is the newest of those that rest on the same.
    Newest,
    /// It comes first of those said at one moment.
    First,
}

/// One kind of field of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecordField {
    /// About what.
    pub kind: FieldKind,
    /// The saying to believe.
    pub best: Field,
    /// Why.
    pub why: Why,
    /// Every other saying, better ones first, those that agree among them.
    pub others: Vec<Field>,
}

/// Put sayings in the order of [`RULE`]: better basis, then newer, then the order of profiles and sources; what one source says
/// at once keeps its order.
pub(crate) fn by_rule(fields: &mut [Field]) {
    fields.sort_by(|a, b| order(a).cmp(&order(b)).then_with(|| a.source.cmp(&b.source)));
}
fn order(field: &Field) -> (FieldKind, usize, Reverse<kernel::Timestamp>, kernel::ProfileId) {
    (field.kind, rank(field.basis), Reverse(field.at), field.profile)
}

/// The record that these sayings add up to, in the order of the kinds.
pub(crate) fn record(mut fields: Vec<Field>) -> Vec<RecordField> {
    by_rule(&mut fields);
    let mut kinds: Vec<RecordField> = Vec::new();
    for field in fields {
        match kinds.last_mut() {
            Some(kind) if kind.kind == field.kind => kind.others.push(field),
            _ => kinds.push(RecordField { kind: field.kind, best: field, why: Why::Only, others: Vec::new() }),
        }
    }
    for kind in &mut kinds {
        kind.why = why(&kind.best, &kind.others);
    }
    kinds
}

fn why(best: &Field, others: &[Field]) -> Why {
    match others.iter().find(|o| fold(&o.value) != fold(&best.value)) {
        None => Why::Only,
        Some(other) if other.basis != best.basis => Why::Basis { over: other.basis },
        Some(other) if other.at != best.at => Why::Newest,
        Some(_) => Why::First,
    }
}

/// The names and postcode to show for one profile, from its own sayings. A whole name that rests on less than the parts of the name, or
/// is older than they are, gives way to them.
pub(crate) struct Columns {
    pub given_name: String,
    pub family_name: String,
    pub full_name: String,
    pub postcode: String,
}

pub(crate) fn columns(mut fields: Vec<Field>) -> Columns {
    by_rule(&mut fields);
    let best = |kind| fields.iter().find(|f: &&Field| f.kind == kind);
    let text = |field: Option<&Field>| field.map(|f| f.value.clone()).unwrap_or_default();
    let (given, family, full) = (best(FieldKind::GivenName), best(FieldKind::FamilyName), best(FieldKind::FullName));
    let beats = |part: &Field, full: &Field| (rank(part.basis), Reverse(part.at)) < (rank(full.basis), Reverse(full.at));
    let full = full.filter(|full| ![given, family].into_iter().flatten().any(|part| beats(part, full)));
    Columns { given_name: text(given), family_name: text(family), full_name: text(full), postcode: text(best(FieldKind::Postcode)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Channel, ProfileId, Timestamp};

    fn said(kind: FieldKind, value: &str, basis: Basis, at: i64) -> Field {
        let (profile, source) = (ProfileId::nil(), Channel::Web.into());
        Field { profile, kind, value: value.into(), source, basis, at: Timestamp::from_seconds(at), actor: "system".into() }
    }
    fn chosen(fields: Vec<Field>) -> (String, Why) {
        let mut kinds = record(fields);
        assert_eq!(kinds.len(), 1);
        let kind = kinds.remove(0);
        (kind.best.value, kind.why)
    }

    #[test]
    fn the_rule_chooses_and_says_why() {
        use Basis::{Code, Customer, Import, Staff};
        let place = |value: &str, basis, at| said(FieldKind::Place, value, basis, at);
        assert_eq!(chosen(vec![place("Madrid", Import, 1)]), ("Madrid".into(), Why::Only));
        assert_eq!(chosen(vec![place("Madrid", Import, 1), place("MADRID", Staff, 0)]), ("MADRID".into(), Why::Only));
        assert_eq!(chosen(vec![place("Madrid", Import, 9), place("Lugo", Staff, 1)]), ("Lugo".into(), Why::Basis { over: Import }));
        assert_eq!(chosen(vec![place("Madrid", Code, 1), place("Lugo", Staff, 9)]), ("Madrid".into(), Why::Basis { over: Staff }));
        assert_eq!(chosen(vec![place("Madrid", Customer, 1), place("Lugo", Customer, 2)]), ("Lugo".into(), Why::Newest));
    }

    #[test]
    fn a_poor_whole_name_gives_way_to_good_parts() {
        use FieldKind::{FamilyName, FullName, GivenName};
        let of = |fields: Vec<Field>| {
            let c = columns(fields);
            (c.given_name, c.family_name, c.full_name)
        };
        let parts = |basis, at| vec![said(GivenName, "Ana", basis, at), said(FamilyName, "Ruiz", basis, at)];
        let with = |mut fields: Vec<Field>, basis, at| {
            fields.push(said(FullName, "anita92", basis, at));
            fields
        };
        assert_eq!(of(with(parts(Basis::Staff, 1), Basis::Channel, 9)), ("Ana".into(), "Ruiz".into(), String::new()));
        assert_eq!(of(with(parts(Basis::Import, 9), Basis::Staff, 1)), ("Ana".into(), "Ruiz".into(), "anita92".into()));
        assert_eq!(of(with(parts(Basis::Import, 1), Basis::Import, 1)), ("Ana".into(), "Ruiz".into(), "anita92".into()));
    }
}
