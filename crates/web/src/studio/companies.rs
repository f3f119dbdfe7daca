//! Companies: who they are, on which terms they buy, who buys for them and what was bought.

mod edit;
mod form;

use super::{Entered, Me};
use crate::ui::Pages;
use crate::{Answer, App, Page, show};
use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use customers::companies::{self, Company};
use kernel::Permission;
use serde::Deserialize;

/// Companies of one page.
const STEP: usize = 50;

/// Routes of these pages.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/studio/companies", get(list)).merge(edit::routes())
}

#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
    after: String,
}

/// One company.
struct Row {
    href: String,
    name: String,
    tax_id: String,
    pays: String,
    limit: String,
}

#[derive(Template)]
#[template(path = "studio/companies/list.html")]
struct List {
    page: Page,
    me: Me,
    asked: Asked,
    rows: Vec<Row>,
    pages: Pages,
}

async fn list(State(app): State<App>, Entered { page, me }: Entered, Query(asked): Query<Asked>) -> Answer {
    me.actor.require(Permission::ViewCustomers)?;
    let (actor, query) = (me.actor.clone(), asked.clone());
    let cursor = move || Some(query.after.clone()).filter(|after| !after.is_empty());
    let text = asked.q.clone();
    let found = app.db.read(move |tx| companies::companies(tx, &actor, &text, cursor().as_deref(), STEP)).await?;
    let pages = Pages {
        label: page.t("companies"),
        previous: (!asked.after.is_empty()).then(|| (page.with_query("after", ""), page.t("studio-from-the-start"))),
        next: found.next.map(|next| (page.with_query("after", &super::in_query(&next)), page.t("studio-more"))),
        about: String::new(),
    };
    let rows = found.items.iter().map(|company| row(&page, company)).collect();
    show(&List { rows, pages, asked, page, me })
}

fn row(page: &Page, company: &Company) -> Row {
    Row {
        href: format!("/studio/companies/{}", company.id),
        name: company.name.clone(),
        tax_id: company.tax_id.to_string(),
        pays: pays(page, company),
        limit: company.terms.credit_limit.map_or_else(String::new, |limit| page.money(&limit)),
    }
}

/// When it pays, in words.
pub(crate) fn pays(page: &Page, company: &Company) -> String {
    match company.terms.payment_days {
        0 => page.t("company-pays-at-once"),
        days => page.tn("company-pays-in", i64::from(days)),
    }
}
