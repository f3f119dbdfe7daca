//! Files of products that are brought in, how far each is, and the way back.

use super::Routes;
use super::matter_work::Nothing;
use super::product_imports::{FILE_LIMIT, ImportAsked, csv};
use crate::ApiState;
use crate::http::{ApiError, ApiResult, Asked, Caller, Id, InPath, List, Once, Page, PageParams, Post, Reply, Upload, named, needs};
use axum::Json;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::HeaderMap;
use catalogue::ProductId;
use catalogue::import::run::{self, ImportedProduct, ItemOutcome, ProductImport, ProductImportId};
use flows::BeginProductImport;
use inventory::LocationId;
use kernel::{Kind, Permission, Timestamp, Tx};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::UtoipaMethodRouterExt;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default()
        .routes(needs(Permission::EditCatalogue, routes!(begin)).layer(DefaultBodyLimit::max(FILE_LIMIT)))
        .routes(needs(Permission::ViewCatalogue, routes!(list)))
        .routes(needs(Permission::ViewCatalogue, routes!(show)))
        .routes(needs(Permission::ViewCatalogue, routes!(products)))
        .routes(needs(Permission::EditCatalogue, routes!(undo)))
}

named! {
    ProductImportState = run::ImportState;
    ImportedProductOutcome = run::ItemOutcome;
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ImportTarget {
    /// Code of the price list that takes its prices, made when there is none; `base` when not given.
    price_list: Option<String>,
    /// Where the opening stock of new variants lies; no stock is taken from the file when not given.
    #[param(value_type = Option<Id>)]
    opening_stock: Option<LocationId>,
    /// The file's name.
    #[param(example = "products.csv")]
    file_name: Option<String>,
}

/// A file of products that was brought in.
#[derive(Serialize, ToSchema)]
struct ProductImportView {
    #[schema(value_type = Id)]
    id: ProductImportId,
    file_name: String,
    #[schema(value_type = ProductImportState)]
    state: run::ImportState,
    /// Who brought it in: `staff:ID`, `api_key:ID`.
    by: String,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// When its last product was taken up.
    #[schema(value_type = Option<String>, format = DateTime)]
    finished_at: Option<Timestamp>,
    /// When somebody took it back.
    #[schema(value_type = Option<String>, format = DateTime)]
    undone_at: Option<Timestamp>,
    /// Products of the file that are taken up.
    total: u64,
    /// Products left out for a problem, as was asked.
    left_out: u64,
    created: u64,
    changed: u64,
    unchanged: u64,
    /// Products that could not be taken up: something came between the preview and then.
    refused: u64,
    /// Products as they were before.
    taken_back: u64,
    /// Products that stay although the import was taken back.
    kept: u64,
}

impl From<ProductImport> for ProductImportView {
    fn from(import: ProductImport) -> Self {
        ProductImportView {
            id: import.id,
            file_name: import.file_name,
            state: import.state,
            by: import.actor,
            created_at: import.created_at,
            finished_at: import.finished_at,
            undone_at: import.undone_at,
            total: import.total,
            left_out: import.left_out,
            created: import.created,
            changed: import.changed,
            unchanged: import.unchanged,
            refused: import.refused,
            taken_back: import.taken_back,
            kept: import.kept,
        }
    }
}

/// A product of an import.
#[derive(Serialize, ToSchema)]
struct ImportedProductView {
    /// Line of its first row.
    line: u64,
    #[schema(value_type = ImportedProductOutcome)]
    outcome: ItemOutcome,
    /// Which it is, once it was taken up.
    #[schema(value_type = Option<Id>)]
    product: Option<ProductId>,
    /// Why it stays: `changed` since, or `stock` that is promised already; or the sentence of what refused it. Else empty.
    why: String,
}

impl From<ImportedProduct> for ImportedProductView {
    fn from(item: ImportedProduct) -> Self {
        ImportedProductView { line: item.line, outcome: item.outcome, product: item.product, why: item.why }
    }
}

/// Import a file of products: all of it, or nothing when it has a problem, unless what has one is to be left out. The first hundred
/// products are there with the answer; the others follow in the background, so ask for the import to see how far it is. Importing it
/// again changes nothing.
/// Needs `prices.edit` too for its prices, and `stock.adjust` for its stock. 422 `catalogue.import_problems` with its problems by line.
#[utoipa::path(post, path = "/v1/product-imports", tag = "products", operation_id = "import_products", params(ImportAsked, ImportTarget),
    request_body(content = String, content_type = "text/csv", description = "The file, at most 20 MB."), responses((status = 201, body = ProductImportView)))]
