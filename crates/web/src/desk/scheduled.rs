//! One answer for later: change its words, its way and its time, send it now, call it off. What is held says why, with the next lawful way chosen.

use super::matter::{by_text, parse_by};
use super::signed;
use super::words;
pub(super) use crate::format::{local_time, parse_local};
use crate::{Answer, App, Flash, Form, Page, StaffMember, Trouble, format, has_text, show, show_refused};
use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::{get, post};
use conversations::{ConversationError, ReplyOption, Scheduled, ScheduledId, ScheduledState};
use flows::Ask;
use kernel::{Permission, ReadTx, Timestamp};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/desk/scheduled/{id}", get(show_one).post(change)).route("/desk/scheduled/{id}/cancellation", post(cancel))
}

#[derive(Template)]
#[template(path = "desk/scheduled.html")]
struct ScheduledPage {
    page: Page,
    form: Form,
    action: String,
    back: String,
    zone: String,
    held: String,
    offers: String,
    ways: Vec<(String, String)>,
}

/// A moment as the customer's clock shows it.
pub(super) fn moment(page: &Page, at: Timestamp, zone: &str) -> String {
    if zone == "Europe/Madrid" {
        return format::when(at, page.now, page.locale);
    }
    at.to_jiff().to_zoned(customers::policy::zone(zone)).strftime("%-d/%-m/%Y, %H:%M").to_string()
}

/// Why an answer is held, by the code of the reason.
pub(super) fn held_words(page: &Page, code: &str) -> String {
    let key = format!("held-{}", code.replace('_', "-"));
    page.t(if has_text(&key) { &key } else { "held-other" })
}

/// What the page rests on.
struct Known {
    one: Scheduled,
    zone: String,
    ways: Vec<ReplyOption>,
    lawful: Option<flows::LawfulWay>,
}

fn read(tx: &ReadTx<'_>, id: ScheduledId) -> Result<Known, Trouble> {
    let one = conversations::scheduled(tx, id)?.ok_or_else(Trouble::not_found)?;
    let person = customers::person_of(tx, one.profile)?.map_or(Ok(None), |id| customers::person(tx, id))?.ok_or_else(Trouble::not_found)?;
    let zone = flows::may_contact(tx, person.id, Ask::about(customers::Purpose::Service), tx.now())?.zone;
    Ok(Known { zone, ways: flows::reply_ways(tx, &person)?, lawful: flows::lawful_way(tx, person.id)?, one })
}

async fn build(app: &App, page: Page, me: &StaffMember, id: ScheduledId, form: Option<Form>) -> Result<ScheduledPage, Trouble> {
    me.actor.require(Permission::Reply)?;
    let page = signed(page, me);
    let Known { one, zone, ways, lawful } = app.db.read(move |tx| read(tx, id)).await?;
    let lawful = lawful.filter(|_| one.state == ScheduledState::Held);
    let by = lawful.as_ref().map_or_else(|| by_text(one.account, &one.address), |way| by_text(way.account, &way.address));
    let at = one.send_at.max(page.now.plus(std::time::Duration::from_secs(3600)));
    let way = |option: &ReplyOption| {
        let channel = page.t(&format!("channel-{}", option.account.channel.as_str()));
        let shut = option.closed.as_ref().map_or_else(String::new, |why| format!(" · {}", words::closed(&page, why)));
        (by_text(option.account.id, &option.address), format!("{channel} · {}{shut}", words::shown(option)))
    };
    Ok(ScheduledPage {
        action: format!("/desk/scheduled/{id}"),
        back: format!("/desk/matters/{}", one.matter),
        held: if one.state == ScheduledState::Held { held_words(&page, &one.why) } else { String::new() },
        offers: lawful.map_or_else(String::new, |way| page.tv("later-offers", page.t(&format!("channel-{}", way.channel.as_str())))),
        form: form.unwrap_or_else(|| Form::of([("text", one.text.clone()), ("by", by), ("send_at", local_time(at, &zone))])),
        zone,
        ways: ways.iter().map(way).collect(),
        page,
    })
}

async fn show_one(State(app): State<App>, page: Page, me: StaffMember, Path(id): Path<ScheduledId>) -> Answer {
    show(&build(&app, page, &me, id, None).await?)
}

/// Save the change; `now` sends it at once.
async fn change(State(app): State<App>, page: Page, me: StaffMember, Path(id): Path<ScheduledId>, mut form: Form) -> Answer {
    let known = app.db.read(move |tx| read(tx, id)).await?;
    let (matter, is_now) = (known.one.matter, form.is("do", "now"));
    let soon = page.now.plus(std::time::Duration::from_secs(60));
    let at = if is_now { Some(soon) } else { parse_local(form.value("send_at"), &known.zone) };
    let Some(((account, address), at)) = parse_by(form.value("by")).zip(at) else {
        form.refuse("send_at", page.t("later-no-time"));
        return show_refused(&build(&app, page, &me, id, Some(form)).await?);
    };
    let (actor, text) = (me.actor.clone(), payments::mask_card_numbers(form.value("text")).into_owned());
    let write = app.db.write("conversations.change_scheduled", move |tx| {
        flows::change_scheduled(tx, &actor, id, (account, &address), (&text, at))?;
        if is_now {
            flows::send_scheduled(tx, &actor, id)?;
        }
        Ok::<_, ConversationError>(())
    });
    match write.await {
        Ok(()) => page.go_saying(&format!("/desk/matters/{matter}"), &Flash::ok(if is_now { "reply-queued" } else { "later-changed" })),
        Err(error @ (ConversationError::Denied(_) | ConversationError::Fault(_) | ConversationError::UnknownMessage)) => Err(error.into()),
        Err(ConversationError::AlreadySent) => page.go_saying(&format!("/desk/matters/{matter}"), &Flash::bad("message-too-late")),
        Err(error) => {
            let (field, says) = match &error {
                ConversationError::InThePast => ("send_at", page.t("later-past")),
                ConversationError::Empty | ConversationError::TooLong(_) | ConversationError::OpenGap(_) => {
                    ("text", crate::studio::why(&page, &error))
                }
                closed => ("by", words::closed(&page, closed)),
            };
            form.refuse(field, says);
            show_refused(&build(&app, page, &me, id, Some(form)).await?)
        }
    }
}

async fn cancel(State(app): State<App>, page: Page, me: StaffMember, Path(id): Path<ScheduledId>) -> Answer {
    let actor = me.actor;
    let done = app.db.write("conversations.cancel_scheduled", move |tx| conversations::cancel_scheduled(tx, &actor, id)).await;
    let found = app.db.read(move |tx| conversations::scheduled(tx, id)).await?.ok_or_else(Trouble::not_found)?;
    let to = format!("/desk/matters/{}", found.matter);
    match done {
        Ok(()) => page.go_saying(&to, &Flash::ok("later-cancelled")),
        Err(ConversationError::AlreadySent) => page.go_saying(&to, &Flash::bad("message-too-late")),
        Err(error) => Err(error.into()),
    }
}
