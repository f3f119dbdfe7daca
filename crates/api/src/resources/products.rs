//! Products, whole.

use super::Routes;
use super::shared::{LocalisedText, PictureView, ProductStatus, TaxCategory};
use super::variants::{VariantCreate, VariantView};
use crate::ApiState;
use crate::http::{
    ApiError, ApiResult, Asked, Caller, Id, IfMatch, InPath, List, Page, PageParams, Post, Reply, Sent, found, needs, tagged,
};
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use catalogue::{MediaId, NewMedia, NewProduct, Product, ProductCard, ProductChange, ProductId, StaffFilter, Status};
use kernel::{Actor, Permission, ReadTx, Timestamp};
use serde::{Deserialize, Serialize};
use std::convert::Infallible;
use std::str::FromStr;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default()
        .routes(needs(Permission::ViewCatalogue, routes!(list)))
        .routes(needs(Permission::EditCatalogue, routes!(create)))
        .routes(needs(Permission::ViewCatalogue, routes!(show)))
        .routes(needs(Permission::EditCatalogue, routes!(change)))
        .routes(needs(Permission::ViewCatalogue, routes!(categories)))
}

/// A product in a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProductCardView {
    #[schema(value_type = Id)]
    id: ProductId,
    /// Its name in addresses.
    handle: String,
    #[schema(value_type = ProductStatus)]
    status: Status,
    title: LocalisedText,
    vendor: String,
    /// The kind of product.
    category: String,
    /// The kind of product in addresses.
    category_key: String,
    options: Vec<OptionView>,
    picture: Option<PictureView>,
    /// Rises by one with every change.
    version: i64,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
}

/// A choice the customer makes.
#[derive(Serialize, ToSchema)]
pub(crate) struct OptionView {
    #[schema(example = "Talla")]
    name: String,
    values: Vec<String>,
}

/// A product, whole.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProductView {
    #[schema(value_type = Id)]
    id: ProductId,
    /// Its name in addresses.
    handle: String,
    #[schema(value_type = ProductStatus)]
    status: Status,
    title: LocalisedText,
    /// Safe HTML.
    description_html: LocalisedText,
    seo_title: LocalisedText,
    seo_description: LocalisedText,
    vendor: String,
    category: String,
    /// Free words; `material:lino` is the attribute `material` with value `lino`.
    tags: Vec<String>,
    #[schema(value_type = TaxCategory)]
    tax_category: catalogue::TaxCategory,
    /// Work and not a thing: sold without stock, brought by no parcel.
    is_service: bool,
    options: Vec<OptionView>,
    variants: Vec<VariantView>,
    media: Vec<MediaView>,
    /// Ids of the services and products that it is offered with, in the order shown.
    #[schema(value_type = Vec<Id>)]
    goes_with: Vec<ProductId>,
    /// Rises by one with every change; it is the entity tag.
    version: i64,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
}

/// A picture of a product.
#[derive(Serialize, ToSchema)]
struct MediaView {
    #[schema(value_type = Id)]
    id: MediaId,
    /// `picture:tee/azul`, a file name or an address.
    source: String,
    /// For those who do not see it.
    alt: LocalisedText,
}

/// A picture to add.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MediaCreate {
    /// `picture:tee/azul`, a file name or an address.
    source: String,
    #[serde(default)]
    alt: LocalisedText,
}

/// A product to make, with its variants and pictures.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"title": {"es": "Camisa de lino", "en": "Linen shirt"}, "status": "active", "options": ["Talla"],
    "variants": [{"sku": "CAM-LINO-M", "option_values": ["M"]}]}))]
struct ProductCreate {
    /// Its name in addresses; made from the title when not given.
    handle: Option<String>,
    /// A draft when not given.
    #[schema(value_type = Option<ProductStatus>)]
    status: Option<Status>,
    /// At least one language.
    title: LocalisedText,
    /// HTML; made safe before it is kept.
    #[serde(default)]
    description_html: LocalisedText,
    #[serde(default)]
    seo_title: LocalisedText,
    #[serde(default)]
    seo_description: LocalisedText,
    #[serde(default)]
    vendor: String,
    #[serde(default)]
    category: String,
    #[serde(default)]
    tags: Vec<String>,
    /// Standard when not given.
    #[schema(value_type = Option<TaxCategory>)]
    tax_category: Option<catalogue::TaxCategory>,
    /// Work and not a thing: sold without stock, brought by no parcel.
    #[serde(default)]
    is_service: bool,
    /// Names of the options; empty for a single variant.
    #[serde(default)]
    options: Vec<String>,
    #[serde(default)]
    variants: Vec<VariantCreate>,
    #[serde(default)]
    media: Vec<MediaCreate>,
    /// Ids of what it is offered with, in order, at most 12.
    #[serde(default)]
    #[schema(value_type = Vec<Id>)]
    goes_with: Vec<ProductId>,
}

