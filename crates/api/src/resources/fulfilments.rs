//! The work of a place: what to pick, to hand over, to send.

use super::Routes;
use super::orders::{FulfilmentState, FulfilmentView, OrderLineView};
use crate::ApiState;
use crate::http::{ApiResult, Asked, Caller, Id, InPath, List, Page, PageParams, found, needs};
use ::orders::{FulfilmentId, QueueEntry};
use axum::Json;
use axum::extract::State;
use inventory::LocationId;
use kernel::Permission;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default().routes(needs(Permission::ViewOrders, routes!(list))).routes(needs(Permission::ViewOrders, routes!(show)))
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
