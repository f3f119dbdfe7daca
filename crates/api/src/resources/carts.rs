//! Carts: changeable wishes.

use super::Routes;
use super::payments::PaymentMethod;
use super::shared::ChannelKind;
use super::stock::known;
use super::ways::WayBody;
use crate::ApiState;
use crate::http::{
    ApiError, ApiResult, Asked, Caller, Id, IfMatch, InPath, InPaths, List, Once, Post, Reply, Sent, found, named, needs, tagged,
};
use ::orders::{AbandonCart, Cart, CartChange, CartId, CartLine, CartLineId, ChangeCart, OpenCart, Owner};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use catalogue::VariantId;
use kernel::{Channel, Currency, Permission, ProfileId, Quantity, Timestamp, Tx};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default()
        .routes(needs(Permission::Sell, routes!(look_up, open)))
        .routes(needs(Permission::Sell, routes!(show, abandon)))
        .routes(needs(Permission::Sell, routes!(add)))
        .routes(needs(Permission::Sell, routes!(change, remove)))
        .routes(needs(Permission::Sell, routes!(share)))
        .routes(needs(Permission::Sell, routes!(enter_coupon, take_coupon_out)))
        .routes(needs(Permission::Sell, routes!(choose_delivery)))
        .routes(needs(Permission::Sell, routes!(payment_options)))
}

named! { CartState = ::orders::CartState; }

/// A cart with its lines, oldest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct CartView {
    #[schema(value_type = Id)]
    id: CartId,
    /// Whose it is, when known.
    #[schema(value_type = Option<Id>)]
    profile: Option<ProfileId>,
    /// Short code by which a till opens it, once shared.
    code: Option<String>,
    /// Code of the coupon that was entered.
    coupon: Option<String>,
    /// Code of the way of delivery that was chosen; null leaves it to the first that is offered.
    delivery: Option<String>,
    #[schema(value_type = CartState)]
    state: ::orders::CartState,
    /// Grows with every change; it is the entity tag.
    version: i64,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
    lines: Vec<CartLineView>,
}

/// So many of one variant, in one way.
#[derive(Serialize, ToSchema)]
struct CartLineView {
    #[schema(value_type = Id)]
    id: CartLineId,
    #[schema(value_type = Id)]
    variant: VariantId,
    quantity: i64,
    way: WayBody,
    /// Who put it in.
    added_by: String,
    /// Who touched it last.
    changed_by: String,
}

impl From<Cart> for CartView {
    fn from(cart: Cart) -> Self {
        let Cart { id, profile, code, coupon, delivery, state, version, updated_at, lines, .. } = cart;
        let lines = lines.into_iter().map(CartLineView::from).collect();
        CartView { id, profile, code, coupon, delivery, state, version, updated_at, lines }
    }
}

impl From<CartLine> for CartLineView {
    fn from(line: CartLine) -> Self {
        let CartLine { id, variant, quantity, way, added_by, changed_by, .. } = line;
        CartLineView { id, variant, quantity: quantity.0, way: way.into(), added_by, changed_by }
    }
}

/// Whose cart: either a known customer's or a visitor's.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"guest": "kiosk-3"}))]
struct CartOpen {
    #[schema(value_type = Option<Id>)]
    profile: Option<ProfileId>,
    /// Your own name for a visitor.
    #[schema(min_length = 1, max_length = 200)]
    guest: Option<String>,
}

/// A variant to put in.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"variant": "01JZ8Q3V5N6W7X8Y9Z0A1B2C3D", "quantity": 1, "way": {"kind": "deliver", "address": null}}))]
struct CartLineCreate {
    #[schema(value_type = Id)]
    variant: VariantId,
    #[schema(minimum = 1, maximum = 999)]
    quantity: i64,
    way: WayBody,
}

/// Either how many from now on (0 takes it out), or in which way.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"quantity": 2}))]
struct CartLinePatch {
    #[schema(minimum = 0, maximum = 999)]
    quantity: Option<i64>,
    way: Option<WayBody>,
}

