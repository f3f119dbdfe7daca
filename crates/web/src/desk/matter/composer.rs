//! Where an answer is written: by which channel, which are closed and why, or a note for colleagues.

use super::later::LaterView;
use super::signature::{self, SignatureView};
use crate::attach::FilesView;
use crate::desk::fresh_key;
use crate::desk::words::{closed, shown};
use crate::{Form, Page, StaffMember, format};
use askama::{Template, filters::HtmlSafe};
use conversations::{AccountId, Matter, Message, ReplyOption};
use customers::Person;
use customers::policy::{Decision, Why};
use kernel::{Channel, Fault, ReadTx};
use std::time::Duration;

/// The composer; its element is `#composer`.
#[derive(Template, Debug, Clone)]
#[template(path = "desk/_composer.html")]
pub(super) struct ComposerView {
    page: Page,
    action: String,
    insert: String,
    draft: String,
    placeholder: String,
    is_note: bool,
    key: String,
    form: Form,
    /// What goes with the message: how the form names it, and its heading.
    card: Option<(String, String)>,
    later: LaterView,
    by: ReplyBy,
    files: FilesView,
    /// What goes below an answer by mail: the mailbox where several sign otherwise, and the lines.
    signatures: Vec<(String, String)>,
}
impl HtmlSafe for ComposerView {}

/// The choice of the way; its element is `#reply-by`.
#[derive(Template, Debug, Clone)]
#[template(path = "desk/_reply_by.html")]
pub(super) struct ReplyBy {
    label: String,
    none: String,
    closed_word: String,
    ways: Vec<Way>,
    closed: Vec<(String, String)>,
    /// Where the files are judged anew when another way is chosen.
    files: String,
    why: String,
    /// What the contact policy says of writing now, by any of these ways.
    warns: Vec<String>,
}
impl HtmlSafe for ReplyBy {}

#[derive(Debug, Clone)]
struct Way {
    value: String,
    words: String,
    is_chosen: bool,
    /// A signature goes below what is sent this way.
    is_signed: bool,
}

impl ComposerView {
    pub(super) fn read(
        tx: &ReadTx<'_>,
        (page, me): (&Page, &StaffMember),
        (matter, last): (&Matter, Option<&Message>),
        person: &Person,
        ways: (&[ReplyOption], &Decision),
        (query, form): (&str, Form),
    ) -> Result<Self, Fault> {
        let signatures = signature::read(tx, me, matter, ways.0)?;
        let mut by = ReplyBy::new(page, person, ways, (form.value("by"), matter.wish), last).signed(&signatures);
        by.files = judging(matter, query);
        let files = files(tx, (page, me), (matter, person), ways.0, (query, &form))?;
        let called = person.name.text.split(' ').next().unwrap_or_default();
        Ok(ComposerView {
            files,
            action: format!("/desk/matters/{}/messages?{query}", matter.id),
            insert: format!("/desk/matters/{}/insert?{query}", matter.id),
            draft: matter.id.to_string(),
            placeholder: page.tv("composer-placeholder", called),
            is_note: form.is("kind", "note") || (by.ways.is_empty() && form.value("kind").is_empty()),
            // A refused form keeps its name: what was meant once is still meant once.
            key: Some(form.value("key").to_owned()).filter(|key| !key.is_empty()).unwrap_or_else(fresh_key),
            by,
            card: None,
            later: LaterView::new(page, &ways.1.zone, &form),
            form,
            signatures: shown_once(signatures),
            page: page.clone(),
        })
    }
    /// Something goes with the message.
    pub(super) fn with_card(mut self, heading: Option<String>) -> Self {
        self.card = heading.map(|heading| (self.form.value("card").to_owned(), heading));
        self
    }
    pub(super) fn reply_by(&self) -> &ReplyBy {
        &self.by
    }
}

/// The files of an answer, judged by the way that is chosen.
pub(super) fn files(
    tx: &ReadTx<'_>,
    (page, me): (&Page, &StaffMember),
    (matter, person): (&Matter, &Person),
    ways: &[ReplyOption],
    (query, form): (&str, &Form),
) -> Result<FilesView, Fault> {
    let owner = &me.actor.to_string();
    let open: Vec<&ReplyOption> = ways.iter().filter(|way| way.closed.is_none()).collect();
    let (chosen, _) = choose(person, &open, (form.value("by"), matter.wish));
    let at = (judging(matter, query), |id| format!("/desk/uploads/{id}"));
    let others = open.iter().map(|way| (*way, value(way), named(page, way)));
    FilesView::read(tx, page, (owner, form), at, chosen.map(|way| way.account.channel))?.or_by(tx, (owner, form), others)
}

/// Where files are added, taken away and judged.
fn judging(matter: &Matter, query: &str) -> String {
    format!("/desk/matters/{}/files?{query}", matter.id)
}

