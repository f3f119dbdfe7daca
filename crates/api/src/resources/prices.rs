//! Price lists and what stands on them.

use super::Routes;
use crate::ApiState;
use crate::http::{ApiError, ApiResult, Asked, Caller, Id, Ids, InPath, InPaths, List, MoneyView, Once, Post, Reply, Sent, found, needs};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use catalogue::VariantId;
use kernel::{Currency, Money, Permission, ReadTx, Timestamp, Tx};
use pricing::{NewPriceList, PriceContext, PriceEntry, PriceError, PriceList, PriceListId, Span, VariantPrice};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default()
        .routes(needs(Permission::ViewCatalogue, routes!(lists)))
        .routes(needs(Permission::EditPrices, routes!(create_list)))
        .routes(needs(Permission::ViewCatalogue, routes!(prices)))
        .routes(needs(Permission::ViewCatalogue, routes!(on_list)))
        .routes(needs(Permission::EditPrices, routes!(set)))
        .routes(needs(Permission::EditPrices, routes!(remove)))
}

/// A set of prices; of those that are open the highest priority wins.
#[derive(Serialize, ToSchema)]
struct PriceListView {
    #[schema(value_type = Id)]
    id: PriceListId,
    /// Unique.
    code: String,
    name: String,
    #[schema(value_type = String, example = "EUR")]
    currency: Currency,
    is_tax_included: bool,
    /// Higher wins.
    priority: i64,
    #[schema(value_type = String, format = DateTime)]
    starts_at: Timestamp,
    /// The first moment after; null is never.
    #[schema(value_type = Option<String>, format = DateTime)]
    ends_at: Option<Timestamp>,
    /// Only for this audience; null is everybody.
    audience: Option<String>,
}

impl From<PriceList> for PriceListView {
    fn from(list: PriceList) -> Self {
        let PriceList { id, code, name, currency, is_tax_included, priority, span, audience } = list;
        PriceListView { id, code, name, currency, is_tax_included, priority, starts_at: span.starts_at, ends_at: span.ends_at, audience }
    }
}

/// A price list to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PriceListCreate {
    /// Unique.
    #[schema(example = "rebajas-verano", max_length = 100)]
    code: String,
    #[schema(example = "Rebajas de verano")]
    name: String,
    #[schema(value_type = String, pattern = "^[A-Z]{3}$", example = "EUR")]
    currency: Currency,
    /// True when not given, as prices for consumers must be.
    is_tax_included: Option<bool>,
    /// Higher wins; 0 for the ordinary prices.
    #[serde(default)]
    priority: i64,
    /// For ever when not given.
    #[schema(value_type = Option<String>, format = DateTime)]
    starts_at: Option<Timestamp>,
    /// The first moment after; for ever when not given.
    #[schema(value_type = Option<String>, format = DateTime)]
    ends_at: Option<Timestamp>,
    /// Only for this audience; everybody when not given.
    audience: Option<String>,
}

/// What a variant costs on a list.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PriceEntryBody {
    #[schema(value_type = Id)]
    variant: VariantId,
    price: MoneyView,
    /// What it cost before; more than the price.
    compare_at: Option<MoneyView>,
}

impl TryFrom<PriceEntryBody> for PriceEntry {
    type Error = ApiError;
    fn try_from(body: PriceEntryBody) -> ApiResult<Self> {
        let compare_at = body.compare_at.map(Money::try_from).transpose()?;
        Ok(PriceEntry { variant: body.variant, price: body.price.try_into()?, compare_at })
    }
}

impl From<PriceEntry> for PriceEntryBody {
    fn from(entry: PriceEntry) -> Self {
        PriceEntryBody { variant: entry.variant, price: entry.price.into(), compare_at: entry.compare_at.map(MoneyView::from) }
    }
}

/// Prices to set, all or none.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PricesPut {
    #[schema(max_items = 500)]
    items: Vec<PriceEntryBody>,
}

/// How many prices differ from before.
#[derive(Serialize, ToSchema)]
struct PricesSet {
    changed: usize,
}

/// What a variant costs.
#[derive(Serialize, ToSchema)]
struct PriceView {
    #[schema(value_type = Id)]
    variant: VariantId,
    price: MoneyView,
    /// What it cost before.
    compare_at: Option<MoneyView>,
    is_tax_included: bool,
    /// The list that won.
    list: String,
}

#[derive(Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct PricesAsked {
    /// Ids with commas between, at most 100.
    #[param(value_type = String, example = "01JZ8Q3V5N6W7X8Y9Z0A1B2C3D")]
    variants: Ids<VariantId>,
    /// EUR when not given.
    #[param(value_type = Option<String>, example = "EUR")]
    currency: Option<Currency>,
    /// Whose prices besides everybody's.
    audience: Option<String>,
}

#[derive(Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct VariantsAsked {
    /// Ids with commas between, at most 100.
    #[param(value_type = String, example = "01JZ8Q3V5N6W7X8Y9Z0A1B2C3D")]
    variants: Ids<VariantId>,
}

/// List all price lists.
#[utoipa::path(get, path = "/v1/price-lists", tag = "prices", operation_id = "list_price_lists", responses((status = 200, body = List<PriceListView>)))]
async fn lists(State(app): State<ApiState>) -> ApiResult<Json<List<PriceListView>>> {
    let lists = app.read(|tx| Ok(pricing::price_lists(tx)?)).await?;
    Ok(Json(List::whole(lists.into_iter().map(PriceListView::from).collect())))
}