/// A coupon's code, as the customer types it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"code": "HOLA10"}))]
struct CouponEnter {
    #[schema(min_length = 1, max_length = 100)]
    code: String,
}

/// The way of delivery that the customer chose.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"method": "express"}))]
struct DeliveryChoice {
    /// One of `POST /v1/delivery-options`; null leaves it to the first that is offered.
    #[schema(max_length = 40)]
    method: Option<String>,
}

/// A code that a till can type.
#[derive(Serialize, ToSchema)]
struct CartCode {
    code: String,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct CartAsked {
    /// The code that the customer shared.
    #[param(example = "ABC234")]
    code: String,
}

/// Find the open cart with a shared code: a list of one, or of none.
#[utoipa::path(get, path = "/v1/carts", tag = "carts", operation_id = "look_up_cart", params(CartAsked), responses((status = 200, body = List<CartView>)))]
async fn look_up(State(app): State<ApiState>, caller: Caller, Asked(asked): Asked<CartAsked>) -> ApiResult<Json<List<CartView>>> {
    let cart = app.read(move |tx| Ok(::orders::cart_by_code(tx, &caller, &asked.code)?)).await?;
    Ok(Json(List::whole(cart.into_iter().map(CartView::from).collect())))
}

/// Open the cart of a customer or a visitor: the one they have, or a new one.
#[utoipa::path(post, path = "/v1/carts", tag = "carts", operation_id = "open_cart", request_body = CartOpen, responses((status = 200, body = CartView)))]
async fn open(State(app): State<ApiState>, caller: Caller, post: Post<CartOpen>) -> ApiResult<Reply> {
    let owner = match (post.body.profile, post.body.guest) {
        (Some(profile), None) => Owner::Profile(profile),
        (None, Some(guest)) if (1..=200).contains(&guest.len()) => Owner::Guest(guest),
        _ => return Err(ApiError::invalid("api.bad_owner", "say either `profile`, or `guest` with 1 to 200 letters")),
    };
    let command = move |tx: &mut Tx<'_>, _: &Once| {
        if let Owner::Profile(profile) = owner {
            found(customers::profile(tx, profile)?)?;
        }
        Ok(CartView::from(::orders::open_cart(tx, &caller, &OpenCart { owner: owner.clone() })?))
    };
    post.once.act(&app, "orders.open_cart", command).await
}

