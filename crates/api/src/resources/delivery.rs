//! Ways of delivery: what they cost, when they arrive, which of them reach an address.

use super::Routes;
use super::checkout::BasketLineBody;
use super::shared::LocalisedText;
use super::ways::AddressBody;
use crate::ApiState;
use crate::http::{ApiError, ApiResult, Caller, InPath, List, MoneyView, Post, Sent, found, needs};
use ::orders::Address;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use flows::{BasketLine, DeliveryOption};
use jiff::civil::Date;
use kernel::{Currency, Permission, Timestamp};
use pricing::{Area, Arrival, DeliveryFee, DeliveryMethod, DeliveryZone};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default()
        .routes(needs(Permission::ViewCatalogue, routes!(methods)))
        .routes(needs(Permission::ViewCatalogue, routes!(show)))
        .routes(needs(Permission::EditPrices, routes!(put, remove)))
        .routes(needs(Permission::Sell, routes!(options)))
}

/// One way of delivery, as it is written.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": {"es": "Exprés", "en": "Express"}, "carrier": "Correos", "position": 1,
    "zones": [{"area": "ES-mainland", "least_days": 1, "most_days": 1, "fees": [{"currency": "EUR", "fee_minor": 695}]}],
    "cut_off": {"mon": 960, "tue": 960, "wed": 960, "thu": 960, "fri": 960}}))]
struct DeliveryMethodBody {
    name: LocalisedText,
    /// Who carries it; empty when nobody said.
    #[serde(default)]
    carrier: String,
    /// Where it reaches; the closest description of an address counts.
    #[schema(min_items = 1, max_items = 40)]
    zones: Vec<DeliveryZoneBody>,
    /// Until when an order leaves the same day.
    cut_off: CutOffBody,
    /// Whether Saturday is a day on which it travels and arrives.
    #[serde(default)]
    is_saturday: bool,
    /// Whether customers may choose it; true when not given.
    #[serde(default = "yes")]
    is_active: bool,
    /// The lowest is offered first, and taken where nobody chooses.
    #[serde(default)]
    position: i64,
}

fn yes() -> bool {
    true
}

/// Minutes after midnight by the clock of the place that sends; null on days on which nothing leaves.
#[derive(Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct CutOffBody {
    mon: Option<i64>,
    tue: Option<i64>,
    wed: Option<i64>,
    thu: Option<i64>,
    fri: Option<i64>,
    sat: Option<i64>,
    sun: Option<i64>,
}

/// A part of the world, what it costs to go there, and how long.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DeliveryZoneBody {
    /// `*`, a country (`FR`), `ES-mainland`, `ES-balearics`, `ES-canaries`, `ES-ceuta`, `ES-melilla` or the beginnings of postcodes
    /// (`ES:07,17`).
    #[schema(example = "ES-mainland")]
    area: String,
    /// Working days under way, at least.
    least_days: i64,
    /// Working days under way, at most.
    most_days: i64,
    /// Tax included, one for each currency.
    #[schema(min_items = 1)]
    fees: Vec<DeliveryFeeBody>,
}

/// What a delivery costs in one currency.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DeliveryFeeBody {
    /// Null for every currency that has no fee of its own.
    #[schema(value_type = Option<String>, pattern = "^[A-Z]{3}$", example = "EUR")]
    currency: Option<Currency>,
    fee_minor: i64,
    /// Free from goods of this much on.
    free_from_minor: Option<i64>,
}

/// A way of delivery with its code.
#[derive(Serialize, ToSchema)]
struct DeliveryMethodView {
    #[schema(example = "express")]
    code: String,
    name: LocalisedText,
    /// Who carries it; empty when nobody said.
    carrier: String,
    zones: Vec<DeliveryZoneBody>,
    /// Until when an order leaves the same day.
    cut_off: CutOffBody,
    /// Whether Saturday is a day on which it travels and arrives.
    is_saturday: bool,
    /// Whether customers may choose it.
    is_active: bool,
    /// The lowest is offered first, and taken where nobody chooses.
    position: i64,
    /// Grows with every change; 0 for the one built in.
    version: i64,
}

