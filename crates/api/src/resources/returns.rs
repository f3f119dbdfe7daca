//! Goods coming back.

use super::Routes;
use super::shared::ChannelKind;
use crate::ApiState;
use crate::http::{ApiResult, Asked, Caller, Id, InPath, List, MoneyView, Page, PageParams, found, named, needs};
use ::orders::{OrderId, OrderLineId, Return, ReturnId, ReturnLine};
use axum::Json;
use axum::extract::State;
use catalogue::VariantId;
use inventory::LocationId;
use kernel::{Channel, Permission, ProfileId, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default()
        .routes(needs(Permission::ViewOrders, routes!(list)))
        .routes(needs(Permission::ViewOrders, routes!(show)))
        .routes(needs(Permission::ViewOrders, routes!(of_order)))
}

named! {
    ReturnState = ::orders::ReturnState;
    GoodsCondition = ::orders::Condition;
}

/// Goods of one order coming back together.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReturnView {
    #[schema(value_type = Id)]
    id: ReturnId,
    #[schema(value_type = Id)]
    order: OrderId,
    /// The order's number.
    number: String,
    #[schema(value_type = Option<Id>)]
    profile: Option<ProfileId>,
    /// Where it was asked for.
    #[schema(value_type = ChannelKind)]
    channel: Channel,
    requested_by: String,
    #[schema(value_type = ReturnState)]
    state: ::orders::ReturnState,
    /// In the customer's words.
    reason: String,
    /// Where the goods came in.
    #[schema(value_type = Option<Id>)]
    location: Option<LocationId>,
    /// What is given back in all.
    refund: MoneyView,
    #[schema(value_type = String, format = DateTime)]
    requested_at: Timestamp,
    lines: Vec<ReturnLineView>,
}

/// Units of one order line in one condition.
#[derive(Serialize, ToSchema)]
struct ReturnLineView {
    /// Of which line.
    #[schema(value_type = Id)]
    line: OrderLineId,
    #[schema(value_type = Id)]
    variant: VariantId,
    title: String,
    quantity: i64,
    #[schema(value_type = GoodsCondition)]
    condition: ::orders::Condition,
    refund: MoneyView,
}

impl From<Return> for ReturnView {
    fn from(goods: Return) -> Self {
        ReturnView {
            id: goods.id,
            order: goods.order,
            number: goods.number.to_string(),
            profile: goods.profile,
            channel: goods.channel,
            requested_by: goods.requested_by,
            state: goods.state,
            reason: goods.reason,
            location: goods.location,
            refund: goods.refund.into(),
            requested_at: goods.requested_at,
            lines: goods.lines.into_iter().map(ReturnLineView::from).collect(),
        }
    }
}

impl From<ReturnLine> for ReturnLineView {
    fn from(line: ReturnLine) -> Self {
        let ReturnLine { line, variant, title, quantity, condition, refund } = line;
        ReturnLineView { line, variant, title, quantity: quantity.0, condition, refund: refund.into() }
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ReturnFilter {
    /// `requested`: what is expected, when not given.
    #[param(value_type = Option<ReturnState>)]
    state: Option<::orders::ReturnState>,
}

/// List returns in one state, oldest first.
#[utoipa::path(get, path = "/v1/returns", tag = "returns", operation_id = "list_returns", params(ReturnFilter, PageParams), responses((status = 200, body = List<ReturnView>)))]
async fn list(
    State(app): State<ApiState>,
    caller: Caller,
    Asked(filter): Asked<ReturnFilter>,
    page: Page,
) -> ApiResult<Json<List<ReturnView>>> {
    let (after, state) = (page.after()?, filter.state.unwrap_or(::orders::ReturnState::Requested));
    let found = app.read(move |tx| Ok(::orders::returns_in_state(tx, &caller, state, after.clone(), page.limit)?)).await?;
    Ok(Json(List::new(found.items.into_iter().map(ReturnView::from).collect(), found.next.map(|cursor| cursor.to_string()))))
}

/// See a return.
#[utoipa::path(get, path = "/v1/returns/{return}", tag = "returns", operation_id = "show_return", params(("return" = Id, Path)), responses((status = 200, body = ReturnView)))]
async fn show(State(app): State<ApiState>, InPath(id): InPath<ReturnId>) -> ApiResult<Json<ReturnView>> {
    Ok(Json(found(app.read(move |tx| Ok(::orders::return_by_id(tx, id)?)).await?)?.into()))
}

/// List the returns of an order, oldest first.
#[utoipa::path(get, path = "/v1/orders/{order}/returns", tag = "returns", operation_id = "list_returns_of_order", params(("order" = Id, Path)), responses((status = 200, body = List<ReturnView>)))]
async fn of_order(State(app): State<ApiState>, InPath(id): InPath<OrderId>) -> ApiResult<Json<List<ReturnView>>> {
    let returns = app.read(move |tx| {
        found(::orders::order(tx, id)?)?;
        Ok(::orders::returns_of(tx, id)?)
    });
    Ok(Json(List::whole(returns.await?.into_iter().map(ReturnView::from).collect())))
}
