//! Shops and warehouses: where they are, when they are open, which are near.

use super::Routes;
use crate::ApiState;
use crate::http::{
    ApiError, ApiResult, Asked, Caller, Id, InPath, List, Once, Page, PageParams, Post, Reply, Sent, found, named, needs, page_of,
};
use axum::Json;
use axum::extract::State;
use catalogue::VariantId;
use inventory::{Location, LocationDetails, LocationId, LocationKind, Nearby, Point};
use kernel::{Permission, Quantity, ReadTx, Timestamp, Tx};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default()
        .routes(needs(Permission::ViewStock, routes!(list)))
        .routes(needs(Permission::EditLocations, routes!(create)))
        .routes(needs(Permission::ViewStock, routes!(show)))
        .routes(needs(Permission::EditLocations, routes!(replace)))
        .routes(needs(Permission::ViewStock, routes!(nearest)))
}

named! { PlaceKind = LocationKind; }

/// A shop or warehouse.
#[derive(Serialize, ToSchema)]
pub(crate) struct LocationView {
    #[schema(value_type = Id)]
    id: LocationId,
    #[serde(flatten)]
    details: LocationBody,
    /// Whether it is open at this moment.
    is_open: bool,
    /// When it next opens, within two weeks.
    #[schema(value_type = Option<String>, format = DateTime)]
    next_opening: Option<Timestamp>,
}

/// What is said of a location.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"code": "MAD-1", "name": "Gran Vía", "kind": "shop", "address": "Gran Vía 1", "postcode": "28013", "city": "Madrid",
    "country": "ES", "latitude": 40.42, "longitude": -3.70, "time_zone": "Europe/Madrid", "collects": true, "ships": true,
    "hours": {"week": {"mon": ["10:00-20:30"]}, "exceptions": [{"date": "2030-01-01", "open": []}]}}))]
struct LocationBody {
    /// The brand's short name; unique.
    #[schema(pattern = "^[A-Z0-9-]{1,16}$")]
    code: String,
    /// What customers call it.
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    #[schema(value_type = PlaceKind)]
    kind: LocationKind,
    address: String,
    postcode: String,
    city: String,
    #[serde(default)]
    province: String,
    /// ISO 3166, two letters.
    #[schema(pattern = "^[A-Z]{2}$")]
    country: String,
    /// Degrees, WGS 84.
    #[schema(minimum = -90, maximum = 90)]
    latitude: f64,
    /// Degrees, WGS 84.
    #[schema(minimum = -180, maximum = 180)]
    longitude: f64,
    /// IANA name.
    time_zone: String,
    /// Which taxes are due there.
    #[serde(default)]
    tax_zone: String,
    /// When it is open, in local time.
    #[serde(default)]
    #[schema(value_type = OpeningHours)]
    hours: inventory::Hours,
    #[serde(default)]
    phone: String,
    #[serde(default)]
    email: String,
    /// Customers may collect here.
    collects: bool,
    /// Parcels leave from here.
    ships: bool,
    /// Kept back of every variant here, unless set for one variant.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    safety_stock: i64,
    /// False once it is closed for good.
    #[serde(default = "yes")]
    is_active: bool,
}

fn yes() -> bool {
    true
}

/// How opening hours look in the documentation.
#[derive(ToSchema)]
#[allow(dead_code)]
pub(crate) struct OpeningHours {
    /// Spans such as `10:00-20:30`; no span is closed.
    week: Option<OpeningWeek>,
    /// The days that differ.
    exceptions: Option<Vec<OpeningException>>,
}

/// The spans of each weekday.
#[derive(ToSchema)]
#[allow(dead_code)]
struct OpeningWeek {
    mon: Option<Vec<String>>,
    tue: Option<Vec<String>>,
    wed: Option<Vec<String>>,
    thu: Option<Vec<String>>,
    fri: Option<Vec<String>>,
    sat: Option<Vec<String>>,
    sun: Option<Vec<String>>,
}

/// A day that differs from its weekday.
#[derive(ToSchema)]
#[allow(dead_code)]
struct OpeningException {
    #[schema(value_type = String, format = Date)]
    date: String,
    open: Option<Vec<String>>,
}

