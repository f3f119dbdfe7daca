//! The page on which a matter is offered: to whom, with what they need to know, and what the customer was promised.

use super::super::place::Place;
use super::super::queue::{self, QueueView};
use super::super::scheduled::local_time;
use super::super::{fresh_key, signed, words};
use crate::studio::why;
use crate::waiting::wait_words;
use crate::{Answer, App, Flash, Form, Page, StaffMember, Trouble, show, show_refused};
use askama::Template;
use axum::extract::{Path, Query, State};
use conversations::{Matter, MatterId, Offer, PresenceState, Recipient, TransferError, Wanted};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use kernel::{Permission, ReadTx, Timestamp};

/// Colleagues offered on the page.
const COLLEAGUES: i64 = 100;

/// Somebody who can be asked.
struct Target {
    value: String,
    name: String,
    says: String,
}

#[derive(Template)]
#[template(path = "desk/transfer.html")]
struct TransferPage {
    page: Page,
    queue: QueueView,
    name: String,
    back: String,
    action: String,
    teams: Vec<Target>,
    colleagues: Vec<Target>,
    skills: Vec<String>,
    form: Form,
}

pub(super) async fn show_transfer(
    State(app): State<App>,
    page: Page,
    me: StaffMember,
    Path(id): Path<MatterId>,
    Query(place): Query<Place>,
) -> Answer {
    let page = signed(page, &me);
    let locale = page.locale;
    let read =
        move |tx: &ReadTx<'_>| Ok::<_, kernel::Fault>((conversations::summary(tx, id, locale)?, conversations::open_promise(tx, id)?));
    let (summary, promise) = app.db.read(read).await?;
    // What was promised is promised by whoever takes it over; what is late already needs a new moment.
    let promised = promise.filter(|promise| promise.due_at > page.now);
    let promised = promised.map_or_else(String::new, |promise| local_time(promise.due_at, &app.brand.zone));
    let form = Form::of([("key", fresh_key()), ("summary", summary), ("promised", promised)]);
    show(&build(&app, page, me, id, place, form).await?)
}

async fn build(app: &App, page: Page, me: StaffMember, id: MatterId, place: Place, form: Form) -> Result<TransferPage, Trouble> {
    me.actor.require(Permission::Assign)?;
    let read = app.db.read(move |tx| {
        let page = Page { now: tx.now(), ..page.clone() };
        let matter = conversations::matter(tx, id)?.ok_or_else(Trouble::not_found)?;
        let person = customers::cards_of_profiles(tx, &[matter.profile])?.remove(&matter.profile);
        let here = place.in_queue();
        let (colleagues, skills) = colleagues(tx, &page, &me, &matter)?;
        Ok::<_, Trouble>(TransferPage {
            queue: queue::read(tx, &page, &me, &place, Some(id))?,
            name: words::name_or_stranger(&page, person.as_ref().map_or("", |card| &card.name.text)),
            back: format!("/desk/matters/{id}?{here}"),
            action: format!("/desk/matters/{id}/transfer?{here}"),
            teams: teams(tx, &page, &matter)?,
            colleagues,
            skills,
            form: form.clone(),
            page,
        })
    });
    read.await
}

/// Each team with its hours and its waiting time: what the customer will meet there.
fn teams(tx: &ReadTx<'_>, page: &Page, matter: &Matter) -> Result<Vec<Target>, Trouble> {
    let (desk, mut targets) = (conversations::Desk::now(tx)?, Vec::new());
    for team in conversations::teams(tx)? {
        let wanted = Wanted { channel: matter.channel, team: Some(team.id), skill: String::new(), language: String::new(), passed: None };
        let wait = desk.wait(tx, &wanted)?;
        let mut there = 0;
        for staff in conversations::members(tx, team.id)? {
            there += i64::from(conversations::presence(tx, staff)?.is_some_and(|now| now.state == PresenceState::Available));
        }
        let says = format!("{} · {}", wait_words(page, &wait), page.tn("transfer-there", there));
        targets.push(Target { value: format!("team:{}", team.id), name: team.name, says });
    }
    Ok(targets)
}

