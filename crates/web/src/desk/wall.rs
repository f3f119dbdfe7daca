//! The wall of whoever leads: what waits on each channel and for how long, who is there, the last days; and handing work round.

use super::words::name_or_stranger;
use super::{agent, signed};
use crate::ui::{Badge, Tone};
use crate::{Answer, App, Flash, Page, StaffMember, Trouble, format, part, show, stream};
use askama::{Template, filters::HtmlSafe};
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::{get, post};
use conversations::{BEST_SCORE, PresenceState, TalkDay};
use jiff::ToSpan;
use kernel::{Channel, Permission, ProfileId, ReadTx, StaffId};
use std::collections::BTreeMap;
use std::time::Duration;

/// Days of the report, today among them.
const DAYS: i64 = 7;
/// Customers who were served badly, shown at once.
const MOST_LOW: i64 = 10;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/desk/wall", get(page)).route("/desk/wall/live", get(live)).route("/desk/wall/staff/{id}/release", post(release))
}

/// Everything on the wall; its element is `#wall`.
#[derive(Template)]
#[template(path = "desk/_wall.html")]
struct WallView {
    page: Page,
    channels: Vec<ChannelRow>,
    people: Vec<PersonRow>,
    days: Vec<DayRow>,
    /// Who was served badly, newest first.
    low: Vec<LowRow>,
    /// What came up, and how often, most first.
    tags: Vec<(String, String, i64)>,
}
impl HtmlSafe for WallView {}

struct ChannelRow {
    name: Badge,
    waiting: i64,
    unassigned: i64,
    longest: String,
    missed: i64,
    state: Badge,
}

struct PersonRow {
    id: String,
    name: String,
    state: Badge,
    says: String,
    may_release: bool,
}

struct DayRow {
    name: Badge,
    received: i64,
    answers: i64,
    in_time: String,
    first: String,
    resolved: i64,
    score: String,
}

struct LowRow {
    matter: String,
    name: String,
    score: String,
    /// In the customer's words; may be empty.
    comment: String,
    /// Who served them; empty for nobody any more.
    by: String,
}

#[derive(Template)]
#[template(path = "desk/wall.html")]
struct WallPage {
    page: Page,
    wall: WallView,
}

async fn load(app: &App, page: Page, me: StaffMember) -> Result<WallView, Trouble> {
    me.actor.require(Permission::Supervise)?;
    app.db.read(move |tx| read(tx, &Page { now: tx.now(), ..page.clone() }, &me)).await
}

fn read(tx: &ReadTx<'_>, page: &Page, me: &StaffMember) -> Result<WallView, Trouble> {
    let channels = conversations::channels_now(tx)?.into_iter().map(|now| ChannelRow {
        name: Badge::channel(page, now.channel),
        waiting: now.waiting,
        unassigned: now.unassigned,
        longest: now.longest_since.map_or_else(String::new, |since| format::span_text(page.now.since(since).as_secs())),
        missed: now.missed,
        state: if now.missed > 0 { Badge::state(Tone::Bad, page.t("wall-late")) } else { Badge::state(Tone::Ok, page.t("wall-in-time")) },
    });
    let mut people = Vec::new();
    for there in conversations::presences(tx)? {
        let Some(staff) = access::staff_member(tx, there.staff)?.filter(|staff| staff.active) else { continue };
        let tone = match there.state {
            PresenceState::Available => Tone::Ok,
            PresenceState::Offline => Tone::Plain,
            _ => Tone::Warn,
        };
        let state = Badge::state(tone, page.t(&format!("presence-{}", there.state.as_str().replace('_', "-"))));
        let says = if there.state == PresenceState::Offline { String::new() } else { agent::units(page, &there) };
        people.push(PersonRow { id: staff.id.to_string(), name: staff.name, state, says, may_release: there.used > 0 });
    }
    let today = page
        .now
        .to_jiff()
        .to_zoned(jiff::tz::TimeZone::get(&conversations::work_rules(tx)?.zone).unwrap_or(jiff::tz::TimeZone::UTC))
        .date();
    let from = today.checked_sub((DAYS - 1).days()).unwrap_or(today);
    let days = conversations::talk_days(tx, &me.actor, from, today)?;
    let tags = come_up(conversations::tag_days(tx, &me.actor, from, today)?);
    let low = served_badly(tx, page, me)?;
    Ok(WallView { channels: channels.collect(), people, days: summed(page, &days), low, tags, page: page.clone() })
}