/// What to change; a field that is not sent stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"status": "archived"}))]
struct ProductPatch {
    handle: Option<String>,
    #[schema(value_type = Option<ProductStatus>)]
    status: Option<Status>,
    title: Option<LocalisedText>,
    description_html: Option<LocalisedText>,
    seo_title: Option<LocalisedText>,
    seo_description: Option<LocalisedText>,
    vendor: Option<String>,
    category: Option<String>,
    tags: Option<Vec<String>>,
    #[schema(value_type = Option<TaxCategory>)]
    tax_category: Option<catalogue::TaxCategory>,
    is_service: Option<bool>,
    /// Ids of all that it is offered with, in order, at most 12; instead of what it has.
    #[schema(value_type = Option<Vec<Id>>)]
    goes_with: Option<Vec<ProductId>>,
}

/// A kind of product.
#[derive(Serialize, ToSchema)]
struct CategoryView {
    /// In addresses.
    #[schema(example = "camisas")]
    key: String,
    #[schema(example = "Camisas")]
    name: String,
    /// How many products on sale are of it.
    products: i64,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ProductFilter {
    /// Any status when not given.
    #[param(value_type = Option<ProductStatus>)]
    status: Option<Status>,
    /// A category's key.
    category: Option<String>,
    /// Part of a title, handle, vendor, SKU or barcode.
    text: Option<String>,
}

/// How a product is named in an address: by id or by handle.
pub(crate) struct ProductRef(String);

impl FromStr for ProductRef {
    type Err = Infallible;
    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(ProductRef(text.to_owned()))
    }
}

impl ProductRef {
    /// The product, if there is one.
    pub(crate) fn find(&self, tx: &ReadTx<'_>, actor: &Actor) -> ApiResult<Product> {
        let by_id = self.0.parse().ok().map(|id: ProductId| catalogue::product(tx, id)).transpose()?.flatten();
        found(match by_id {
            Some(product) => Some(product),
            None => catalogue::product_by_handle(tx, actor, &self.0)?,
        })
    }
}

/// List products, last touched first; drafts too.
#[utoipa::path(get, path = "/v1/products", tag = "products", operation_id = "list_products", params(ProductFilter, PageParams), responses((status = 200, body = List<ProductCardView>)))]
async fn list(
    State(app): State<ApiState>,
    caller: Caller,
    Asked(filter): Asked<ProductFilter>,
    page: Page,
) -> ApiResult<Json<List<ProductCardView>>> {
    let filter = StaffFilter { status: filter.status, category: filter.category, text: filter.text };
    let found = app.read(move |tx| Ok(catalogue::staff_list(tx, &caller, &filter, page.text(), page.limit)?)).await?;
    Ok(Json(List::new(found.items.into_iter().map(ProductCardView::from).collect(), found.next)))
}

/// Make a product with its variants and pictures. 409 `catalogue.handle_taken`, `catalogue.sku_taken`, `catalogue.barcode_taken`.
#[utoipa::path(post, path = "/v1/products", tag = "products", operation_id = "create_product", request_body = ProductCreate, responses((status = 201, body = ProductView)))]
async fn create(State(app): State<ApiState>, caller: Caller, post: Post<ProductCreate>) -> ApiResult<Reply> {
    let new = NewProduct::from(post.body);
    let create = move |tx: &mut kernel::Tx<'_>, _: &_| Ok(catalogue::create_product(tx, &caller, new.clone())?.into());
    post.once.create::<ProductView>(&app, "catalogue.create_product", create).await
}

/// See a product, by id or handle.
#[utoipa::path(get, path = "/v1/products/{product}", tag = "products", operation_id = "show_product", params(("product" = String, Path, description = "Its id or its handle.")), responses((status = 200, body = ProductView)))]
async fn show(State(app): State<ApiState>, caller: Caller, InPath(product): InPath<ProductRef>) -> ApiResult<Response> {
    let product = app.read(move |tx| product.find(tx, &caller)).await?;
    Ok(tagged(product.version, ProductView::from(product)))
}

