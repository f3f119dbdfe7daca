//! What was learnt of somebody, in words, with its evidence and the consent that allows it.

use crate::{Page, format};
use customers::Consent;
use customers::learnt::{Aspect, Preference, Preferences};
use kernel::Channel;

/// One thing learnt.
#[derive(Debug, Clone)]
pub(crate) struct Learnt {
    /// `Usual shop`.
    pub title: String,
    /// `Almadeja Sevilla`.
    pub value: String,
    /// `3 visits, allowed on 3 May in the account`.
    pub evidence: String,
}

/// Everything worth saying; `is_theirs` when the customer reads it. `word` says a value of the catalogue in the reader's language.
pub(crate) fn words(page: &Page, known: &Preferences, is_theirs: bool, word: impl Fn(&str) -> String) -> Vec<Learnt> {
    let Some(consent) = &known.allowed else { return Vec::new() };
    let allowed = allowed(page, consent, is_theirs);
    known.items.iter().map(|item| one(page, item, &allowed, &word)).collect()
}

fn one(page: &Page, item: &Preference, allowed: &str, word: &impl Fn(&str) -> String) -> Learnt {
    let (title, value, count) = match item.aspect {
        Aspect::UsualShop => (page.t("learnt-usual-shop"), item.label.clone(), page.tn("learnt-visits", item.times)),
        Aspect::Size => (page.tv("learnt-size", word(&item.about)), word(&item.value), page.tn("learnt-purchases", item.times)),
        Aspect::Kind => (page.t("learnt-kind"), word(&item.value), page.tn("learnt-purchases", item.times)),
    };
    Learnt { title, value, evidence: format!("{count}, {allowed}") }
}

fn allowed(page: &Page, consent: &Consent, is_theirs: bool) -> String {
    let place = match consent.source {
        Channel::Web | Channel::App if is_theirs => page.t("learnt-in-your-account"),
        Channel::Web | Channel::App => page.t("learnt-in-the-account"),
        Channel::Till => page.t("learnt-in-the-shop"),
        other => page.tv("learnt-by", page.t(&format!("channel-{other}"))),
    };
    let day = format::date(consent.at, page.now, page.locale);
    let key = if is_theirs { "learnt-you-allowed" } else { "learnt-allowed" };
    page.tw(key, &[("day", day.into()), ("place", place.into())])
}
