//! What a file of products would do; bringing it in is in `product_import_runs.rs`.

use super::Routes;
use super::shared::Locale;
use crate::ApiState;
use crate::http::{ApiError, ApiResult, Asked, Caller, MoneyView, Upload, named, needs};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode, header};
use catalogue::import::{self, ImportOptions, LineProblem, Preview, ProductPlan};
use kernel::{Currency, Permission};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::UtoipaMethodRouterExt;
use utoipa_axum::routes;

/// Largest file.
pub(super) const FILE_LIMIT: usize = 20 * 1024 * 1024;

pub(crate) fn routes() -> Routes {
    Routes::default().routes(needs(Permission::EditCatalogue, routes!(preview)).layer(DefaultBodyLimit::max(FILE_LIMIT)))
}

named! {
    ImportOutcome = import::Outcome;
    ProductFileLayout = import::Layout;
}

/// How the file is to be read.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ImportAsked {
    /// The language of its texts; Spanish when not given.
    #[param(value_type = Option<Locale>)]
    locale: Option<kernel::Locale>,
    /// The currency of its prices, ISO 4217; EUR when not given.
    #[param(value_type = Option<String>, pattern = "^[A-Z]{3}$", example = "EUR")]
    currency: Option<Currency>,
    /// Leave out each product that has a problem on one of its lines, and import the others; else nothing is while there is one.
    #[serde(default)]
    #[param(value_type = Option<bool>)]
    leave_out: bool,
}

impl ImportAsked {
    pub(super) fn options(&self) -> ImportOptions {
        let usual = ImportOptions::default();
        ImportOptions {
            locale: self.locale.unwrap_or(usual.locale),
            currency: self.currency.unwrap_or(usual.currency),
            leave_out: self.leave_out,
        }
    }
}

/// Something about one cell of the file.
#[derive(Serialize, ToSchema)]
pub(super) struct LineNoteView {
    /// From 1; the header is line 1.
    line: u64,
    /// Empty when it is about the whole line.
    column: String,
    message: String,
}

impl From<customers::import::LineProblem> for LineNoteView {
    fn from(found: customers::import::LineProblem) -> Self {
        LineNoteView { line: found.line, column: found.column, message: found.message }
    }
}

impl From<LineProblem> for LineNoteView {
    fn from(found: LineProblem) -> Self {
        LineNoteView { line: found.line, column: found.column, message: found.message }
    }
}

/// What a file would do. Lists hold at most 500; everything is counted.
#[derive(Serialize, ToSchema)]
struct ImportPreview {
    /// How the file is laid out, told from its header; nothing when it is none that is read.
    #[schema(value_type = Option<ProductFileLayout>)]
    layout: Option<import::Layout>,
    /// How many products are new.
    created: usize,
    changed: usize,
    unchanged: usize,
    /// Products with a problem: with `leave_out` the others are imported without them.
    left_out: usize,
    /// Variants in the file.
    variants: usize,
    products: Vec<ImportPlanView>,
    prices: Vec<ImportedPriceView>,
    prices_total: usize,
    stock: Vec<ImportedStockView>,
    stock_total: usize,
    /// What keeps the file from being imported.
    problems: Vec<LineNoteView>,
    problems_total: usize,
    /// What is worth knowing.
    notes: Vec<LineNoteView>,
    notes_total: usize,
}

/// What will happen to one product.
#[derive(Serialize, ToSchema)]
struct ImportPlanView {
    line: u64,
    handle: String,
    title: String,
    #[schema(value_type = ImportOutcome)]
    outcome: import::Outcome,
    /// Field by field; empty for a new product.
    changes: Vec<FieldChangeView>,
    /// How many variants of it the file has.
    variants: usize,
}

/// What one field was and will be.
#[derive(Serialize, ToSchema)]
struct FieldChangeView {
    #[schema(example = "title.es")]
    field: String,
    before: String,
    after: String,
}

/// A price in the file.
#[derive(Serialize, ToSchema)]
struct ImportedPriceView {
    line: u64,
    sku: String,
    price: MoneyView,
    /// What it cost before.
    compare_at: Option<MoneyView>,
}

/// An opening stock in the file.
#[derive(Serialize, ToSchema)]
struct ImportedStockView {
    line: u64,
    sku: String,
    quantity: i64,
}

impl From<ProductPlan> for ImportPlanView {
    fn from(plan: ProductPlan) -> Self {
        let change = |c: import::FieldChange| FieldChangeView { field: c.field, before: c.before, after: c.after };
        let ProductPlan { line, handle, title, outcome, changes, variants } = plan;
        ImportPlanView { line, handle, title, outcome, changes: changes.into_iter().map(change).collect(), variants }
    }
}

impl From<Preview> for ImportPreview {
    fn from(preview: Preview) -> Self {
        let price = |p: import::ImportedPrice| ImportedPriceView {
            line: p.line,
            sku: p.sku,
            price: p.price.into(),
            compare_at: p.compare_at.map(MoneyView::from),
        };
        let stock = |s: import::ImportedStock| ImportedStockView { line: s.line, sku: s.sku, quantity: s.quantity };
        ImportPreview {
            layout: preview.layout,
            left_out: preview.left_out,
            prices_total: preview.prices_total,
            stock_total: preview.stock_total,
            problems_total: preview.problems_total,
            notes_total: preview.notes_total,
            created: preview.created,
            changed: preview.changed,
            unchanged: preview.unchanged,
            variants: preview.variants,
            products: preview.products.into_iter().map(ImportPlanView::from).collect(),
            prices: preview.prices.into_iter().map(price).collect(),
            stock: preview.stock.into_iter().map(stock).collect(),
            problems: preview.problems.into_iter().map(LineNoteView::from).collect(),
            notes: preview.notes.into_iter().map(LineNoteView::from).collect(),
        }
    }
}

/// See what importing a file of products would do: Shopify, WooCommerce, Google Merchant or Open Food Facts, told from its header.
/// Writes nothing.
#[utoipa::path(post, path = "/v1/product-imports/preview", tag = "products", operation_id = "preview_import", params(ImportAsked),
    request_body(content = String, content_type = "text/csv", description = "The file, at most 20 MB."), responses((status = 200, body = ImportPreview)))]
async fn preview(
    State(app): State<ApiState>,
    caller: Caller,
    Asked(asked): Asked<ImportAsked>,
    headers: HeaderMap,
    upload: Upload,
) -> ApiResult<Json<ImportPreview>> {
    let file = csv(&headers, upload.body)?;
    let preview = app.read(move |tx| Ok(import::preview(tx, &caller, &file, asked.options())?));
    Ok(Json(preview.await?.into()))
}

/// The file, when it is said to be one.
pub(super) fn csv(headers: &HeaderMap, body: Bytes) -> ApiResult<Bytes> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !kind.to_ascii_lowercase().starts_with("text/csv") {
        return Err(ApiError::with_status(StatusCode::UNSUPPORTED_MEDIA_TYPE, "api.not_csv", "send `Content-Type: text/csv`"));
    }
    if body.contains(&0) {
        return Err(ApiError::invalid("api.bad_body", "a text cannot hold NUL"));
    }
    Ok(body)
}