/// See a cart.
#[utoipa::path(get, path = "/v1/carts/{cart}", tag = "carts", operation_id = "show_cart", params(("cart" = Id, Path)), responses((status = 200, body = CartView)))]
async fn show(State(app): State<ApiState>, InPath(id): InPath<CartId>) -> ApiResult<Response> {
    let cart = found(app.read(move |tx| Ok(::orders::cart(tx, id)?)).await?)?;
    Ok(tagged(cart.version, CartView::from(cart)))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct PaymentOptionsAsked {
    /// Where it would be paid; this door when not given.
    #[param(value_type = Option<ChannelKind>)]
    channel: Option<Channel>,
}

/// A way of paying.
#[derive(Serialize, ToSchema)]
struct PaymentOptionView {
    /// A pay link is `gateway`, sent.
    #[schema(value_type = PaymentMethod)]
    method: ::payments::Method,
    is_offered: bool,
    /// Why not: `needs_shop`, everything is sent and nobody stands at a till; `cash_limit`, the law lets less be paid in cash.
    rule: Option<&'static str>,
}

/// The ways of paying for a cart: the same at every door, and where one is not offered the rule that says why.
#[utoipa::path(get, path = "/v1/carts/{cart}/payment-options", tag = "carts", operation_id = "list_payment_options", params(("cart" = Id, Path), PaymentOptionsAsked), responses((status = 200, body = List<PaymentOptionView>)))]
async fn payment_options(
    State(app): State<ApiState>,
    InPath(id): InPath<CartId>,
    Asked(asked): Asked<PaymentOptionsAsked>,
) -> ApiResult<Json<List<PaymentOptionView>>> {
    let read = app.read(move |tx| {
        let cart = found(::orders::cart(tx, id)?)?;
        Ok(flows::payment_options(tx, &cart, Currency::EUR, asked.channel.unwrap_or(Channel::Api))?)
    });
    let view = |option: ::payments::PaymentOption| PaymentOptionView {
        method: option.method,
        is_offered: option.rule.is_none(),
        rule: option.rule.map(::payments::PaymentRule::as_str),
    };
    Ok(Json(List::whole(read.await?.into_iter().map(view).collect())))
}

/// Give a cart up. 409 `orders.cart_closed`.
#[utoipa::path(delete, path = "/v1/carts/{cart}", tag = "carts", operation_id = "abandon_cart", params(("cart" = Id, Path)), responses((status = 204)))]
async fn abandon(State(app): State<ApiState>, caller: Caller, InPath(cart): InPath<CartId>) -> ApiResult<StatusCode> {
    let cmd = AbandonCart { cart, channel: Channel::Api };
    app.write("orders.abandon_cart", move |tx| Ok(::orders::abandon_cart(tx, &caller, &cmd)?)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Put a variant in; the same variant in the same way adds up. 409 `orders.cart_closed`.
#[utoipa::path(post, path = "/v1/carts/{cart}/lines", tag = "carts", operation_id = "add_cart_line", params(("cart" = Id, Path)), request_body = CartLineCreate, responses((status = 200, body = CartView)))]
async fn add(State(app): State<ApiState>, caller: Caller, InPath(cart): InPath<CartId>, post: Post<CartLineCreate>) -> ApiResult<Reply> {
    let CartLineCreate { variant, quantity, way } = post.body;
    let change = CartChange::Add { variant, quantity: Quantity(quantity), way: way.into() };
    let cmd = ChangeCart { cart, version: None, channel: Channel::Api, change };
    let command = move |tx: &mut Tx<'_>, _: &Once| {
        known(tx, variant)?;
        Ok(CartView::from(::orders::change_cart(tx, &caller, cmd.clone())?))
    };
    post.once.act(&app, "orders.change_cart", command).await
}

/// Change how many of a line, or its way. With `If-Match`, only when the cart is still that version: 412 `orders.cart_changed`.
#[utoipa::path(patch, path = "/v1/carts/{cart}/lines/{line}", tag = "carts", operation_id = "change_cart_line",
    params(("cart" = Id, Path), ("line" = Id, Path), ("If-Match" = Option<String>, Header, description = "The entity tag of the version you saw.")),
    request_body = CartLinePatch, responses((status = 200, body = CartView),
    (status = 412, description = "It was changed since.", body = crate::http::Problem, content_type = "application/problem+json")))]
async fn change(
    State(app): State<ApiState>,
    caller: Caller,
    InPaths(cart, line): InPaths<CartId, CartLineId>,
    IfMatch(version): IfMatch,
    Sent(patch): Sent<CartLinePatch>,
) -> ApiResult<Response> {
    let change = match (patch.quantity, patch.way) {
        (Some(quantity), None) => CartChange::SetQuantity { line, quantity: Quantity(quantity) },
        (None, Some(way)) => CartChange::SetWay { line, way: way.into() },
        _ => return Err(ApiError::invalid("api.bad_json", "say either `quantity` or `way`")),
    };
    let cmd = ChangeCart { cart, version, channel: Channel::Api, change };
    let command = move |tx: &mut Tx<'_>| ::orders::change_cart(tx, &caller, cmd.clone()).map_err(IfMatch::refuse);
    let cart = app.write("orders.change_cart", command).await?;
    Ok(tagged(cart.version, CartView::from(cart)))
}

