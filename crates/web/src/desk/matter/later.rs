//! Answers for later: when they leave, by the customer's clock, and those that wait or are held.

use super::at::AtMatter;
use super::composer::parse_by;
use super::say;
use crate::desk::scheduled::{held_words, local_time, moment};
use crate::desk::snooze;
use crate::{Answer, App, Flash, Form, Page, Trouble};
use askama::{Template, filters::HtmlSafe};
use conversations::{ConversationError, MatterId, ScheduleReply, Scheduled, ScheduledId, ScheduledState};
use flows::Ask;
use kernel::{Fault, ProfileId, ReadTx, Timestamp};

/// When an answer may leave; part of the composer.
#[derive(Template, Debug, Clone)]
#[template(path = "desk/_later.html")]
pub(super) struct LaterView {
    page: Page,
    zone: String,
    at: String,
    is_open: bool,
}
impl HtmlSafe for LaterView {}

impl LaterView {
    pub(super) fn new(page: &Page, zone: &str, form: &Form) -> Self {
        let tomorrow = snooze::until("tomorrow", page.now, zone).unwrap_or(page.now);
        let typed = form.value("send_at");
        let at = if typed.is_empty() { local_time(tomorrow, zone) } else { typed.to_owned() };
        LaterView { at, zone: zone.to_owned(), is_open: form.error("send_at").is_some(), page: page.clone() }
    }
}

/// What is still to leave, below the thread; its element is `#scheduled`.
#[derive(Template, Debug, Clone)]
#[template(path = "desk/_scheduled.html")]
pub(super) struct ScheduledView {
    page: Page,
    rows: Vec<Row>,
}
impl HtmlSafe for ScheduledView {}

#[derive(Debug, Clone)]
struct Row {
    id: ScheduledId,
    text: String,
    when: String,
    /// Why it is held; empty while it waits.
    held: String,
}

impl ScheduledView {
    pub(super) fn read(tx: &ReadTx<'_>, page: &Page, profiles: &[ProfileId], zone: &str) -> Result<Self, Fault> {
        let row = |one: Scheduled| Row {
            id: one.id,
            when: page.tw("later-at", &[("value", moment(page, one.send_at, zone).into()), ("zone", zone.to_owned().into())]),
            held: if one.state == ScheduledState::Held { held_words(page, &one.why) } else { String::new() },
            text: one.text,
        };
        Ok(ScheduledView { rows: conversations::scheduled_for(tx, profiles)?.into_iter().map(row).collect(), page: page.clone() })
    }
}

/// Keep what is in the composer until its time.
pub(super) async fn schedule(at: AtMatter, mut form: Form) -> Answer {
    if !form.value("card").is_empty() {
        form.refuse("send_at", at.page.t("later-no-card"));
        return at.refuse(form).await;
    }
    let zone = zone_of(&at.app, at.id).await?;
    let Some(send_at) = asked(&form, at.page.now, &zone) else {
        form.refuse("send_at", at.page.t("later-no-time"));
        return at.refuse(form).await;
    };
    let (id, actor, text) = (at.id, at.me.actor.clone(), payments::mask_card_numbers(form.value("text")).into_owned());
    let (key, by) = (format!("desk:{actor}:{}", form.value("key")), parse_by(form.value("by")));
    let write = at.app.db.write("conversations.schedule_reply", move |tx| {
        let (account, address) = by.clone().ok_or(ConversationError::NoAddress)?;
        let cmd = ScheduleReply { matter: id, account, address, text: text.clone(), send_at, key: key.clone() };
        flows::schedule_reply(tx, &actor, &cmd)
    });
    match write.await {
        Ok(_) => {
            let when = format!("{} ({zone})", moment(&at.page, send_at, &zone));
            at.page.go_saying(&at.back(), &Flash::ok("later-kept").with(when))
        }
        Err(refused @ (ConversationError::Denied(_) | ConversationError::Fault(_) | ConversationError::UnknownMatter)) => {
            Err(refused.into())
        }
        Err(refused) => {
            let field = if matches!(refused, ConversationError::InThePast) { "send_at" } else { "text" };
            let words =
                if matches!(refused, ConversationError::InThePast) { at.page.t("later-past") } else { say::refusal(&at.page, &refused) };
            form.refuse(field, words);
            at.refuse(form).await
        }
    }
}

/// The clock on the wall of the customer of a matter.
pub(super) async fn zone_of(app: &App, id: MatterId) -> Result<String, Trouble> {
    let read = app.db.read(move |tx| {
        let matter = conversations::matter(tx, id)?.ok_or_else(Trouble::not_found)?;
        let person = customers::person_of(tx, matter.profile)?.ok_or_else(Trouble::not_found)?;
        Ok::<_, Trouble>(flows::may_contact(tx, person, Ask::about(customers::Purpose::Service), tx.now())?.zone)
    });
    read.await
}

/// The moment that was asked for: tomorrow or on Monday at nine, or what was typed.
fn asked(form: &Form, now: Timestamp, zone: &str) -> Option<Timestamp> {
    match form.value("later") {
        "at" => crate::desk::scheduled::parse_local(form.value("send_at"), zone),
        choice => snooze::until(choice, now, zone),
    }
}
