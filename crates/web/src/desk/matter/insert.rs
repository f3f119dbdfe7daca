//! What can be put into the composer: offered while typing after a sign, or chosen on a page of its own where there are no scripts.

mod choice;

pub(super) use choice::heading;

use super::at::AtMatter;
use crate::desk::queue::QueueName;
use crate::{Answer, App, Form, Page, Trouble, show};
use askama::Template;
use axum::Router;
use axum::routing::get;
use choice::{Asked, Choice, What};
use flows::CardOf;
use kernel::{Permission, Tx};

/// Choices shown while typing, and on the page.
const FEW: usize = 8;
const MANY: usize = 100;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/desk/matters/{id}/insert", get(offer).post(insert))
}

#[derive(Template)]
#[template(path = "desk/_insert_options.html")]
struct Options {
    options: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "desk/insert.html")]
struct InsertPage {
    page: Page,
    title: String,
    action: String,
    back: String,
    what: What,
    view: QueueName,
    typed: String,
    options: Vec<Choice>,
}

async fn offer(at: AtMatter) -> Answer {
    at.me.actor.require(Permission::Reply)?;
    let what: What = at.place.what.parse().map_err(|_| Trouble::not_found())?;
    let asked = Asked::new(&at, &at.place.q, if at.page.partial { FEW } else { MANY });
    let products = if what == What::Products { choice::products_like(&at.app, &asked)? } else { Vec::new() };
    let options = at.app.db.read(move |tx| choice::choices(tx, &asked, what, &products)).await?;
    if at.page.partial {
        return show(&Options { options });
    }
    let (view, back) = (QueueName::parse(&at.place.view), at.back());
    let (title, action) = (at.page.t(&format!("insert-{what}")), format!("/desk/matters/{}/insert", at.id));
    show(&InsertPage { title, action, back, what, view, typed: at.place.q, options, page: at.page })
}

/// From the composer: keep its words and show what there is. From the page: add the choice to the words that are kept.
async fn insert(at: AtMatter, form: Form) -> Answer {
    let (id, view) = (at.id, QueueName::parse(&at.place.view));
    let (actor, author) = (at.me.actor.clone(), at.me.actor.to_string());
    let choice = form.value("choice").to_owned();
    if choice.is_empty() {
        let what: What = form.value("what").parse().map_err(|_| Trouble::not_found())?;
        let text = payments::mask_card_numbers(form.value("text")).into_owned();
        let keep = move |tx: &mut Tx<'_>| conversations::save_matter_draft(tx, &actor, id, &text);
        at.app.db.write("conversations.save_matter_draft", keep).await?;
        return at.page.go(&format!("/desk/matters/{id}/insert?what={what}&view={view}"));
    }
    if choice.parse::<CardOf>().is_ok() {
        return at.page.go(&format!("{}&card={choice}#words", at.back()));
    }
    let asked = Asked::new(&at, "", 1);
    let is_note = choice.starts_with("person:");
    let add = move |tx: &mut Tx<'_>| -> Result<(), Trouble> {
        let words = choice::words_of(tx, &asked, &choice)?;
        let kept = conversations::draft(tx, &id.to_string(), &author)?;
        let text = if kept.is_empty() { words } else { format!("{kept}\n{words}") };
        conversations::save_matter_draft(tx, &actor, id, &text)?;
        Ok(())
    };
    at.app.db.write("conversations.save_matter_draft", add).await?;
    let kind = if is_note { "&kind=note" } else { "" };
    at.page.go(&format!("{}{kind}#words", at.back()))
}
