//! Notices on the device: switched on in the chat, they tell a customer who has left that somebody answered.

use super::visitor::ChatVisitor;
use crate::{Answer, App, Form, Page, Trouble};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::post;
use channels::push::{Subscription, public_key};
use channels::runtime::channel_account;
use conversations::Account;
use kernel::{Channel, Fault, ReadTx};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/chat/notices", post(want)).route("/chat/notices/removal", post(want_none))
}

/// The switch; scripts show it where the browser can be reached.
#[derive(Template)]
#[template(path = "chat/notices.html")]
pub(super) struct Notices {
    /// What the subscription is bound to.
    key: String,
    /// The visitor, with their proof.
    v: String,
    page: Page,
}
impl askama::filters::HtmlSafe for Notices {}

/// The switch, where the brand sends notices.
pub(super) fn switch(tx: &ReadTx<'_>, page: &Page, who: &ChatVisitor) -> Result<Option<Notices>, Fault> {
    let Some(account) = account(tx)? else { return Ok(None) };
    let Ok(key) = public_key(&channel_account(&account)?) else { return Ok(None) };
    Ok(Some(Notices { key, v: who.proof(), page: page.clone() }))
}

fn account(tx: &ReadTx<'_>) -> Result<Option<Account>, Fault> {
    Ok(conversations::accounts(tx)?.into_iter().find(|account| account.channel == Channel::Push && account.active))
}

fn subscription(form: &Form) -> Result<String, Trouble> {
    let [endpoint, key, word] = ["endpoint", "p256dh", "auth"].map(|name| form.value(name));
    let read = Subscription::new(endpoint, key, word).map_err(|_| Trouble::of(StatusCode::UNPROCESSABLE_ENTITY))?;
    Ok(read.to_string())
}

async fn want(State(app): State<App>, who: ChatVisitor, form: Form) -> Answer {
    allow(&app, who, subscription(&form)?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn allow(app: &App, who: ChatVisitor, address: String) -> Result<(), Trouble> {
    let write = app.db.write("flows.want_notices", move |tx| {
        let account = account(tx)?.ok_or_else(Trouble::not_found)?;
        let profile = who.profiles(tx)?.first().copied();
        Ok::<_, Trouble>(flows::want_notices(tx, account.id, &address, (profile, &who.name))?)
    });
    write.await
}

/// The same for the browser of whoever rehearses, which a simulated push service reaches.
pub(crate) async fn allow_here(app: &App, browser: &str, subscription: &Subscription) -> Result<(), Trouble> {
    allow(app, ChatVisitor::known(app, browser.to_owned(), None).await?, subscription.to_string()).await
}

async fn want_none(State(app): State<App>, _who: ChatVisitor, form: Form) -> Answer {
    let address = subscription(&form)?;
    let write = app.db.write("conversations.close_address", move |tx| {
        let account = account(tx)?.ok_or_else(Trouble::not_found)?;
        Ok::<_, Trouble>(conversations::close_address(tx, account.id, &address, "switched off on the device")?)
    });
    write.await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
