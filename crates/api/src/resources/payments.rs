//! Money of an order: what came in, what went back, and links to pay by.

use super::Routes;
use super::shared::ChannelKind;
use crate::ApiState;
use crate::http::{ApiResult, Caller, Id, InPath, List, MoneyView, found, named, needs};
use ::orders::OrderId;
use ::payments::{GiftCard, GiftCardId, PayLink, PayLinkId, Payment, PaymentId, RefundId, RefundRecord};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use kernel::{Channel, Permission, ProfileId, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default()
        .routes(needs(Permission::ViewOrders, routes!(list)))
        .routes(needs(Permission::ViewOrders, routes!(refunds)))
        .routes(needs(Permission::ViewOrders, routes!(links)))
        .routes(needs(Permission::TakePayment, routes!(cancel_link)))
}

named! {
    GiftCardKind = ::payments::GiftCardOrigin;
    PaymentMethod = ::payments::Method;
    TenderState = ::payments::PaymentState;
    PayLinkState = ::payments::PayLinkState;
}

/// One way of paying part of an order.
#[derive(Serialize, ToSchema)]
pub(crate) struct PaymentView {
    #[schema(value_type = Id)]
    id: PaymentId,
    #[schema(value_type = PaymentMethod)]
    method: ::payments::Method,
    #[schema(value_type = TenderState)]
    state: ::payments::PaymentState,
    /// Where.
    #[schema(value_type = ChannelKind)]
    channel: Channel,
    /// What was asked for.
    amount: MoneyView,
    captured: MoneyView,
    refunded: MoneyView,
    /// Receipt number of the terminal or name at the provider; may be empty.
    reference: String,
    /// Why the last attempt was declined.
    failure: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    changed_at: Timestamp,
}

impl From<Payment> for PaymentView {
    fn from(payment: Payment) -> Self {
        let Payment { id, method, state, channel, amount, captured, refunded, reference, failure, created_at, changed_at, .. } = payment;
        let (amount, captured, refunded) = (amount.into(), captured.into(), refunded.into());
        PaymentView { id, method, state, channel, amount, captured, refunded, reference, failure, created_at, changed_at }
    }
}

/// Money that went back.
#[derive(Serialize, ToSchema)]
pub(crate) struct RefundView {
    #[schema(value_type = Id)]
    id: RefundId,
    #[schema(value_type = Id)]
    payment: PaymentId,
    /// By the way it came, or onto a gift card.
    #[schema(value_type = PaymentMethod)]
    method: ::payments::Method,
    amount: MoneyView,
    reason: String,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// The gift card that was made for it.
    #[schema(value_type = Option<Id>)]
    card: Option<GiftCardId>,
}

impl From<RefundRecord> for RefundView {
    fn from(record: RefundRecord) -> Self {
        let RefundRecord { id, payment, method, amount, reason, at, card } = record;
        RefundView { id, payment, method, amount: amount.into(), reason, at, card }
    }
}

/// A gift card, without its code.
#[derive(Serialize, ToSchema)]
pub(crate) struct GiftCardView {
    #[schema(value_type = Id)]
    id: GiftCardId,
    /// The last characters of its code.
    ending: String,
    /// Why it is there.
    #[schema(value_type = GiftCardKind)]
    origin: ::payments::GiftCardOrigin,
    /// Whose it was first.
    #[schema(value_type = Option<Id>)]
    profile: Option<ProfileId>,
    /// What was on it first.
    issued: MoneyView,
    /// What is on it now.
    balance: MoneyView,
    /// Nobody spends it.
    is_blocked: bool,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

impl From<GiftCard> for GiftCardView {
    fn from(card: GiftCard) -> Self {
        let ending = card.ending().to_owned();
        let GiftCard { id, origin, profile, issued, balance, is_blocked, created_at, .. } = card;
        GiftCardView { id, ending, origin, profile, issued: issued.into(), balance: balance.into(), is_blocked, created_at }
    }
}

/// A link by which somebody pays.
#[derive(Serialize, ToSchema)]
pub(crate) struct PayLinkView {
    #[schema(value_type = Id)]
    id: PayLinkId,
    /// Whoever holds it may pay; the page is `/pay/TOKEN` of the storefront.
    token: String,
    #[schema(value_type = Id)]
    profile: ProfileId,
    amount: MoneyView,
    #[schema(value_type = PayLinkState)]
    state: ::payments::PayLinkState,
    /// The payment it led to.
    #[schema(value_type = Option<Id>)]
    payment: Option<PaymentId>,
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

impl From<PayLink> for PayLinkView {
    fn from(link: PayLink) -> Self {
        let PayLink { id, token, profile, amount, state, payment, expires_at, .. } = link;
        PayLinkView { id, token, profile, amount: amount.into(), state, payment, expires_at }
    }
}

/// List the payments of an order, oldest first.
#[utoipa::path(get, path = "/v1/orders/{order}/payments", tag = "payments", operation_id = "list_payments", params(("order" = Id, Path)), responses((status = 200, body = List<PaymentView>)))]
async fn list(State(app): State<ApiState>, InPath(id): InPath<OrderId>) -> ApiResult<Json<List<PaymentView>>> {
    let payments = app.read(move |tx| {
        found(::orders::order(tx, id)?)?;
        Ok(::payments::payments_of(tx, &subject(id))?)
    });
    Ok(Json(List::whole(payments.await?.into_iter().map(PaymentView::from).collect())))
}

/// List the refunds of an order, oldest first.
#[utoipa::path(get, path = "/v1/orders/{order}/refunds", tag = "payments", operation_id = "list_refunds", params(("order" = Id, Path)), responses((status = 200, body = List<RefundView>)))]
async fn refunds(State(app): State<ApiState>, InPath(id): InPath<OrderId>) -> ApiResult<Json<List<RefundView>>> {
    let refunds = app.read(move |tx| {
        found(::orders::order(tx, id)?)?;
        Ok(::payments::refunds_of(tx, &subject(id))?)
    });
    Ok(Json(List::whole(refunds.await?.into_iter().map(RefundView::from).collect())))
}

/// List the pay links of an order, newest first.
#[utoipa::path(get, path = "/v1/orders/{order}/pay-links", tag = "payments", operation_id = "list_pay_links", params(("order" = Id, Path)), responses((status = 200, body = List<PayLinkView>)))]
async fn links(State(app): State<ApiState>, InPath(id): InPath<OrderId>) -> ApiResult<Json<List<PayLinkView>>> {
    let links = app.read(move |tx| {
        found(::orders::order(tx, id)?)?;
        Ok(::payments::pay_links_of(tx, &subject(id))?)
    });
    Ok(Json(List::whole(links.await?.into_iter().map(PayLinkView::from).collect())))
}

/// Withdraw an open link; its page closes. 409 when it was paid or its time is over.
#[utoipa::path(delete, path = "/v1/pay-links/{pay_link}", tag = "payments", operation_id = "cancel_pay_link", params(("pay_link" = Id, Path)), responses((status = 204)))]
async fn cancel_link(State(app): State<ApiState>, caller: Caller, InPath(id): InPath<PayLinkId>) -> ApiResult<StatusCode> {
    app.write("payments.cancel_pay_link", move |tx| Ok(::payments::cancel_pay_link(tx, &caller, id)?)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What an order is called where money is kept.
fn subject(order: OrderId) -> String {
    format!("order:{order}")
}