impl From<DeliveryMethod> for DeliveryMethodView {
    fn from(method: DeliveryMethod) -> Self {
        let DeliveryMethod { code, name, carrier, zones, cut_off, is_saturday, is_active, position, version } = method;
        let [mon, tue, wed, thu, fri, sat, sun] = cut_off;
        let fee = |fee: DeliveryFee| DeliveryFeeBody { currency: fee.currency, fee_minor: fee.fee, free_from_minor: fee.free_from };
        let zone = |zone: DeliveryZone| DeliveryZoneBody {
            area: zone.area.to_string(),
            least_days: zone.least_days,
            most_days: zone.most_days,
            fees: zone.fees.into_iter().map(fee).collect(),
        };
        DeliveryMethodView {
            code,
            name: name.into(),
            carrier,
            zones: zones.into_iter().map(zone).collect(),
            cut_off: CutOffBody { mon, tue, wed, thu, fri, sat, sun },
            is_saturday,
            is_active,
            position,
            version,
        }
    }
}

impl DeliveryMethodBody {
    fn into_method(self, code: String) -> ApiResult<DeliveryMethod> {
        let CutOffBody { mon, tue, wed, thu, fri, sat, sun } = self.cut_off;
        let fee = |fee: DeliveryFeeBody| DeliveryFee { currency: fee.currency, fee: fee.fee_minor, free_from: fee.free_from_minor };
        let zone = |zone: DeliveryZoneBody| {
            let area = Area::try_from(zone.area).map_err(|why| ApiError::invalid("pricing.invalid", &why).field("zones"))?;
            let fees = zone.fees.into_iter().map(fee).collect();
            Ok(DeliveryZone { area, least_days: zone.least_days, most_days: zone.most_days, fees })
        };
        Ok(DeliveryMethod {
            code,
            name: self.name.into(),
            carrier: self.carrier,
            zones: self.zones.into_iter().map(zone).collect::<ApiResult<_>>()?,
            cut_off: [mon, tue, wed, thu, fri, sat, sun],
            is_saturday: self.is_saturday,
            is_active: self.is_active,
            position: self.position,
            version: 0,
        })
    }
}

/// What shall be sent, and where to.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DeliveryOptionsAsk {
    #[schema(max_items = 100)]
    lines: Vec<BasketLineBody>,
    /// For lines to deliver that name no address; without one, the mainland.
    address: Option<AddressBody>,
    /// EUR when not given.
    #[schema(value_type = Option<String>, pattern = "^[A-Z]{3}$", example = "EUR")]
    currency: Option<Currency>,
    /// Whose prices besides everybody's.
    audience: Option<String>,
}

/// A way of delivery that reaches the address.
#[derive(Serialize, ToSchema)]
struct DeliveryOptionView {
    /// To be sent along as `delivery`.
    code: String,
    name: LocalisedText,
    /// Empty when nobody said.
    carrier: String,
    /// Tax included.
    fee: MoneyView,
    #[serde(flatten)]
    arrival: ArrivalDays,
    /// Until when an order makes this promise.
    #[schema(value_type = Option<String>, format = DateTime)]
    order_by: Option<Timestamp>,
    /// Whether it is taken where nobody chooses.
    is_chosen: bool,
}

/// The first and the last day on which something may arrive; often the same.
#[derive(Serialize, ToSchema)]
pub(crate) struct ArrivalDays {
    #[schema(value_type = String, format = Date)]
    arrives_from: Date,
    #[schema(value_type = String, format = Date)]
    arrives_to: Date,
}

impl From<Arrival> for ArrivalDays {
    fn from(arrival: Arrival) -> Self {
        ArrivalDays { arrives_from: arrival.from, arrives_to: arrival.to }
    }
}

