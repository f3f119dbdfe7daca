//! The builder's form and the condition it stands for.

use super::rows::{KINDS, defaults};
use super::words;
use crate::studio::amount;
use crate::{Form, Page};
use customers::segments::{Bound, Condition};
use kernel::{Currency, Timestamp};

/// Lines that a segment can have here.
const MOST: usize = 20;

/// How many lines the form has.
pub(super) fn count(form: &Form) -> usize {
    (0..MOST).take_while(|n| !form.value(&format!("kind-{n}")).is_empty()).count()
}

/// The form with one more line of this kind.
pub(super) fn with_line(form: Form, kind: &str) -> Form {
    let n = count(&form);
    if n >= MOST || !KINDS.contains(&kind) {
        return form;
    }
    defaults(kind).iter().fold(form.fill(&format!("kind-{n}"), kind), |form, (field, first)| form.fill(&format!("{field}-{n}"), *first))
}

/// The form without a line; those after it move up.
pub(super) fn without_line(form: &Form, gone: usize) -> Form {
    let mut left = Form::new().fill("name", form.value("name")).fill("joined", form.value("joined")).fill("key", form.value("key"));
    for (at, n) in (0..count(form)).filter(|n| *n != gone).enumerate() {
        let kind = form.value(&format!("kind-{n}")).to_owned();
        let fields = defaults(&kind).iter().map(|(field, _)| *field).chain(["not"]);
        for field in fields {
            left = left.fill(&format!("{field}-{at}"), form.value(&format!("{field}-{n}")));
        }
        left = left.fill(&format!("kind-{at}"), kind);
    }
    left
}

/// The condition that the form says; what is wrong is refused beside its line.
pub(super) fn read(page: &Page, form: &mut Form, currency: Currency) -> Option<Condition> {
    let mut of = Vec::new();
    for n in 0..count(form) {
        match line(form, n, currency) {
            Some(one) if form.is(&format!("not-{n}"), "1") => of.push(Condition::Not { of: Box::new(one) }),
            Some(one) => of.push(one),
            None => form.refuse(&format!("line-{n}"), page.t("segment-line-wrong")),
        }
    }
    if of.is_empty() && form.is_fine() {
        form.refuse("add", page.t("segment-needs-line"));
    }
    let joined = if form.value("joined") == "any" { Condition::Any { of } } else { Condition::All { of } };
    form.is_fine().then_some(joined)
}

fn line(form: &Form, n: usize, currency: Currency) -> Option<Condition> {
    let value = |field: &str| form.value(&format!("{field}-{n}")).to_owned();
    let bound = || if value("bound") == "at_most" { Bound::AtMost } else { Bound::AtLeast };
    // `None` is wrong; `Some(None)` is any.
    let days = || match value("days").as_str() {
        "" => Some(None),
        text => text.parse::<u32>().ok().filter(|days| *days > 0).map(Some),
    };
    let chosen = |field: &str| Some(value(field)).filter(|text| !text.is_empty());
    Some(match value("kind").as_str() {
        "happened" => Condition::Happened {
            kind: value("what").parse().ok()?,
            bound: bound(),
            times: value("times").parse().ok()?,
            days: days()?,
            channel: chosen("channel").map(|text| text.parse()).transpose().ok()?,
            place: chosen("place"),
        },
        "spent" => Condition::Spent { bound: bound(), amount: amount::read(&value("amount"), currency)?, currency, days: days()? },
        "last" => {
            let (kind, at) = (value("what").parse().ok()?, Timestamp::from_rfc3339(&format!("{}T00:00:00Z", value("day"))).ok()?);
            if value("bound") == "after" { Condition::LastAfter { kind, at } } else { Condition::LastBefore { kind, at } }
        }
        "postcode" => {
            let prefixes: Vec<String> = value("prefixes").split([',', ';', ' ']).filter(|p| !p.is_empty()).map(str::to_owned).collect();
            Some(prefixes).filter(|p| !p.is_empty()).map(|prefixes| Condition::PostcodeArea { prefixes })?
        }
        "language" => Condition::Language { locale: value("locale").parse().ok()? },
        "consent" => Condition::Consent {
            purpose: value("purpose").parse().ok()?,
            channel: value("channel").parse().ok()?,
            state: value("state").parse().ok()?,
        },
        "prefers" => Condition::PrefersChannel { channel: value("channel").parse().ok()? },
        "source" => Condition::Source { channel: value("channel").parse().ok()? },
        "identifier" => Condition::HasIdentifier { kind: value("identifier").parse().ok()? },
        "company" => Condition::Company { company: chosen("company").map(|text| text.parse()).transpose().ok()? },
        _ => return None,
    })
}

