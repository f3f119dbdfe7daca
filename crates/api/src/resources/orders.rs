//! Orders: accepted contracts, how far they are, what was paid.

use super::Routes;
use super::delivery::ArrivalDays;
use super::shared::ChannelKind;
use super::ways::AddressBody;
use crate::ApiState;
use crate::http::{ApiError, ApiResult, Asked, Caller, Id, InPath, List, MoneyView, Page, PageParams, found, named, needs};
use ::orders::{Fulfilment, FulfilmentId, Order, OrderHead, OrderId, OrderLine, OrderLineId, OrderNumber};
use axum::Json;
use axum::extract::State;
use catalogue::VariantId;
use customers::PersonId;
use inventory::LocationId;
use kernel::{Actor, Channel, Permission, ProfileId, ReadTx, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default().routes(needs(Permission::ViewOrders, routes!(list))).routes(needs(Permission::ViewOrders, routes!(show)))
}

named! {
    OrderState = ::orders::OrderState;
    PaymentState = ::orders::PaymentState;
    FulfilmentState = ::orders::FulfilmentState;
    FulfilmentWay = ::orders::FulfilmentWay;
}

/// An order in a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct OrderHeadView {
    #[schema(value_type = Id)]
    id: OrderId,
    /// As people say it.
    #[schema(example = "H-1042")]
    number: String,
    #[schema(value_type = OrderState)]
    state: ::orders::OrderState,
    #[schema(value_type = PaymentState)]
    payment_state: ::orders::PaymentState,
    /// Whose it is; null for somebody unknown at a till.
    #[schema(value_type = Option<Id>)]
    profile: Option<ProfileId>,
    /// Where it was placed.
    #[schema(value_type = ChannelKind)]
    channel: Channel,
    /// Who sold it.
    sold_by: String,
    /// The shop that sold it, if one did.
    #[schema(value_type = Option<Id>)]
    sold_at: Option<LocationId>,
    contact: ContactView,
    note: String,
    /// The coupon that took something off; empty for none.
    coupon: String,
    /// Title of the first line.
    summary: String,
    /// Units of all lines.
    units: i64,
    /// Tax included.
    delivery_fee: MoneyView,
    /// Within the total.
    tax: MoneyView,
    total: MoneyView,
    paid: MoneyView,
    refunded: MoneyView,
    /// Still to be paid.
    due: MoneyView,
    #[schema(value_type = String, format = DateTime)]
    placed_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
}

/// Whom to tell; empty texts for what is not known.
#[derive(Serialize, ToSchema)]
struct ContactView {
    name: String,
    email: String,
    phone: String,
}

/// An order with its lines and the parts that supply them.
#[derive(Serialize, ToSchema)]
pub(crate) struct OrderView {
    #[serde(flatten)]
    head: OrderHeadView,
    lines: Vec<OrderLineView>,
    fulfilments: Vec<FulfilmentView>,
}

/// So many of one variant, at a price that no longer changes.
#[derive(Serialize, ToSchema)]
pub(crate) struct OrderLineView {
    #[schema(value_type = Id)]
    id: OrderLineId,
    /// Who supplies it.
    #[schema(value_type = Id)]
    fulfilment: FulfilmentId,
    #[schema(value_type = Id)]
    variant: VariantId,
    sku: String,
    title: String,
    quantity: i64,
    unit_price: MoneyView,
    discount: MoneyView,
    tax: MoneyView,
    total: MoneyView,
    /// Units that came or come back.
    returned: i64,
    /// The price of our own web that the shop matched; null when it did not.
    matched: Option<MatchedPriceView>,
    /// What was in one of it when it was sold, where it is a bundle.
    parts: Vec<LinePartView>,
}

/// One thing that a bundle was made of when it was sold.
#[derive(Serialize, ToSchema)]
pub(crate) struct LinePartView {
    #[schema(value_type = Id)]
    variant: VariantId,
    sku: String,
    title: String,
    /// How many are in one bundle.
    quantity: i64,
}

