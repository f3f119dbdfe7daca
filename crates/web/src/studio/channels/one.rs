//! Setting one account up, changing it, switching it on and off.

use super::kinds::{Kind, kind};
use super::list::state;
use super::saved::{command, form_of, merge, missing, stored};
use crate::studio::{Entered, Me};
use crate::ui::Badge;
use crate::{Answer, App, Flash, Form, Page, Trouble, show, show_refused};
use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::{get, post};
use channels::runtime::StoredSettings;
use conversations::{Account, AccountId, SaveAccount};
use kernel::{Channel, Fault, Permission};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/studio/channels/new/{kind}", get(new).post(create))
        .route("/studio/channels/{id}", get(edit).post(save))
        .route("/studio/channels/{id}/on", post(switch_on))
        .route("/studio/channels/{id}/off", post(switch_off))
        .route("/studio/channels/{id}/self-service", post(switch_self_service))
}

/// A field as the page shows it.
struct Shown {
    name: &'static str,
    label: String,
    hint: String,
    is_secret: bool,
    is_long: bool,
    is_needed: bool,
    /// A secret that is stored, or the address of an account that is there: not to be typed again.
    is_kept: bool,
}

/// A step as the page shows it.
struct StepShown {
    title: String,
    says: String,
    fields: Vec<Shown>,
}

#[derive(Template)]
#[template(path = "studio/channels/edit.html")]
pub(super) struct Edit {
    page: Page,
    me: Me,
    title: String,
    action: String,
    form: Form,
    steps: Vec<StepShown>,
    kind: &'static str,
    account: Option<Saved>,
    trial: Form,
    /// What became of a test message: good or bad, and the exact words.
    tried: Option<(bool, String)>,
}

/// An account that is there.
struct Saved {
    id: AccountId,
    active: bool,
    state: Badge,
    says: String,
    webhook: String,
    script: String,
    /// The webhook's address is to be copied to the other side.
    copies: bool,
    /// The other side is told by a call of ours.
    connects: bool,
    /// The machine answers first.
    has_machine: bool,
}

/// The page, with what is stored and what was typed.
pub(super) async fn page_of(
    app: &App,
    (page, me): (Page, Me),
    kind: &'static Kind,
    account: Option<Account>,
    typed: Option<Form>,
    (trial, tried): (Form, Option<(bool, String)>),
) -> Result<Edit, Trouble> {
    let stored = stored(account.as_ref())?;
    let (standing, has_machine) = match account.as_ref().map(|account| account.id) {
        Some(id) => app.db.read(move |tx| Ok::<_, Fault>((conversations::standing(tx, id)?, self_service::answers_first(tx, id)?))).await?,
        None => (conversations::Standing::default(), false),
    };
    let public = app.brand.public_url.trim_end_matches('/');
    let saved = account.as_ref().map(|account| {
        let (state, says) = state(&page, account, &standing);
        Saved {
            id: account.id,
            active: account.active,
            state,
            says,
            webhook: format!("{public}/{}/{}", if kind.channel == Channel::Phone { "calls" } else { "channels" }, account.id),
            script: format!("<script src=\"{public}/widget.js\" defer></script>"),
            copies: matches!(account.channel, Channel::Whatsapp | Channel::Messenger | Channel::Instagram),
            connects: matches!(account.channel, Channel::Telegram | Channel::X),
            has_machine,
        }
    });
    let form = typed.unwrap_or_else(|| form_of(kind, account.as_ref(), &stored));
    let title = account.as_ref().map_or_else(|| page.t(&format!("channel-{}", kind.channel)), |account| account.name.clone());
    Ok(Edit {
        title,
        action: saved
            .as_ref()
            .map_or_else(|| format!("/studio/channels/new/{}", kind.channel), |saved| format!("/studio/channels/{}", saved.id)),
        steps: steps(&page, kind, &stored, account.is_some()),
        kind: kind.channel.as_str(),
        account: saved,
        form,
        trial,
        tried,
        page,
        me,
    })
}

fn steps(page: &Page, kind: &Kind, stored: &StoredSettings, is_there: bool) -> Vec<StepShown> {
    let field = |field: &'static super::kinds::Field| {
        let key = match field.name {
            "name" => "field-name".to_owned(),
            "address" => format!("field-address-{}", kind.channel),
            name => format!("field-{}", name.replace('_', "-")),
        };
        Shown {
            name: field.name,
            label: page.t(&key),
            hint: page.t(&format!("{key}-hint")),
            is_secret: field.is_secret,
            is_long: field.is_long,
            is_needed: field.is_needed,
            is_kept: if field.is_secret { stored.secrets.contains_key(field.name) } else { is_there && field.name == "address" },
        }
    };
    let step = |step: &super::kinds::Step| {
        let key = format!("step-{}-{}", kind.channel, step.name);
        StepShown { title: page.t(&key), says: page.t(&format!("{key}-says")), fields: step.fields.iter().map(field).collect() }
    };
    kind.steps.iter().map(step).collect()
}

fn kind_of(text: &str) -> Result<&'static Kind, Trouble> {
    text.parse::<Channel>().ok().and_then(kind).ok_or_else(Trouble::not_found)
}

