//! Telling the other side where to call us, by its own calls, in its own words.

use super::one::{account, page_of};
use crate::studio::Entered;
use crate::{Answer, App, Form, Trouble, show};
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::post;
use channels::runtime::channel_account;
use channels::{CannotSend, Carrier, HttpRequest, WireReply, WireRequest, adapter, http_client};
use conversations::Account;
use kernel::Permission;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/studio/channels/{id}/connection", post(connect))
}

async fn connect(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>) -> Answer {
    me.actor.require(Permission::ManageChannels)?;
    let (account, kind) = account(&app, &text).await?;
    let told = match tell(&app, &account).await? {
        Ok(()) => (true, page.t("studio-connected")),
        Err(words) => (false, words),
    };
    show(&page_of(&app, (page, me), kind, Some(account), None, (Form::new(), Some(told))).await?)
}

/// Make the call, and the one that may follow it; a refusal is the far end's own words.
async fn tell(app: &App, account: &Account) -> Result<Result<(), String>, Trouble> {
    let (view, now) = (channel_account(account)?, app.db.clock().now());
    let adapter = adapter(account.channel).ok_or_else(Trouble::not_found)?;
    let webhook = format!("{}/channels/{}", app.brand.public_url.trim_end_matches('/'), account.id);
    let first = adapter.connect(&view, &webhook, now).ok_or_else(Trouble::not_found)?;
    let answer = match call(&view.id, first).await {
        Ok(answer) => answer,
        Err(words) => return Ok(Err(words)),
    };
    match adapter.connect_next(&view, &answer, now) {
        Some(next) => Ok(call(&view.id, next).await.map(drop)),
        None => Ok(Ok(())),
    }
}

async fn call(account: &str, request: Result<HttpRequest, CannotSend>) -> Result<WireReply, String> {
    let request = request.map_err(|refused| refused.to_string())?;
    let reply = Carrier::new(http_client()).carry(account, WireRequest::Http(request)).await;
    match &reply {
        WireReply::Http { status: 200..=299, .. } => Ok(reply),
        WireReply::Http { status, body, .. } => {
            Err(format!("{status}: {}", String::from_utf8_lossy(body).chars().take(300).collect::<String>()))
        }
        other => Err(other.http().map_or_else(|refused| refused.to_string(), |_| String::new())),
    }
}
