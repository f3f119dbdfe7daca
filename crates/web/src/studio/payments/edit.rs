//! Writing a contract with a gateway down, changing it, switching it on and off.

use super::kinds::{Field, fields};
use super::list::state;
use crate::studio::{Entered, Me};
use crate::ui::Badge;
use crate::{Answer, App, Flash, Form, Page, Trouble, show, show_refused};
use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::{get, post};
use gateways::StoredKeys;
use kernel::Permission;
use payments::{Gateway, GatewayId, GatewaySettings, Provider, SaveGateway};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/studio/payments/new/{provider}", get(new).post(create))
        .route("/studio/payments/{id}", get(edit).post(save))
        .route("/studio/payments/{id}/off", post(switch_off))
}

/// A field as the page shows it.
struct Shown {
    name: &'static str,
    label: String,
    hint: String,
    is_secret: bool,
    is_needed: bool,
    is_kept: bool,
    choices: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "studio/payments/edit.html")]
struct Edit {
    page: Page,
    me: Me,
    title: String,
    says: String,
    action: String,
    form: Form,
    fields: Vec<Shown>,
    saved: Option<Saved>,
}

/// One that is there.
struct Saved {
    id: GatewayId,
    is_active: bool,
    state: Badge,
    notices: String,
    notices_say: String,
    needs_address: bool,
}

fn page_of(app: &App, (page, me): (Page, Me), provider: Provider, before: Option<&Gateway>, typed: Option<Form>) -> Result<Edit, Trouble> {
    let keys = before.map_or_else(|| Ok(StoredKeys::default()), StoredKeys::of)?;
    let public = app.brand.public_url.trim_end_matches('/');
    let shown = |field: &Field| {
        let choices = field
            .choices
            .iter()
            .map(|choice| ((*choice).to_owned(), page.t(&field.key(&format!("-{}", choice.to_lowercase().replace('_', "-"))))));
        Shown {
            name: field.name,
            label: page.t(&field.key("")),
            hint: page.t(&field.key("-hint")),
            is_secret: field.is_secret,
            is_needed: field.is_needed,
            is_kept: field.is_secret && keys.secrets.contains_key(field.name),
            choices: choices.collect(),
        }
    };
    let form = typed.unwrap_or_else(|| {
        let name = before.map_or_else(|| page.t(&format!("gateway-{provider}")), |gateway| gateway.name.clone());
        let value =
            |field: &Field| keys.settings.get(field.name).cloned().or_else(|| field.choices.first().map(|first| (*first).to_owned()));
        let plain = fields(provider).iter().filter(|field| !field.is_secret);
        plain.fold(Form::of([("name", name.as_str())]), |form, field| form.fill(field.name, value(field).unwrap_or_default()))
    });
    Ok(Edit {
        title: before.map_or_else(|| page.t(&format!("gateway-{provider}")), |gateway| gateway.name.clone()),
        says: page.t(&format!("gateway-{provider}-says")),
        action: before.map_or_else(|| format!("/studio/payments/new/{provider}"), |gateway| format!("/studio/payments/{}", gateway.id)),
        fields: fields(provider).iter().map(shown).collect(),
        saved: before.map(|gateway| Saved {
            id: gateway.id,
            is_active: gateway.is_active,
            state: state(&page, gateway.is_active),
            notices: format!("{public}/gateways/{}", gateway.id),
            notices_say: page.t(&format!("gateway-{provider}-notices-says")),
            // Redsys is told with each payment.
            needs_address: provider != Provider::Redsys,
        }),
        form,
        page,
        me,
    })
}

fn provider_of(text: &str) -> Result<Provider, Trouble> {
    text.parse().map_err(|_| Trouble::not_found())
}

async fn found(app: &App, text: &str) -> Result<Gateway, Trouble> {
    let id: GatewayId = text.parse().map_err(|_| Trouble::not_found())?;
    app.db.read(move |tx| payments::gateway(tx, id)).await?.ok_or_else(Trouble::not_found)
}

async fn new(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>) -> Answer {
    me.actor.require(Permission::ManageChannels)?;
    show(&page_of(&app, (page, me), provider_of(&text)?, None, None)?)
}

