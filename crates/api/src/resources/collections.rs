//! Collections: shelves that fill themselves by a rule, with some products put first by hand.

use super::Routes;
use super::products::ProductCardView;
use super::shared::{CollectionOrder, CollectionState, LocalisedText};
use crate::ApiState;
use crate::http::{ApiError, ApiResult, Caller, Id, IfMatch, InPath, List, Page, PageParams, Post, Reply, Sent, needs, tagged};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use catalogue::ProductId;
use catalogue::collections::{self, Collection, CollectionChange, CollectionId, Condition, CreateCollection, Rule};
use kernel::{Permission, ReadTx, Timestamp, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default()
        .routes(needs(Permission::ViewCatalogue, routes!(list)))
        .routes(needs(Permission::EditCatalogue, routes!(create)))
        .routes(needs(Permission::ViewCatalogue, routes!(show)))
        .routes(needs(Permission::EditCatalogue, routes!(change)))
        .routes(needs(Permission::EditCatalogue, routes!(delete)))
        .routes(needs(Permission::ViewCatalogue, routes!(products)))
}

/// Something that holds for a product, or does not.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(tag = "is", rename_all = "snake_case", deny_unknown_fields)]
enum CollectionCondition {
    /// It is of this category.
    Category {
        #[schema(example = "camisas")]
        key: String,
    },
    /// It has this tag or attribute; case and accents do not matter.
    Tag {
        #[schema(example = "material:lino")]
        tag: String,
    },
    /// This vendor makes it; case and accents do not matter.
    Vendor { name: String },
    /// It was made in the last days.
    New {
        #[schema(minimum = 1, maximum = 3650)]
        days: u32,
    },
}

/// A collection in a list.
#[derive(Serialize, ToSchema)]
struct ProductCollectionView {
    #[schema(value_type = Id)]
    id: CollectionId,
    /// Its name in addresses.
    slug: String,
    name: LocalisedText,
    /// What is said above its products.
    text: LocalisedText,
    /// All hold for a product that comes in by itself.
    conditions: Vec<CollectionCondition>,
    #[schema(value_type = CollectionOrder)]
    order: collections::CollectionOrder,
    /// Put first by hand, in this order, once they are on sale.
    #[schema(value_type = Vec<Id>)]
    pinned: Vec<ProductId>,
    /// `building` while all products are looked at with the eyes of a new rule.
    #[schema(value_type = CollectionState)]
    state: collections::CollectionState,
    /// How many products it shows now; 10,000 stands for that many or more.
    size: i64,
    /// Rises by one with every change; it is the entity tag.
    version: i64,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
}

/// A collection that is not there yet.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": {"es": "Lino de verano", "en": "Summer linen"}, "order": "newest",
    "conditions": [{"is": "tag", "tag": "material:lino"}, {"is": "new", "days": 90}]}))]
struct ProductCollectionCreate {
    /// Its name in addresses; made from the name when not given.
    #[serde(default)]
    slug: String,
    name: LocalisedText,
    #[serde(default)]
    text: LocalisedText,
    /// At most 10. Without any, only what is put first by hand is in it.
    conditions: Vec<CollectionCondition>,
    #[schema(value_type = CollectionOrder)]
    order: collections::CollectionOrder,
    /// At most 50 products, first, whether the rule lets them in or not.
    #[serde(default)]
    #[schema(value_type = Vec<Id>)]
    pinned: Vec<ProductId>,
}

/// The fields to change; what is not given stays.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"order": "title"}))]
struct ProductCollectionPatch {
    slug: Option<String>,
    name: Option<LocalisedText>,
    text: Option<LocalisedText>,
    conditions: Option<Vec<CollectionCondition>>,
    #[schema(value_type = Option<CollectionOrder>)]
    order: Option<collections::CollectionOrder>,
    /// All that stand first, in order.
    #[schema(value_type = Option<Vec<Id>>)]
    pinned: Option<Vec<ProductId>>,
}

impl From<CollectionCondition> for Condition {
    fn from(condition: CollectionCondition) -> Self {
        match condition {
            CollectionCondition::Category { key } => Condition::Category { key },
            CollectionCondition::Tag { tag } => Condition::Tag { tag },
            CollectionCondition::Vendor { name } => Condition::Vendor { name },
            CollectionCondition::New { days } => Condition::New { days },
        }
    }
}

impl From<Condition> for CollectionCondition {
    fn from(condition: Condition) -> Self {
        match condition {
            Condition::Category { key } => CollectionCondition::Category { key },
            Condition::Tag { tag } => CollectionCondition::Tag { tag },
            Condition::Vendor { name } => CollectionCondition::Vendor { name },
            Condition::New { days } => CollectionCondition::New { days },
        }
    }
}

fn conditions(of: Vec<CollectionCondition>) -> Vec<Condition> {
    of.into_iter().map(Condition::from).collect()
}

fn view(tx: &ReadTx<'_>, collection: Collection) -> ApiResult<ProductCollectionView> {
    let size = collections::size(tx, &collection)?;
    let pinned = collections::pinned(tx, collection.id)?.into_iter().map(|card| card.id).collect();
    let Collection { id, slug, name, text, rule, state, version, created_at, updated_at } = collection;
    let (conditions, order) = (rule.conditions.into_iter().map(CollectionCondition::from).collect(), rule.order);
    Ok(ProductCollectionView {
        id,
        slug,
        name: name.into(),
        text: text.into(),
        conditions,
        order,
        pinned,
        state,
        size,
        version,
        created_at,
        updated_at,
    })
}