impl From<LocationDetails> for LocationBody {
    fn from(d: LocationDetails) -> Self {
        LocationBody {
            code: d.code,
            name: d.name,
            kind: d.kind,
            address: d.address,
            postcode: d.postcode,
            city: d.city,
            province: d.province,
            country: d.country,
            latitude: d.point.latitude,
            longitude: d.point.longitude,
            time_zone: d.time_zone,
            tax_zone: d.tax_zone,
            hours: d.hours,
            phone: d.phone,
            email: d.email,
            collects: d.collects,
            ships: d.ships,
            safety_stock: d.safety_stock.0,
            is_active: d.is_active,
        }
    }
}

impl From<LocationBody> for LocationDetails {
    fn from(body: LocationBody) -> Self {
        LocationDetails {
            code: body.code,
            name: body.name,
            kind: body.kind,
            address: body.address,
            postcode: body.postcode,
            city: body.city,
            province: body.province,
            country: body.country,
            point: Point { latitude: body.latitude, longitude: body.longitude },
            time_zone: body.time_zone,
            tax_zone: body.tax_zone,
            hours: body.hours,
            phone: body.phone,
            email: body.email,
            collects: body.collects,
            ships: body.ships,
            safety_stock: Quantity(body.safety_stock),
            is_active: body.is_active,
        }
    }
}

impl LocationView {
    fn of(location: Location, now: Timestamp) -> Self {
        let (is_open, next_opening) = (location.is_open(now), location.next_opening(now));
        LocationView { id: location.id, details: location.details.into(), is_open, next_opening }
    }
}

/// A place and how far it is.
#[derive(Serialize, ToSchema)]
struct NearbyView {
    location: LocationView,
    /// Along the great circle.
    metres: f64,
    /// What can be promised there, when a variant was asked for.
    available: Option<i64>,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct LocationFilter {
    /// With those closed for good.
    with_closed: Option<bool>,
}

#[derive(Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct NearestAsked {
    /// Degrees, WGS 84; with `longitude`, or else `postcode`.
    #[param(minimum = -90, maximum = 90, example = 40.42)]
    latitude: Option<f64>,
    /// Degrees, WGS 84.
    #[param(minimum = -180, maximum = 180, example = -3.70)]
    longitude: Option<f64>,
    /// A Spanish postcode instead: the capital of its province stands for it.
    #[param(example = "28004")]
    postcode: Option<String>,
    /// Only where this variant can be promised.
    #[param(value_type = Option<Id>)]
    variant: Option<VariantId>,
    /// How many of it; 1 when not given.
    #[param(minimum = 1)]
    quantity: Option<i64>,
    /// What one wants of the place; anything when not given.
    #[param(inline)]
    purpose: Option<PlacePurpose>,
}

#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum PlacePurpose {
    Collect,
    Ship,
}

impl NearestAsked {
    fn find(&self, tx: &ReadTx<'_>, limit: usize) -> ApiResult<Vec<Nearby>> {
        let from = self.from()?;
        let purpose = match self.purpose {
            None => inventory::Purpose::Any,
            Some(PlacePurpose::Collect) => inventory::Purpose::Collect,
            Some(PlacePurpose::Ship) => inventory::Purpose::Ship,
        };
        Ok(match self.variant {
            None => inventory::nearest(tx, from, purpose, limit)?,
            Some(variant) => {
                let quantity = Quantity(self.quantity.unwrap_or(1).max(1));
                flows::nearest_with_stock(tx, (variant, quantity), from, purpose, limit)?
            }
        })
    }
    fn from(&self) -> ApiResult<Point> {
        let bad = |why: &str| ApiError::invalid("api.bad_query", why.to_owned());
        match (self.latitude, self.longitude, &self.postcode) {
            (Some(latitude), Some(longitude), None) => {
                Point::new(latitude, longitude).ok_or_else(|| bad("latitude is from -90 to 90, longitude from -180 to 180"))
            }
            (None, None, Some(postcode)) => {
                inventory::centre_of_postcode(postcode).ok_or_else(|| bad("this is no Spanish postcode").field("postcode"))
            }
            _ => Err(bad("say either `latitude` and `longitude` or `postcode`")),
        }
    }
}

