//! Every template by account, with where it stands.

use super::{reason, state};
use crate::studio::{Entered, Me};
use crate::ui::{Badge, Moment};
use crate::{Answer, App, Page, show};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use conversations::{Account, MessageTemplate};
use kernel::{Channel, Fault, Permission};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/studio/templates", get(list))
}

struct Row {
    href: String,
    name: String,
    language: String,
    category: String,
    state: Badge,
    reason: String,
    words: String,
    changed: Moment,
}

struct Number {
    id: String,
    name: String,
    address: String,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "studio/templates/list.html")]
struct List {
    page: Page,
    me: Me,
    numbers: Vec<Number>,
}

async fn list(State(app): State<App>, Entered { page, me }: Entered) -> Answer {
    me.actor.require(Permission::WriteTemplates)?;
    let read = app.db.read(|tx| {
        let numbers = conversations::accounts(tx)?.into_iter().filter(|account| account.channel == Channel::Whatsapp);
        numbers.map(|account| Ok((conversations::message_templates(tx, account.id)?, account))).collect::<Result<Vec<_>, Fault>>()
    });
    let numbers = read.await?.into_iter().map(|(templates, account)| number(&page, account, templates)).collect();
    show(&List { numbers, page, me })
}

fn number(page: &Page, account: Account, templates: Vec<MessageTemplate>) -> Number {
    let row = |template: MessageTemplate| Row {
        href: format!("/studio/templates/{}", template.id),
        state: state(page, template.state),
        reason: reason(page, &template),
        category: page.t(&format!("template-{}", template.category)),
        words: template.content.body.chars().take(120).collect(),
        changed: Moment::date(template.changed_at, page.now, page.locale),
        name: template.name,
        language: template.language,
    };
    let rows = templates.into_iter().map(row).collect();
    Number { id: account.id.to_string(), name: account.name, address: account.address, rows }
}
