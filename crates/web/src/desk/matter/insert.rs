//! What can be put into the composer: offered while typing after a sign, or chosen on a page of its own where there are no scripts.

mod choice;

pub(super) use choice::heading;

use crate::desk::place::Place;
use crate::desk::queue::QueueName;
use crate::desk::signed;
use crate::{Answer, App, Form, Page, StaffMember, Trouble, show};
use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use choice::{Asked, Choice, What};
use conversations::MatterId;
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

async fn offer(State(app): State<App>, page: Page, me: StaffMember, Path(id): Path<MatterId>, Query(place): Query<Place>) -> Answer {
    me.actor.require(Permission::Reply)?;
    let page = signed(page, &me);
    let what: What = place.what.parse().map_err(|_| Trouble::not_found())?;
    let asked = Asked::new(&app, &page, me, id, &place.q, if page.partial { FEW } else { MANY });
    let products = if what == What::Products { choice::products_like(&app, &asked)? } else { Vec::new() };
    let options = app.db.read(move |tx| choice::choices(tx, &asked, what, &products)).await?;
    if page.partial {
        return show(&Options { options });
    }
    let view = QueueName::parse(&place.view);
    let title = page.t(&format!("insert-{what}"));
    let (action, back) = (format!("/desk/matters/{id}/insert"), format!("/desk/matters/{id}?view={view}"));
    show(&InsertPage { title, action, back, what, view, typed: place.q, options, page })
}

/// From the composer: keep its words and show what there is. From the page: add the choice to the words that are kept.
async fn insert(
    State(app): State<App>,
    page: Page,
    me: StaffMember,
    Path(id): Path<MatterId>,
    Query(place): Query<Place>,
    form: Form,
) -> Answer {
    let view = QueueName::parse(&place.view);
    let (actor, author) = (me.actor.clone(), me.actor.to_string());
    let choice = form.value("choice").to_owned();
    if choice.is_empty() {
        let what: What = form.value("what").parse().map_err(|_| Trouble::not_found())?;
        let text = payments::mask_card_numbers(form.value("text")).into_owned();
        let keep = move |tx: &mut Tx<'_>| conversations::save_matter_draft(tx, &actor, id, &text);
        app.db.write("conversations.save_matter_draft", keep).await?;
        return page.go(&format!("/desk/matters/{id}/insert?what={what}&view={view}"));
    }
    if choice.parse::<CardOf>().is_ok() {
        return page.go(&format!("/desk/matters/{id}?view={view}&card={choice}#words"));
    }
    let asked = Asked::new(&app, &page, me, id, "", 1);
    let is_note = choice.starts_with("person:");
    let add = move |tx: &mut Tx<'_>| -> Result<(), Trouble> {
        let words = choice::words_of(tx, &asked, &choice)?;
        let kept = conversations::draft(tx, &id.to_string(), &author)?;
        let text = if kept.is_empty() { words } else { format!("{kept}\n{words}") };
        conversations::save_matter_draft(tx, &actor, id, &text)?;
        Ok(())
    };
    app.db.write("conversations.save_matter_draft", add).await?;
    let kind = if is_note { "&kind=note" } else { "" };
    page.go(&format!("/desk/matters/{id}?view={view}{kind}#words"))
}
