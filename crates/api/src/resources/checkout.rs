//! Placing orders, paying them, calling them off.

use super::Routes;
use super::orders::{OrderHeadView, OrderView};
use super::payments::{PayLinkView, PaymentMethod};
use super::shared::Locale;
use super::ways::{AddressBody, WayBody};
use crate::ApiState;
use crate::http::{ApiError, ApiResult, Caller, Id, InPath, MoneyView, Once, Post, Reply, needs};
use ::orders::{Address, CancelOrder, CartId, Contact, OrderId};
use ::payments::Method;
use axum::extract::State;
use axum::http::StatusCode;
use catalogue::VariantId;
use customers::companies::CompanyId;
use flows::{Basket, BasketLine, CheckedOut, Checkout, PayBy, PayOrder, PaymentStep, Tender};
use inventory::LocationId;
use kernel::{Channel, Currency, LockKey, Permission, ProfileId, Quantity, ReadTx, Tx};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default()
        .routes(needs(Permission::Sell, routes!(place)))
        .routes(needs(Permission::TakePayment, routes!(pay)))
        .routes(needs(Permission::TakePayment, routes!(send_link)))
        .routes(needs(Permission::EditOrders, routes!(cancel)))
}

/// What is bought, by whom, and how it is paid.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "lines": [{"variant": "01JZ8Q3V5N6W7X8Y9Z0A1B2C3D", "quantity": 1, "way": {"kind": "deliver", "address": null}}],
    "contact": {"name": "Ana Ruiz", "email": "ana@example.com"},
    "address": {"name": "Ana Ruiz", "street": "Calle Mayor 1", "postcode": "28013", "city": "Madrid", "country": "ES"},
    "payment": {"kind": "online"}}))]
struct OrderCreate {
    /// A cart, which becomes the order; either this or `lines`.
    #[schema(value_type = Option<Id>)]
    cart: Option<CartId>,
    /// The version of the cart that was seen: refused when it has changed since.
    cart_version: Option<i64>,
    /// What is bought, without a cart.
    #[schema(max_items = 100)]
    lines: Option<Vec<BasketLineBody>>,
    /// Who buys; else the cart's owner, else whoever the contact belongs to.
    #[schema(value_type = Option<Id>)]
    profile: Option<ProfileId>,
    /// The company it is bought for; `profile` must buy for it.
    #[schema(value_type = Option<Id>)]
    company: Option<CompanyId>,
    /// Language of titles and notices; Spanish when not given.
    #[schema(value_type = Option<Locale>)]
    locale: Option<kernel::Locale>,
    /// EUR when not given.
    #[schema(value_type = Option<String>, pattern = "^[A-Z]{3}$", example = "EUR")]
    currency: Option<Currency>,
    /// Whose prices besides everybody's.
    audience: Option<String>,
    /// The shop that sells, if one does.
    #[schema(value_type = Option<Id>)]
    sold_at: Option<LocationId>,
    /// Whom to tell.
    #[serde(default)]
    contact: ContactBody,
    /// For lines to deliver that name no address.
    address: Option<AddressBody>,
    /// Code of the way of delivery; else the cart's, else the first that reaches the address.
    #[schema(max_length = 40)]
    delivery: Option<String>,
    /// What the customer adds.
    #[serde(default)]
    note: String,
    payment: PaymentBody,
}

/// One line to be bought.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BasketLineBody {
    #[schema(value_type = Id)]
    variant: VariantId,
    #[schema(minimum = 1, maximum = 999)]
    quantity: i64,
    way: WayBody,
}

impl From<BasketLineBody> for BasketLine {
    fn from(line: BasketLineBody) -> Self {
        BasketLine { variant: line.variant, quantity: Quantity(line.quantity), way: line.way.into() }
    }
}

/// Whom to tell; empty texts for what is not known.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct ContactBody {
    name: String,
    email: String,
    /// E.164.
    phone: String,
}

/// How an order is paid.
#[derive(Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[schema(example = json!({"kind": "online"}))]
pub(crate) enum PaymentBody {
    /// On the gateway's hosted page, now.
    Online {},
    /// By a link sent to the customer; needs the permission `payments.take`.
    Link {
        /// How long it is good; 72 hours when not given.
        #[schema(minimum = 1, maximum = 2160)]
        hours: Option<u32>,
    },
    /// Over the counter, now: all of it or a part; needs the permission `payments.take`.
    Counter {
        /// In the order they are taken.
        #[schema(max_items = 20)]
        tenders: Vec<TenderBody>,
    },
    /// With a gift card, and what it does not hold on the gateway's hosted page.
    GiftCard {
        /// As it was typed; blanks and strokes do not count.
        #[schema(min_length = 16, max_length = 40, example = "7K2P-0000-4F5G-H6J7")]
        code: String,
    },
    /// Not decided yet; within a day.
    Later {},
}

