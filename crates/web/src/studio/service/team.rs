//! One team: its hours, who steps in for it, whether customers may ask for it, who is in it.

use super::number;
use crate::studio::hours::{self, DAYS};
use crate::studio::{Entered, Me, why};
use crate::{Answer, App, Flash, Form, Page, Trouble, show, show_refused};
use askama::Template;
use axum::extract::{Path, State};
use conversations::{ConversationError, Expert, Team, TeamId, TeamRules};
use kernel::{Permission, StaffId, Tx};

#[derive(Template)]
#[template(path = "studio/service/team.html")]
struct TeamPage {
    page: Page,
    me: Me,
    team: Team,
    form: Form,
    days: Vec<(&'static str, String)>,
    others: Vec<(String, String)>,
    people: Vec<(String, String)>,
}

async fn build(app: &App, page: Page, me: Me, id: TeamId, form: Form) -> Result<TeamPage, Trouble> {
    me.actor.require(Permission::Supervise)?;
    let read = app.db.read(move |tx| Ok::<_, kernel::Fault>((conversations::teams(tx)?, access::staff_list(tx, None, super::MOST)?)));
    let (teams, staff) = read.await?;
    let team = teams.iter().find(|team| team.id == id).cloned().ok_or_else(Trouble::not_found)?;
    let others = teams.into_iter().filter(|team| team.id != id).map(|team| (team.id.to_string(), team.name));
    let people = staff.into_iter().filter(|one| one.active && one.actor().may(Permission::Reply));
    Ok(TeamPage {
        days: DAYS.iter().map(|day| (*day, page.t(&format!("day-{day}")))).collect(),
        others: std::iter::once((String::new(), page.t("service-nobody-steps-in"))).chain(others).collect(),
        people: people.map(|one| (one.id.to_string(), one.name)).collect(),
        team,
        form,
        page,
        me,
    })
}

pub(super) async fn edit(State(app): State<App>, Entered { page, me }: Entered, Path(id): Path<TeamId>) -> Answer {
    let read = app.db.read(move |tx| Ok::<_, kernel::Fault>((conversations::team_rules(tx, Some(id))?, conversations::members(tx, id)?)));
    let (rules, members) = read.await?;
    let expert = rules.expert.clone().unwrap_or_default();
    let form = Form::of([("skill", expert.skill), ("title_es", expert.title_es), ("title_en", expert.title_en)])
        .fill("overflow", rules.overflow_minutes.to_string())
        .fill("fallback", rules.fallback.map_or_else(String::new, |team| team.to_string()))
        .fill("always", if rules.hours.is_none() { "1" } else { "" })
        .fill("expert", if rules.expert.is_some() { "1" } else { "" });
    let form = hours::fill(form, &rules.hours.unwrap_or_default());
    let form = Form::of(form.pairs().chain(members.into_iter().map(|staff| ("member".to_owned(), staff.to_string()))));
    show(&build(&app, page, me, id, form).await?)
}

pub(super) async fn save(State(app): State<App>, Entered { page, me }: Entered, Path(id): Path<TeamId>, mut form: Form) -> Answer {
    me.actor.require(Permission::Supervise)?;
    let open = hours::read(&page, &mut form);
    let text = |form: &Form, name: &str| form.value(name).to_owned();
    let expert =
        Expert { skill: text(&form, "skill").to_lowercase(), title_es: text(&form, "title_es"), title_en: text(&form, "title_en") };
    if form.is("expert", "1") && (expert.title_es.is_empty() || expert.title_en.is_empty()) {
        form.refuse("title_es", page.t("service-expert-needs-a-title"));
    }
    let rules = TeamRules {
        hours: if form.is("always", "1") { None } else { Some(open) },
        fallback: form.value("fallback").parse().ok(),
        overflow_minutes: number(&page, &mut form, "overflow"),
        expert: form.is("expert", "1").then_some(expert),
    };
    if !form.is_fine() {
        return show_refused(&build(&app, page, me, id, form).await?);
    }
    let wanted: Vec<StaffId> = form.values("member").filter_map(|id| id.parse().ok()).collect();
    let (actor, may_staff) = (me.actor.clone(), me.actor.may(Permission::ManageStaff));
    let write = move |tx: &mut Tx<'_>| -> Result<(), ConversationError> {
        conversations::save_team_rules(tx, &actor, id, &rules)?;
        if may_staff {
            for staff in conversations::members(tx, id)?.into_iter().filter(|staff| !wanted.contains(staff)) {
                conversations::leave_team(tx, &actor, id, staff)?;
            }
            wanted.iter().try_for_each(|staff| conversations::join_team(tx, &actor, id, *staff))?;
        }
        Ok(())
    };
    match app.db.write("conversations.save_team_rules", write).await {
        Ok(()) => page.go_saying("/studio/service", &Flash::ok("saved")),
        Err(error @ ConversationError::Hours(_)) => {
            form.refuse("mon", why(&page, &error));
            show_refused(&build(&app, page, me, id, form).await?)
        }
        Err(error) => Err(error.into()),
    }
}