/// The form of a condition; `None` when it nests deeper than the builder goes.
pub(super) fn form_of(condition: &Condition) -> Option<Form> {
    let (joined, of) = match condition {
        Condition::All { of } => ("all", of.as_slice()),
        Condition::Any { of } => ("any", of.as_slice()),
        one => ("all", std::slice::from_ref(one)),
    };
    let mut form = Form::new().fill("joined", joined);
    for (n, one) in of.iter().enumerate().take(MOST + 1) {
        let (one, is_not) = match one {
            Condition::Not { of } => (of.as_ref(), true),
            one => (one, false),
        };
        let (kind, fields) = fields(one).filter(|_| n < MOST)?;
        form = form.fill(&format!("kind-{n}"), kind);
        if is_not {
            form = form.fill(&format!("not-{n}"), "1");
        }
        for (field, value) in fields {
            form = form.fill(&format!("{field}-{n}"), value);
        }
    }
    Some(form)
}

type Fields = Vec<(&'static str, String)>;

fn fields(condition: &Condition) -> Option<(&'static str, Fields)> {
    let text = |value: &dyn std::fmt::Display| value.to_string();
    let bound_of = |bound: &Bound| if *bound == Bound::AtMost { "at_most" } else { "at_least" }.to_owned();
    let days_of = |days: &Option<u32>| days.map_or_else(String::new, |days| days.to_string());
    let day_of = |at: &Timestamp| at.to_rfc3339().chars().take(10).collect::<String>();
    Some(match condition {
        Condition::All { .. } | Condition::Any { .. } | Condition::Not { .. } => return None,
        Condition::Happened { kind, bound, times, days, channel, place } => (
            "happened",
            vec![
                ("what", text(kind)),
                ("bound", bound_of(bound)),
                ("times", text(times)),
                ("days", days_of(days)),
                ("channel", channel.map_or_else(String::new, |c| c.to_string())),
                ("place", place.clone().unwrap_or_default()),
            ],
        ),
        Condition::Spent { bound, amount, currency, days } => {
            ("spent", vec![("bound", bound_of(bound)), ("amount", words::amount(*amount, *currency)), ("days", days_of(days))])
        }
        Condition::LastBefore { kind, at } => ("last", vec![("what", text(kind)), ("bound", "before".into()), ("day", day_of(at))]),
        Condition::LastAfter { kind, at } => ("last", vec![("what", text(kind)), ("bound", "after".into()), ("day", day_of(at))]),
        Condition::PostcodeArea { prefixes } => ("postcode", vec![("prefixes", prefixes.join(", "))]),
        Condition::Language { locale } => ("language", vec![("locale", locale.as_str().to_owned())]),
        Condition::Consent { purpose, channel, state } => {
            ("consent", vec![("purpose", text(purpose)), ("channel", text(channel)), ("state", text(state))])
        }
        Condition::PrefersChannel { channel } => ("prefers", vec![("channel", text(channel))]),
        Condition::Source { channel } => ("source", vec![("channel", text(channel))]),
        Condition::HasIdentifier { kind } => ("identifier", vec![("identifier", text(kind))]),
        Condition::Company { company } => ("company", vec![("company", company.map_or_else(String::new, |id| id.to_string()))]),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use customers::segments::FactKind;
    use kernel::Locale;

    #[test]
    fn a_condition_survives_the_form() {
        let page = Page::sample(Locale::Es);
        let bought =
            Condition::Happened { kind: FactKind::OrderPlaced, bound: Bound::AtMost, times: 0, days: Some(90), channel: None, place: None };
        let spent = Condition::Spent { bound: Bound::AtLeast, amount: 12_050, currency: Currency::EUR, days: None };
        let condition = Condition::Any {
            of: vec![bought, Condition::Not { of: Box::new(spent) }, Condition::PostcodeArea { prefixes: vec!["41".into(), "28".into()] }],
        };
        let mut form = form_of(&condition).expect("flat enough");
        assert_eq!(read(&page, &mut form, Currency::EUR), Some(condition.clone()));
        let mut shorter = without_line(&form, 0);
        let Condition::Any { of } = condition else { panic!("any") };
        assert_eq!(read(&page, &mut shorter, Currency::EUR), Some(Condition::Any { of: of[1..].to_vec() }));
        let mut longer = with_line(shorter, "last");
        assert_eq!((count(&longer), read(&page, &mut longer, Currency::EUR)), (3, None));
        assert_eq!(longer.error("line-2"), Some(page.t("segment-line-wrong").as_str()), "a day is missing");
        let deep = Condition::All { of: vec![Condition::Any { of: vec![] }] };
        assert_eq!(form_of(&deep), None);
    }
}
