//! Stock that moves from one place to another.

use super::Routes;
use super::stock::known;
use crate::ApiState;
use crate::http::{ApiResult, Caller, Id, InPath, List, Once, Page, PageParams, Post, Reply, found, needs, page_of};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use catalogue::VariantId;
use inventory::{LocationId, StockTransfer, StockTransferId, Transfer};
use kernel::{Permission, Quantity, Timestamp, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default()
        .routes(needs(Permission::AdjustStock, routes!(send)))
        .routes(needs(Permission::AdjustStock, routes!(arrive)))
        .routes(needs(Permission::ViewStock, routes!(under_way)))
}

/// Stock to be sent.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TransferCreate {
    #[schema(value_type = Id)]
    variant: VariantId,
    /// From.
    #[schema(value_type = Id)]
    origin: LocationId,
    /// To.
    #[schema(value_type = Id)]
    destination: LocationId,
    #[schema(minimum = 1, maximum = 1_000_000_000, example = 2)]
    quantity: i64,
}

/// A transfer just sent.
#[derive(Serialize, ToSchema)]
struct TransferSent {
    #[schema(value_type = Id)]
    id: StockTransferId,
}

/// What arrived.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ArrivalCreate {
    /// All that was sent when not given; what is missing is posted as lost.
    #[schema(minimum = 0, example = 2)]
    quantity: Option<i64>,
}

/// How much arrived.
#[derive(Serialize, ToSchema)]
struct ArrivalView {
    arrived: i64,
}

/// Stock that is on its way.
#[derive(Serialize, ToSchema)]
struct TransferView {
    #[schema(value_type = Id)]
    id: StockTransferId,
    #[schema(value_type = Id)]
    variant: VariantId,
    #[schema(value_type = Id)]
    origin: LocationId,
    #[schema(value_type = Id)]
    destination: LocationId,
    /// How much left.
    quantity: i64,
    #[schema(value_type = String, format = DateTime)]
    sent_at: Timestamp,
}

impl From<StockTransfer> for TransferView {
    fn from(transfer: StockTransfer) -> Self {
        let StockTransfer { id, variant, origin, destination, quantity, sent_at, .. } = transfer;
        TransferView { id, variant, origin, destination, quantity: quantity.0, sent_at }
    }
}

/// Send stock to another place. 409 `inventory.too_few` when that would take what is reserved.
#[utoipa::path(post, path = "/v1/stock-transfers", tag = "stock", operation_id = "send_stock", request_body = TransferCreate, responses((status = 201, body = TransferSent)))]
async fn send(State(app): State<ApiState>, caller: Caller, post: Post<TransferCreate>) -> ApiResult<Reply> {
    let TransferCreate { variant, origin, destination, quantity } = post.body;
    let command = move |tx: &mut Tx<'_>, once: &Once| {
        known(tx, variant)?;
        let key = once.command_key(tx);
        let cmd = Transfer { key, variant, origin, destination, quantity: Quantity(quantity) };
        Ok(TransferSent { id: inventory::transfer(tx, &caller, cmd)? })
    };
    let locks = vec![inventory::lock(variant, origin)];
    post.once.run(&app, "inventory.transfer", locks, StatusCode::CREATED, command).await
}

/// Take in what was sent. Repeating it answers the first.
#[utoipa::path(post, path = "/v1/stock-transfers/{transfer}/arrival", tag = "stock", operation_id = "receive_transfer", params(("transfer" = Id, Path)), request_body = ArrivalCreate, responses((status = 200, body = ArrivalView)))]
async fn arrive(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(id): InPath<StockTransferId>,
    post: Post<ArrivalCreate>,
) -> ApiResult<Reply> {
    let arrived = post.body.quantity.map(Quantity);
    let command = move |tx: &mut Tx<'_>, _: &Once| Ok(ArrivalView { arrived: inventory::receive_transfer(tx, &caller, id, arrived)?.0 });
    post.once.act(&app, "inventory.receive_transfer", command).await
}

/// List what is on its way to a place, oldest first.
#[utoipa::path(get, path = "/v1/locations/{location}/transfers", tag = "stock", operation_id = "list_transfers", params(("location" = Id, Path), PageParams), responses((status = 200, body = List<TransferView>)))]
async fn under_way(State(app): State<ApiState>, InPath(id): InPath<LocationId>, page: Page) -> ApiResult<Json<List<TransferView>>> {
    let (after, limit) = (page.after()?, page.one_more());
    let transfers = app.read(move |tx| {
        found(inventory::location(tx, id)?)?;
        Ok(inventory::transfers_under_way(tx, id, after, limit)?)
    });
    Ok(Json(page_of(transfers.await?, &page, |transfer| transfer.id.to_string(), TransferView::from)))
}
