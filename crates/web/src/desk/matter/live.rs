//! The live line of a matter's page. A part is sent only when it differs from what was sent before, so that an open menu stays open.

use super::{load, signed};
use crate::desk::place::Place;
use crate::desk::queue;
use crate::{App, Form, Page, StaffMember, Trouble, part, stream};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use conversations::MatterId;
use kernel::Permission;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

/// What this page was last sent, by element.
type Sent = Arc<Mutex<HashMap<&'static str, String>>>;

pub(super) async fn live(
    State(app): State<App>,
    page: Page,
    me: StaffMember,
    Path(id): Path<MatterId>,
    Query(place): Query<Place>,
) -> Result<Response, Trouble> {
    me.actor.require(Permission::ViewConversations)?;
    let page = signed(page, &me);
    let desk = load(&app, page.clone(), me.clone(), id, place.clone(), Form::new()).await?;
    let mut topics: BTreeSet<String> = queue::TOPICS.iter().map(|topic| (*topic).to_owned()).collect();
    topics.insert("room:customer".into());
    topics.insert(format!("subject:{id}"));
    topics.extend(desk.profiles.iter().map(|profile| format!("profile:{profile}")));
    let reader = app.clone();
    let sent = Sent::default();
    Ok(stream(app.hub.subscribe(topics), move |topics| {
        let (app, page, me, place, sent) = (reader.clone(), page.clone(), me.clone(), place.clone(), sent.clone());
        async move {
            let parts = if topics.iter().all(|topic| queue::TOPICS.contains(&topic.as_str())) {
                vec![(
                    "queue",
                    queue::load(&app, page, me, &Place { view: place.view, ..Place::default() }, Some(id)).await.ok()?.render().ok()?,
                )]
            } else {
                load(&app, page, me, id, place, Form::new()).await.ok()?.parts().ok()?
            };
            fresh(parts, &sent)
        }
    }))
}

/// The parts that changed since last sent.
fn fresh(parts: Vec<(&'static str, String)>, sent: &Sent) -> Option<String> {
    let mut sent = sent.lock().unwrap_or_else(PoisonError::into_inner);
    let mut html = String::new();
    for (id, now) in parts {
        if sent.get(id) != Some(&now) {
            html.push_str(&part(id, &now));
            sent.insert(id, now);
        }
    }
    (!html.is_empty()).then_some(html)
}