/// Take a line out.
#[utoipa::path(delete, path = "/v1/carts/{cart}/lines/{line}", tag = "carts", operation_id = "remove_cart_line", params(("cart" = Id, Path), ("line" = Id, Path)), responses((status = 200, body = CartView)))]
async fn remove(State(app): State<ApiState>, caller: Caller, InPaths(cart, line): InPaths<CartId, CartLineId>) -> ApiResult<Response> {
    let cmd = ChangeCart { cart, version: None, channel: Channel::Api, change: CartChange::Remove { line } };
    let cart = app.write("orders.change_cart", move |tx| Ok(::orders::change_cart(tx, &caller, cmd.clone())?)).await?;
    Ok(tagged(cart.version, CartView::from(cart)))
}

/// Give a cart a short code by which staff open it at any till; the same code when asked again.
#[utoipa::path(post, path = "/v1/carts/{cart}/code", tag = "carts", operation_id = "share_cart", params(("cart" = Id, Path)), request_body = super::matter_work::Nothing, responses((status = 200, body = CartCode)))]
async fn share(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(cart): InPath<CartId>,
    post: Post<super::matter_work::Nothing>,
) -> ApiResult<Reply> {
    let command = move |tx: &mut Tx<'_>, _: &Once| Ok(CartCode { code: ::orders::share_cart(tx, &caller, cart, Channel::Api)? });
    post.once.act(&app, "orders.share_cart", command).await
}

/// Enter a coupon into a cart, in place of any other; it is used up when the cart becomes an order. 404 `pricing.coupon_unknown`;
/// 409 `pricing.coupon_used_up`, `pricing.coupon_over`, `pricing.coupon_not_yet`, `pricing.coupon_used_by_customer`.
#[utoipa::path(put, path = "/v1/carts/{cart}/coupon", tag = "carts", operation_id = "enter_coupon", params(("cart" = Id, Path)), request_body = CouponEnter, responses((status = 200, body = CartView)))]
async fn enter_coupon(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(cart): InPath<CartId>,
    Sent(CouponEnter { code }): Sent<CouponEnter>,
) -> ApiResult<Response> {
    if code.trim().is_empty() {
        return Err(ApiError::invalid("api.bad_json", "say which `code`"));
    }
    set_coupon(app, caller, cart, code).await
}

/// Take the coupon out of a cart.
#[utoipa::path(delete, path = "/v1/carts/{cart}/coupon", tag = "carts", operation_id = "take_coupon_out", params(("cart" = Id, Path)), responses((status = 200, body = CartView)))]
async fn take_coupon_out(State(app): State<ApiState>, caller: Caller, InPath(cart): InPath<CartId>) -> ApiResult<Response> {
    set_coupon(app, caller, cart, String::new()).await
}

/// Choose the way of delivery for all of a cart that is sent. Whether it is offered and reaches the address is said when the cart is priced
/// and ordered.
#[utoipa::path(put, path = "/v1/carts/{cart}/delivery", tag = "carts", operation_id = "choose_delivery", params(("cart" = Id, Path)), request_body = DeliveryChoice, responses((status = 200, body = CartView)))]
async fn choose_delivery(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(cart): InPath<CartId>,
    Sent(DeliveryChoice { method }): Sent<DeliveryChoice>,
) -> ApiResult<Response> {
    if method.as_ref().is_some_and(|method| method.len() > pricing::MAX_METHOD_CODE) {
        return Err(ApiError::invalid("api.bad_json", "a code has at most 40 characters").field("method"));
    }
    let change = CartChange::SetDelivery { method };
    let cmd = ChangeCart { cart, version: None, change, channel: Channel::Api };
    let cart = app.write("orders.change_cart", move |tx| Ok(::orders::change_cart(tx, &caller, cmd.clone())?)).await?;
    Ok(tagged(cart.version, CartView::from(cart)))
}

async fn set_coupon(app: ApiState, caller: Caller, cart: CartId, code: String) -> ApiResult<Response> {
    let cmd = flows::EnterCoupon { cart, code, currency: Currency::EUR, channel: Channel::Api };
    let cart = app.write("flows.enter_coupon", move |tx| Ok(flows::enter_coupon(tx, &caller, &cmd)?)).await?;
    Ok(tagged(cart.version, CartView::from(cart)))
}
