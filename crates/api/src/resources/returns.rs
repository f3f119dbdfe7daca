//! Goods coming back.

use super::Routes;
use super::shared::ChannelKind;
use crate::ApiState;
use crate::http::{ApiResult, Asked, Caller, Id, InPath, List, MoneyView, Once, Page, PageParams, Post, Reply, found, named, needs};
use ::orders::{Condition, NewReturnLine, OrderId, OrderLineId, RequestReturn, Return, ReturnId, ReturnLine, SettleReturn};
use axum::Json;
use axum::extract::State;
use catalogue::VariantId;
use flows::{ReceiveGoods, ReturnGoods};
use inventory::LocationId;
use kernel::{Channel, Permission, ProfileId, Quantity, Timestamp, Tx};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default()
        .routes(needs(Permission::ViewOrders, routes!(list)))
        .routes(needs(Permission::ViewOrders, routes!(show)))
        .routes(needs(Permission::ViewOrders, routes!(of_order)))
        .routes(needs(Permission::AcceptReturns, routes!(create)))
        .routes(needs(Permission::AcceptReturns, routes!(receive)))
        .routes(needs(Permission::AcceptReturns, routes!(reject)))
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
    /// What of it pays for what was sent in exchange; the rest goes back as money.
    credited: MoneyView,
    /// The money goes onto a gift card instead of the ways it was paid.
    onto_card: bool,
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
    condition: Condition,
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
            credited: goods.credited.into(),
            onto_card: goods.onto_card,
            requested_at: goods.requested_at,
            lines: goods.lines.into_iter().map(ReturnLineView::from).collect(),
        }
    }
}

impl From<ReturnLine> for ReturnLineView {
    fn from(line: ReturnLine) -> Self {
        let ReturnLine { line, variant, title, quantity, condition, refund, .. } = line;
        ReturnLineView { line, variant, title, quantity: quantity.0, condition, refund: refund.into() }
    }
}

/// Goods that shall come back, or lie on the counter.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReturnCreate {
    #[schema(value_type = Id)]
    order: OrderId,
    #[schema(min_items = 1, max_items = 100)]
    lines: Vec<ReturnLineCreate>,
    /// In the customer's words.
    #[serde(default)]
    #[schema(example = "too small")]
    reason: String,
    /// Where the goods are now: they are received, restocked and refunded in one go. Without it they are only expected.
    #[schema(value_type = Option<Id>)]
    location: Option<LocationId>,
    /// Onto a new gift card instead of the ways it was paid; the customer chooses.
    #[serde(default)]
    onto_card: bool,
}

/// Units of one line.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReturnLineCreate {
    #[schema(value_type = Id)]
    line: OrderLineId,
    #[schema(minimum = 1, maximum = 999)]
    quantity: i64,
    /// `resale` when not given.
    #[schema(value_type = Option<GoodsCondition>)]
    condition: Option<Condition>,
}

impl From<ReturnLineCreate> for NewReturnLine {
    fn from(line: ReturnLineCreate) -> Self {
        NewReturnLine { line: line.line, quantity: Quantity(line.quantity), condition: line.condition.unwrap_or(Condition::Resale) }
    }
}

/// The goods of a return are here.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReturnReceiptCreate {
    /// Any place, whoever sold them.
    #[schema(value_type = Id)]
    location: LocationId,
    /// What is seen where it differs from what was said.
    #[serde(default)]
    #[schema(max_items = 100)]
    conditions: Vec<SeenCondition>,
}

/// What a line is good for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SeenCondition {
    #[schema(value_type = Id)]
    line: OrderLineId,
    #[schema(value_type = GoodsCondition)]
    condition: Condition,
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

/// Take goods of any order back. With `location` in one go: received, restocked, refunded, which needs `payments.refund` too.
/// 409 `orders.return_refused`, `orders.return_too_many`.
#[utoipa::path(post, path = "/v1/returns", tag = "returns", operation_id = "create_return", request_body = ReturnCreate, responses((status = 201, body = ReturnView)))]
async fn create(State(app): State<ApiState>, caller: Caller, post: Post<ReturnCreate>) -> ApiResult<Reply> {
    let ReturnCreate { order, lines, reason, location, onto_card } = post.body;
    let (lines, channel): (Vec<_>, _) = (lines.into_iter().map(NewReturnLine::from).collect(), Channel::Api);
    let command = move |tx: &mut Tx<'_>, once: &Once| {
        let (key, lines, reason) = (once.command_key(tx), lines.clone(), reason.clone());
        Ok(ReturnView::from(match location {
            Some(location) => flows::return_goods(tx, &caller, &ReturnGoods { key, order, lines, reason, location, channel, onto_card })?,
            None => ::orders::request_return(tx, &caller, &RequestReturn { key, order, lines, reason, channel, onto_card })?,
        }))
    };
    post.once.create(&app, "flows.return_goods", command).await
}

/// Take in the goods of a return that was asked for before: what can be sold again is stock, and the money goes back.
/// Needs `payments.refund` too.
#[utoipa::path(post, path = "/v1/returns/{return}/receipt", tag = "returns", operation_id = "receive_return", params(("return" = Id, Path)), request_body = ReturnReceiptCreate, responses((status = 200, body = ReturnView)))]
async fn receive(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(goods_return): InPath<ReturnId>,
    post: Post<ReturnReceiptCreate>,
) -> ApiResult<Reply> {
    let conditions = post.body.conditions.into_iter().map(|seen| (seen.line, seen.condition)).collect();
    let cmd = ReceiveGoods { goods_return, location: post.body.location, conditions, channel: Channel::Api };
    let command = move |tx: &mut Tx<'_>, _: &Once| Ok(ReturnView::from(flows::receive_goods(tx, &caller, &cmd)?));
    post.once.act(&app, "flows.receive_goods", command).await
}

/// Refuse a return: no money goes back, and what it paid for in exchange is owed again.
#[utoipa::path(post, path = "/v1/returns/{return}/rejection", tag = "returns", operation_id = "reject_return", params(("return" = Id, Path)), request_body = super::matter_work::Nothing, responses((status = 200, body = ReturnView)))]
async fn reject(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(goods_return): InPath<ReturnId>,
    post: Post<super::matter_work::Nothing>,
) -> ApiResult<Reply> {
    let cmd = SettleReturn { goods_return, channel: Channel::Api };
    let command = move |tx: &mut Tx<'_>, _: &Once| Ok(ReturnView::from(flows::reject_goods(tx, &caller, &cmd)?));
    post.once.act(&app, "flows.reject_goods", command).await
}
