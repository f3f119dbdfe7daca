//! Who works here: joining, roles, leaving and coming back.

mod one;

use super::{Entered, Me};
use crate::ui::{Badge, Moment, Tone};
use crate::{Answer, App, Page, show};
use access::Staff;
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use kernel::{Permission, Role};

/// People that are listed.
const MOST: i64 = 500;

/// Routes of these pages.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/studio/staff", get(list)).merge(one::routes())
}

/// One person.
struct Row {
    href: String,
    audit: String,
    name: String,
    email: String,
    roles: String,
    place: String,
    since: Moment,
    state: Badge,
}

#[derive(Template)]
#[template(path = "studio/staff/list.html")]
struct List {
    page: Page,
    me: Me,
    rows: Vec<Row>,
}

/// A role in words.
fn role(page: &Page, role: Role) -> String {
    page.t(&format!("role-{}", role.as_str().replace('_', "-")))
}

async fn list(State(app): State<App>, Entered { page, me }: Entered) -> Answer {
    me.actor.require(Permission::ManageStaff)?;
    let people = app.db.read(move |tx| access::staff_list(tx, None, MOST)).await?;
    let rows = people.iter().map(|person| row(&page, person)).collect();
    show(&List { rows, page, me })
}

fn row(page: &Page, person: &Staff) -> Row {
    let (tone, key) = if person.active { (Tone::Ok, "studio-works-here") } else { (Tone::Plain, "studio-has-left") };
    Row {
        href: format!("/studio/staff/{}", person.id),
        audit: format!("/studio/audit?who={}", person.id),
        name: person.name.clone(),
        email: person.email.clone(),
        roles: person.roles.iter().map(|r| role(page, *r)).collect::<Vec<_>>().join(", "),
        place: person.location.clone().unwrap_or_default(),
        since: Moment::date(person.created_at, page.now, page.locale),
        state: Badge::state(tone, page.t(key)),
    }
}
