//! What the promise of a day and the choice of a place follow: days off, picking times, weights.

use super::Routes;
use crate::ApiState;
use crate::http::{ApiError, ApiResult, Caller, Sent, needs};
use axum::Json;
use axum::extract::State;
use jiff::civil::Date;
use kernel::Permission;
use pricing::{DeliveryDays, SourcingWeights};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default()
        .routes(needs(Permission::ViewCatalogue, routes!(days)))
        .routes(needs(Permission::EditPrices, routes!(set_days)))
        .routes(needs(Permission::ViewCatalogue, routes!(weights)))
        .routes(needs(Permission::EditLocations, routes!(set_weights)))
}

/// A day on which nothing leaves and nothing arrives.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DayOff {
    #[schema(value_type = String, format = Date, example = "2026-12-25")]
    date: Date,
    #[serde(default)]
    #[schema(max_length = 80)]
    name: String,
}

/// Days off, and how long picking takes.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DeliveryDaysBody {
    /// Each day once; at most 200.
    days_off: Vec<DayOff>,
    /// From the order until what a shop has is ready to be collected.
    #[schema(minimum = 0, maximum = 10_080, example = 120)]
    picking_minutes: i64,
    /// Shops that take another time, by their code.
    #[serde(default)]
    picking_in: BTreeMap<String, i64>,
}

impl From<DeliveryDays> for DeliveryDaysBody {
    fn from(days: DeliveryDays) -> Self {
        DeliveryDaysBody {
            days_off: days.off.into_iter().map(|(date, name)| DayOff { date, name }).collect(),
            picking_minutes: days.picking_minutes,
            picking_in: days.picking_in,
        }
    }
}

/// What is weighed where a parcel leaves, in cents; of all sets of places that have everything the one that weighs least sends.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SourcingWeightsBody {
    /// One parcel, wherever it comes from.
    #[schema(minimum = 0, example = 450)]
    parcel: i64,
    /// Each hundred kilometres that a parcel travels.
    #[schema(minimum = 0, example = 20)]
    hundred_km: i64,
    /// Each day that a place sends later than at once.
    #[schema(minimum = 0, example = 300)]
    late_day: i64,
    /// Each piece that leaves a shop.
    #[schema(minimum = 0, example = 40)]
    shop_piece: i64,
    /// On top of it, each of the last `kept` pieces of a shop.
    #[schema(minimum = 0, example = 160)]
    last_piece: i64,
    /// Pieces of a variant that a shop should keep.
    #[schema(minimum = 0, example = 2)]
    kept: i64,
}

impl From<SourcingWeights> for SourcingWeightsBody {
    fn from(weights: SourcingWeights) -> Self {
        let SourcingWeights { parcel, hundred_km, late_day, shop_piece, last_piece, kept, .. } = weights;
        SourcingWeightsBody { parcel, hundred_km, late_day, shop_piece, last_piece, kept }
    }
}

/// See the days off and the picking times.
#[utoipa::path(get, path = "/v1/delivery-days", tag = "prices", operation_id = "show_delivery_days", responses((status = 200, body = DeliveryDaysBody)))]
async fn days(State(app): State<ApiState>) -> ApiResult<Json<DeliveryDaysBody>> {
    Ok(Json(app.read(|tx| Ok(pricing::delivery_days(tx)?)).await?.into()))
}

/// Write the days off and the picking times, in place of all there were. Every promise made from now on follows. 422 `pricing.invalid`.
#[utoipa::path(put, path = "/v1/delivery-days", tag = "prices", operation_id = "set_delivery_days", request_body = DeliveryDaysBody, responses((status = 200, body = DeliveryDaysBody)))]
async fn set_days(State(app): State<ApiState>, caller: Caller, Sent(body): Sent<DeliveryDaysBody>) -> ApiResult<Json<DeliveryDaysBody>> {
    let count = body.days_off.len();
    let off: BTreeMap<Date, String> = body.days_off.into_iter().map(|day| (day.date, day.name)).collect();
    if off.len() < count {
        return Err(ApiError::invalid("api.bad_json", "a day stands there twice").field("days_off"));
    }
    let days = DeliveryDays { off, picking_minutes: body.picking_minutes, picking_in: body.picking_in, version: 0 };
    let command = move |tx: &mut kernel::Tx<'_>| Ok(pricing::set_delivery_days(tx, &caller, days.clone())?.into());
    Ok(Json(app.write("pricing.set_delivery_days", command).await?))
}

/// See what is weighed where a parcel leaves.
#[utoipa::path(get, path = "/v1/sourcing-weights", tag = "stock", operation_id = "show_sourcing_weights", responses((status = 200, body = SourcingWeightsBody)))]
async fn weights(State(app): State<ApiState>) -> ApiResult<Json<SourcingWeightsBody>> {
    Ok(Json(app.read(|tx| Ok(pricing::sourcing_weights(tx)?)).await?.into()))
}

/// Write what is weighed where a parcel leaves. 422 `pricing.invalid`.
#[utoipa::path(put, path = "/v1/sourcing-weights", tag = "stock", operation_id = "set_sourcing_weights", request_body = SourcingWeightsBody, responses((status = 200, body = SourcingWeightsBody)))]
async fn set_weights(
    State(app): State<ApiState>,
    caller: Caller,
    Sent(body): Sent<SourcingWeightsBody>,
) -> ApiResult<Json<SourcingWeightsBody>> {
    let SourcingWeightsBody { parcel, hundred_km, late_day, shop_piece, last_piece, kept } = body;
    let weights = SourcingWeights { parcel, hundred_km, late_day, shop_piece, last_piece, kept, version: 0 };
    let command = move |tx: &mut kernel::Tx<'_>| Ok(pricing::set_sourcing_weights(tx, &caller, weights)?.into());
    Ok(Json(app.write("pricing.set_sourcing_weights", command).await?))
}