/// By id, else by its name in addresses.
fn find(tx: &ReadTx<'_>, asked: &str) -> ApiResult<Collection> {
    let by_id = asked.parse().map_or(Ok(None), |id| collections::collection_by_id(tx, id))?;
    let found = if by_id.is_some() { by_id } else { collections::collection(tx, asked)? };
    found.ok_or_else(ApiError::not_found)
}

/// List collections, by name: all, at most 200.
#[utoipa::path(get, path = "/v1/collections", tag = "products", operation_id = "list_collections", responses((status = 200, body = List<ProductCollectionView>)))]
async fn list(State(app): State<ApiState>) -> ApiResult<Json<List<ProductCollectionView>>> {
    let read = app.read(|tx| collections::collections(tx)?.into_iter().map(|one| view(tx, one)).collect::<ApiResult<Vec<_>>>());
    Ok(Json(List::whole(read.await?)))
}

/// Make a collection. The products come in at once, in a large shop by steps, and follow every change of a product from now on.
/// 409 `catalogue.collection_slug_taken`; 422 `catalogue.collection_bad_condition`.
#[utoipa::path(post, path = "/v1/collections", tag = "products", operation_id = "create_collection", request_body = ProductCollectionCreate, responses((status = 201, body = ProductCollectionView)))]
async fn create(State(app): State<ApiState>, caller: Caller, post: Post<ProductCollectionCreate>) -> ApiResult<Reply> {
    let body = post.body;
    let command = move |tx: &mut Tx<'_>, once: &crate::http::Once| {
        let ProductCollectionCreate { slug, name, text, conditions: all, order, pinned } = body.clone();
        let rule = Rule { conditions: conditions(all), order };
        let cmd = CreateCollection { key: once.command_key(tx), slug, name: name.into(), text: text.into(), rule };
        let made = collections::create_collection(tx, &caller, cmd)?;
        let made = collections::pin(tx, &caller, made.id, &pinned, None)?;
        view(tx, made)
    };
    post.once.create(&app, "catalogue.create_collection", command).await
}

/// See a collection, by id or by its name in addresses.
#[utoipa::path(get, path = "/v1/collections/{collection}", tag = "products", operation_id = "show_collection", params(("collection" = String, Path, description = "Its id or its name in addresses.")), responses((status = 200, body = ProductCollectionView)))]
async fn show(State(app): State<ApiState>, InPath(asked): InPath<String>) -> ApiResult<Response> {
    let seen = app.read(move |tx| view(tx, find(tx, &asked)?)).await?;
    Ok(tagged(seen.version, seen))
}

/// Change a collection; another rule or order goes through all products again. With `If-Match`, only when it is still that version: 412
/// `catalogue.collection_changed`.
#[utoipa::path(patch, path = "/v1/collections/{collection}", tag = "products", operation_id = "change_collection",
    params(("collection" = Id, Path), ("If-Match" = Option<String>, Header, description = "The entity tag of the version you saw.", example = "\"1\"")),
    request_body = ProductCollectionPatch, responses((status = 200, body = ProductCollectionView), (status = 412, description = "It was changed since.", body = crate::http::Problem, content_type = "application/problem+json")))]
async fn change(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(id): InPath<CollectionId>,
    IfMatch(if_version): IfMatch,
    Sent(patch): Sent<ProductCollectionPatch>,
) -> ApiResult<Response> {
    let command = move |tx: &mut Tx<'_>| {
        let ProductCollectionPatch { slug, name, text, conditions: all, order, pinned } = patch.clone();
        let now = collections::collection_by_id(tx, id)?.ok_or_else(ApiError::not_found)?.rule;
        let rule = Rule { conditions: all.map_or(now.conditions, conditions), order: order.unwrap_or(now.order) };
        let change = CollectionChange { slug, name: name.map(Into::into), text: text.map(Into::into), rule: Some(rule), if_version };
        let mut saved = collections::change_collection(tx, &caller, id, change).map_err(IfMatch::refuse)?;
        if let Some(pinned) = &pinned {
            saved = collections::pin(tx, &caller, id, pinned, None)?;
        }
        view(tx, saved)
    };
    let seen = app.write("catalogue.change_collection", command).await?;
    Ok(tagged(seen.version, seen))
}

/// Give a collection up; its products stay as they are.
#[utoipa::path(delete, path = "/v1/collections/{collection}", tag = "products", operation_id = "delete_collection", params(("collection" = Id, Path)), responses((status = 204)))]
async fn delete(State(app): State<ApiState>, caller: Caller, InPath(id): InPath<CollectionId>) -> ApiResult<StatusCode> {
    app.write("catalogue.delete_collection", move |tx| Ok(collections::delete_collection(tx, &caller, id)?)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// List the products of a collection, in its order.
#[utoipa::path(get, path = "/v1/collections/{collection}/products", tag = "products", operation_id = "list_collection_products",
    params(("collection" = String, Path, description = "Its id or its name in addresses."), PageParams), responses((status = 200, body = List<ProductCardView>)))]
async fn products(State(app): State<ApiState>, InPath(asked): InPath<String>, page: Page) -> ApiResult<Json<List<ProductCardView>>> {
    let found = app.read(move |tx| Ok(collections::members(tx, &find(tx, &asked)?, page.text(), page.limit)?)).await?;
    Ok(Json(List::new(found.items.into_iter().map(ProductCardView::from).collect(), found.next)))
}
