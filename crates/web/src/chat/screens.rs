//! One conversation on several screens: the draft goes on elsewhere, and what was seen on one is seen on all.

use super::thread::is_new;
use super::visitor::ChatVisitor;
use crate::{Answer, App, Form, Trouble};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::post;
use conversations::MessageId;
use kernel::Fault;

/// Matters looked into, and messages of each.
const MATTERS: usize = 3;
const MESSAGES: i64 = 100;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/chat/draft", post(draft)).route("/chat/seen", post(seen))
}

/// What is being written on another screen; its element is `#chat-draft`.
#[derive(Template)]
#[template(path = "chat/draft.html")]
pub(super) struct Draft<'a> {
    pub(super) draft: &'a str,
}

/// What wakes the other screens when a draft changes.
pub(super) fn topic(who: &ChatVisitor) -> String {
    format!("draft:{}", who.writer())
}

/// Keep what is being written, and tell the other screens.
pub(super) async fn keep(app: &App, who: &ChatVisitor, text: String) -> Result<(), Trouble> {
    let writer = who.writer();
    let write = app.db.write("conversations.save_draft", move |tx| conversations::save_draft(tx, conversations::CHAT, &writer, &text));
    if write.await? {
        app.hub.publish(&topic(who));
    }
    Ok(())
}

async fn draft(State(app): State<App>, who: ChatVisitor, form: Form) -> Answer {
    keep(&app, &who, form.value("text").to_owned()).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// What we said is on their screen.
async fn seen(State(app): State<App>, who: ChatVisitor) -> Answer {
    let write = app.db.write("conversations.read_on_screen", move |tx| {
        let profiles = who.profiles(tx)?;
        let mut unread: Vec<MessageId> = Vec::new();
        for matter in conversations::matters_of(tx, &profiles, MATTERS)? {
            unread.extend(
                conversations::messages_of(tx, matter.id, MESSAGES)?.iter().filter(|message| is_new(message)).map(|message| message.id),
            );
        }
        conversations::read_on_screen(tx, &profiles, &unread)
    });
    write.await.map_err(|fault: Fault| Trouble::from(fault))?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
