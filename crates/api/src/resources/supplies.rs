//! Goods on their way from suppliers, and whether they are sold before they are there.

use super::Routes;
use super::stock::known;
use crate::ApiState;
use crate::http::{
    ApiResult, Asked, Caller, Id, InPath, List, Once, Page, PageParams, Post, Reply, Sent, found, named, needs, page_of, pair,
};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use catalogue::VariantId;
use inventory::{ExpectSupply, Incoming, LocationId, StockPolicy, Supply, SupplyChange, SupplyId, SupplyState};
use jiff::civil::Date;
use kernel::{Permission, Quantity, Timestamp, Tx};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default()
        .routes(needs(Permission::ViewStock, routes!(list)))
        .routes(needs(Permission::AdjustStock, routes!(create)))
        .routes(needs(Permission::AdjustStock, routes!(change)))
        .routes(needs(Permission::AdjustStock, routes!(receive)))
        .routes(needs(Permission::ViewStock, routes!(incoming)))
        .routes(needs(Permission::AdjustStock, routes!(set_policy)))
}

named! { SellAhead = StockPolicy; GoodsState = SupplyState; }

/// Goods of one variant ordered from a supplier for one place.
#[derive(Serialize, ToSchema)]
struct SupplyView {
    #[schema(value_type = Id)]
    id: SupplyId,
    /// What the order is called.
    reference: String,
    supplier: String,
    #[schema(value_type = Id)]
    variant: VariantId,
    #[schema(value_type = Id)]
    location: LocationId,
    /// How many were ordered.
    quantity: i64,
    /// How many of them came.
    arrived: i64,
    /// When the rest comes.
    #[schema(value_type = String, format = Date)]
    expected: Date,
    #[schema(value_type = GoodsState)]
    state: SupplyState,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

impl From<Supply> for SupplyView {
    fn from(supply: Supply) -> Self {
        let Supply { id, reference, supplier, variant, location, quantity, arrived, expected, state, created_at } = supply;
        let (quantity, arrived) = (quantity.0, arrived.0);
        SupplyView { id, reference, supplier, variant, location, quantity, arrived, expected, state, created_at }
    }
}

/// Goods to be expected.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SupplyCreate {
    #[schema(value_type = Id)]
    variant: VariantId,
    #[schema(value_type = Id)]
    location: LocationId,
    #[schema(minimum = 1, maximum = 1_000_000_000, example = 10)]
    quantity: i64,
    #[schema(value_type = String, format = Date, example = "2026-12-01")]
    expected: Date,
    #[serde(default)]
    #[schema(max_length = 80, example = "PO-1042")]
    reference: String,
    #[serde(default)]
    #[schema(max_length = 80)]
    supplier: String,
}

/// What is different about goods on their way; what is left out stays.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SupplyPatch {
    #[schema(value_type = Option<String>, format = Date)]
    expected: Option<Date>,
    /// How many come in all; as many as have arrived calls the rest off.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    quantity: Option<i64>,
}

/// Goods on their way that came.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SupplyReceipt {
    #[schema(minimum = 1, maximum = 1_000_000_000, example = 10)]
    quantity: i64,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct SupplyFilter {
    /// Only what comes to this place.
    #[param(value_type = Option<Id>)]
    location: Option<LocationId>,
}

/// Whether a variant is sold before it is there.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct StockPolicyPut {
    #[schema(value_type = SellAhead)]
    policy: StockPolicy,
}

/// What is on its way to a place and can be promised.
#[derive(Serialize, ToSchema)]
struct IncomingView {
    #[schema(value_type = Id)]
    location: LocationId,
    #[schema(value_type = SellAhead)]
    policy: StockPolicy,
    /// How many can be promised.
    free: i64,
    /// When the first of them comes.
    #[schema(value_type = Option<String>, format = Date)]
    expected: Option<Date>,
}

impl From<Incoming> for IncomingView {
    fn from(incoming: Incoming) -> Self {
        IncomingView { location: incoming.location, policy: incoming.policy, free: incoming.free().0, expected: incoming.by(Quantity(1)) }
    }
}

/// List what is still to come from suppliers, by day.
#[utoipa::path(get, path = "/v1/supplies", tag = "stock", operation_id = "list_supplies", params(SupplyFilter, PageParams), responses((status = 200, body = List<SupplyView>)))]
async fn list(State(app): State<ApiState>, Asked(filter): Asked<SupplyFilter>, page: Page) -> ApiResult<Json<List<SupplyView>>> {
    let (after, limit) = (page.after_pair::<Date, SupplyId>()?, page.one_more());
    let supplies = app.read(move |tx| Ok(inventory::supplies(tx, filter.location, after, limit)?)).await?;
    Ok(Json(page_of(supplies, &page, |supply| pair(supply.expected, supply.id), SupplyView::from)))
}