/// Make a price list. 409 `pricing.code_taken`.
#[utoipa::path(post, path = "/v1/price-lists", tag = "prices", operation_id = "create_price_list", request_body = PriceListCreate, responses((status = 201, body = PriceListView)))]
async fn create_list(State(app): State<ApiState>, caller: Caller, post: Post<PriceListCreate>) -> ApiResult<Reply> {
    let PriceListCreate { code, name, currency, is_tax_included, priority, starts_at, ends_at, audience } = post.body;
    let span = Span { starts_at: starts_at.unwrap_or(Span::ALWAYS.starts_at), ends_at };
    let new = NewPriceList { code, name, currency, is_tax_included: is_tax_included.unwrap_or(true), priority, span, audience };
    let command = move |tx: &mut Tx<'_>, _: &Once| Ok(PriceListView::from(pricing::create_price_list(tx, &caller, new.clone())?));
    post.once.create(&app, "pricing.create_price_list", command).await
}

/// See what variants cost now; those without a price are left out.
#[utoipa::path(get, path = "/v1/prices", tag = "prices", operation_id = "list_prices", params(PricesAsked), responses((status = 200, body = List<PriceView>)))]
async fn prices(State(app): State<ApiState>, Asked(asked): Asked<PricesAsked>) -> ApiResult<Json<List<PriceView>>> {
    let PricesAsked { variants: Ids(ids), currency, audience } = asked;
    let prices = app.read(move |tx| {
        let context = PriceContext { currency: currency.unwrap_or(Currency::EUR), at: tx.now(), audience: audience.clone() };
        let mut prices = pricing::variant_prices(tx, &context, &ids)?;
        Ok(ids.iter().filter_map(|id| Some((*id, prices.remove(id)?))).collect::<Vec<_>>())
    });
    let show = |(variant, price): (VariantId, VariantPrice)| {
        let VariantPrice { price, compare_at, is_tax_included, list } = price;
        PriceView { variant, price: price.into(), compare_at: compare_at.map(MoneyView::from), is_tax_included, list }
    };
    Ok(Json(List::whole(prices.await?.into_iter().map(show).collect())))
}

/// See what variants cost on one list, whether it is open or not; those not on it are left out.
#[utoipa::path(get, path = "/v1/price-lists/{price_list}/prices", tag = "prices", operation_id = "list_prices_on_list", params(("price_list" = String, Path, description = "Its code."), VariantsAsked), responses((status = 200, body = List<PriceEntryBody>)))]
async fn on_list(
    State(app): State<ApiState>,
    InPath(code): InPath<String>,
    Asked(asked): Asked<VariantsAsked>,
) -> ApiResult<Json<List<PriceEntryBody>>> {
    let entries = app.read(move |tx| {
        let list = found(pricing::price_list_by_code(tx, &code)?)?;
        let mut entries = pricing::prices_on_list(tx, &list, &asked.variants.0)?;
        Ok(asked.variants.0.iter().filter_map(|id| entries.remove(id)).collect::<Vec<_>>())
    });
    Ok(Json(List::whole(entries.await?.into_iter().map(PriceEntryBody::from).collect())))
}

/// Set prices on a list, all or none. Setting the same again changes nothing.
#[utoipa::path(put, path = "/v1/price-lists/{price_list}/prices", tag = "prices", operation_id = "set_prices", params(("price_list" = String, Path, description = "Its code.")), request_body = PricesPut, responses((status = 200, body = PricesSet)))]
async fn set(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(code): InPath<String>,
    Sent(put): Sent<PricesPut>,
) -> ApiResult<Json<PricesSet>> {
    if put.items.len() > 500 {
        return Err(ApiError::invalid("api.bad_json", "at most 500 prices can be set at once").field("items"));
    }
    let entries: Vec<_> = put.items.into_iter().map(PriceEntry::try_from).collect::<ApiResult<_>>()?;
    let set = app.write("pricing.set_prices", move |tx| {
        let list = list_of(tx, &code)?;
        Ok(PricesSet { changed: pricing::set_prices(tx, &caller, list, &entries)? })
    });
    Ok(Json(set.await?))
}

/// Take a variant off a list.
#[utoipa::path(delete, path = "/v1/price-lists/{price_list}/prices/{variant}", tag = "prices", operation_id = "remove_price", params(("price_list" = String, Path, description = "Its code."), ("variant" = Id, Path)), responses((status = 204)))]
async fn remove(State(app): State<ApiState>, caller: Caller, InPaths(code, variant): InPaths<String, VariantId>) -> ApiResult<StatusCode> {
    let removed = app.write("pricing.remove_price", move |tx| {
        let list = list_of(tx, &code)?;
        Ok(pricing::remove_price(tx, &caller, list, variant)?)
    });
    removed.await?.then_some(StatusCode::NO_CONTENT).ok_or_else(ApiError::not_found)
}

fn list_of(tx: &ReadTx<'_>, code: &str) -> ApiResult<PriceListId> {
    Ok(pricing::price_list_by_code(tx, code)?.ok_or(PriceError::UnknownList)?.id)
}