async fn begin(
    State(app): State<ApiState>,
    caller: Caller,
    Asked(asked): Asked<ImportAsked>,
    Asked(target): Asked<ImportTarget>,
    headers: HeaderMap,
    upload: Upload,
) -> ApiResult<Reply> {
    let cmd = BeginProductImport {
        key: String::new(),
        file_name: target.file_name.unwrap_or_default(),
        file: csv(&headers, upload.body)?.to_vec(),
        options: asked.options(),
        price_list: target.price_list.unwrap_or_else(|| "base".to_owned()),
        opening_stock: target.opening_stock,
    };
    let command = move |tx: &mut Tx<'_>, once: &Once| {
        let cmd = BeginProductImport { key: once.command_key(tx), ..cmd.clone() };
        Ok(ProductImportView::from(flows::begin_import(tx, &caller, &cmd)?))
    };
    upload.once.create(&app, "flows.import_products", command).await
}

fn bad_cursor() -> ApiError {
    ApiError::new(Kind::Invalid, "bad_cursor", "this is not a place in this list; start again without a cursor")
}

/// List imports of products, newest first. A page has at most 50.
#[utoipa::path(get, path = "/v1/product-imports", tag = "products", operation_id = "list_product_imports", params(PageParams), responses((status = 200, body = List<ProductImportView>)))]
async fn list(State(app): State<ApiState>, caller: Caller, page: Page) -> ApiResult<Json<List<ProductImportView>>> {
    let before: Option<ProductImportId> = page.text().map(|text| text.parse().map_err(|_| bad_cursor())).transpose()?;
    let limit = page.limit.clamp(1, 50);
    let mut found = app.read(move |tx| Ok(run::imports(tx, &caller, before, limit)?)).await?;
    let next = (found.len() == limit).then(|| found.last().map(|import| import.id.to_string())).flatten();
    Ok(Json(List::new(found.drain(..).map(ProductImportView::from).collect(), next)))
}

/// See an import of products and how far it is.
#[utoipa::path(get, path = "/v1/product-imports/{import}", tag = "products", operation_id = "show_product_import", params(("import" = Id, Path)), responses((status = 200, body = ProductImportView)))]
async fn show(State(app): State<ApiState>, caller: Caller, InPath(id): InPath<ProductImportId>) -> ApiResult<Json<ProductImportView>> {
    Ok(Json(app.read(move |tx| Ok(run::product_import(tx, &caller, id)?)).await?.into()))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ProductsAsked {
    /// Which products: those with this outcome; `created` when not given.
    #[param(value_type = Option<ImportedProductOutcome>)]
    outcome: Option<ItemOutcome>,
}

/// List the products of an import in the order of the file. A page has at most 100.
#[utoipa::path(get, path = "/v1/product-imports/{import}/products", tag = "products", operation_id = "list_imported_products", params(("import" = Id, Path), ProductsAsked, PageParams), responses((status = 200, body = List<ImportedProductView>)))]
async fn products(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(id): InPath<ProductImportId>,
    Asked(asked): Asked<ProductsAsked>,
    page: Page,
) -> ApiResult<Json<List<ImportedProductView>>> {
    let outcome = asked.outcome.unwrap_or(ItemOutcome::Created);
    let after: u64 = page.text().map(|text| text.parse().map_err(|_| bad_cursor())).transpose()?.unwrap_or(0);
    let limit = page.limit.clamp(1, 100);
    let found = app.read(move |tx| {
        run::product_import(tx, &caller, id)?;
        Ok(run::items(tx, &caller, (id, outcome), after, limit)?)
    });
    let found = found.await?;
    let next = (found.len() == limit).then(|| found.last().map(|item| item.line.to_string())).flatten();
    Ok(Json(List::new(found.into_iter().map(ImportedProductView::from).collect(), next)))
}

/// Take an import back: products that it made are archived, those that it changed have their former content, prices and opening stock are
/// what they were. What somebody has changed since stays; list the products with outcome `kept` to see which. Needs `prices.edit` and
/// `stock.adjust` too.
#[utoipa::path(post, path = "/v1/product-imports/{import}/withdrawal", tag = "products", operation_id = "undo_product_import", params(("import" = Id, Path)), request_body = Nothing, responses((status = 200, body = ProductImportView)))]
async fn undo(State(app): State<ApiState>, caller: Caller, InPath(id): InPath<ProductImportId>, post: Post<Nothing>) -> ApiResult<Reply> {
    let command = move |tx: &mut Tx<'_>, _: &_| Ok(ProductImportView::from(flows::undo_import(tx, &caller, id)?));
    post.once.act(&app, "flows.undo_import", command).await
}