/// Each colleague with what they are doing, and everything that anybody knows.
fn colleagues(tx: &ReadTx<'_>, page: &Page, me: &StaffMember, matter: &Matter) -> Result<(Vec<Target>, Vec<String>), Trouble> {
    let (mut targets, mut skills) = (Vec::new(), Vec::new());
    let staff = access::staff_list(tx, None, COLLEAGUES)?;
    let may =
        |one: &&access::Staff| one.active && one.id != me.staff.id && Some(one.id) != matter.owner && one.actor().may(Permission::Reply);
    for one in staff.iter().filter(may) {
        let there = conversations::presence(tx, one.id)?;
        let says = there.as_ref().map_or_else(|| page.t("presence-unknown"), |there| super::super::agent::says(page, there));
        skills.extend(there.map_or_else(Vec::new, |there| there.profile.skills));
        targets.push(Target { value: format!("staff:{}", one.id), name: one.name.clone(), says });
    }
    // Who says that they are at work comes first.
    targets.sort_by_key(|target: &Target| target.says == page.t("presence-unknown"));
    skills.sort();
    skills.dedup();
    Ok((targets, skills))
}

pub(super) async fn offer(
    State(app): State<App>,
    page: Page,
    me: StaffMember,
    Path(id): Path<MatterId>,
    Query(place): Query<Place>,
    mut form: Form,
) -> Answer {
    let page = signed(page, &me);
    let Some(to) = recipient(form.value("to")) else {
        form.refuse("to", page.t("transfer-to-whom"));
        return show_refused(&build(&app, page, me, id, place, form).await?);
    };
    let promised = form.value("promised");
    let promised_at = moment(promised, &app.brand.zone);
    if promised_at.is_none() && !promised.is_empty() {
        form.refuse("promised", page.t("transfer-when"));
        return show_refused(&build(&app, page, me, id, place, form).await?);
    }
    let cmd = Offer {
        matter: id,
        to,
        skill: form.value("skill").to_owned(),
        summary: form.value("summary").to_owned(),
        note: form.value("note").to_owned(),
        promised_at,
        key: format!("desk:{}:{}", me.actor, form.value("key")),
    };
    let actor = me.actor.clone();
    match app.db.write("conversations.offer_transfer", move |tx| conversations::offer_transfer(tx, &actor, &cmd)).await {
        Ok(_) => page.go_saying(&format!("/desk/matters/{id}?{}", place.in_queue()), &Flash::ok("transfer-offered")),
        Err(error @ (TransferError::Denied(_) | TransferError::Fault(_) | TransferError::UnknownMatter)) => Err(error.into()),
        Err(error) => {
            let field = match error {
                TransferError::InThePast => "promised",
                TransferError::TooLong(_) => "note",
                _ => "to",
            };
            form.refuse(field, why(&page, &error));
            show_refused(&build(&app, page, me, id, place, form).await?)
        }
    }
}

fn recipient(text: &str) -> Option<Recipient> {
    match text.split_once(':')? {
        ("staff", id) => id.parse().ok().map(Recipient::Staff),
        ("team", id) => id.parse().ok().map(Recipient::Team),
        _ => None,
    }
}

/// What a field of date and time says, by the brand's clock.
pub(in crate::desk) fn moment(text: &str, zone: &str) -> Option<Timestamp> {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let there = text.parse::<DateTime>().ok()?.to_zoned(zone).ok()?;
    Some(there.timestamp().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promise_is_read_by_the_brands_clock() {
        assert_eq!(moment("2026-06-01T18:00", "Europe/Madrid").map(Timestamp::to_rfc3339).as_deref(), Some("2026-06-01T16:00:00Z"));
        assert_eq!(moment("mañana", "Europe/Madrid"), None);
    }
}
