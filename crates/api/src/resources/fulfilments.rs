//! The work of a place: what to pick, to hand over, to send.

use super::Routes;
use super::orders::{FulfilmentState, FulfilmentView, OrderLineView, TrackingBody};
use crate::ApiState;
use crate::http::{ApiResult, Asked, Caller, Id, InPath, List, Once, Page, PageParams, Post, Reply, Sent, found, needs};
use ::orders::{AdvanceFulfilment, FulfilmentId, HandOver, QueueEntry, Tracking};
use axum::Json;
use axum::extract::State;
use flows::Ship;
use inventory::LocationId;
use kernel::{Channel, Permission, Tx};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default()
        .routes(needs(Permission::ViewOrders, routes!(list)))
        .routes(needs(Permission::ViewOrders, routes!(show)))
        .routes(needs(Permission::Fulfil, routes!(advance)))
        .routes(needs(Permission::Fulfil, routes!(send)))
        .routes(needs(Permission::Fulfil, routes!(hand_over)))
}

/// One task of a place: a part of an order with what to pick.
#[derive(Serialize, ToSchema)]
struct TaskView {
    fulfilment: FulfilmentView,
    /// Number of its order.
    number: String,
    contact_name: String,
    lines: Vec<OrderLineView>,
}

impl From<QueueEntry> for TaskView {
    fn from(entry: QueueEntry) -> Self {
        TaskView {
            fulfilment: entry.fulfilment.into(),
            number: entry.number.to_string(),
            contact_name: entry.contact_name,
            lines: entry.lines.into_iter().map(OrderLineView::from).collect(),
        }
    }
}

/// Where it shall be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct StatePut {
    #[schema(value_type = FulfilmentState)]
    state: ::orders::FulfilmentState,
}

/// What the customer shows.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CollectionCreate {
    /// As they show or say it.
    #[schema(example = "ABC234")]
    code: String,
}

#[derive(Clone, Copy, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct TaskFilter {
    /// `pending`, to be picked, when not given.
    #[param(value_type = Option<FulfilmentState>)]
    state: Option<::orders::FulfilmentState>,
}

/// List what a place has to do in one state, oldest first.
#[utoipa::path(get, path = "/v1/locations/{location}/fulfilments", tag = "fulfilment", operation_id = "list_fulfilments", params(("location" = Id, Path), TaskFilter, PageParams), responses((status = 200, body = List<TaskView>)))]
async fn list(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(location): InPath<LocationId>,
    Asked(filter): Asked<TaskFilter>,
    page: Page,
) -> ApiResult<Json<List<TaskView>>> {
    let (after, state) = (page.after()?, filter.state.unwrap_or(::orders::FulfilmentState::Pending));
    let tasks = app.read(move |tx| {
        found(inventory::location(tx, location)?)?;
        Ok(::orders::queue(tx, &caller, location, state, after.clone(), page.limit)?)
    });
    let tasks = tasks.await?;
    Ok(Json(List::new(tasks.items.into_iter().map(TaskView::from).collect(), tasks.next.map(|cursor| cursor.to_string()))))
}

/// See a part of an order.
#[utoipa::path(get, path = "/v1/fulfilments/{fulfilment}", tag = "fulfilment", operation_id = "show_fulfilment", params(("fulfilment" = Id, Path)), responses((status = 200, body = FulfilmentView)))]
async fn show(State(app): State<ApiState>, InPath(id): InPath<FulfilmentId>) -> ApiResult<Json<FulfilmentView>> {
    Ok(Json(found(app.read(move |tx| Ok(::orders::fulfilment(tx, id)?)).await?)?.into()))
}

/// Move a part on: picking, ready, packed, delivered, or collected by somebody the staff know. 409 `orders.fulfilment_state`.
#[utoipa::path(put, path = "/v1/fulfilments/{fulfilment}/state", tag = "fulfilment", operation_id = "advance_fulfilment", params(("fulfilment" = Id, Path)), request_body = StatePut, responses((status = 200, body = FulfilmentView)))]
async fn advance(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(fulfilment): InPath<FulfilmentId>,
    Sent(put): Sent<StatePut>,
) -> ApiResult<Json<FulfilmentView>> {
    let cmd = AdvanceFulfilment { fulfilment, to: put.state, tracking: None, channel: Channel::Api };
    let moved = app.write("flows.advance", move |tx| Ok(flows::advance(tx, &caller, &cmd)?)).await?;
    Ok(Json(moved.fulfilment.into()))
}

/// Give a parcel to the carrier; one that nobody noted as packed is packed on the way. 409 `orders.fulfilment_state`.
#[utoipa::path(post, path = "/v1/fulfilments/{fulfilment}/shipment", tag = "fulfilment", operation_id = "ship", params(("fulfilment" = Id, Path)), request_body = TrackingBody, responses((status = 200, body = FulfilmentView)))]
async fn send(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(fulfilment): InPath<FulfilmentId>,
    post: Post<TrackingBody>,
) -> ApiResult<Reply> {
    let tracking = Tracking { carrier: post.body.carrier, reference: post.body.reference };
    let cmd = Ship { fulfilment, tracking, channel: Channel::Api };
    let command = move |tx: &mut Tx<'_>, _: &Once| Ok(FulfilmentView::from(flows::ship(tx, &caller, &cmd)?.fulfilment));
    post.once.act(&app, "flows.ship", command).await
}

/// Hand the goods of a collect code over, once, in the place where they lie. 409 `orders.not_ready`, `orders.already_collected`,
/// `orders.collect_elsewhere`.
#[utoipa::path(post, path = "/v1/locations/{location}/collections", tag = "fulfilment", operation_id = "hand_over", params(("location" = Id, Path)), request_body = CollectionCreate, responses((status = 200, body = FulfilmentView)))]
async fn hand_over(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(location): InPath<LocationId>,
    post: Post<CollectionCreate>,
) -> ApiResult<Reply> {
    let cmd = HandOver { location, code: post.body.code, channel: Channel::Api };
    let command = move |tx: &mut Tx<'_>, _: &Once| Ok(FulfilmentView::from(flows::hand_over(tx, &caller, &cmd)?.fulfilment));
    post.once.act(&app, "flows.hand_over", command).await
}
