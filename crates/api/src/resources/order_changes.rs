//! Changing an order after it was placed, and exchanging what the customer has.

use super::Routes;
use super::checkout::PaymentBody;
use super::orders::OrderView;
use super::payments::PayLinkView;
use super::returns::ReturnLineCreate;
use super::ways::WayBody;
use crate::ApiState;
use crate::http::{ApiError, ApiResult, Caller, Id, InPath, List, MoneyView, Once, Post, Reply, found, named, needs};
use ::orders::{ChangeId, ChangeNote, FulfilmentId, OrderChange, OrderId, OrderLineId};
use axum::Json;
use axum::extract::State;
use catalogue::VariantId;
use flows::{Change, ChangeOrder, ChangedOrder, PayBy};
use inventory::LocationId;
use kernel::{Channel, Permission, Quantity, Timestamp, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default()
        .routes(needs(Permission::ViewOrders, routes!(of_order)))
        .routes(needs(Permission::Sell, routes!(create)))
        .routes(needs(Permission::Sell, routes!(preview)))
}

named! {
    OrderChangeState = ::orders::ChangeState;
}

/// What shall be different, all of it together or nothing.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "changes": [{"kind": "remove", "line": "01JZ8Q3V5N6W7X8Y9Z0A1B2C3D", "quantity": 1}],
    "payment": {"kind": "later"}}))]
struct OrderChangeCreate {
    /// What goes, comes or goes another way.
    #[serde(default)]
    #[schema(max_items = 100)]
    changes: Vec<OneChange>,
    /// What the customer gives back in exchange: what it gives back pays for what is added.
    #[serde(default)]
    #[schema(max_items = 100)]
    back: Vec<ReturnLineCreate>,
    /// Where those goods lie now; without it they are expected. Needs the permission to accept returns.
    #[schema(value_type = Option<Id>)]
    back_at: Option<LocationId>,
    /// In the customer's words.
    #[serde(default)]
    reason: String,
    /// Code of the way of delivery, where another is wished.
    #[schema(max_length = 40)]
    delivery: Option<String>,
    /// Whose prices besides everybody's, for what is new.
    audience: Option<String>,
    /// How the difference is paid, if there is one; `later` when not given, which refuses what is dearer.
    payment: Option<PaymentBody>,
}

/// One thing that shall be different.
#[derive(Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
enum OneChange {
    /// A part goes another way: to another address, into a shop, out of it.
    Move {
        #[schema(value_type = Id)]
        part: FulfilmentId,
        to: WayBody,
    },
    /// Something else in the place of so many of a line, at today's price.
    Swap {
        #[schema(value_type = Id)]
        line: OrderLineId,
        #[schema(minimum = 1, maximum = 999)]
        quantity: i64,
        #[schema(value_type = Id)]
        variant: VariantId,
    },
    /// So many less of a line.
    Remove {
        #[schema(value_type = Id)]
        line: OrderLineId,
        #[schema(minimum = 1, maximum = 999)]
        quantity: i64,
    },
    /// Something more, or what is sent in exchange, at today's price.
    Add {
        #[schema(value_type = Id)]
        variant: VariantId,
        #[schema(minimum = 1, maximum = 999)]
        quantity: i64,
        way: WayBody,
    },
}

impl From<OneChange> for Change {
    fn from(change: OneChange) -> Self {
        match change {
            OneChange::Move { part, to } => Change::Move { part, to: to.into() },
            OneChange::Swap { line, quantity, variant } => Change::Swap { line, quantity: Quantity(quantity), to: variant },
            OneChange::Remove { line, quantity } => Change::Remove { line, quantity: Quantity(quantity) },
            OneChange::Add { variant, quantity, way } => Change::Add { variant, quantity: Quantity(quantity), way: way.into() },
        }
    }
}

impl OrderChangeCreate {
    /// The command, but for its key.
    fn into_command(self, order: OrderId) -> ApiResult<ChangeOrder> {
        if self.changes.len() > 100 || self.back.len() > 100 {
            return Err(ApiError::invalid("api.bad_json", "at most 100 changes are expected").field("changes"));
        }
        Ok(ChangeOrder {
            key: String::new(),
            order,
            changes: self.changes.into_iter().map(Change::from).collect(),
            back: self.back.into_iter().map(::orders::NewReturnLine::from).collect(),
            back_at: self.back_at,
            reason: self.reason,
            delivery: self.delivery,
            audience: self.audience,
            payment: self.payment.map_or(Ok(PayBy::Later), PayBy::try_from)?,
            channel: Channel::Api,
        })
    }
}

/// A change of an order.
#[derive(Serialize, ToSchema)]
struct OrderChangeView {
    #[schema(value_type = Id)]
    id: ChangeId,
    #[schema(value_type = OrderChangeState)]
    state: ::orders::ChangeState,
    /// Who asked for it.
    asked_by: String,
    /// What the customer pays besides; below zero what they get back.
    difference: MoneyView,
    /// What is different.
    notes: Vec<ChangeNoteView>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// When it was made, or lapsed.
    #[schema(value_type = Option<String>, format = DateTime)]
    settled_at: Option<Timestamp>,
}

