//! A condition in a sentence.

use crate::studio::amount;
use crate::{Page, format};
use customers::companies::{self, CompanyId};
use customers::segments::{Bound, Condition, FactKind};
use kernel::{Actor, Fault, Money, ReadTx};

/// Companies and places that can be chosen from.
const MOST: usize = 100;

/// The names that conditions mention.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    /// Companies by id.
    pub(super) companies: Vec<(CompanyId, String)>,
    /// Places by id.
    pub(super) places: Vec<(String, String)>,
}

impl Known {
    /// Read them: the first hundred companies, and every place.
    pub(super) fn read(tx: &ReadTx<'_>) -> Result<Self, Fault> {
        let companies = companies::companies(tx, &Actor::system(), "", None, MOST).map(|page| page.items).unwrap_or_default();
        let places = inventory::locations(tx, false, None, MOST as i64)?;
        Ok(Known {
            companies: companies.into_iter().map(|company| (company.id, company.name)).collect(),
            places: places.into_iter().map(|place| (place.id.to_string(), place.details.name)).collect(),
        })
    }

    fn company(&self, id: CompanyId) -> String {
        self.companies.iter().find(|(known, _)| *known == id).map_or_else(|| id.to_string(), |(_, name)| name.clone())
    }
    fn place(&self, id: &str) -> String {
        self.places.iter().find(|(known, _)| known == id).map_or_else(|| id.to_owned(), |(_, name)| name.clone())
    }
}

/// The whole condition.
pub(super) fn says(page: &Page, known: &Known, condition: &Condition) -> String {
    let many = |of: &[Condition], link: &str, none: &str| match of {
        [] => page.t(none),
        [one] => says(page, known, one),
        _ => of.iter().map(|one| inner(page, known, one)).collect::<Vec<_>>().join(&format!(" {} ", page.t(link))),
    };
    match condition {
        Condition::All { of } => many(of, "segment-and", "segment-everybody"),
        Condition::Any { of } => many(of, "segment-or", "segment-nobody"),
        Condition::Not { of } => page.tv("segment-not", inner(page, known, of)),
        Condition::PostcodeArea { prefixes } => page.tv("segment-says-postcode", prefixes.join(", ")),
        Condition::Language { locale } => page.tv("segment-says-language", page.t(&format!("language-{}", locale.as_str()))),
        Condition::Consent { purpose, channel, state } => {
            let what = format!("{}, {}", page.t(&format!("purpose-{purpose}")), page.t(&format!("channel-{channel}")));
            page.tv(&format!("segment-says-consent-{state}"), what)
        }
        Condition::PrefersChannel { channel } => page.tv("segment-says-prefers", page.t(&format!("channel-{channel}"))),
        Condition::Source { channel } => page.tv("segment-says-source", page.t(&format!("channel-{channel}"))),
        Condition::HasIdentifier { kind } => page.tv("segment-says-identifier", page.t(&format!("identifier-{}", dashed(kind.as_str())))),
        Condition::Company { company } => match company {
            Some(id) => page.tv("segment-says-company", known.company(*id)),
            None => page.t("segment-says-any-company"),
        },
        Condition::Happened { kind, bound, times, days, channel, place } => {
            let key = if *bound == Bound::AtLeast { "segment-says-at-least" } else { "segment-says-at-most" };
            let mut parts = vec![page.tw(key, &[("value", fact(page, *kind).into()), ("n", (*times).into())])];
            parts.extend(days.map(|days| page.tn("segment-says-days", days)));
            parts.extend(channel.map(|channel| page.tv("segment-says-channel", page.t(&format!("channel-{channel}")))));
            parts.extend(place.as_ref().map(|place| page.tv("segment-says-place", known.place(place))));
            parts.join(" ")
        }
        Condition::Spent { bound, amount, currency, days } => {
            let key = if *bound == Bound::AtLeast { "segment-says-spent-least" } else { "segment-says-spent-most" };
            let mut parts = vec![page.tv(key, page.money(&Money::new(*amount, *currency)))];
            parts.extend(days.map(|days| page.tn("segment-says-days", days)));
            parts.join(" ")
        }
        Condition::LastBefore { kind, at } => last(page, "segment-says-last-before", *kind, *at),
        Condition::LastAfter { kind, at } => last(page, "segment-says-last-after", *kind, *at),
    }
}

/// In brackets when it is made of several.
fn inner(page: &Page, known: &Known, condition: &Condition) -> String {
    let text = says(page, known, condition);
    match condition {
        Condition::All { of } | Condition::Any { of } if of.len() > 1 => format!("({text})"),
        _ => text,
    }
}

fn last(page: &Page, key: &str, kind: FactKind, at: kernel::Timestamp) -> String {
    page.tw(key, &[("value", fact(page, kind).into()), ("day", format::date(at, page.now, page.locale).into())])
}

/// What happened, in words.
pub(super) fn fact(page: &Page, kind: FactKind) -> String {
    page.t(&format!("fact-{}", dashed(kind.as_str())))
}

/// A name as the keys of texts write it.
pub(super) fn dashed(name: &str) -> String {
    name.replace(['.', '_'], "-")
}

/// An amount as the builder's field shows it.
pub(super) fn amount(minor: i64, currency: kernel::Currency) -> String {
    amount::written(Money::new(minor, currency))
}
