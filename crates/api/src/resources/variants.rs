//! What is bought.

use super::Routes;
use super::products::ProductView;
use super::shared::{LocalisedText, PictureView, ProductStatus, TaxCategory};
use crate::ApiState;
use crate::http::{ApiError, ApiResult, Asked, Caller, Id, InPath, List, Post, Reply, Sent, found, needs, tagged};
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use catalogue::{BundlePart, MediaId, NewVariant, ProductId, ScanError, Status, Variant, VariantCard, VariantChange, VariantId};
use kernel::Permission;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default()
        .routes(needs(Permission::ViewCatalogue, routes!(look_up)))
        .routes(needs(Permission::ViewCatalogue, routes!(show)))
        .routes(needs(Permission::EditCatalogue, routes!(change)))
        .routes(needs(Permission::EditCatalogue, routes!(add)))
        .routes(needs(Permission::EditCatalogue, routes!(put_parts)))
}

/// A variant, within its product.
#[derive(Serialize, ToSchema)]
pub(crate) struct VariantView {
    #[schema(value_type = Id)]
    id: VariantId,
    /// Unique in the whole catalogue.
    sku: String,
    /// What a scanner reads; unique too.
    barcode: Option<String>,
    /// One value for each option of the product, in their order.
    option_values: Vec<String>,
    /// Grams, packed; 0 when unknown.
    weight_grams: i64,
    /// Order on the page, from 1.
    position: i64,
    /// False when it may no longer be bought.
    is_active: bool,
    /// The picture of this variant; else the product's first.
    #[schema(value_type = Option<Id>)]
    media: Option<MediaId>,
    /// What it is made of, where it is a bundle: then it is sold out of their stock.
    parts: Vec<BundlePartBody>,
}

/// So many of a variant, in one bundle.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct BundlePartBody {
    #[schema(value_type = Id)]
    variant: VariantId,
    #[schema(minimum = 1, maximum = 99)]
    quantity: i64,
}

/// What a variant is made of, in the order shown; none for an ordinary one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"parts": [{"variant": "01JZ8Q3V5N6W7X8Y9Z0A1B2C3D", "quantity": 2}]}))]
struct BundlePartsPut {
    #[schema(max_items = 20)]
    parts: Vec<BundlePartBody>,
}

impl From<Variant> for VariantView {
    fn from(variant: Variant) -> Self {
        let Variant { id, sku, barcode, option_values, weight_grams, position, is_active, media, parts } = variant;
        let parts = parts.into_iter().map(|part| BundlePartBody { variant: part.variant, quantity: part.quantity }).collect();
        let barcode = barcode.map(|code| code.to_string());
        VariantView { id, sku, barcode, option_values, weight_grams, position, is_active, media, parts }
    }
}

/// A variant by itself, with what its product says.
#[derive(Serialize, ToSchema)]
pub(crate) struct VariantCardView {
    #[schema(value_type = Id)]
    id: VariantId,
    #[schema(value_type = Id)]
    product: ProductId,
    sku: String,
    barcode: Option<String>,
    options: Vec<OptionValue>,
    weight_grams: i64,
    /// True when it may be bought now.
    is_for_sale: bool,
    /// The product's name in addresses.
    handle: String,
    #[schema(value_type = ProductStatus)]
    status: Status,
    title: LocalisedText,
    #[schema(value_type = TaxCategory)]
    tax_category: catalogue::TaxCategory,
    picture: Option<PictureView>,
    /// Version of the product.
    version: i64,
}

/// What was chosen of an option.
#[derive(Serialize, ToSchema)]
struct OptionValue {
    #[schema(example = "Talla")]
    name: String,
    #[schema(example = "M")]
    value: String,
}

impl From<VariantCard> for VariantCardView {
    fn from(card: VariantCard) -> Self {
        VariantCardView {
            id: card.id,
            product: card.product,
            is_for_sale: card.is_for_sale(),
            sku: card.sku,
            barcode: card.barcode.map(|code| code.to_string()),
            options: card.options.into_iter().map(|(name, value)| OptionValue { name, value }).collect(),
            weight_grams: card.weight_grams,
            handle: card.handle,
            status: card.status,
            title: card.title.into(),
            tax_category: card.tax_category,
            picture: card.picture.map(PictureView::from),
            version: card.version,
        }
    }
}

/// A variant to add.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"sku": "CAM-LINO-L", "option_values": ["L"]}))]
pub(crate) struct VariantCreate {
    /// Unique; made from handle and option values when empty.
    #[serde(default)]
    sku: String,
    /// A GTIN; its check digit is verified.
    barcode: Option<String>,
    /// One value for each option of the product, in their order.
    #[serde(default)]
    option_values: Vec<String>,
    /// Grams, packed; 0 when unknown.
    #[serde(default)]
    #[schema(minimum = 0)]
    weight_grams: i64,
    /// Source of the picture that shows it, one of the product's.
    picture: Option<String>,
}

impl From<VariantCreate> for NewVariant {
    fn from(body: VariantCreate) -> Self {
        let VariantCreate { sku, barcode, option_values, weight_grams, picture } = body;
        NewVariant { sku, barcode, option_values, weight_grams, picture }
    }
}

