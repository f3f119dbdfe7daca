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
        let says = without_keys(&now);
        if sent.get(id) != Some(&says) {
            html.push_str(&part(id, &now));
            sent.insert(id, says);
        }
    }
    (!html.is_empty()).then_some(html)
}

/// What a part says: a form's own name is made anew each time, and says nothing.
fn without_keys(html: &str) -> String {
    const KEY: &str = "key\" value=\"";
    let mut parts = html.split(KEY);
    let mut says = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        says.push_str(KEY);
        says.push_str(part.find('"').map_or("", |end| &part[end..]));
    }
    says
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_sent_again_only_when_it_says_something_new() {
        let sent = Sent::default();
        let form = |key: &str, words: &str| {
            format!("<input name=\"key\" value=\"{key}\"><input name=\"promise_key\" value=\"{key}\"><input name=\"v1\" value=\"{words}\">")
        };
        assert_eq!(fresh(vec![("promise", form("a", "Ana"))], &sent), Some(part("promise", &form("a", "Ana"))));
        assert_eq!(fresh(vec![("promise", form("b", "Ana"))], &sent), None);
        assert_eq!(fresh(vec![("promise", form("c", "Luis"))], &sent), Some(part("promise", &form("c", "Luis"))));
    }
}
