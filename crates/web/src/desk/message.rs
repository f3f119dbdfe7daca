//! One message: take it back, send it again, see it as its sender laid it out.

use crate::{Answer, App, Flash, Page, StaffMember, Trouble};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse};
use axum::routing::{get, post};
use conversations::{ConversationError, Direction, FileRef, Message, MessageId, Reply};
use kernel::{Fault, Permission, ReadTx};

/// A frame without scripts, without forms, without anything from elsewhere: only the mail's own words and colours.
const FRAME_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'self'";

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/desk/messages/{id}/cancellation", post(cancel))
        .route("/desk/messages/{id}/again", post(again))
        .route("/desk/messages/{id}/formatted", get(formatted))
}

async fn find(app: &App, id: MessageId) -> Result<Message, Trouble> {
    app.db.read(move |tx| conversations::messages(tx, &[id])).await?.pop().ok_or_else(Trouble::not_found)
}

/// Back to the matter with the words in the composer, if it has not left yet.
async fn cancel(State(app): State<App>, page: Page, me: StaffMember, Path(id): Path<MessageId>) -> Answer {
    let actor = me.actor;
    let done = app.db.write("conversations.cancel_message", move |tx| conversations::cancel_message(tx, &actor, id)).await;
    let late = matches!(done, Err(ConversationError::AlreadySent));
    if !late {
        done?;
    }
    let matter = find(&app, id).await?.matter;
    match late {
        true => page.go_saying(&format!("/desk/matters/{matter}"), &Flash::bad("message-too-late")),
        false => page.go_saying(&format!("/desk/matters/{matter}?draft={id}"), &Flash::ok("message-taken-back")),
    }
}

/// The same words the same way, once: pressing twice sends one.
async fn again(State(app): State<App>, page: Page, me: StaffMember, Path(id): Path<MessageId>) -> Answer {
    let message = find(&app, id).await?;
    let (Some(account), Some(address), Direction::Outbound) = (message.account, message.address, message.direction) else {
        return Err(Trouble::not_found());
    };
    // A code is asked for anew by whom it is for; here it is masked.
    if message.content.outbound.as_ref().is_some_and(|extras| extras.secret) {
        return Err(Trouble::not_found());
    }
    let files = app.db.read(move |tx| conversations::attachments_of(tx, id)).await?;
    let reply = Reply {
        files: files.into_iter().map(|file| FileRef::Attachment(file.id)).collect(),
        subject: message.subject,
        extras: message.content.outbound.map(|extras| *extras),
        ..Reply::new(message.matter, account, address, message.text, format!("again:{id}"))
    };
    let (actor, owner, to) = (me.actor.clone(), me.actor.to_string(), format!("/desk/matters/{}", message.matter));
    match app.db.write("conversations.reply", move |tx| flows::reply(tx, &actor, &reply)).await {
        Ok(_) => page.go_saying(&to, &Flash::ok("message-again")),
        Err(
            closed @ (ConversationError::WindowClosed(_)
            | ConversationError::OptedOut(_)
            | ConversationError::Undeliverable(_)
            | ConversationError::AccountClosed),
        ) => {
            app.db.write("conversations.give_back", move |tx| conversations::give_back(tx, &owner, id)).await?;
            page.go_saying(&format!("{to}?draft={id}"), &Flash::bad("message-way-closed").with(super::words::closed(&page, &closed)))
        }
        Err(other @ (ConversationError::Denied(_) | ConversationError::Fault(_) | ConversationError::UnknownMatter)) => Err(other.into()),
        Err(stopped) => page.go_saying(&to, &Flash::bad("message-not-again").with(super::matter::refusal(&page, &stopped))),
    }
}

/// The mail's markup with the pictures that came with it: the frame may load nothing, so they travel inside it.
fn with_pictures(tx: &ReadTx<'_>, id: MessageId) -> Result<Option<String>, Fault> {
    let Some(html) = conversations::messages(tx, &[id])?.pop().and_then(|message| message.content.html) else { return Ok(None) };
    let files = conversations::attachments_of(tx, id)?;
    let mut pictures = Vec::new();
    for file in channels::email::inside(&html, &files) {
        pictures.extend(conversations::attachment(tx, file.id)?.map(|(_, bytes)| (file, bytes)));
    }
    Ok(Some(channels::email::with_pictures(&html, &pictures)))
}

/// The mail's markup, made safe when it came in, in a document of its own that may do nothing.
async fn formatted(State(app): State<App>, me: StaffMember, Path(id): Path<MessageId>) -> Answer {
    me.actor.require(Permission::ViewConversations)?;
    let html = app.db.read(move |tx| with_pictures(tx, id)).await?.ok_or_else(Trouble::not_found)?;
    let head = "<!doctype html><meta charset=\"utf-8\"><meta name=\"referrer\" content=\"no-referrer\">";
    let style = "<style>body{font:15px/1.5 system-ui,sans-serif;margin:12px;color:#1c1f26;background:#fff;overflow-wrap:anywhere}img{max-width:100%}</style>";
    let headers = [
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(FRAME_POLICY)),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    ];
    Ok((headers, Html(format!("{head}{style}{html}"))).into_response())
}