/// What is different, as people say it.
#[derive(Serialize, ToSchema)]
#[serde(tag = "what", rename_all = "snake_case")]
enum ChangeNoteView {
    /// To another address, or no longer collected.
    Delivered { to: String },
    /// Into a shop.
    Collected { at: String },
    /// One thing for another.
    Swapped { quantity: i64, from: String, to: String },
    /// Less of something.
    Removed { quantity: i64, title: String },
    /// More of something.
    Added { quantity: i64, title: String },
    /// Something that the customer had comes back.
    Returned { quantity: i64, title: String },
}

impl From<ChangeNote> for ChangeNoteView {
    fn from(note: ChangeNote) -> Self {
        match note {
            ChangeNote::Delivered { to } => ChangeNoteView::Delivered { to },
            ChangeNote::Collected { at } => ChangeNoteView::Collected { at },
            ChangeNote::Swapped { quantity, from, to } => ChangeNoteView::Swapped { quantity: quantity.0, from, to },
            ChangeNote::Removed { quantity, title } => ChangeNoteView::Removed { quantity: quantity.0, title },
            ChangeNote::Added { quantity, title } => ChangeNoteView::Added { quantity: quantity.0, title },
            ChangeNote::Returned { quantity, title } => ChangeNoteView::Returned { quantity: quantity.0, title },
        }
    }
}

impl From<OrderChange> for OrderChangeView {
    fn from(change: OrderChange) -> Self {
        OrderChangeView {
            id: change.id,
            state: change.state,
            asked_by: change.asked_by,
            difference: change.difference.into(),
            notes: change.proposal.notes.into_iter().map(ChangeNoteView::from).collect(),
            created_at: change.created_at,
            settled_at: change.settled_at,
        }
    }
}

/// An order just changed, and how it goes on.
#[derive(Serialize, ToSchema)]
struct ChangedOrderView {
    order: OrderView,
    change: OrderChangeView,
    /// Token of the hosted page where the customer pays the difference.
    page: Option<String>,
    /// The link to send.
    pay_link: Option<PayLinkView>,
}

impl From<ChangedOrder> for ChangedOrderView {
    fn from(done: ChangedOrder) -> Self {
        ChangedOrderView {
            order: done.order.into(),
            change: done.change.into(),
            page: done.page,
            pay_link: done.link.map(PayLinkView::from),
        }
    }
}

/// What a change would make of an order.
#[derive(Serialize, ToSchema)]
struct ChangePreviewView {
    /// What the customer would pay besides; below zero what they would get back.
    difference: MoneyView,
    /// Of the whole order, tax included.
    delivery_fee: MoneyView,
    notes: Vec<ChangeNoteView>,
}

/// List the newest changes of an order, at most 50, newest first.
#[utoipa::path(get, path = "/v1/orders/{order}/changes", tag = "orders", operation_id = "list_changes_of_order", params(("order" = Id, Path)), responses((status = 200, body = List<OrderChangeView>)))]
async fn of_order(State(app): State<ApiState>, InPath(id): InPath<OrderId>) -> ApiResult<Json<List<OrderChangeView>>> {
    let changes = app.read(move |tx| {
        found(::orders::order(tx, id)?)?;
        Ok(::orders::changes_of(tx, id)?)
    });
    Ok(Json(List::whole(changes.await?.into_iter().map(OrderChangeView::from).collect())))
}

/// Change an order after it was placed, or exchange what was handed over: other goods, another way, another address. What it costs less goes
/// back the ways it came; what it costs more is paid first, and until then the order is as it was. Needs `orders.edit` where a part is
/// changed that was ordered.
/// 409 `orders.too_late_to_change`, `orders.nothing_left`, `flows.payment_needed`, `inventory.out_of_stock`, `orders.return_refused`;
/// 422 `flows.nothing_to_change`, `flows.not_that_many`.
#[utoipa::path(post, path = "/v1/orders/{order}/changes", tag = "orders", operation_id = "change_order", params(("order" = Id, Path)), request_body = OrderChangeCreate, responses((status = 201, body = ChangedOrderView)))]
async fn create(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(order): InPath<OrderId>,
    post: Post<OrderChangeCreate>,
) -> ApiResult<Reply> {
    let cmd = post.body.into_command(order)?;
    let command = move |tx: &mut Tx<'_>, once: &Once| {
        let cmd = ChangeOrder { key: once.command_key(tx), ..cmd.clone() };
        Ok(ChangedOrderView::from(flows::change_order(tx, &caller, &cmd)?))
    };
    post.once.create(&app, "flows.change_order", command).await
}

/// See what a change would cost, without making it; refuses what the change would refuse.
#[utoipa::path(post, path = "/v1/orders/{order}/change-preview", tag = "orders", operation_id = "preview_order_change", params(("order" = Id, Path)), request_body = OrderChangeCreate, responses((status = 200, body = ChangePreviewView)))]
async fn preview(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(order): InPath<OrderId>,
    post: Post<OrderChangeCreate>,
) -> ApiResult<Json<ChangePreviewView>> {
    let cmd = post.body.into_command(order)?;
    let (proposal, difference) = app.read(move |tx| Ok(flows::preview_change(tx, &caller, &cmd)?)).await?;
    Ok(Json(ChangePreviewView {
        difference: difference.into(),
        delivery_fee: kernel::Money::new(proposal.delivery_fee, difference.currency).into(),
        notes: proposal.notes.into_iter().map(ChangeNoteView::from).collect(),
    }))
}