/// What to change; a field that is not sent stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"is_active": false}))]
struct VariantPatch {
    sku: Option<String>,
    /// A GTIN; an empty text takes it away.
    barcode: Option<String>,
    option_values: Option<Vec<String>>,
    weight_grams: Option<i64>,
    /// Order on the page, from 1.
    position: Option<i64>,
    is_active: Option<bool>,
    /// One of the product's pictures.
    #[schema(value_type = Option<Id>)]
    media: Option<MediaId>,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct VariantCode {
    /// Its SKU; either this or `barcode`.
    sku: Option<String>,
    /// What a scanner read. UPC-A and EAN-13 of one article are the same.
    #[param(example = "8400000008037")]
    barcode: Option<String>,
}

/// Find the variant with a SKU or barcode: a list of one, or of none.
#[utoipa::path(get, path = "/v1/variants", tag = "products", operation_id = "look_up_variant", params(VariantCode), responses((status = 200, body = List<VariantCardView>)))]
async fn look_up(State(app): State<ApiState>, Asked(code): Asked<VariantCode>) -> ApiResult<Json<List<VariantCardView>>> {
    let found = app.read(move |tx| match (&code.sku, &code.barcode) {
        (Some(sku), None) => Ok(catalogue::by_sku(tx, sku)?),
        (None, Some(barcode)) => match catalogue::by_barcode(tx, barcode) {
            Err(ScanError::Unknown(_)) => Ok(None),
            other => Ok(Some(other?)),
        },
        _ => Err(ApiError::invalid("api.bad_query", "say either `sku` or `barcode`")),
    });
    Ok(Json(List::whole(found.await?.into_iter().map(VariantCardView::from).collect())))
}

/// See a variant, with what its product says.
#[utoipa::path(get, path = "/v1/variants/{variant}", tag = "products", operation_id = "show_variant", params(("variant" = Id, Path)), responses((status = 200, body = VariantCardView)))]
async fn show(State(app): State<ApiState>, InPath(id): InPath<VariantId>) -> ApiResult<Json<VariantCardView>> {
    Ok(Json(found(app.read(move |tx| Ok(catalogue::variant(tx, id)?)).await?)?.into()))
}

/// Change a variant; the answer is its product as it now is. 409 `catalogue.sku_taken`, `catalogue.barcode_taken`.
#[utoipa::path(patch, path = "/v1/variants/{variant}", tag = "products", operation_id = "change_variant", params(("variant" = Id, Path)), request_body = VariantPatch, responses((status = 200, body = ProductView)))]
async fn change(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(id): InPath<VariantId>,
    Sent(patch): Sent<VariantPatch>,
) -> ApiResult<Response> {
    let VariantPatch { sku, barcode, option_values, weight_grams, position, is_active, media } = patch;
    let change = VariantChange { if_version: None, sku, barcode, option_values, weight_grams, position, is_active, media };
    let command = move |tx: &mut kernel::Tx<'_>| Ok(catalogue::update_variant(tx, &caller, id, change.clone())?);
    let product = app.write("catalogue.update_variant", command).await?;
    Ok(tagged(product.version, ProductView::from(product)))
}

/// Make a variant a bundle of these parts, or of none an ordinary one again; the answer is its product as it now is. Open orders keep what they
/// were sold with. 409 `flows.bundle_has_stock`; 422 `catalogue.part_itself`, `catalogue.part_unknown`, `catalogue.part_twice`,
/// `catalogue.part_quantity`, `catalogue.part_is_bundle`, `catalogue.part_is_service`, `catalogue.part_of_bundle`, `catalogue.part_too_many`.
#[utoipa::path(put, path = "/v1/variants/{variant}/parts", tag = "products", operation_id = "set_parts", params(("variant" = Id, Path)), request_body = BundlePartsPut, responses((status = 200, body = ProductView)))]
async fn put_parts(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(id): InPath<VariantId>,
    Sent(BundlePartsPut { parts }): Sent<BundlePartsPut>,
) -> ApiResult<Response> {
    let parts: Vec<_> = parts.into_iter().map(|part| BundlePart { variant: part.variant, quantity: part.quantity }).collect();
    let command = move |tx: &mut kernel::Tx<'_>| Ok(flows::set_parts(tx, &caller, (id, None), parts.clone())?);
    let product = app.write("flows.set_parts", command).await?;
    Ok(tagged(product.version, ProductView::from(product)))
}

/// Add a variant; the answer is the product as it now is, the new variant last. 409 `catalogue.sku_taken`.
#[utoipa::path(post, path = "/v1/products/{product}/variants", tag = "products", operation_id = "add_variant", params(("product" = Id, Path)), request_body = VariantCreate, responses((status = 201, body = ProductView)))]
async fn add(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(product): InPath<ProductId>,
    post: Post<VariantCreate>,
) -> ApiResult<Reply> {
    let new = NewVariant::from(post.body);
    let command = move |tx: &mut kernel::Tx<'_>, _: &_| Ok(catalogue::add_variant(tx, &caller, product, new.clone())?.into());
    post.once.create::<ProductView>(&app, "catalogue.add_variant", command).await
}