/// List locations, by code.
#[utoipa::path(get, path = "/v1/locations", tag = "stock", operation_id = "list_locations", params(LocationFilter, PageParams), responses((status = 200, body = List<LocationView>)))]
async fn list(State(app): State<ApiState>, Asked(filter): Asked<LocationFilter>, page: Page) -> ApiResult<Json<List<LocationView>>> {
    let (closed, after, limit) = (filter.with_closed.unwrap_or(false), page.after::<String>()?, page.one_more());
    let (found, now) = app.read(move |tx| Ok((inventory::locations(tx, closed, after.as_deref(), limit)?, tx.now()))).await?;
    Ok(Json(page_of(found, &page, |location| location.details.code.clone(), |location| LocationView::of(location, now))))
}

/// Add a shop or warehouse. 409 `inventory.code_taken`.
#[utoipa::path(post, path = "/v1/locations", tag = "stock", operation_id = "create_location", request_body = LocationBody, responses((status = 201, body = LocationView)))]
async fn create(State(app): State<ApiState>, caller: Caller, post: Post<LocationBody>) -> ApiResult<Reply> {
    let details = LocationDetails::from(post.body);
    let command = move |tx: &mut Tx<'_>, _: &Once| {
        let id = inventory::create_location(tx, &caller, details.clone())?;
        Ok(LocationView::of(found(inventory::location(tx, id)?)?, tx.now()))
    };
    post.once.create(&app, "inventory.create_location", command).await
}

/// See a location, by id or code.
#[utoipa::path(get, path = "/v1/locations/{location}", tag = "stock", operation_id = "show_location", params(("location" = String, Path, description = "Its id or its code.")), responses((status = 200, body = LocationView)))]
async fn show(State(app): State<ApiState>, InPath(name): InPath<String>) -> ApiResult<Json<LocationView>> {
    let location = app.read(move |tx| {
        let by_id = name.parse().ok().map(|id: LocationId| inventory::location(tx, id)).transpose()?.flatten();
        let location = match by_id {
            Some(location) => Some(location),
            None => inventory::location_by_code(tx, &name)?,
        };
        Ok(LocationView::of(found(location)?, tx.now()))
    });
    Ok(Json(location.await?))
}

/// Put these facts in place of the old ones. Stock and reservations are untouched, also when it is closed for good.
#[utoipa::path(put, path = "/v1/locations/{location}", tag = "stock", operation_id = "replace_location", params(("location" = Id, Path)), request_body = LocationBody, responses((status = 200, body = LocationView)))]
async fn replace(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(id): InPath<LocationId>,
    Sent(body): Sent<LocationBody>,
) -> ApiResult<Json<LocationView>> {
    let details = LocationDetails::from(body);
    let command = move |tx: &mut Tx<'_>| {
        inventory::update_location(tx, &caller, id, details.clone())?;
        Ok(LocationView::of(found(inventory::location(tx, id)?)?, tx.now()))
    };
    Ok(Json(app.write("inventory.update_location", command).await?))
}

/// List the nearest places, nearest first; with a variant, only where it can be promised. From a point, or from a postcode.
#[utoipa::path(get, path = "/v1/locations/nearest", tag = "stock", operation_id = "list_nearest", params(NearestAsked, PageParams), responses((status = 200, body = List<NearbyView>)))]
async fn nearest(State(app): State<ApiState>, Asked(asked): Asked<NearestAsked>, page: Page) -> ApiResult<Json<List<NearbyView>>> {
    let (found, now) = app.read(move |tx| Ok((asked.find(tx, page.limit)?, tx.now()))).await?;
    let show = |near: Nearby| NearbyView {
        location: LocationView::of(near.location, now),
        metres: near.metres,
        available: near.available.map(|quantity| quantity.0),
    };
    Ok(Json(List::whole(found.into_iter().map(show).collect())))
}
