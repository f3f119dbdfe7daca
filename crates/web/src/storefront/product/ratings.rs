//! What customers think of a product, and the form for who bought it.

use super::super::visitor::Visitor;
use crate::ui::Moment;
use crate::{Answer, App, Flash, Form, Page, Trouble};
use axum::extract::{Path, State};
use catalogue::ProductId;
use catalogue::ratings::{self, Rate, Rating, RatingError, RatingState};
use kernel::{Actor, Channel, Fault, ProfileId, ReadTx};

/// Ratings on the page.
const MOST: usize = 10;

/// One rating.
pub(super) struct Row {
    pub(super) stars: i64,
    pub(super) says: String,
    pub(super) text: String,
    pub(super) name: String,
    pub(super) when: Moment,
}

/// All that the page shows of ratings.
#[derive(Default)]
pub(super) struct RatingsView {
    /// `4,5 of 5, from 12 ratings`; empty without any.
    pub(super) average: String,
    pub(super) rows: Vec<Row>,
    /// Who is signed in bought it.
    pub(super) may_rate: bool,
    /// Their own stars, 0 when they have not said.
    pub(super) own_stars: i64,
    pub(super) own_text: String,
    /// Their own waits to be read.
    pub(super) is_waiting: bool,
    pub(super) name: String,
}

impl RatingsView {
    /// Nothing to show, and nobody to ask.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty() && !self.may_rate
    }
}

pub(super) fn load(tx: &ReadTx<'_>, page: &Page, product: ProductId, signed_in: Option<ProfileId>) -> Result<RatingsView, Fault> {
    let average = ratings::average(tx, product)?;
    let rows = ratings::ratings_of(tx, product, None, MOST)?;
    let mut view = RatingsView {
        average: average.map_or_else(String::new, |average| {
            let stars = format!("{}{}{}", average.tenths / 10, page.t("decimal-mark"), average.tenths % 10);
            page.tw("rating-average", &[("value", stars.into()), ("n", average.ratings.into())])
        }),
        rows: rows.iter().map(|rating| row(page, rating)).collect(),
        ..RatingsView::default()
    };
    let Some(profile) = signed_in else { return Ok(view) };
    let Some(person) = customers::person_of(tx, profile)? else { return Ok(view) };
    view.may_rate = flows::has_bought(tx, profile, product)?;
    if view.may_rate {
        if let Some(own) = ratings::rating_of(tx, product, &customers::profiles_of(tx, person)?)? {
            (view.own_stars, view.own_text, view.is_waiting) = (own.stars, own.text, own.state == RatingState::Waiting);
        }
        let given = customers::profile(tx, profile)?.map(|profile| profile.name()).unwrap_or_default();
        view.name = given.split_whitespace().next().unwrap_or_default().to_owned();
    }
    Ok(view)
}

fn row(page: &Page, rating: &Rating) -> Row {
    Row {
        stars: rating.stars,
        says: page.tn("rating-stars", rating.stars),
        text: rating.text.clone(),
        name: if rating.name.is_empty() { page.t("rating-nameless") } else { rating.name.clone() },
        when: Moment::date(rating.rated_at, page.now, page.locale),
    }
}

/// Say what one thinks of what one bought.
pub(in super::super) async fn rate(State(app): State<App>, visitor: Visitor, Path(handle): Path<String>, form: Form) -> Answer {
    let (profile, _) = visitor.shopper.must_be_signed_in()?;
    let back = format!("/products/{handle}#ratings");
    let named = handle.clone();
    let product = app.db.read(move |tx| catalogue::product_by_handle(tx, &Actor::guest(), &named)).await?;
    let product = product.ok_or_else(Trouble::not_found)?.id;
    let Ok(stars) = form.value("stars").parse() else {
        return visitor.page.go_saying(&back, &Flash::bad("rating-needs-stars"));
    };
    let (text, name) = (form.value("text").to_owned(), form.value("name").to_owned());
    let (actor, cmd) = (visitor.shopper.actor(), Rate { product, profile, stars, text, name, channel: Channel::Web });
    match app.db.write("flows.rate_product", move |tx| flows::rate_product(tx, &actor, cmd.clone())).await {
        Ok(_) => visitor.page.go_saying(&back, &Flash::ok("rating-thanks")),
        Err(RatingError::NotBought) => visitor.page.go_saying(&back, &Flash::bad("rating-not-bought")),
        Err(RatingError::TooLong(_)) => visitor.page.go_saying(&back, &Flash::bad("field-too-long")),
        Err(error) => Err(error.into()),
    }
}