/// Change a product. With `If-Match`, only when it is still that version: 412 `catalogue.changed_meanwhile`.
/// What it is offered with: 422 `catalogue.goes_with_itself`, `catalogue.goes_with_unknown`, `catalogue.goes_with_twice`, `catalogue.goes_with_too_many`.
#[utoipa::path(patch, path = "/v1/products/{product}", tag = "products", operation_id = "change_product",
    params(("product" = Id, Path), ("If-Match" = Option<String>, Header, description = "The entity tag of the version you saw.", example = "\"1\"")),
    request_body = ProductPatch, responses((status = 200, body = ProductView), (status = 412, description = "It was changed since.", body = crate::http::Problem, content_type = "application/problem+json")))]
async fn change(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(id): InPath<ProductId>,
    IfMatch(if_version): IfMatch,
    Sent(patch): Sent<ProductPatch>,
) -> ApiResult<Response> {
    let change = ProductChange { if_version, ..patch.into() };
    let command = move |tx: &mut kernel::Tx<'_>| catalogue::update_product(tx, &caller, id, change.clone()).map_err(IfMatch::refuse);
    let product = app.write("catalogue.update_product", command).await?;
    Ok(tagged(product.version, ProductView::from(product)))
}

/// List the kinds of product on sale, with their numbers, by name.
#[utoipa::path(get, path = "/v1/categories", tag = "products", operation_id = "list_categories", responses((status = 200, body = List<CategoryView>)))]
async fn categories(State(app): State<ApiState>) -> ApiResult<Json<List<CategoryView>>> {
    let found = app.read(|tx| catalogue::categories(tx).map_err(ApiError::from)).await?;
    let show = |c: catalogue::Category| CategoryView { key: c.key, name: c.name, products: c.products };
    Ok(Json(List::whole(found.into_iter().map(show).collect())))
}

impl From<catalogue::ProductOption> for OptionView {
    fn from(option: catalogue::ProductOption) -> Self {
        OptionView { name: option.name, values: option.values }
    }
}

impl From<ProductCard> for ProductCardView {
    fn from(card: ProductCard) -> Self {
        ProductCardView {
            id: card.id,
            handle: card.handle,
            status: card.status,
            title: card.title.into(),
            vendor: card.vendor,
            category: card.category,
            category_key: card.category_key,
            options: card.options.into_iter().map(OptionView::from).collect(),
            picture: card.picture.map(PictureView::from),
            version: card.version,
            updated_at: card.updated_at,
        }
    }
}

impl From<Product> for ProductView {
    fn from(product: Product) -> Self {
        let media = |m: catalogue::Media| MediaView { id: m.id, source: m.source, alt: m.alt.into() };
        ProductView {
            id: product.id,
            handle: product.handle,
            status: product.status,
            title: product.title.into(),
            description_html: product.description_html.into(),
            seo_title: product.seo_title.into(),
            seo_description: product.seo_description.into(),
            vendor: product.vendor,
            category: product.category,
            tags: product.tags,
            tax_category: product.tax_category,
            is_service: product.is_service,
            options: product.options.into_iter().map(OptionView::from).collect(),
            variants: product.variants.into_iter().map(VariantView::from).collect(),
            media: product.media.into_iter().map(media).collect(),
            goes_with: product.goes_with,
            version: product.version,
            created_at: product.created_at,
            updated_at: product.updated_at,
        }
    }
}

impl From<ProductCreate> for NewProduct {
    fn from(body: ProductCreate) -> Self {
        let media = |m: MediaCreate| NewMedia { source: m.source, alt: m.alt.into() };
        NewProduct {
            handle: body.handle,
            status: body.status.unwrap_or(Status::Draft),
            description_html: body.description_html.into(),
            seo_title: body.seo_title.into(),
            seo_description: body.seo_description.into(),
            vendor: body.vendor,
            category: body.category,
            tags: body.tags,
            tax_category: body.tax_category.unwrap_or(catalogue::TaxCategory::Standard),
            options: body.options,
            variants: body.variants.into_iter().map(Into::into).collect(),
            media: body.media.into_iter().map(media).collect(),
            is_service: body.is_service,
            goes_with: body.goes_with,
            ..NewProduct::titled(body.title.into())
        }
    }
}

impl From<ProductPatch> for ProductChange {
    fn from(patch: ProductPatch) -> Self {
        ProductChange {
            if_version: None,
            handle: patch.handle,
            status: patch.status,
            title: patch.title.map(Into::into),
            description_html: patch.description_html.map(Into::into),
            seo_title: patch.seo_title.map(Into::into),
            seo_description: patch.seo_description.map(Into::into),
            vendor: patch.vendor,
            category: patch.category,
            tags: patch.tags,
            tax_category: patch.tax_category,
            is_service: patch.is_service,
            goes_with: patch.goes_with,
        }
    }
}
