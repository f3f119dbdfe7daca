//! Ratings that wait to be read: shown or not, by somebody of ours.

use super::{Entered, Me};
use crate::ui::Moment;
use crate::{Answer, App, Flash, Form, Page, Trouble, show};
use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::{get, post};
use catalogue::ProductId;
use catalogue::ratings::{self, Rating, RatingError, RatingId};

/// Ratings on the page.
const MOST: usize = 50;

/// Routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/studio/ratings", get(list)).route("/studio/ratings/{id}", post(decide))
}

/// One rating.
struct Row {
    id: RatingId,
    product: String,
    href: String,
    stars: String,
    text: String,
    name: String,
    when: Moment,
}

#[derive(Template)]
#[template(path = "studio/ratings.html")]
struct List {
    page: Page,
    me: Me,
    rows: Vec<Row>,
}

async fn list(State(app): State<App>, Entered { page, me }: Entered) -> Answer {
    let actor = me.actor.clone();
    let read = app.db.read(move |tx| {
        let waiting = ratings::waiting(tx, &actor, MOST)?;
        let products: Vec<ProductId> = waiting.iter().map(|rating| rating.product).collect();
        Ok::<_, RatingError>((catalogue::cards(tx, &products)?, waiting))
    });
    let (cards, waiting) = read.await?;
    let row = |rating: &Rating| {
        let card = cards.iter().find(|card| card.id == rating.product);
        Row {
            id: rating.id,
            product: card.map_or_else(String::new, |card| card.title.get(page.locale).to_owned()),
            href: card.map_or_else(String::new, |card| format!("/products/{}", card.handle)),
            stars: page.tn("rating-stars", rating.stars),
            text: rating.text.clone(),
            name: rating.name.clone(),
            when: Moment::ago(rating.rated_at, page.now, page.locale),
        }
    };
    let rows = waiting.iter().map(row).collect();
    show(&List { rows, page, me })
}

async fn decide(State(app): State<App>, Entered { page, me }: Entered, Path(text): Path<String>, form: Form) -> Answer {
    let id: RatingId = text.parse().map_err(|_| Trouble::not_found())?;
    let (actor, publish) = (me.actor, form.value("do") == "publish");
    app.db.write("catalogue.decide_rating", move |tx| ratings::decide(tx, &actor, id, publish)).await?;
    page.go_saying("/studio/ratings", &Flash::ok(if publish { "rating-published" } else { "rating-rejected" }))
}
