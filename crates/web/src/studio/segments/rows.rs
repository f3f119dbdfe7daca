//! One condition as one line of the builder: words with fields between them.

use super::words::{Known, dashed, fact};
use crate::{Form, Page};
use customers::segments::FactKind;
use customers::{ConsentState, IdentifierKind, Purpose};
use kernel::{Channel, Locale};

/// Kinds of line, in the order of the menu.
pub(super) const KINDS: [&str; 10] =
    ["happened", "spent", "last", "postcode", "language", "consent", "prefers", "source", "identifier", "company"];
/// Channels that people are met on.
const CHANNELS: [Channel; 8] =
    [Channel::Web, Channel::Till, Channel::Email, Channel::Whatsapp, Channel::Webchat, Channel::Phone, Channel::Sms, Channel::Api];
/// Where profiles come from.
const SOURCES: [Channel; 7] =
    [Channel::Web, Channel::Till, Channel::Email, Channel::Whatsapp, Channel::Webchat, Channel::Desk, Channel::Api];

/// A line.
pub(super) struct Row {
    pub n: usize,
    pub kind: &'static str,
    pub title: String,
    pub is_not: bool,
    pub parts: Vec<Part>,
    pub error: String,
}

/// Words, or a field.
pub(super) struct Part {
    pub before: String,
    pub name: String,
    pub label: String,
    pub value: String,
    /// `select`, `number`, `date` or `text`.
    pub shape: &'static str,
    pub options: Vec<(String, String)>,
}

/// The fields of a line with what they hold at first.
pub(super) fn defaults(kind: &str) -> &'static [(&'static str, &'static str)] {
    match kind {
        "happened" => &[("what", "order.placed"), ("bound", "at_least"), ("times", "1"), ("days", ""), ("channel", ""), ("place", "")],
        "spent" => &[("bound", "at_least"), ("amount", "100"), ("days", "")],
        "last" => &[("what", "order.placed"), ("bound", "before"), ("day", "")],
        "postcode" => &[("prefixes", "")],
        "language" => &[("locale", "es")],
        "consent" => &[("purpose", "marketing"), ("channel", "email"), ("state", "granted")],
        "prefers" => &[("channel", "whatsapp")],
        "source" => &[("channel", "web")],
        "identifier" => &[("identifier", "email")],
        _ => &[("company", "")],
    }
}

/// The line numbered `n` of a form.
pub(super) fn row(page: &Page, known: &Known, form: &Form, n: usize) -> Option<Row> {
    let sent = form.value(&format!("kind-{n}"));
    let kind = KINDS.into_iter().find(|kind| *kind == sent)?;
    let part = |(field, first): &(&'static str, &'static str)| {
        let name = format!("{field}-{n}");
        let value = if form.values(&name).next().is_some() { form.value(&name).to_owned() } else { (*first).to_owned() };
        let (shape, options) = choices(page, known, kind, field);
        let before = page.t(&format!("segment-line-{kind}-{field}"));
        let before = if before.ends_with(&format!("{kind}-{field}")) { String::new() } else { before };
        Part { before, label: page.t(&format!("segment-field-{field}")), name, value, shape, options }
    };
    Some(Row {
        n,
        kind,
        title: page.t(&format!("segment-kind-{kind}")),
        is_not: form.is(&format!("not-{n}"), "1"),
        parts: defaults(kind).iter().map(part).collect(),
        error: form.error(&format!("line-{n}")).unwrap_or_default().to_owned(),
    })
}

fn choices(page: &Page, known: &Known, kind: &str, field: &str) -> (&'static str, Vec<(String, String)>) {
    let word = |value: &str, key: String| (value.to_owned(), page.t(&key));
    let channels = |of: &[Channel]| of.iter().map(|c| word(c.as_str(), format!("channel-{c}"))).collect::<Vec<_>>();
    let any = |key: &str| vec![(String::new(), page.t(key))];
    let options = match (kind, field) {
        (_, "what") => FactKind::ALL.iter().map(|kind| (kind.as_str().to_owned(), fact(page, *kind))).collect(),
        ("last", "bound") => ["before", "after"].map(|b| word(b, format!("segment-bound-{b}"))).to_vec(),
        (_, "bound") => ["at_least", "at_most"].map(|b| word(b, format!("segment-bound-{}", dashed(b)))).to_vec(),
        ("happened", "channel") => any("segment-any-channel").into_iter().chain(channels(&CHANNELS)).collect(),
        ("source", "channel") => channels(&SOURCES),
        (_, "channel") => channels(&[Channel::Email, Channel::Whatsapp, Channel::Sms, Channel::Phone, Channel::Web]),
        (_, "place") => any("segment-any-place").into_iter().chain(known.places.iter().cloned()).collect(),
        (_, "locale") => Locale::ALL.iter().map(|l| word(l.as_str(), format!("language-{}", l.as_str()))).collect(),
        (_, "purpose") => Purpose::ALL.iter().map(|p| word(p.as_str(), format!("purpose-{p}"))).collect(),
        (_, "state") => ConsentState::ALL.iter().map(|s| word(s.as_str(), format!("segment-consent-{s}"))).collect(),
        (_, "identifier") => IdentifierKind::ALL.iter().map(|k| word(k.as_str(), format!("identifier-{}", dashed(k.as_str())))).collect(),
        (_, "company") => {
            let named = known.companies.iter().map(|(id, name)| (id.to_string(), name.clone()));
            any("segment-any-company").into_iter().chain(named).collect()
        }
        (_, "times" | "days") => return ("number", Vec::new()),
        (_, "day") => return ("date", Vec::new()),
        _ => return ("text", Vec::new()),
    };
    ("select", options)
}
