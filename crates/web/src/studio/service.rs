//! Service: the brand's hours and targets, its teams, what each colleague can take, the words that are used again, the tags.

mod person;
mod replies;
mod rules;
mod tags;
mod team;

use super::{Entered, Me};
use crate::ui::{Badge, Tone};
use crate::waiting::wait_words;
use crate::{Answer, App, Flash, Form, Page, Trouble, show};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::routing::{get, post};
use conversations::{PresenceState, Wanted};
use kernel::{Channel, Permission, ReadTx};

/// Colleagues listed.
const MOST: i64 = 200;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/studio/service", get(list))
        .route("/studio/service/rules", get(rules::edit).post(rules::save))
        .merge(replies::routes())
        .merge(tags::routes())
        .route("/studio/service/teams", post(create_team))
        .route("/studio/service/teams/{id}", get(team::edit).post(team::save))
        .route("/studio/service/staff/{id}", get(person::edit).post(person::save))
}

struct TeamRow {
    href: String,
    name: String,
    members: i64,
    wait: String,
    expert: String,
}

struct PersonRow {
    href: String,
    name: String,
    state: Badge,
    load: String,
    skills: String,
    languages: String,
}

#[derive(Template)]
#[template(path = "studio/service/list.html")]
struct List {
    page: Page,
    me: Me,
    teams: Vec<TeamRow>,
    people: Vec<PersonRow>,
}

async fn list(State(app): State<App>, Entered { page, me }: Entered) -> Answer {
    me.actor.require(Permission::Supervise)?;
    let read = app.db.read(move |tx| {
        let page = Page { now: tx.now(), ..page.clone() };
        Ok::<_, Trouble>(List { teams: teams(tx, &page)?, people: people(tx, &page)?, page, me: me.clone() })
    });
    show(&read.await?)
}

fn teams(tx: &ReadTx<'_>, page: &Page) -> Result<Vec<TeamRow>, Trouble> {
    let (desk, mut rows) = (conversations::Desk::now(tx)?, Vec::new());
    for team in conversations::teams(tx)? {
        let rules = conversations::team_rules(tx, Some(team.id))?;
        let wanted = Wanted { channel: Channel::Webchat, team: Some(team.id), skill: String::new(), language: String::new(), passed: None };
        let wait = desk.wait(tx, &wanted)?;
        rows.push(TeamRow {
            href: format!("/studio/service/teams/{}", team.id),
            name: team.name,
            members: conversations::members(tx, team.id)?.len() as i64,
            wait: wait_words(page, &wait),
            expert: rules.expert.map_or_else(String::new, |expert| expert.title_es),
        });
    }
    Ok(rows)
}

fn people(tx: &ReadTx<'_>, page: &Page) -> Result<Vec<PersonRow>, Trouble> {
    let mut rows = Vec::new();
    for one in access::staff_list(tx, None, MOST)?.into_iter().filter(|one| one.active && one.actor().may(Permission::Reply)) {
        let there = conversations::presence(tx, one.id)?;
        let state = there.as_ref().map_or(PresenceState::Offline, |there| there.state);
        let tone = match state {
            PresenceState::Available => Tone::Ok,
            PresenceState::Offline => Tone::Plain,
            _ => Tone::Warn,
        };
        let profile = there.as_ref().map(|there| there.profile.clone()).unwrap_or_default();
        rows.push(PersonRow {
            href: format!("/studio/service/staff/{}", one.id),
            name: one.name,
            state: Badge::state(tone, page.t(&format!("presence-{}", state.as_str().replace('_', "-")))),
            load: format!("{} / {}", there.map_or(0, |there| there.used), profile.capacity),
            skills: profile.skills.join(", "),
            languages: profile.languages.join(", "),
        });
    }
    Ok(rows)
}

async fn create_team(State(app): State<App>, Entered { page, me }: Entered, form: Form) -> Answer {
    let name = form.value("name").to_owned();
    if name.is_empty() {
        return page.go_saying("/studio/service", &Flash::bad("service-team-needs-a-name"));
    }
    let actor = me.actor.clone();
    let id = app.db.write("conversations.ensure_team", move |tx| conversations::ensure_team(tx, &actor, &name)).await?;
    page.go(&format!("/studio/service/teams/{id}"))
}

/// A whole number of a field; what is none is refused beside it.
fn number(page: &Page, form: &mut Form, name: &str) -> u32 {
    form.value(name).parse().unwrap_or_else(|_| {
        form.refuse(name, page.t("studio-not-a-number"));
        0
    })
}
