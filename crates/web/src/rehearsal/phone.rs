//! The phone: what was written on it and what the brand sent to it, in one order.

use super::book::{PhoneBook, Written};
use super::line;
use super::role::{Role, Tab};
use crate::ui::Moment;
use crate::{App, Page};
use channels::{MailRequest, RawWebhook, adapter};
use conversations::{InboundEvent, InboundMessage, Part};
use kernel::{Channel, Timestamp};

/// One message on the phone.
pub(super) struct Line {
    pub mine: bool,
    pub subject: String,
    pub text: String,
    pub time: Moment,
    /// Id and words of the choices under it.
    pub choices: Vec<(String, String)>,
    /// The provider's name of it, to answer a choice.
    pub id: String,
    pub at: Timestamp,
}

/// The phone as it is shown.
pub(super) struct Phone {
    pub tab: Tab,
    pub tabs: Vec<(Tab, String, String)>,
    pub lines: Vec<Line>,
    /// Subject that an answer carries.
    pub subject: String,
    /// Why nothing can be written here; empty when it can.
    pub closed: String,
    /// How the telephone's line stands; empty on other tabs.
    pub line: &'static str,
    /// This browser takes notices.
    pub is_reached: bool,
}

/// What one tab of the phone shows. Looking at a network is reading: the desk sees it.
pub(super) fn phone(app: &App, page: &Page, book: &PhoneBook, role: &Role) -> Phone {
    let tab = role.tab();
    let mut lines = match tab {
        Tab::Email => mails(app, page, book, role),
        Tab::Phone => line::heard(app, page, book, role),
        Tab::Push => notices(app, page, book),
        network => network.network().map(|kind| letters(app, page, book, role, kind)).unwrap_or_default(),
    };
    lines.sort_by_key(|line| line.at);
    let closed = match tab {
        Tab::Email if app.simulators.mail.is_none() => page.t("phone-no-mail"),
        Tab::Email if role.email_identifier().is_none() => page.t("phone-no-address"),
        tab if ![Tab::Email, Tab::Push, Tab::Webchat, Tab::Shop].contains(&tab) && role.phone_identifier().is_none() => {
            page.t("phone-no-number")
        }
        _ => String::new(),
    };
    let subject = lines.iter().rev().map(|line| line.subject.as_str()).find(|subject| !subject.is_empty()).unwrap_or_default();
    let subject = if subject.is_empty() || subject.starts_with("Re: ") { subject.to_owned() } else { format!("Re: {subject}") };
    let is_here = |tab: &&Tab| match tab {
        Tab::Phone => app.simulators.telephone.is_some(),
        Tab::Push => app.simulators.push.is_some(),
        tab => tab.network().is_none_or(|kind| app.simulators.far_end(kind).is_some()),
    };
    let tabs = Tab::ALL.iter().filter(is_here).map(|tab| (*tab, page.t(&format!("phone-{}", tab.as_str())), role.query(*tab))).collect();
    let line = if tab == Tab::Phone { line::stands(app, role) } else { "" };
    Phone { tab, tabs, lines, subject, closed, line, is_reached: book.reached(&page.visit.0).is_some() }
}

/// What the browser showed while no page of ours was looked at.
fn notices(app: &App, page: &Page, book: &PhoneBook) -> Vec<Line> {
    let Some((service, browser)) = app.simulators.push.as_ref().zip(book.reached(&page.visit.0)) else { return Vec::new() };
    let shown = service.shown_on(&browser).into_iter().map(|(at, notice)| Line {
        mine: false,
        subject: notice["title"].as_str().unwrap_or_default().to_owned(),
        text: notice["body"].as_str().unwrap_or_default().to_owned(),
        time: Moment::when(at, page.now, page.locale),
        choices: Vec::new(),
        id: String::new(),
        at,
    });
    shown.collect()
}

pub(super) fn mine(page: &Page, written: Written) -> Line {
    let time = Moment::when(written.at, page.now, page.locale);
    Line { mine: true, subject: written.subject, text: written.text, time, choices: Vec::new(), id: String::new(), at: written.at }
}

/// What passed on a network.
fn letters(app: &App, page: &Page, book: &PhoneBook, role: &Role, kind: Channel) -> Vec<Line> {
    let (Some(far_end), Some(number)) = (app.simulators.far_end(kind), role.number()) else { return Vec::new() };
    far_end.reads(&number);
    let theirs = far_end.shown_to(&number).into_iter().filter(|shown| shown.at >= role.since()).map(|shown| Line {
        mine: false,
        subject: String::new(),
        text: if shown.text.is_empty() && shown.file.is_some() { page.t("phone-file") } else { shown.text },
        time: Moment::when(shown.at, page.now, page.locale),
        choices: shown.choices,
        at: shown.at,
        id: shown.id,
    });
    book.from(&from_of(kind, &number), role.since()).into_iter().map(|written| mine(page, written)).chain(theirs).collect()
}

/// Under what the phone remembers what was written on a network.
pub(super) fn from_of(kind: Channel, number: &str) -> String {
    format!("{kind}:{number}")
}

fn mails(app: &App, page: &Page, book: &PhoneBook, role: &Role) -> Vec<Line> {
    let (Some(mail), Some(address)) = (&app.simulators.mail, role.email_identifier()) else { return Vec::new() };
    let sent = mail.sent().into_iter().filter(|sent| sent.to.eq_ignore_ascii_case(address.value()));
    let theirs = sent.filter_map(|sent| {
        let read = opened(&sent, page.now)?;
        Some(Line {
            mine: false,
            subject: read.subject.clone().unwrap_or_default(),
            text: words(&read),
            time: Moment::when(read.at, page.now, page.locale),
            choices: Vec::new(),
            at: read.at,
            id: sent.message_id,
        })
    });
    let theirs = theirs.filter(|line| line.at >= role.since());
    book.from(address.value(), role.since()).into_iter().map(|written| mine(page, written)).chain(theirs).collect()
}

/// A mail of ours as its reader's programme understands it: with the same parser that reads theirs.
fn opened(sent: &MailRequest, now: Timestamp) -> Option<InboundMessage> {
    let events = adapter(Channel::Email)?.parse(&RawWebhook::of(sent.raw.clone(), now));
    events.into_iter().find_map(|event| match event {
        InboundEvent::Message(message) => Some(*message),
        _ => None,
    })
}

fn words(message: &InboundMessage) -> String {
    let texts = message.parts.iter().filter_map(|part| match part {
        Part::Text { text, fresh } => Some(fresh.as_deref().unwrap_or(text).trim()),
        _ => None,
    });
    texts.collect::<Vec<_>>().join("\n\n")
}

/// The last mail of the brand, which an answer points at.
pub(super) fn last_mail(app: &App, role: &Role) -> Option<String> {
    let address = role.email_identifier()?;
    let sent = app.simulators.mail.as_ref()?.sent();
    sent.into_iter().rev().find(|sent| sent.to.eq_ignore_ascii_case(address.value())).map(|sent| sent.message_id)
}