impl From<DeliveryOption> for DeliveryOptionView {
    fn from(option: DeliveryOption) -> Self {
        let DeliveryOption { code, name, carrier, fee, arrival, order_by, is_chosen, .. } = option;
        DeliveryOptionView { code, name: name.into(), carrier, fee: fee.into(), arrival: arrival.into(), order_by, is_chosen }
    }
}

/// All ways of delivery, as they are offered; at most 30.
#[utoipa::path(get, path = "/v1/delivery-methods", tag = "prices", operation_id = "list_delivery_methods", responses((status = 200, body = List<DeliveryMethodView>)))]
async fn methods(State(app): State<ApiState>) -> ApiResult<Json<List<DeliveryMethodView>>> {
    let all = app.read(|tx| Ok(pricing::delivery_methods(tx)?)).await?;
    Ok(Json(List::whole(all.into_iter().map(DeliveryMethodView::from).collect())))
}

/// One way of delivery.
#[utoipa::path(get, path = "/v1/delivery-methods/{code}", tag = "prices", operation_id = "show_delivery_method", params(("code" = String, Path)), responses((status = 200, body = DeliveryMethodView)))]
async fn show(State(app): State<ApiState>, InPath(code): InPath<String>) -> ApiResult<Json<DeliveryMethodView>> {
    let method = app.read(move |tx| Ok(pricing::delivery_method(tx, &code)?)).await?;
    Ok(Json(found(method)?.into()))
}

/// Write a way of delivery, new or in place of the one of its code. Every door shows it from now on; what is ordered keeps what it was
/// promised. 422 `pricing.invalid`.
#[utoipa::path(put, path = "/v1/delivery-methods/{code}", tag = "prices", operation_id = "set_delivery_method", params(("code" = String, Path)), request_body = DeliveryMethodBody, responses((status = 200, body = DeliveryMethodView)))]
async fn put(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(code): InPath<String>,
    Sent(body): Sent<DeliveryMethodBody>,
) -> ApiResult<Json<DeliveryMethodView>> {
    let method = body.into_method(code)?;
    let set = app.write("pricing.set_delivery_method", move |tx| Ok(pricing::set_delivery_method(tx, &caller, method.clone())?));
    Ok(Json(set.await?.into()))
}

/// Take a way of delivery out; one has to stay open. 422 `pricing.invalid`.
#[utoipa::path(delete, path = "/v1/delivery-methods/{code}", tag = "prices", operation_id = "remove_delivery_method", params(("code" = String, Path)), responses((status = 204)))]
async fn remove(State(app): State<ApiState>, caller: Caller, InPath(code): InPath<String>) -> ApiResult<StatusCode> {
    app.write("pricing.remove_delivery_method", move |tx| Ok(pricing::remove_delivery_method(tx, &caller, &code)?)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// By what these lines can be sent, what it costs and when it arrives, as every door shows it. None when nothing is sent.
/// 409 `pricing.no_price`; 422 `flows.no_delivery`.
#[utoipa::path(post, path = "/v1/delivery-options", tag = "orders", operation_id = "delivery_options", request_body = DeliveryOptionsAsk, responses((status = 200, body = List<DeliveryOptionView>)))]
async fn options(State(app): State<ApiState>, post: Post<DeliveryOptionsAsk>) -> ApiResult<Json<List<DeliveryOptionView>>> {
    let DeliveryOptionsAsk { lines, address, currency, audience } = post.body;
    if lines.len() > 100 {
        return Err(ApiError::invalid("api.bad_json", "at most 100 lines").field("lines"));
    }
    let lines: Vec<BasketLine> = lines.into_iter().map(BasketLine::from).collect();
    let (home, currency) = (address.map(Address::from), currency.unwrap_or(Currency::EUR));
    let sent = app.read(move |tx| Ok(flows::delivery_options(tx, &lines, currency, audience.clone(), home.as_ref())?)).await?;
    sent.quote?;
    Ok(Json(List::whole(sent.options.into_iter().map(DeliveryOptionView::from).collect())))
}
