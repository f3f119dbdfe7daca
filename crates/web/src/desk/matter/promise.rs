//! What is promised in a matter: given, kept and taken back at the desk, by the customer's clock.

use super::at::AtMatter;
use super::later::zone_of;
use super::say;
use crate::desk::scheduled::{local_time, moment, parse_local};
use crate::desk::{fresh_key, snooze};
use crate::timeline::Names;
use crate::{Answer, Form, Page, StaffMember, format};
use askama::{Template, filters::HtmlSafe};
use axum::Router;
use axum::routing::post;
use conversations::{ConversationError, MakePromise, Matter, MatterState, PROMISE_LIMIT, Promise};
use kernel::{Fault, Permission, ReadTx};
use std::time::Duration;

/// From nine to noon: until when one promises at first.
const MORNING: Duration = Duration::from_secs(3 * 3600);

pub(super) fn routes() -> Router<crate::App> {
    Router::new()
        .route("/desk/matters/{id}/promise", post(make))
        .route("/desk/matters/{id}/promise/fulfilment", post(keep))
        .route("/desk/matters/{id}/promise/withdrawal", post(withdraw))
}

/// What is promised, or the way to promise something; its element is `#promise`.
#[derive(Template, Debug, Clone)]
#[template(path = "desk/_promise.html")]
pub(super) struct PromiseView {
    page: Page,
    promise: Option<Given>,
    may_promise: bool,
    form: Form,
    zone: String,
    until: String,
    key: String,
    longest: usize,
    base: String,
    query: String,
}
impl HtmlSafe for PromiseView {}

#[derive(Debug, Clone)]
struct Given {
    text: String,
    until: String,
    tone: &'static str,
    /// How near it is.
    left: String,
}

impl PromiseView {
    pub(super) fn read(
        tx: &ReadTx<'_>,
        (page, me): (&Page, &StaffMember),
        matter: &Matter,
        (zone, query): (&str, &str),
        form: &Form,
    ) -> Result<Self, Fault> {
        let promise = match conversations::open_promise(tx, matter.id)? {
            Some(promise) => Some(given(tx, page, &promise, zone)?),
            None => None,
        };
        let noon = snooze::until("tomorrow", page.now, zone).unwrap_or(page.now).plus(MORNING);
        let typed = form.value("promise_until");
        Ok(PromiseView {
            promise,
            may_promise: me.actor.may(Permission::Reply) && matter.state != MatterState::Resolved,
            until: if typed.is_empty() { local_time(noon, zone) } else { typed.to_owned() },
            zone: zone.to_owned(),
            key: Some(form.value("promise_key").to_owned()).filter(|key| !key.is_empty()).unwrap_or_else(fresh_key),
            longest: PROMISE_LIMIT,
            base: format!("/desk/matters/{}/promise", matter.id),
            query: query.to_owned(),
            form: form.clone(),
            page: page.clone(),
        })
    }
    fn is_open(&self) -> bool {
        self.form.error("promise").is_some()
    }
}

fn given(tx: &ReadTx<'_>, page: &Page, promise: &Promise, zone: &str) -> Result<Given, Fault> {
    let mut names = Names::new();
    names.learn_actor(tx, &promise.author)?;
    let by = names.of_actor(&promise.author).unwrap_or_default().to_owned();
    let warning = conversations::work_rules(tx)?.warning();
    let (tone, key, span) = match page.now {
        now if promise.due_at <= now => ("bad", "promise-late", now.since(promise.due_at)),
        now if promise.due_at.minus(warning) <= now => ("warn", "promise-left", promise.due_at.since(now)),
        now => ("", "promise-left", promise.due_at.since(now)),
    };
    let until = page.tw(
        "promise-until",
        &[("value", moment(page, promise.due_at, zone).into()), ("zone", zone.to_owned().into()), ("name", by.into())],
    );
    Ok(Given { text: promise.text.clone(), until, tone, left: page.tv(key, format::span_text(span.as_secs())) })
}

async fn make(at: AtMatter, mut form: Form) -> Answer {
    let zone = zone_of(&at.app, at.id).await?;
    let Some(due_at) = parse_local(form.value("promise_until"), &zone) else {
        form.refuse("promise", at.page.t("later-no-time"));
        return at.refuse_beside(form).await;
    };
    let (actor, tell) = (at.me.actor.clone(), form.is("promise_tell", "yes"));
    let cmd = MakePromise {
        matter: at.id,
        text: form.value("promise").to_owned(),
        due_at,
        by_answer: form.is("promise_by_answer", "yes"),
        key: format!("desk:{actor}:{}", form.value("promise_key")),
    };
    match at.app.db.write("flows.make_promise", move |tx| flows::make_promise(tx, &actor, &cmd, tell)).await {
        Ok(_) => at.answer(if tell { "promise-told" } else { "promise-made" }, "").await,
        Err(refused @ (ConversationError::Denied(_) | ConversationError::Fault(_) | ConversationError::UnknownMatter)) => {
            Err(refused.into())
        }
        Err(refused) => {
            let words = match &refused {
                ConversationError::InThePast => at.page.t("later-past"),
                ConversationError::Empty => at.page.t("promise-empty"),
                ConversationError::NoAddress => at.page.t("promise-no-way"),
                refused => say::refusal(&at.page, refused),
            };
            form.refuse("promise", words);
            at.refuse_beside(form).await
        }
    }
}

async fn keep(at: AtMatter) -> Answer {
    let (id, actor) = (at.id, at.me.actor.clone());
    at.app.db.write("conversations.keep_promise", move |tx| conversations::keep_promise(tx, &actor, id)).await?;
    at.answer("promise-kept", "").await
}

async fn withdraw(at: AtMatter) -> Answer {
    let (id, actor) = (at.id, at.me.actor.clone());
    at.app.db.write("conversations.withdraw_promise", move |tx| conversations::withdraw_promise(tx, &actor, id)).await?;
    at.answer("promise-withdrawn", "").await
}