/// One way of paying part of an order over the counter.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TenderBody {
    /// `cash`, `card_terminal` or `gift_card`.
    #[schema(value_type = PaymentMethod)]
    method: Method,
    /// For cash without the change.
    amount: MoneyView,
    /// The terminal's receipt number, or the gift card's code; empty for cash.
    #[serde(default)]
    reference: String,
}

/// How long the link is good.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"hours": 72}))]
struct PayLinkCreate {
    /// 72 when not given.
    #[schema(minimum = 1, maximum = 2160)]
    hours: Option<u32>,
}

/// Why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CancellationCreate {
    /// In the words of whoever cancels.
    #[serde(default)]
    #[schema(example = "changed her mind")]
    reason: String,
}

/// An order just placed, and how it goes on.
#[derive(Serialize, ToSchema)]
struct CheckedOutView {
    order: OrderView,
    /// Token of the hosted page where the customer pays: `/pay/TOKEN` of the storefront.
    page: Option<String>,
    /// The link to send.
    pay_link: Option<PayLinkView>,
}

/// How the payment goes on.
#[derive(Serialize, ToSchema)]
struct PaymentStepView {
    order: OrderHeadView,
    /// Token of the hosted page where the customer pays.
    page: Option<String>,
    /// The link to send.
    pay_link: Option<PayLinkView>,
}

impl From<CheckedOut> for CheckedOutView {
    fn from(done: CheckedOut) -> Self {
        CheckedOutView { order: done.order.into(), page: done.page, pay_link: done.link.map(PayLinkView::from) }
    }
}
impl From<PaymentStep> for PaymentStepView {
    fn from(step: PaymentStep) -> Self {
        PaymentStepView { order: step.order.into(), page: step.page, pay_link: step.link.map(PayLinkView::from) }
    }
}

fn hours(hours: Option<u32>) -> Duration {
    Duration::from_secs(3600 * u64::from(hours.unwrap_or(72)))
}

impl TryFrom<PaymentBody> for PayBy {
    type Error = ApiError;
    fn try_from(body: PaymentBody) -> ApiResult<Self> {
        let tender = |t: TenderBody| Ok(Tender { method: t.method, amount: t.amount.try_into()?, reference: t.reference });
        Ok(match body {
            PaymentBody::Online {} => PayBy::Online,
            PaymentBody::Link { hours: good_for } => PayBy::Link { matter: None, good_for: hours(good_for) },
            PaymentBody::Counter { tenders } if tenders.is_empty() || tenders.len() > 20 => {
                return Err(ApiError::invalid("api.bad_json", "1 to 20 tenders are expected").field("tenders"));
            }
            PaymentBody::Counter { tenders } => PayBy::Counter(tenders.into_iter().map(tender).collect::<ApiResult<_>>()?),
            PaymentBody::GiftCard { code } => PayBy::GiftCard { code, rest: Box::new(PayBy::Online) },
            PaymentBody::Later {} => PayBy::Later,
        })
    }
}

impl OrderCreate {
    /// The command, but for its key.
    fn into_command(self) -> ApiResult<Checkout> {
        let basket = match (self.cart, self.lines) {
            (Some(id), None) => Basket::Cart { id, version: self.cart_version },
            (None, Some(lines)) if lines.len() <= 100 => Basket::Lines(lines.into_iter().map(BasketLine::from).collect()),
            _ => return Err(ApiError::invalid("api.bad_json", "say either `cart` or `lines`, at most 100").field("lines")),
        };
        Ok(Checkout {
            key: String::new(),
            basket,
            profile: self.profile,
            channel: Channel::Api,
            locale: self.locale.unwrap_or(kernel::Locale::Es),
            currency: self.currency.unwrap_or(Currency::EUR),
            audience: self.audience,
            sold_at: self.sold_at,
            contact: Contact { name: self.contact.name, email: self.contact.email, phone: self.contact.phone },
            address: self.address.map(Address::from),
            delivery: self.delivery,
            note: self.note,
            payment: self.payment.try_into()?,
        })
    }
}