/// Write down goods that a supplier will bring. They can be promised from now on, where the variant's policy sells them ahead.
#[utoipa::path(post, path = "/v1/supplies", tag = "stock", operation_id = "expect_supply", request_body = SupplyCreate, responses((status = 201, body = SupplyView)))]
async fn create(State(app): State<ApiState>, caller: Caller, post: Post<SupplyCreate>) -> ApiResult<Reply> {
    let body = post.body;
    let command = move |tx: &mut Tx<'_>, once: &Once| {
        known(tx, body.variant)?;
        let SupplyCreate { variant, location, quantity, expected, reference, supplier } = body.clone();
        let cmd =
            ExpectSupply { key: once.command_key(tx), reference, supplier, variant, location, quantity: Quantity(quantity), expected };
        let id = inventory::expect_supply(tx, &caller, cmd)?;
        Ok(SupplyView::from(found(inventory::supply(tx, id)?)?))
    };
    post.once.create(&app, "inventory.expect_supply", command).await
}

/// Let goods come on another day, or in another number. Promises follow. 409 `inventory.too_few` when customers were promised what would be
/// called off.
#[utoipa::path(patch, path = "/v1/supplies/{supply}", tag = "stock", operation_id = "change_supply", params(("supply" = Id, Path)), request_body = SupplyPatch, responses((status = 200, body = SupplyView)))]
async fn change(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(id): InPath<SupplyId>,
    Sent(patch): Sent<SupplyPatch>,
) -> ApiResult<Json<SupplyView>> {
    let change = SupplyChange { expected: patch.expected, quantity: patch.quantity.map(Quantity) };
    let command = move |tx: &mut Tx<'_>| Ok(SupplyView::from(inventory::change_supply(tx, &caller, id, change)?));
    Ok(Json(app.write("inventory.change_supply", command).await?))
}

/// Take in goods that came. Whoever waits for them gets theirs first, in the order in which they bought.
#[utoipa::path(post, path = "/v1/supplies/{supply}/receipts", tag = "stock", operation_id = "receive_supply", params(("supply" = Id, Path)), request_body = SupplyReceipt, responses((status = 201, body = SupplyView)))]
async fn receive(State(app): State<ApiState>, caller: Caller, InPath(id): InPath<SupplyId>, post: Post<SupplyReceipt>) -> ApiResult<Reply> {
    let quantity = Quantity(post.body.quantity);
    let command = move |tx: &mut Tx<'_>, once: &Once| {
        let key = once.command_key(tx);
        inventory::receive_supply(tx, &caller, id, &key, quantity)?;
        Ok(SupplyView::from(found(inventory::supply(tx, id)?)?))
    };
    post.once.run(&app, "inventory.receive_supply", Vec::new(), StatusCode::CREATED, command).await
}

/// List what is on its way of a variant and can be promised, by place; nothing of one that is sold only where it lies.
#[utoipa::path(get, path = "/v1/variants/{variant}/incoming", tag = "stock", operation_id = "list_incoming", params(("variant" = Id, Path)), responses((status = 200, body = List<IncomingView>)))]
async fn incoming(State(app): State<ApiState>, InPath(variant): InPath<VariantId>) -> ApiResult<Json<List<IncomingView>>> {
    let incoming = app.read(move |tx| {
        known(tx, variant)?;
        Ok(inventory::incoming(tx, &[variant])?.remove(&variant).unwrap_or_default())
    });
    Ok(Json(List::whole(incoming.await?.into_iter().map(IncomingView::from).collect())))
}

/// Sell a variant before it is there, or only where it lies.
#[utoipa::path(put, path = "/v1/variants/{variant}/stock-policy", tag = "stock", operation_id = "set_stock_policy", params(("variant" = Id, Path)), request_body = StockPolicyPut, responses((status = 200, body = StockPolicyPut)))]
async fn set_policy(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(variant): InPath<VariantId>,
    Sent(put): Sent<StockPolicyPut>,
) -> ApiResult<Json<StockPolicyPut>> {
    let command = move |tx: &mut Tx<'_>| {
        found(catalogue::variant(tx, variant)?)?;
        inventory::set_stock_policy(tx, &caller, variant, put.policy)?;
        Ok(put)
    };
    Ok(Json(app.write("inventory.set_stock_policy", command).await?))
}
