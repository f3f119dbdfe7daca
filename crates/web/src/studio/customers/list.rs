//! Everybody, newest first, or whoever fits.

use crate::studio::{Entered, Me};
use crate::ui::{Moment, Pages};
use crate::{Answer, App, Page, show};
use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use customers::PersonCard;
use kernel::Permission;
use serde::Deserialize;

/// People of one page.
const STEP: usize = 50;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/studio/customers", get(list))
}

#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
    after: String,
}

struct Row {
    href: String,
    name: String,
    email: String,
    phone: String,
    profiles: usize,
    since: Moment,
}

#[derive(Template)]
#[template(path = "studio/customers/list.html")]
struct List {
    page: Page,
    me: Me,
    asked: Asked,
    rows: Vec<Row>,
    pages: Pages,
}

async fn list(State(app): State<App>, Entered { page, me }: Entered, Query(asked): Query<Asked>) -> Answer {
    me.actor.require(Permission::ViewCustomers)?;
    let (actor, text) = (me.actor.clone(), asked.q.clone());
    let after = Some(asked.after.clone()).filter(|after| !after.is_empty());
    let found = app.db.read(move |tx| customers::find(tx, &actor, &text, after.as_deref(), STEP)).await?;
    let rows = found.items.into_iter().map(|card| row(&page, card)).collect();
    let pages = Pages {
        label: page.t("studio-customer-pages"),
        previous: (!asked.after.is_empty()).then(|| (page.with_query("after", ""), page.t("studio-from-the-start"))),
        next: found.next.map(|next| (page.with_query("after", &next), page.t("studio-more"))),
        about: String::new(),
    };
    show(&List { rows, pages, asked, page, me })
}

fn row(page: &Page, card: PersonCard) -> Row {
    Row {
        href: format!("/studio/customers/{}", card.person),
        name: if card.name.text.is_empty() { page.t("studio-nameless") } else { card.name.text },
        email: card.email.unwrap_or_default(),
        phone: card.phone.unwrap_or_default(),
        profiles: card.profiles,
        since: Moment::date(card.since, page.now, page.locale),
    }
}