async fn edit(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>) -> Answer {
    me.actor.require(Permission::ManageChannels)?;
    let gateway = found(&app, &text).await?;
    show(&page_of(&app, (page, me), gateway.provider, Some(&gateway), None)?)
}

async fn create(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>, form: Form) -> Answer {
    put(&app, (page, me), provider_of(&text)?, None, form).await
}

async fn save(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>, form: Form) -> Answer {
    let gateway = found(&app, &text).await?;
    put(&app, (page, me), gateway.provider, Some(gateway), form).await
}

async fn put(app: &App, (page, me): (Page, Me), provider: Provider, before: Option<Gateway>, mut form: Form) -> Answer {
    me.actor.require(Permission::ManageChannels)?;
    if form.value("name").is_empty() {
        form.refuse("name", page.t("studio-needed"));
    }
    let mut keys = before.as_ref().map_or_else(|| Ok(StoredKeys::default()), StoredKeys::of)?;
    for field in fields(provider) {
        let value = form.value(field.name).to_owned();
        let kept = if field.is_secret { &mut keys.secrets } else { &mut keys.settings };
        // A secret that was left empty stays.
        match (value.is_empty(), field.is_secret) {
            (false, _) => drop(kept.insert(field.name.to_owned(), value.clone())),
            (true, false) => drop(kept.remove(field.name)),
            (true, true) => {}
        }
        if field.is_needed && !kept.contains_key(field.name) {
            form.refuse(field.name, page.t("studio-needed"));
        } else if !value.is_empty() && !is_well_formed(field, &value) {
            form.refuse(field.name, page.t(&field.key("-wrong")));
        }
    }
    if !form.is_fine() {
        // What was typed into a secret is not sent back to the browser.
        let form = fields(provider).iter().filter(|field| field.is_secret).fold(form, |form, field| form.fill(field.name, ""));
        return show_refused(&page_of(app, (page, me), provider, before.as_ref(), Some(form))?);
    }
    let is_active = form.is("then", "on") || (form.value("then").is_empty() && before.as_ref().is_some_and(|gateway| gateway.is_active));
    let settings = GatewaySettings(serde_json::to_string(&keys).map_err(Trouble::broken)?);
    let cmd = SaveGateway { id: before.map(|gateway| gateway.id), provider, name: form.value("name").to_owned(), settings, is_active };
    let actor = me.actor.clone();
    let id = app.db.write("payments.save_gateway", move |tx| payments::save_gateway(tx, &actor, cmd.clone())).await?;
    let says = if is_active { "gateway-on-said" } else { "gateway-saved-said" };
    page.go_saying(&format!("/studio/payments/{id}"), &Flash::ok(says))
}

/// What can be told of a value without asking anybody; each has a text `gateway-{name}-wrong`.
fn is_well_formed(field: &Field, value: &str) -> bool {
    match field.name {
        "secret_key" => value.starts_with("sk_") || value.starts_with("rk_"),
        "webhook_secret" => value.split_whitespace().all(|secret| secret.starts_with("whsec_")),
        "hmac_key" => value.len() == 64 && value.bytes().all(|byte| byte.is_ascii_hexdigit()),
        "merchant_code" => value.len() == 9 && value.bytes().all(|byte| byte.is_ascii_digit()),
        "terminal" => value.len() <= 3 && value.bytes().all(|byte| byte.is_ascii_digit()),
        "key" => value.len() == 32,
        // A trial against a program on this machine needs no encryption.
        "base" => value.starts_with("https://") || value.starts_with("http://127.0.0.1:"),
        _ if !field.choices.is_empty() => field.choices.contains(&value),
        _ => true,
    }
}

async fn switch_off(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>) -> Answer {
    let Gateway { id, provider, name, settings, .. } = found(&app, &text).await?;
    let cmd = SaveGateway { id: Some(id), provider, name, settings, is_active: false };
    let actor = me.actor.clone();
    app.db.write("payments.save_gateway", move |tx| payments::save_gateway(tx, &actor, cmd.clone())).await?;
    page.go_saying(&format!("/studio/payments/{id}"), &Flash::ok("gateway-off-said"))
}
