//! The live line of a matter's page. A part is sent only when it differs from what was sent before, so that an open menu stays open.

use super::at::AtMatter;
use crate::desk::queue;
use crate::{Form, Trouble, part, stream};
use axum::response::Response;
use kernel::Permission;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

/// What this page was last sent, by element.
type Sent = Arc<Mutex<HashMap<&'static str, String>>>;

pub(super) async fn live(at: AtMatter) -> Result<Response, Trouble> {
    at.me.actor.require(Permission::ViewConversations)?;
    let desk = at.load(Form::new()).await?;
    let mut topics: BTreeSet<String> = queue::TOPICS.iter().map(|topic| (*topic).to_owned()).collect();
    topics.insert("room:customer".into());
    topics.insert(format!("subject:{}", at.id));
    topics.extend(desk.profiles.iter().map(|profile| format!("profile:{profile}")));
    let sent = Sent::default();
    Ok(stream(at.app.hub.clone().subscribe(topics), move |topics| {
        let (at, sent) = (at.clone(), sent.clone());
        async move {
            let parts = if topics.iter().all(|topic| queue::TOPICS.contains(&topic.as_str())) {
                queue::load(&at.app, at.page, at.me, &at.place, Some(at.id)).await.ok()?.parts().ok()?
            } else {
                at.load(Form::new()).await.ok()?.parts().ok()?
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
