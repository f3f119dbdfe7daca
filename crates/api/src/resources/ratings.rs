//! What customers think of products.

use super::Routes;
use super::shared::RatingState;
use crate::ApiState;
use crate::http::{ApiResult, Caller, Id, InPath, List, Page, PageParams, Post, Reply, found, needs, page_of, pair};
use axum::Json;
use axum::extract::State;
use catalogue::ProductId;
use catalogue::ratings::{self, Rating, RatingId};
use kernel::{Permission, ProfileId, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default()
        .routes(needs(Permission::ViewCatalogue, routes!(of_product)))
        .routes(needs(Permission::EditCatalogue, routes!(waiting)))
        .routes(needs(Permission::EditCatalogue, routes!(decide)))
}

/// What one customer thinks of one product.
#[derive(Serialize, ToSchema)]
struct RatingView {
    #[schema(value_type = Id)]
    id: RatingId,
    #[schema(value_type = Id)]
    product: ProductId,
    #[schema(value_type = Id)]
    profile: ProfileId,
    #[schema(minimum = 1, maximum = 5)]
    stars: i64,
    text: String,
    /// The name that others see.
    name: String,
    #[schema(value_type = RatingState)]
    state: ratings::RatingState,
    #[schema(value_type = String, format = DateTime)]
    rated_at: Timestamp,
}

impl From<Rating> for RatingView {
    fn from(rating: Rating) -> Self {
        let Rating { id, product, profile, stars, text, name, state, rated_at } = rating;
        RatingView { id, product, profile, stars, text, name, state, rated_at }
    }
}

/// Whether others shall see it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"publish": true}))]
struct DecisionCreate {
    publish: bool,
}

/// List the published ratings of a product, newest first.
#[utoipa::path(get, path = "/v1/products/{product}/ratings", tag = "products", operation_id = "list_ratings", params(("product" = Id, Path), PageParams), responses((status = 200, body = List<RatingView>)))]
async fn of_product(State(app): State<ApiState>, InPath(id): InPath<ProductId>, page: Page) -> ApiResult<Json<List<RatingView>>> {
    let before = page.after_pair::<i64, RatingId>()?.map(|(at, id)| (Timestamp::from_micros(at), id));
    let one_more = page.one_more() as usize;
    let rows = app.read(move |tx| {
        found(catalogue::product(tx, id)?)?;
        Ok(ratings::ratings_of(tx, id, before, one_more)?)
    });
    Ok(Json(page_of(rows.await?, &page, |rating| pair(rating.rated_at.as_micros(), rating.id), RatingView::from)))
}

/// List the ratings that nobody has read yet, oldest first; at most 100.
#[utoipa::path(get, path = "/v1/ratings", tag = "products", operation_id = "list_waiting_ratings", responses((status = 200, body = List<RatingView>)))]
async fn waiting(State(app): State<ApiState>, caller: Caller) -> ApiResult<Json<List<RatingView>>> {
    let rows = app.read(move |tx| Ok(ratings::waiting(tx, &caller, 100)?)).await?;
    Ok(Json(List::whole(rows.into_iter().map(RatingView::from).collect())))
}

/// Publish a rating, or reject it; either can be changed later.
#[utoipa::path(post, path = "/v1/ratings/{rating}/decision", tag = "products", operation_id = "decide_rating", params(("rating" = Id, Path)), request_body = DecisionCreate, responses((status = 200, body = RatingView)))]
async fn decide(State(app): State<ApiState>, caller: Caller, InPath(id): InPath<RatingId>, post: Post<DecisionCreate>) -> ApiResult<Reply> {
    let publish = post.body.publish;
    post.once.act(&app, "catalogue.decide_rating", move |tx, _| Ok(RatingView::from(ratings::decide(tx, &caller, id, publish)?))).await
}
