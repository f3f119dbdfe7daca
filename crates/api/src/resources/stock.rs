//! Stock: how much of a variant is where, and every way it changes.

use super::Routes;
use super::locations::PlaceKind;
use crate::ApiState;
use crate::http::{ApiError, ApiResult, Caller, Id, InPath, List, Once, Page, PageParams, Post, Reply, Sent, found, named, needs};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use catalogue::{EditError, VariantId};
use inventory::{Adjust, AdjustReason, Count, LocationId, LocationKind, PlaceStock, Receive};
use kernel::{Permission, Quantity, ReadTx, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default()
        .routes(needs(Permission::ViewStock, routes!(levels)))
        .routes(needs(Permission::AdjustStock, routes!(receive)))
        .routes(needs(Permission::AdjustStock, routes!(adjust)))
        .routes(needs(Permission::AdjustStock, routes!(count)))
        .routes(needs(Permission::AdjustStock, routes!(keep_back)))
}

named! { AdjustmentReason = AdjustReason; }

/// Stock of a variant in one place.
#[derive(Serialize, ToSchema)]
struct StockView {
    #[schema(value_type = Id)]
    location: LocationId,
    /// The place's code.
    code: String,
    name: String,
    #[schema(value_type = PlaceKind)]
    kind: LocationKind,
    /// Customers may collect here.
    collects: bool,
    /// Parcels leave from here.
    ships: bool,
    /// Counted.
    on_hand: i64,
    /// Promised.
    reserved: i64,
    /// Kept back.
    safety: i64,
    /// Available to promise: on hand less reserved less kept back, never below 0.
    available: i64,
}

impl From<PlaceStock> for StockView {
    fn from(place: PlaceStock) -> Self {
        let PlaceStock { level, code, name, kind, collects, ships } = place;
        StockView {
            location: level.location,
            code,
            name,
            kind,
            collects,
            ships,
            on_hand: level.on_hand.0,
            reserved: level.reserved.0,
            safety: level.safety.0,
            available: level.available().0,
        }
    }
}

/// Stock of a variant in one place, after a change.
#[derive(Serialize, ToSchema)]
struct LevelView {
    #[schema(value_type = Id)]
    variant: VariantId,
    #[schema(value_type = Id)]
    location: LocationId,
    on_hand: i64,
    reserved: i64,
    /// Available to promise.
    available: i64,
}

/// Goods that came in.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReceiptCreate {
    #[schema(value_type = Id)]
    variant: VariantId,
    #[schema(value_type = Id)]
    location: LocationId,
    #[schema(minimum = 1, maximum = 1_000_000_000, example = 10)]
    quantity: i64,
}

/// A correction.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AdjustmentCreate {
    #[schema(value_type = Id)]
    variant: VariantId,
    #[schema(value_type = Id)]
    location: LocationId,
    /// Signed; not zero.
    #[schema(example = -1)]
    change: i64,
    #[schema(value_type = AdjustmentReason)]
    reason: AdjustReason,
}

/// A count of one variant in one place.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CountCreate {
    #[schema(value_type = Id)]
    variant: VariantId,
    #[schema(value_type = Id)]
    location: LocationId,
    /// How many lie there, reserved ones included.
    #[schema(minimum = 0, maximum = 1_000_000_000, example = 10)]
    counted: i64,
}

/// How much of a variant to keep back in one place.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SafetyStockPut {
    #[schema(value_type = Id)]
    location: LocationId,
    /// Null goes back to the place's own figure.
    #[schema(minimum = 0, example = 1)]
    quantity: Option<i64>,
}

/// List the stock of a variant in every active place, by name.
#[utoipa::path(get, path = "/v1/variants/{variant}/stock", tag = "stock", operation_id = "list_stock", params(("variant" = Id, Path), PageParams), responses((status = 200, body = List<StockView>)))]
async fn levels(State(app): State<ApiState>, InPath(variant): InPath<VariantId>, page: Page) -> ApiResult<Json<List<StockView>>> {
    let stock = app.read(move |tx| {
        known(tx, variant)?;
        Ok(flows::stock_by_place(tx, variant, page.limit as i64)?)
    });
    Ok(Json(List::whole(stock.await?.into_iter().map(StockView::from).collect())))
}