impl From<::orders::LinePart> for LinePartView {
    fn from(part: ::orders::LinePart) -> Self {
        LinePartView { variant: part.variant, sku: part.sku, title: part.title, quantity: part.each.0 }
    }
}

/// A price that a shop matched, for one unit.
#[derive(Serialize, ToSchema)]
pub(crate) struct MatchedPriceView {
    /// What the shop asked.
    from: MoneyView,
    /// What was paid.
    to: MoneyView,
    /// Who let it go.
    by: String,
    #[schema(value_type = Id)]
    shop: LocationId,
    /// Why; empty when no reason was needed.
    reason: String,
    /// Version of the rule it was done under.
    rule: i64,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
}

impl From<::orders::Matched> for MatchedPriceView {
    fn from(matched: ::orders::Matched) -> Self {
        let ::orders::Matched { from, to, by, shop, reason, rule, at } = matched;
        MatchedPriceView { from: from.into(), to: to.into(), by, shop, reason, rule, at }
    }
}

/// The part of an order that one place supplies in one way.
#[derive(Serialize, ToSchema)]
pub(crate) struct FulfilmentView {
    #[schema(value_type = Id)]
    id: FulfilmentId,
    #[schema(value_type = Id)]
    order: OrderId,
    #[schema(value_type = FulfilmentWay)]
    way: ::orders::FulfilmentWay,
    #[schema(value_type = Id)]
    location: LocationId,
    /// The place's name.
    place: String,
    /// Where a parcel goes.
    address: Option<AddressBody>,
    #[schema(value_type = FulfilmentState)]
    state: ::orders::FulfilmentState,
    /// What the customer shows to collect.
    code: Option<String>,
    /// Once shipped.
    tracking: Option<TrackingBody>,
    /// What was promised of a parcel.
    promised: Option<PromisedView>,
    /// The day on which its goods are there, while they are not.
    #[schema(value_type = Option<String>, format = Date)]
    expected: Option<jiff::civil::Date>,
}

/// The way of delivery a part goes, and when it shall arrive.
#[derive(Serialize, ToSchema)]
pub(crate) struct PromisedView {
    /// Code of the way of delivery.
    method: String,
    /// Its name, in the customer's language.
    name: String,
    /// Who carries it; empty when nobody said.
    carrier: String,
    #[serde(flatten)]
    arrival: ArrivalDays,
}

impl From<::orders::Promised> for PromisedView {
    fn from(promised: ::orders::Promised) -> Self {
        let ::orders::Promised { method, name, carrier, arrival, .. } = promised;
        PromisedView { method, name, carrier, arrival: arrival.into() }
    }
}

/// A parcel's name with its carrier.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TrackingBody {
    #[schema(example = "Correos")]
    pub(crate) carrier: String,
    #[schema(example = "PQ4F7X0012345678901234K")]
    pub(crate) reference: String,
}

impl From<OrderHead> for OrderHeadView {
    fn from(head: OrderHead) -> Self {
        OrderHeadView {
            id: head.id,
            number: head.number.to_string(),
            state: head.state,
            payment_state: head.payment_state(),
            profile: head.profile,
            channel: head.channel,
            sold_at: head.sold_at,
            units: head.units,
            delivery_fee: head.delivery_fee.into(),
            tax: head.tax.into(),
            total: head.total.into(),
            paid: head.paid.into(),
            refunded: head.refunded.into(),
            due: head.due().into(),
            placed_at: head.placed_at,
            updated_at: head.updated_at,
            contact: ContactView { name: head.contact.name, email: head.contact.email, phone: head.contact.phone },
            sold_by: head.sold_by,
            note: head.note,
            coupon: head.coupon,
            summary: head.summary,
        }
    }
}

impl From<Order> for OrderView {
    fn from(order: Order) -> Self {
        OrderView {
            head: order.head.into(),
            lines: order.lines.into_iter().map(OrderLineView::from).collect(),
            fulfilments: order.fulfilments.into_iter().map(FulfilmentView::from).collect(),
        }
    }
}

