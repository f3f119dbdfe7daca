//! Who did what: the log by actor, in sentences.

use super::tell::{Teller, Told};
use super::{Entered, Me};
use crate::{Answer, App, Page, show};
use access::Staff;
use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use kernel::{Fault, Permission, StaffId, log};
use serde::Deserialize;

/// Deeds that are shown.
const MOST: i64 = 200;

/// Routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/studio/audit", get(audit))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    who: String,
}

#[derive(Template)]
#[template(path = "studio/audit.html")]
struct Audit {
    page: Page,
    me: Me,
    people: Vec<(String, String, bool)>,
    name: String,
    history: Vec<Told>,
    full: bool,
}

async fn audit(State(app): State<App>, Entered { page, me }: Entered, Query(asked): Query<Asked>) -> Answer {
    me.actor.require(Permission::ViewAudit)?;
    let chosen: StaffId = asked.who.parse().unwrap_or(me.staff.id);
    let read = app.db.read(move |tx| {
        let people = access::staff_list(tx, None, 500)?;
        let entries = log::by_actor(tx, &format!("staff:{chosen}"), MOST)?;
        let teller = Teller::gather(tx, &entries)?.of_one();
        Ok::<_, Fault>((people, entries, teller))
    });
    let (people, entries, teller) = read.await?;
    let name = people.iter().find(|staff| staff.id == chosen).map(|staff| staff.name.clone()).unwrap_or_default();
    let option = |staff: &Staff| (staff.id.to_string(), staff.name.clone(), staff.id == chosen);
    let history = teller.tell_all(&page, &entries);
    show(&Audit { people: people.iter().map(option).collect(), full: entries.len() as i64 == MOST, name, history, page, me })
}
