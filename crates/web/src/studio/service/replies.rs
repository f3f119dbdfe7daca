//! Saved replies: words that the desk uses again.

use crate::studio::{Entered, Me, why};
use crate::ui::Moment;
use crate::{Answer, App, Flash, Form, Page, Trouble, show, show_refused};
use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::{get, post};
use conversations::{SaveReply, SavedReply, SavedReplyError, SavedReplyId, Variable};
use kernel::{Permission, ReadTx};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/studio/service/replies", get(list))
        .route("/studio/service/replies/new", get(fresh).post(make))
        .route("/studio/service/replies/{id}", get(edit).post(change))
        .route("/studio/service/replies/{id}/removal", post(remove))
}

struct Row {
    href: String,
    name: String,
    team: String,
    words: String,
    changed: Moment,
}

#[derive(Template)]
#[template(path = "studio/service/replies.html")]
struct List {
    page: Page,
    me: Me,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "studio/service/reply.html")]
struct Edit {
    page: Page,
    me: Me,
    title: String,
    action: String,
    removal: String,
    form: Form,
    teams: Vec<(String, String)>,
    variables: Vec<(String, String)>,
}

async fn list(State(app): State<App>, Entered { page, me }: Entered) -> Answer {
    me.actor.require(Permission::Supervise)?;
    let (replies, teams) = app.db.read(|tx| Ok::<_, kernel::Fault>((conversations::saved_replies(tx)?, conversations::teams(tx)?))).await?;
    let row = |reply: SavedReply| Row {
        href: format!("/studio/service/replies/{}", reply.id),
        team: teams.iter().find(|team| Some(team.id) == reply.team).map_or_else(|| page.t("reply-everybodys"), |team| team.name.clone()),
        words: reply.text(page.locale).chars().take(120).collect(),
        changed: Moment::date(reply.changed_at, page.now, page.locale),
        name: reply.name,
    };
    show(&List { rows: replies.into_iter().map(row).collect(), page, me })
}

/// Everybody's first, then each team.
fn whose(tx: &ReadTx<'_>, page: &Page) -> Result<Vec<(String, String)>, kernel::Fault> {
    let teams = conversations::teams(tx)?.into_iter().map(|team| (team.id.to_string(), team.name));
    Ok(std::iter::once((String::new(), page.t("reply-everybodys"))).chain(teams).collect())
}

async fn build(app: &App, page: Page, me: Me, known: Option<SavedReplyId>, form: Form) -> Result<Edit, Trouble> {
    me.actor.require(Permission::Supervise)?;
    let words = page.clone();
    let teams = app.db.read(move |tx| whose(tx, &words)).await?;
    let variable = |variable: &Variable| (format!("{{{variable}}}"), page.t(&format!("variable-{}", variable.as_str().replace('_', "-"))));
    let at = known.map_or_else(|| "new".to_owned(), |id| id.to_string());
    Ok(Edit {
        title: if known.is_some() { format!("/{}", form.value("name")) } else { page.t("replies-new") },
        action: format!("/studio/service/replies/{at}"),
        removal: known.map_or_else(String::new, |id| format!("/studio/service/replies/{id}/removal")),
        variables: Variable::ALL.iter().map(variable).collect(),
        teams,
        form,
        page,
        me,
    })
}

async fn fresh(State(app): State<App>, Entered { page, me }: Entered) -> Answer {
    show(&build(&app, page, me, None, Form::new()).await?)
}

async fn edit(State(app): State<App>, Entered { page, me }: Entered, Path(id): Path<SavedReplyId>) -> Answer {
    let reply = app.db.read(move |tx| conversations::saved_reply(tx, id)).await?.ok_or_else(Trouble::not_found)?;
    let team = reply.team.map_or_else(String::new, |team| team.to_string());
    let form = Form::of([("name", reply.name), ("team", team), ("text_es", reply.text_es), ("text_en", reply.text_en)]);
    show(&build(&app, page, me, Some(id), form).await?)
}

async fn make(State(app): State<App>, Entered { page, me }: Entered, form: Form) -> Answer {
    let (actor, cmd) = (me.actor.clone(), typed(&form));
    let write = app.db.write("conversations.make_saved_reply", move |tx| conversations::make_saved_reply(tx, &actor, &cmd).map(drop));
    saved(&app, page, me, (None, form), write.await).await
}

async fn change(State(app): State<App>, Entered { page, me }: Entered, Path(id): Path<SavedReplyId>, form: Form) -> Answer {
    let (actor, cmd) = (me.actor.clone(), typed(&form));
    let write = app.db.write("conversations.change_saved_reply", move |tx| conversations::change_saved_reply(tx, &actor, id, &cmd));
    saved(&app, page, me, (Some(id), form), write.await).await
}

fn typed(form: &Form) -> SaveReply {
    let text = |name: &str| form.value(name).to_owned();
    SaveReply { name: text("name"), team: form.value("team").parse().ok(), text_es: text("text_es"), text_en: text("text_en") }
}

async fn saved(
    app: &App,
    page: Page,
    me: Me,
    (known, mut form): (Option<SavedReplyId>, Form),
    done: Result<(), SavedReplyError>,
) -> Answer {
    use SavedReplyError::*;
    let Err(error) = done else { return page.go_saying("/studio/service/replies", &Flash::ok("saved")) };
    let field = match &error {
        BadName | NameTaken | TooMany(_) => "name",
        UnknownTeam => "team",
        UnknownVariable { name } if !form.value("text_es").contains(&format!("{{{name}}}")) => "text_en",
        TooLong(limit) if form.value("text_es").chars().count() <= *limit => "text_en",
        Empty | TooLong(_) | UnknownVariable { .. } => "text_es",
        Unknown | Denied(_) | Fault(_) => return Err(error.into()),
    };
    form.refuse(field, why(&page, &error));
    show_refused(&build(app, page, me, known, form).await?)
}

async fn remove(State(app): State<App>, Entered { page, me }: Entered, Path(id): Path<SavedReplyId>) -> Answer {
    let actor = me.actor;
    app.db.write("conversations.remove_saved_reply", move |tx| conversations::remove_saved_reply(tx, &actor, id)).await?;
    page.go_saying("/studio/service/replies", &Flash::ok("reply-removed"))
}