/// The account, and how its kind is set up.
pub(super) async fn account(app: &App, text: &str) -> Result<(Account, &'static Kind), Trouble> {
    let id: AccountId = text.parse().map_err(|_| Trouble::not_found())?;
    let account = app.db.read(move |tx| conversations::account(tx, id)).await?.ok_or_else(Trouble::not_found)?;
    let kind = kind(account.channel).ok_or_else(Trouble::not_found)?;
    Ok((account, kind))
}

async fn new(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>) -> Answer {
    me.actor.require(Permission::ManageChannels)?;
    show(&page_of(&app, (page, me), kind_of(&text)?, None, None, (Form::new(), None)).await?)
}

async fn edit(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>) -> Answer {
    me.actor.require(Permission::ManageChannels)?;
    let (account, kind) = account(&app, &text).await?;
    show(&page_of(&app, (page, me), kind, Some(account), None, (Form::new(), None)).await?)
}

async fn create(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>, form: Form) -> Answer {
    let kind = kind_of(&text)?;
    put(&app, (page, me), kind, None, form).await
}

async fn save(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>, form: Form) -> Answer {
    let (account, kind) = account(&app, &text).await?;
    put(&app, (page, me), kind, Some(account), form).await
}

async fn put(app: &App, (page, me): (Page, Me), kind: &'static Kind, before: Option<Account>, mut form: Form) -> Answer {
    me.actor.require(Permission::ManageChannels)?;
    if let Some(before) = &before {
        form = form.fill("address", before.address.clone());
    }
    for name in ["name", "address"] {
        if form.value(name).is_empty() {
            form.refuse(name, page.t("studio-needed"));
        }
    }
    for field in kind.fields().filter(|field| !field.begins.is_empty()) {
        let value = form.value(field.name);
        if !value.is_empty() && !field.begins.iter().any(|begin| value.starts_with(begin)) {
            form.refuse(field.name, page.tv("studio-must-begin", field.begins.join(", ")));
        }
    }
    let after = merge(kind, &form, stored(before.as_ref())?);
    let wants_on = form.is("then", "on") || (form.value("then").is_empty() && before.as_ref().is_some_and(|account| account.active));
    if wants_on && !app.simulators.stands_in(kind.channel) {
        for name in missing(kind, &form, &after) {
            form.refuse(name, page.t("studio-needed-to-switch-on"));
        }
    }
    let address = form.value("address").to_owned();
    if before.is_none() && form.is_fine() {
        let (channel, address) = (kind.channel, address.clone());
        if app.db.read(move |tx| conversations::account_by_address(tx, channel, &address)).await?.is_some() {
            form.refuse("address", page.t("studio-address-taken"));
        }
    }
    if !form.is_fine() {
        // What was typed into a secret is not sent back to the browser.
        let form = kind.fields().filter(|field| field.is_secret).fold(form, |form, field| form.fill(field.name, ""));
        return show_refused(&page_of(app, (page, me), kind, before, Some(form), (Form::new(), None)).await?);
    }
    let (actor, cmd) = (me.actor.clone(), command(kind.channel, &form, &after, wants_on)?);
    let id = app.db.write("conversations.save_account", move |tx| conversations::save_account(tx, &actor, cmd.clone())).await?;
    page.go_saying(&format!("/studio/channels/{id}#next"), &Flash::ok(if wants_on { "studio-channel-on" } else { "studio-channel-saved" }))
}

async fn switch(app: &App, me: &Me, text: &str, active: bool) -> Result<Account, Trouble> {
    me.actor.require(Permission::ManageChannels)?;
    let (account, kind) = account(app, text).await?;
    let settings = stored(Some(&account))?;
    let form = form_of(kind, Some(&account), &settings);
    if active && !app.simulators.stands_in(kind.channel) && !missing(kind, &form, &settings).is_empty() {
        return Err(Trouble::coded(axum::http::StatusCode::CONFLICT, "studio_channel_incomplete"));
    }
    let cmd = SaveAccount {
        channel: account.channel,
        name: account.name.clone(),
        address: account.address.clone(),
        window_hours: account.window_hours,
        settings: account.settings.clone(),
        active,
    };
    let actor = me.actor.clone();
    app.db.write("conversations.save_account", move |tx| conversations::save_account(tx, &actor, cmd.clone())).await?;
    Ok(account)
}

async fn switch_on(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>) -> Answer {
    let account = switch(&app, &me, &text, true).await?;
    page.go_saying(&format!("/studio/channels/{}", account.id), &Flash::ok("studio-channel-on"))
}

async fn switch_off(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>) -> Answer {
    let account = switch(&app, &me, &text, false).await?;
    let to = format!("/studio/channels/{}", account.id);
    page.go_saying(&to, &Flash::ok("studio-channel-off").undo(format!("{to}/on")))
}

/// Whether the machine answers first on this account.
async fn switch_self_service(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>, form: Form) -> Answer {
    let (account, _) = account(&app, &text).await?;
    let (actor, on) = (me.actor.clone(), form.is("answers", "first"));
    let id = account.id;
    app.db.write("self_service.set_answers_first", move |tx| self_service::set_answers_first(tx, &actor, id, on)).await?;
    let says = if on { "studio-self-service-switched-on" } else { "studio-self-service-switched-off" };
    page.go_saying(&format!("/studio/channels/{id}#self-service"), &Flash::ok(says))
}