/// Place an order: priced, its stock set aside, its payment begun; all of it or nothing.
/// 409 `inventory.out_of_stock`, `flows.not_for_sale`, `pricing.no_price`, `orders.cart_changed`, `flows.delivery_gone`;
/// 422 `flows.not_a_buyer`, `flows.delivery_not_reached`, `flows.no_delivery`.
#[utoipa::path(post, path = "/v1/orders", tag = "orders", operation_id = "place_order", request_body = OrderCreate, responses((status = 201, body = CheckedOutView)))]
async fn place(State(app): State<ApiState>, caller: Caller, post: Post<OrderCreate>) -> ApiResult<Reply> {
    let company = post.body.company;
    let cmd = post.body.into_command()?;
    let asked = cmd.clone();
    let locks = app.read(move |tx| hot_keys(tx, &asked)).await?;
    let command = move |tx: &mut Tx<'_>, once: &Once| {
        let cmd = Checkout { key: once.command_key(tx), ..cmd.clone() };
        Ok(CheckedOutView::from(flows::checkout_for(tx, &caller, &cmd, company)?))
    };
    post.once.run(&app, "flows.checkout", locks, StatusCode::CREATED, command).await
}

/// Pay an order that waits for it: on the hosted page, by a link, over the counter. A new way closes the ones opened before.
/// 409 `flows.nothing_due`.
#[utoipa::path(post, path = "/v1/orders/{order}/payments", tag = "payments", operation_id = "pay_order", params(("order" = Id, Path)), request_body = PaymentBody, responses((status = 201, body = PaymentStepView)))]
async fn pay(State(app): State<ApiState>, caller: Caller, InPath(order): InPath<OrderId>, post: Post<PaymentBody>) -> ApiResult<Reply> {
    let by: PayBy = post.body.try_into()?;
    let command = move |tx: &mut Tx<'_>, once: &Once| {
        let cmd = PayOrder { key: once.command_key(tx), order, by: by.clone(), channel: Channel::Api };
        Ok(PaymentStepView::from(flows::pay_order(tx, &caller, &cmd)?))
    };
    post.once.create(&app, "flows.pay_order", command).await
}

/// Make a link by which the customer of an order pays what is due. 409 `flows.nothing_due`.
#[utoipa::path(post, path = "/v1/orders/{order}/pay-links", tag = "payments", operation_id = "create_pay_link", params(("order" = Id, Path)), request_body = PayLinkCreate, responses((status = 201, body = PayLinkView)))]
async fn send_link(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(order): InPath<OrderId>,
    post: Post<PayLinkCreate>,
) -> ApiResult<Reply> {
    let good_for = hours(post.body.hours);
    let command = move |tx: &mut Tx<'_>, once: &Once| {
        let by = PayBy::Link { matter: None, good_for };
        let cmd = PayOrder { key: once.command_key(tx), order, by, channel: Channel::Api };
        let step = flows::pay_order(tx, &caller, &cmd)?;
        Ok(step.link.map(PayLinkView::from))
    };
    post.once.create(&app, "flows.pay_order", command).await
}

/// Call a whole order off before any of it has left: its stock is free again, its money goes back.
/// Needs `payments.refund` too when money came in. 409 `orders.too_late_to_cancel`.
#[utoipa::path(post, path = "/v1/orders/{order}/cancellation", tag = "orders", operation_id = "cancel_order", params(("order" = Id, Path)), request_body = CancellationCreate, responses((status = 200, body = OrderView)))]
async fn cancel(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(order): InPath<OrderId>,
    post: Post<CancellationCreate>,
) -> ApiResult<Reply> {
    let cmd = CancelOrder { order, reason: post.body.reason, channel: Channel::Api };
    let command = move |tx: &mut Tx<'_>, _: &Once| Ok(OrderView::from(flows::cancel(tx, &caller, &cmd)?));
    post.once.act(&app, "flows.cancel", command).await
}

/// Locks that save PostgreSQL a retry; the checkout itself decides.
fn hot_keys(tx: &ReadTx<'_>, cmd: &Checkout) -> ApiResult<Vec<LockKey>> {
    let lines = match &cmd.basket {
        Basket::Lines(lines) => lines.clone(),
        Basket::Cart { id, .. } => ::orders::cart(tx, *id)?.as_ref().map(flows::basket_of).unwrap_or_default(),
    };
    Ok(flows::checkout_locks(tx, &lines, cmd.address.as_ref())?)
}
