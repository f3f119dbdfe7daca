//! Writing one template, and looking at one.

use super::fields::{Gap, categories, empty, field_of, fills, form_of, gaps, is_whole, languages, typed, variables};
use super::{reason, state};
use crate::studio::{Entered, Me, why};
use crate::ui::Badge;
use crate::{Answer, App, Flash, Form, Page, Trouble, show, show_refused};
use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use conversations::{Account, AccountId, MessageTemplate, TemplateError, TemplateId, TemplateState, fill_numbers};
use kernel::{Channel, Permission};
use serde::Deserialize;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/studio/templates/new", get(fresh).post(write))
        .route("/studio/templates/{id}", get(edit).post(change))
        .route("/studio/templates/{id}/fills", axum::routing::post(set_fills))
}

#[derive(Template)]
#[template(path = "studio/templates/edit.html")]
struct Edit {
    page: Page,
    me: Me,
    title: String,
    number: String,
    action: String,
    form: Form,
    gaps: Vec<Gap>,
    variables: Vec<(String, String)>,
    languages: Vec<(String, String)>,
    categories: Vec<(String, String)>,
    known: Option<Known>,
    may_change: bool,
}

/// A template that is there.
struct Known {
    id: TemplateId,
    state: Badge,
    reason: String,
    quality: String,
    /// Its words with the examples, as a customer would read them.
    example: String,
    header: String,
    footer: String,
    buttons: Vec<String>,
    has_more: bool,
    /// It could be changed, but not by this form, which would lose some of it.
    is_beyond: bool,
    may_hand_in: bool,
    may_go: bool,
    /// The provider's number of it, where a simulator plays the provider.
    judged: String,
}

#[derive(Deserialize)]
struct For {
    account: AccountId,
}

async fn account(app: &App, id: AccountId) -> Result<Account, Trouble> {
    let found = app.db.read(move |tx| conversations::account(tx, id)).await?;
    found.filter(|account| account.channel == Channel::Whatsapp).ok_or_else(Trouble::not_found)
}

/// The template with its account.
async fn known(app: &App, id: TemplateId) -> Result<(MessageTemplate, Account), Trouble> {
    let found = app.db.read(move |tx| conversations::message_template(tx, id)).await?;
    let template = found.ok_or_else(Trouble::not_found)?;
    let account = account(app, template.account).await?;
    Ok((template, account))
}

fn build(app: &App, page: Page, me: Me, (account, template): (&Account, Option<&MessageTemplate>), form: Form) -> Result<Edit, Trouble> {
    me.actor.require(Permission::WriteTemplates)?;
    let may_change = template.is_none_or(|template| template.state.may_change() && is_whole(template));
    let shown = |template: &MessageTemplate| Known {
        id: template.id,
        state: state(&page, template.state),
        reason: reason(&page, template),
        quality: match template.quality.as_str() {
            "GREEN" | "YELLOW" | "RED" => page.t(&format!("template-quality-{}", template.quality.to_ascii_lowercase())),
            _ => String::new(),
        },
        example: fill_numbers(&template.content.body, &template.content.examples),
        header: template.content.header.clone(),
        footer: template.content.footer.clone(),
        buttons: template.content.buttons.iter().map(|button| button.text().to_owned()).collect(),
        has_more: template.content.has_more,
        is_beyond: template.state.may_change() && !is_whole(template),
        may_hand_in: template.state.may_change(),
        may_go: matches!(template.state, TemplateState::Draft | TemplateState::Disabled),
        judged: template.provider_id.clone().filter(|_| app.simulators.stands_in(Channel::Whatsapp)).unwrap_or_default(),
    };
    Ok(Edit {
        title: template.map_or_else(|| page.t("template-new"), |template| template.name.clone()),
        number: account.name.clone(),
        action: template.map_or_else(
            || format!("/studio/templates/new?account={}", account.id),
            |template| format!("/studio/templates/{}", template.id),
        ),
        gaps: gaps(&form, may_change),
        variables: variables(&page),
        languages: languages(&page, &form),
        categories: categories(&page),
        known: template.map(shown),
        may_change,
        form,
        page,
        me,
    })
}

async fn fresh(State(app): State<App>, Entered { page, me }: Entered, Query(of): Query<For>) -> Answer {
    let account = account(&app, of.account).await?;
    let form = empty(page.locale);
    show(&build(&app, page, me, (&account, None), form)?)
}

async fn edit(State(app): State<App>, Entered { page, me }: Entered, Path(id): Path<TemplateId>) -> Answer {
    let (template, account) = known(&app, id).await?;
    show(&build(&app, page, me, (&account, Some(&template)), form_of(&template))?)
}

async fn write(State(app): State<App>, Entered { page, me }: Entered, Query(of): Query<For>, form: Form) -> Answer {
    let account = account(&app, of.account).await?;
    let (actor, cmd) = (me.actor.clone(), typed(account.id, &form));
    match app.db.write("conversations.write_template", move |tx| conversations::write_template(tx, &actor, &cmd)).await {
        Ok(id) => page.go_saying(&format!("/studio/templates/{id}"), &Flash::ok("template-kept")),
        Err(error) => refuse(&app, page, me, (&account, None), (form, error)),
    }
}

async fn change(State(app): State<App>, Entered { page, me }: Entered, Path(id): Path<TemplateId>, form: Form) -> Answer {
    let (template, account) = known(&app, id).await?;
    if !is_whole(&template) {
        return page.go_saying(&format!("/studio/templates/{id}"), &Flash::bad("template-beyond"));
    }
    let (actor, cmd) = (me.actor.clone(), typed(account.id, &form));
    match app.db.write("conversations.change_template", move |tx| conversations::change_template(tx, &actor, id, &cmd)).await {
        Ok(()) => page.go_saying(&format!("/studio/templates/{id}"), &Flash::ok("template-kept")),
        Err(error) => refuse(&app, page, me, (&account, Some(&template)), (form, error)),
    }
}

fn refuse(app: &App, page: Page, me: Me, of: (&Account, Option<&MessageTemplate>), (mut form, error): (Form, TemplateError)) -> Answer {
    let Some(field) = field_of(&error) else { return Err(error.into()) };
    form.refuse(field, why(&page, &error));
    show_refused(&build(app, page, me, of, form)?)
}

/// What fills the gaps is ours alone, and may change at any time.
async fn set_fills(State(app): State<App>, Entered { page, me }: Entered, Path(id): Path<TemplateId>, form: Form) -> Answer {
    let (template, _) = known(&app, id).await?;
    let (actor, fills) = (me.actor, fills(&form, template.gaps()));
    app.db.write("conversations.set_template_fills", move |tx| conversations::set_template_fills(tx, &actor, id, &fills)).await?;
    page.go_saying(&format!("/studio/templates/{id}"), &Flash::ok("template-kept"))
}