fn served_badly(tx: &ReadTx<'_>, page: &Page, me: &StaffMember) -> Result<Vec<LowRow>, Trouble> {
    let since = page.now.minus(Duration::from_secs(DAYS.unsigned_abs() * 86_400));
    let surveys = conversations::low_scores(tx, &me.actor, since, MOST_LOW)?;
    let profiles: Vec<ProfileId> = surveys.iter().map(|survey| survey.profile).collect();
    let cards = customers::cards_of_profiles(tx, &profiles)?;
    let mut rows = Vec::with_capacity(surveys.len());
    for survey in surveys {
        let by = survey.owner.map_or(Ok(None), |id| access::staff_member(tx, id))?;
        rows.push(LowRow {
            matter: survey.matter.to_string(),
            name: name_or_stranger(page, cards.get(&survey.profile).map_or("", |card| &card.name.text)),
            score: page.tw("wall-of-five", &[("score", survey.score.unwrap_or_default().into()), ("best", BEST_SCORE.into())]),
            comment: survey.comment,
            by: by.map_or_else(String::new, |staff| page.tv("wall-served-by", staff.name)),
        });
    }
    Ok(rows)
}

/// The tags of these days together, most first: where they lead, their name, their count.
fn come_up(days: Vec<conversations::TagDay>) -> Vec<(String, String, i64)> {
    let mut sums: Vec<(String, String, i64)> = Vec::new();
    for day in days {
        let href = format!("/desk?view=tag-{}", day.tag);
        match sums.iter_mut().find(|(known, ..)| *known == href) {
            Some((.., matters)) => *matters += day.matters,
            None => sums.push((href, day.name, day.matters)),
        }
    }
    sums.sort_by_key(|(_, name, matters)| (std::cmp::Reverse(*matters), name.clone()));
    sums
}

/// The days together, by channel.
fn summed(page: &Page, days: &[TalkDay]) -> Vec<DayRow> {
    let mut by_channel: BTreeMap<Channel, Vec<&TalkDay>> = BTreeMap::new();
    for day in days {
        by_channel.entry(day.channel).or_default().push(day);
    }
    let row = |(channel, days): (Channel, Vec<&TalkDay>)| {
        let sum = |value: fn(&TalkDay) -> i64| days.iter().map(|day| value(day)).sum::<i64>();
        let (answers, firsts) = (sum(|day| day.answers), sum(|day| day.first_answers));
        let mean = sum(|day| day.first_answer_seconds).checked_div(firsts);
        DayRow {
            name: Badge::channel(page, channel),
            received: sum(|day| day.received),
            answers,
            in_time: (sum(|day| day.answers_in_time) * 100).checked_div(answers).map_or_else(String::new, |share| format!("{share} %")),
            first: mean.map_or_else(String::new, |seconds| format::span_text(seconds.unsigned_abs())),
            resolved: sum(|day| day.resolved),
            score: score(page, sum(|day| day.score_sum), sum(|day| day.scores)),
        }
    };
    by_channel.into_iter().map(row).collect()
}

/// `4,6 (23)`: the mean of what customers said, and how many did; empty when nobody has.
fn score(page: &Page, sum: i64, scores: i64) -> String {
    let Some(tenths) = (sum * 10 + scores / 2).checked_div(scores) else { return String::new() };
    format!("{}{}{} ({scores})", tenths / 10, page.t("decimal-mark"), tenths % 10)
}

async fn page(State(app): State<App>, page: Page, me: StaffMember) -> Answer {
    let page = signed(page, &me);
    let wall = load(&app, page.clone(), me).await?;
    show(&WallPage { page, wall })
}

async fn live(State(app): State<App>, page: Page, me: StaffMember) -> Result<Response, Trouble> {
    me.actor.require(Permission::Supervise)?;
    let page = signed(page, &me);
    let reader = app.clone();
    Ok(stream(app.hub.subscribe(["room:matter", "room:message", "room:presence", "room:survey"]), move |_| {
        let (app, page, me) = (reader.clone(), page.clone(), me.clone());
        async move { Some(part("wall", &load(&app, page, me).await.ok()?.render().ok()?)) }
    }))
}

/// What waits for one colleague goes back in front of everybody, and to others who are free.
async fn release(State(app): State<App>, page: Page, me: StaffMember, Path(staff): Path<StaffId>) -> Answer {
    let actor = me.actor;
    app.db.write("conversations.hand_round", move |tx| conversations::hand_round(tx, &actor, staff)).await?;
    page.go_saying("/desk/wall", &Flash::ok("wall-released"))
}