/// Add goods from a supplier to the stock.
#[utoipa::path(post, path = "/v1/stock-receipts", tag = "stock", operation_id = "receive_stock", request_body = ReceiptCreate, responses((status = 201, body = LevelView)))]
async fn receive(State(app): State<ApiState>, caller: Caller, post: Post<ReceiptCreate>) -> ApiResult<Reply> {
    let ReceiptCreate { variant, location, quantity } = post.body;
    let command = move |tx: &mut Tx<'_>, once: &Once| {
        known(tx, variant)?;
        let key = once.command_key(tx);
        inventory::receive(tx, &caller, Receive { key, variant, location, quantity: Quantity(quantity) })?;
        level(tx, variant, location)
    };
    let locks = vec![inventory::lock(variant, location)];
    post.once.run(&app, "inventory.receive", locks, StatusCode::CREATED, command).await
}

/// Correct what is on hand, with a reason. 409 `inventory.too_few` when that would take what is reserved.
#[utoipa::path(post, path = "/v1/stock-adjustments", tag = "stock", operation_id = "adjust_stock", request_body = AdjustmentCreate, responses((status = 201, body = LevelView)))]
async fn adjust(State(app): State<ApiState>, caller: Caller, post: Post<AdjustmentCreate>) -> ApiResult<Reply> {
    let AdjustmentCreate { variant, location, change, reason } = post.body;
    let command = move |tx: &mut Tx<'_>, once: &Once| {
        known(tx, variant)?;
        let key = once.command_key(tx);
        inventory::adjust(tx, &caller, Adjust { key, variant, location, change: Quantity(change), reason })?;
        level(tx, variant, location)
    };
    let locks = vec![inventory::lock(variant, location)];
    post.once.run(&app, "inventory.adjust", locks, StatusCode::CREATED, command).await
}

/// Make what is on hand what was counted. 409 `inventory.too_few` when fewer were counted than are reserved.
#[utoipa::path(post, path = "/v1/stock-counts", tag = "stock", operation_id = "count_stock", request_body = CountCreate, responses((status = 201, body = LevelView)))]
async fn count(State(app): State<ApiState>, caller: Caller, post: Post<CountCreate>) -> ApiResult<Reply> {
    let CountCreate { variant, location, counted } = post.body;
    let command = move |tx: &mut Tx<'_>, once: &Once| {
        known(tx, variant)?;
        let key = once.command_key(tx);
        inventory::count(tx, &caller, Count { key, variant, location, counted: Quantity(counted) })?;
        level(tx, variant, location)
    };
    let locks = vec![inventory::lock(variant, location)];
    post.once.run(&app, "inventory.count", locks, StatusCode::CREATED, command).await
}

/// Keep some of a variant back in one place.
#[utoipa::path(put, path = "/v1/variants/{variant}/safety-stock", tag = "stock", operation_id = "set_safety_stock", params(("variant" = Id, Path)), request_body = SafetyStockPut, responses((status = 200, body = LevelView)))]
async fn keep_back(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(variant): InPath<VariantId>,
    Sent(put): Sent<SafetyStockPut>,
) -> ApiResult<Json<LevelView>> {
    let SafetyStockPut { location, quantity } = put;
    let command = move |tx: &mut Tx<'_>| {
        found(catalogue::variant(tx, variant)?)?;
        inventory::set_safety_stock(tx, &caller, variant, location, quantity.map(Quantity))?;
        level(tx, variant, location)
    };
    Ok(Json(app.write("inventory.set_safety_stock", command).await?))
}

/// The refusal for a variant that the catalogue does not know.
pub(crate) fn known(tx: &ReadTx<'_>, variant: VariantId) -> ApiResult<()> {
    catalogue::variant(tx, variant)?.map(drop).ok_or_else(|| ApiError::from(EditError::UnknownVariant))
}

fn level(tx: &ReadTx<'_>, variant: VariantId, location: LocationId) -> ApiResult<LevelView> {
    let level = inventory::level(tx, variant, location)?;
    let (on_hand, reserved, available) = (level.on_hand.0, level.reserved.0, level.available().0);
    Ok(LevelView { variant, location, on_hand, reserved, available })
}