/// The chosen one of the open ways: what was asked for, else what the customer asked for, else their first preferred channel, else where
/// they wrote last. With why it was chosen for the agent, when the customer had a say.
fn choose<'a>(
    person: &Person,
    open: &[&'a ReplyOption],
    (asked, wish): (&str, Option<Channel>),
) -> (Option<&'a ReplyOption>, Option<&'static str>) {
    let by = |channel: Channel| open.iter().copied().find(|option| option.account.channel == channel);
    let wished = open.iter().copied().find(|option| value(option) == asked);
    match (wished, wish.and_then(by), person.preferred_channels.iter().copied().find_map(by)) {
        (Some(way), ..) => (Some(way), None),
        (_, Some(way), _) => (Some(way), Some("reply-by-wish")),
        (_, _, Some(way)) => (Some(way), Some("reply-by-preferred")),
        _ => (open.first().copied(), None),
    }
}

/// Mailboxes that sign alike show it once.
fn shown_once(signatures: Vec<SignatureView>) -> Vec<(String, String)> {
    let mut shown: Vec<(String, String)> = signatures.into_iter().map(|one| (one.of, one.text)).collect();
    shown.dedup();
    shown
}

impl ReplyBy {
    /// Mark the ways below which a signature goes.
    fn signed(mut self, signatures: &[SignatureView]) -> Self {
        for way in &mut self.ways {
            way.is_signed = parse_by(&way.value).is_some_and(|(account, _)| signatures.iter().any(|one| one.account == account));
        }
        self
    }
    /// Open ways with the chosen one marked.
    fn new(
        page: &Page,
        person: &Person,
        (options, policy): (&[ReplyOption], &Decision),
        asked: (&str, Option<Channel>),
        last: Option<&Message>,
    ) -> Self {
        let (open, shut): (Vec<&ReplyOption>, Vec<&ReplyOption>) = options.iter().partition(|option| option.closed.is_none());
        let (chosen, reason) = choose(person, &open, asked);
        let way = |option: &&ReplyOption| Way {
            value: value(option),
            words: named(page, option),
            is_chosen: chosen.is_some_and(|chosen| value(chosen) == value(option)),
            is_signed: false,
        };
        let mut closed: Vec<(String, String)> = Vec::new();
        for option in shut {
            let channel = page.t(&format!("channel-{}", option.account.channel.as_str()));
            let why = option.closed.as_ref().map_or_else(String::new, |why| self::closed(page, why));
            if !closed.contains(&(channel.clone(), why.clone())) {
                closed.push((channel, why));
            }
        }
        ReplyBy {
            files: String::new(),
            label: page.t("reply-by"),
            none: page.t("reply-by-none"),
            closed_word: page.t("closed"),
            ways: open.iter().map(way).collect(),
            warns: elsewhere(page, chosen, last).into_iter().chain(warnings(page, policy)).collect(),
            why: chosen.map_or_else(String::new, |option| why(page, option, reason)),
            closed,
        }
    }
}

/// They asked for the answer at another address than they wrote from: the agent shall know where the words go.
fn elsewhere(page: &Page, chosen: Option<&ReplyOption>, last: Option<&Message>) -> Option<String> {
    let (chosen, last) = chosen.zip(last)?;
    let from = last.address.as_deref().filter(|from| last.account == Some(chosen.account.id) && *from != chosen.address)?;
    Some(page.tw("reply-goes-elsewhere", &[("value", chosen.address.clone().into()), ("from", from.to_owned().into())]))
}

/// What the policy would hold a program back for, once each: the agent may still decide otherwise.
fn warnings(page: &Page, policy: &Decision) -> Vec<String> {
    let mut warns: Vec<String> = Vec::new();
    for reason in &policy.reasons {
        let says = reason.why.text(page.locale, &policy.zone);
        let warn = match reason.why {
            Why::Quiet { .. } => page.tv("policy-quiet", capital(&says)),
            Why::Refused | Why::ByVoice => {
                let channel = page.t(&format!("channel-{}", reason.channel.as_str()));
                page.tw("policy-refused", &[("channel", channel.into()), ("value", says.into())])
            }
            _ => continue,
        };
        if !warns.contains(&warn) {
            warns.push(warn);
        }
    }
    warns
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Why this way, and how long it stays open.
fn why(page: &Page, option: &ReplyOption, reason: Option<&str>) -> String {
    let mut parts: Vec<String> = reason.map(|key| page.t(key)).into_iter().collect();
    if let (Some(hours), Some(last)) = (option.account.window_hours, option.last_inbound_at) {
        let end = last.plus(Duration::from_secs(u64::from(hours) * 3600));
        parts.push(page.tv("reply-by-window", format::span_text(end.since(page.now).as_secs())));
    }
    parts.join(" · ")
}

fn named(page: &Page, option: &ReplyOption) -> String {
    format!("{} · {}", page.t(&format!("channel-{}", option.account.channel.as_str())), shown(option))
}

fn value(option: &ReplyOption) -> String {
    by_text(option.account.id, &option.address)
}

/// A way to answer as one text of the form.
pub(crate) fn by_text(account: AccountId, address: &str) -> String {
    format!("{account}|{address}")
}

/// Read that text.
pub(crate) fn parse_by(text: &str) -> Option<(AccountId, String)> {
    let (account, address) = text.split_once('|')?;
    Some((account.parse().ok()?, address.to_owned()))
}
