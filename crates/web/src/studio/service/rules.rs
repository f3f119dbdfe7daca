//! The brand's own rules: hours, how long customers may wait, what happens when nobody answers.

use super::number;
use crate::studio::hours::{self, DAYS};
use crate::studio::{Entered, Me, why};
use crate::{Answer, App, Flash, Form, Page, Trouble, show, show_refused};
use askama::Template;
use axum::extract::State;
use conversations::{ConversationError, Target, WorkRules};
use kernel::{Channel, Hours, Permission};

#[derive(Template)]
#[template(path = "studio/service/rules.html")]
struct Rules {
    page: Page,
    me: Me,
    form: Form,
    days: Vec<(&'static str, String)>,
    teams: Vec<(String, String)>,
}

const NUMBERS: [&str; 10] = ["first", "next", "resolution", "warn", "reopen", "silent", "silent_email", "away", "transfer", "survey"];

async fn build(app: &App, page: Page, me: Me, form: Form) -> Result<Rules, Trouble> {
    me.actor.require(Permission::Supervise)?;
    let teams = app.db.read(conversations::teams).await?;
    let none = (String::new(), page.t("service-no-team"));
    Ok(Rules {
        days: DAYS.iter().map(|day| (*day, page.t(&format!("day-{day}")))).collect(),
        teams: std::iter::once(none).chain(teams.into_iter().map(|team| (team.id.to_string(), team.name))).collect(),
        form,
        page,
        me,
    })
}

pub(super) async fn edit(State(app): State<App>, Entered { page, me }: Entered) -> Answer {
    let rules = app.db.read(conversations::work_rules).await?;
    let form = form_of(&rules);
    show(&build(&app, page, me, form).await?)
}

fn form_of(rules: &WorkRules) -> Form {
    let WorkRules { target, warn_minutes, reopen_days, silent_minutes, silent, away_minutes, transfer_minutes, survey_minutes, .. } = rules;
    let values = [
        target.first_answer_minutes,
        target.next_answer_minutes,
        target.resolution_minutes,
        *warn_minutes,
        *reopen_days,
        *silent_minutes,
        silent.get(&Channel::Email).copied().unwrap_or(*silent_minutes),
        *away_minutes,
        *transfer_minutes,
        *survey_minutes,
    ];
    let form = Form::of(NUMBERS.into_iter().zip(values.map(|value| value.to_string())));
    let form = form.fill("default_team", rules.default_team.map_or_else(String::new, |team| team.to_string()));
    let form = form.fill("always", if rules.hours.is_none() { "1" } else { "" }).fill("zone", &*rules.zone);
    hours::fill(form, &rules.hours.clone().unwrap_or_default())
}

fn read(page: &Page, form: &mut Form, was: &WorkRules) -> WorkRules {
    let [first, next, resolution, warn, reopen, minutes, by_email, away, transfer, survey_minutes] =
        NUMBERS.map(|name| number(page, form, name));
    let mut silent = was.silent.clone();
    silent.insert(Channel::Email, by_email);
    let open: Hours = hours::read(page, form);
    WorkRules {
        zone: form.value("zone").to_owned(),
        hours: if form.is("always", "1") { None } else { Some(open) },
        target: Target { first_answer_minutes: first, next_answer_minutes: next, resolution_minutes: resolution },
        warn_minutes: warn,
        reopen_days: reopen,
        silent_minutes: minutes,
        silent,
        away_minutes: away,
        transfer_minutes: transfer,
        survey_minutes,
        default_team: form.value("default_team").parse().ok(),
        ..was.clone()
    }
}

pub(super) async fn save(State(app): State<App>, Entered { page, me }: Entered, mut form: Form) -> Answer {
    let was = app.db.read(conversations::work_rules).await?;
    let rules = read(&page, &mut form, &was);
    if !form.is_fine() {
        return show_refused(&build(&app, page, me, form).await?);
    }
    let actor = me.actor.clone();
    match app.db.write("conversations.save_work_rules", move |tx| conversations::save_work_rules(tx, &actor, &rules)).await {
        Ok(()) => page.go_saying("/studio/service", &Flash::ok("saved")),
        Err(error @ ConversationError::Hours(_)) => {
            form.refuse("mon", why(&page, &error));
            show_refused(&build(&app, page, me, form).await?)
        }
        Err(error) => Err(error.into()),
    }
}