impl From<OrderLine> for OrderLineView {
    fn from(line: OrderLine) -> Self {
        OrderLineView {
            id: line.id,
            fulfilment: line.fulfilment,
            variant: line.variant,
            sku: line.sku,
            title: line.title,
            quantity: line.quantity.0,
            unit_price: line.unit_price.into(),
            discount: line.discount.into(),
            tax: line.tax.into(),
            total: line.total.into(),
            returned: line.returned.0,
            matched: line.matched.map(MatchedPriceView::from),
            parts: line.parts.into_iter().map(LinePartView::from).collect(),
        }
    }
}

impl From<Fulfilment> for FulfilmentView {
    fn from(part: Fulfilment) -> Self {
        let Fulfilment { id, order, way, location, place, address, state, code, tracking, promised, expected, .. } = part;
        let tracking = tracking.map(|t| TrackingBody { carrier: t.carrier, reference: t.reference });
        let (address, promised) = (address.map(AddressBody::from), promised.map(PromisedView::from));
        FulfilmentView { id, order, way, location, place, address, state, code, tracking, promised, expected }
    }
}

#[derive(Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct OrderFilter {
    /// Orders in one state.
    #[param(value_type = Option<OrderState>)]
    state: Option<::orders::OrderState>,
    /// Orders of one person.
    #[param(value_type = Option<Id>)]
    customer: Option<PersonId>,
    /// A number, e-mail, telephone in E.164 or collect code.
    #[param(example = "ana@example.com")]
    text: Option<String>,
}

impl OrderFilter {
    fn find(&self, tx: &ReadTx<'_>, actor: &Actor, page: &Page) -> ApiResult<::orders::Page<OrderHead>> {
        let (after, limit) = (page.after()?, page.limit);
        Ok(match (self.state, self.customer, &self.text) {
            (None, None, None) => {
                let always = (Timestamp::from_micros(0), Timestamp::from_micros(i64::MAX));
                ::orders::sold_between(tx, actor, None, always, after, limit)?
            }
            (Some(state), None, None) => ::orders::orders_in_state(tx, actor, state, after, limit)?,
            (None, Some(customer), None) => {
                let person = customers::person_of(tx, customer.oldest_profile())?.unwrap_or(customer);
                ::orders::orders_of(tx, &customers::profiles_of(tx, person)?, after, limit)?
            }
            (None, None, Some(text)) => ::orders::Page { items: ::orders::search_orders(tx, actor, text, limit)?, next: None },
            _ => return Err(ApiError::invalid("api.bad_query", "say at most one of `state`, `customer` and `text`")),
        })
    }
}

/// List orders, newest first.
#[utoipa::path(get, path = "/v1/orders", tag = "orders", operation_id = "list_orders", params(OrderFilter, PageParams), responses((status = 200, body = List<OrderHeadView>)))]
async fn list(
    State(app): State<ApiState>,
    caller: Caller,
    Asked(filter): Asked<OrderFilter>,
    page: Page,
) -> ApiResult<Json<List<OrderHeadView>>> {
    let found = app.read(move |tx| filter.find(tx, &caller, &page)).await?;
    let next = found.next.map(|cursor| cursor.to_string());
    Ok(Json(List::new(found.items.into_iter().map(OrderHeadView::from).collect(), next)))
}

/// See an order, by id or number.
#[utoipa::path(get, path = "/v1/orders/{order}", tag = "orders", operation_id = "show_order", params(("order" = String, Path, description = "Its id or its number.")), responses((status = 200, body = OrderView)))]
async fn show(State(app): State<ApiState>, InPath(name): InPath<String>) -> ApiResult<Json<OrderView>> {
    let order = app.read(move |tx| match name.parse::<OrderId>() {
        Ok(id) => found(::orders::order(tx, id)?),
        Err(_) => found(name.parse::<OrderNumber>().ok().map(|number| ::orders::order_by_number(tx, number)).transpose()?.flatten()),
    });
    Ok(Json(order.await?.into()))
}
