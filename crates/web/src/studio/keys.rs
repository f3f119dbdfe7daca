//! Keys for programs: made with a secret that is shown once, and withdrawn.

use super::{Entered, Me, why};
use crate::ui::{Badge, Moment, Tone};
use crate::{Answer, App, Flash, Form, Page, Trouble, show, show_refused};
use access::{ApiKey, ApiKeyError, CreateApiKey};
use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::{get, post};
use kernel::{ApiKeyId, Permission};

/// Routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/studio/keys", get(list).post(create)).route("/studio/keys/{id}/withdrawal", post(revoke))
}

/// One key; its secret is gone.
struct Row {
    id: String,
    name: String,
    hint: String,
    scopes: String,
    since: Moment,
    works: bool,
    state: Badge,
}

#[derive(Template)]
#[template(path = "studio/keys.html")]
struct Keys {
    page: Page,
    me: Me,
    rows: Vec<Row>,
    form: Form,
    scopes: Vec<(&'static str, String)>,
    /// The secret of a key just made: the only time it is seen.
    secret: String,
}

async fn page_of(app: &App, page: Page, me: Me, form: Form, secret: String) -> Result<Keys, Trouble> {
    let actor = me.actor.clone();
    let keys = app.db.read(move |tx| access::api_keys(tx, &actor)).await?;
    let scopes = Permission::ALL.iter().filter(|permission| me.actor.may(**permission));
    let scopes = scopes.map(|permission| (permission.as_str(), scope(&page, *permission))).collect();
    Ok(Keys { rows: keys.iter().rev().map(|key| row(&page, key)).collect(), scopes, form, secret, page, me })
}

/// A permission in words.
fn scope(page: &Page, permission: Permission) -> String {
    page.t(&format!("may-{}", permission.as_str().replace(['.', '_'], "-")))
}

fn row(page: &Page, key: &ApiKey) -> Row {
    let works = key.revoked_at.is_none();
    Row {
        id: key.id.to_string(),
        name: key.name.clone(),
        hint: key.hint.clone(),
        scopes: key.permissions.iter().map(|permission| scope(page, *permission)).collect::<Vec<_>>().join(" · "),
        since: Moment::date(key.created_at, page.now, page.locale),
        state: if works {
            Badge::state(Tone::Ok, page.t("studio-key-works"))
        } else {
            Badge::state(Tone::Plain, page.t("studio-key-withdrawn"))
        },
        works,
    }
}

async fn list(State(app): State<App>, Entered { page, me }: Entered) -> Answer {
    show(&page_of(&app, page, me, Form::new(), String::new()).await?)
}

async fn create(State(app): State<App>, Entered { page, me }: Entered, mut form: Form) -> Answer {
    let permissions = form.values("scope").filter_map(|scope| scope.parse().ok()).collect();
    let (actor, cmd) = (me.actor.clone(), CreateApiKey { name: form.value("name").to_owned(), permissions });
    match app.db.write("access.create_api_key", move |tx| access::create_api_key(tx, &actor, cmd.clone())).await {
        Ok(made) => show(&page_of(&app, page, me, Form::new(), made.secret.reveal().to_owned()).await?),
        Err(error @ ApiKeyError::Empty) => {
            form.refuse("name", why(&page, &error));
            show_refused(&page_of(&app, page, me, form, String::new()).await?)
        }
        Err(error) => Err(error.into()),
    }
}

async fn revoke(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>) -> Answer {
    let (id, actor) = (text.parse::<ApiKeyId>().map_err(|_| Trouble::not_found())?, me.actor);
    app.db.write("access.revoke_api_key", move |tx| access::revoke_api_key(tx, &actor, id)).await?;
    page.go_saying("/studio/keys", &Flash::ok("studio-key-gone"))
}
