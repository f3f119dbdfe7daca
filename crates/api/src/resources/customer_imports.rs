//! Import of customers from a list: first see, then do in the background, and take back.

use super::Routes;
use super::matter_work::Nothing;
use super::product_imports::{LineNoteView, csv};
use super::shared::{ChannelKind, ConsentState, Purpose};
use crate::ApiState;
use crate::http::{ApiError, ApiResult, Asked, Caller, Id, InPath, List, Page, PageParams, Post, Reply, Upload, named, needs};
use axum::Json;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::HeaderMap;
use customers::import::{self, BeginImport, Column, Import, ImportId, ImportedLine, Preview, PreviewLine, Target};
use kernel::{Channel, Kind, Permission, ProfileId, Timestamp, Tx};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::UtoipaMethodRouterExt;
use utoipa_axum::routes;

/// Largest list.
const FILE_LIMIT: usize = 20 * 1024 * 1024;
/// Problems and notes that a preview shows; all are counted.
const SHOWN: usize = 200;

pub(crate) fn routes() -> Routes {
    Routes::default()
        .routes(needs(Permission::ImportCustomers, routes!(preview)).layer(DefaultBodyLimit::max(FILE_LIMIT)))
        .routes(needs(Permission::ImportCustomers, routes!(begin)).layer(DefaultBodyLimit::max(FILE_LIMIT)))
        .routes(needs(Permission::ImportCustomers, routes!(list)))
        .routes(needs(Permission::ImportCustomers, routes!(show)))
        .routes(needs(Permission::ImportCustomers, routes!(lines)))
        .routes(needs(Permission::ImportCustomers, routes!(undo)))
}

named! {
    CustomerImportState = import::ImportState;
    CustomerLineOutcome = import::Outcome;
    CustomerListEncoding = import::Encoding;
    FieldKind = customers::FieldKind;
}

/// How the list is to be read.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct CustomerListAsked {
    /// What the import is called: the source of its fields. Lists of one name know their lines again.
    #[param(example = "Old shop", min_length = 1, max_length = 80)]
    name: Option<String>,
    /// What each column means, in order, parted by commas: `skip`, `external_id`, a kind of field, `card`, `consent:marketing:email`,
    /// `evidence`, `consent_date`. Guessed from the header when not given.
    #[param(example = "external_id,given_name,family_name,phone,email")]
    columns: Option<String>,
    /// The file's name: evidence of the consents in it.
    #[param(example = "customers.csv")]
    file_name: Option<String>,
}

impl CustomerListAsked {
    fn read(&self) -> ApiResult<import::Asked> {
        let target = |text: &str| text.trim().parse::<Target>().map_err(|why| ApiError::new(Kind::Invalid, "customers.bad_mapping", why));
        let mapping = self.columns.as_ref().map(|columns| columns.split(',').map(target).collect()).transpose()?;
        Ok(import::Asked { name: self.name.clone().unwrap_or_default(), mapping })
    }
}

/// A field as it will be read.
#[derive(Serialize, ToSchema)]
struct ReadFieldView {
    #[schema(value_type = FieldKind)]
    kind: customers::FieldKind,
    value: String,
}

/// A consent as it will be read.
#[derive(Serialize, ToSchema)]
struct ReadConsentView {
    #[schema(value_type = Purpose)]
    purpose: customers::Purpose,
    #[schema(value_type = ChannelKind)]
    channel: Channel,
    #[schema(value_type = ConsentState)]
    state: customers::ConsentState,
}

/// A column of the list.
#[derive(Serialize, ToSchema)]
struct ListColumnView {
    name: String,
    /// What it means, as asked or guessed.
    target: String,
    /// Its first cells.
    samples: Vec<String>,
}

/// A line as it will be read.
#[derive(Serialize, ToSchema)]
struct ListLineView {
    /// From 1; the header is line 1.
    line: u64,
    /// What it will do.
    #[schema(value_type = CustomerLineOutcome)]
    outcome: import::Outcome,
    fields: Vec<ReadFieldView>,
    cards: Vec<String>,
    consents: Vec<ReadConsentView>,
}

/// What a list would do.
#[derive(Serialize, ToSchema)]
struct CustomerImportPreview {
    #[schema(value_type = CustomerListEncoding)]
    encoding: import::Encoding,
    /// What parts its cells.
    #[schema(example = ";")]
    separator: String,
    columns: Vec<ListColumnView>,
    /// Lines that will be taken up.
    lines: usize,
    /// How many make a profile.
    created: usize,
    changed: usize,
    unchanged: usize,
    /// The first twenty lines, as they will be read.
    shown: Vec<ListLineView>,
    /// What keeps the list from being imported; at most 200.
    problems: Vec<LineNoteView>,
    problems_total: usize,
    /// What is worth knowing; at most 200.
    notes: Vec<LineNoteView>,
    notes_total: usize,
    /// This very file was brought in before, under this other name.
    earlier: Option<String>,
}

/// One list that was brought in.
#[derive(Serialize, ToSchema)]
struct CustomerImportView {
    #[schema(value_type = Id)]
    id: ImportId,
    name: String,
    file_name: String,
    #[schema(value_type = CustomerImportState)]
    state: import::ImportState,
    /// Who brought it in: `staff:ID`, `api_key:ID`.
    by: String,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    finished_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    undone_at: Option<Timestamp>,
    /// Its lines.
    total: u64,
    created: u64,
    changed: u64,
    unchanged: u64,
    /// Lines whose work was taken back.
    taken_back: u64,
    /// Profiles that stay although the import was taken back.
    kept: u64,
}

impl From<Import> for CustomerImportView {
    fn from(import: Import) -> Self {
        CustomerImportView {
            id: import.id,
            name: import.name,
            file_name: import.file_name,
            state: import.state,
            by: import.actor,
            created_at: import.created_at,
            finished_at: import.finished_at,
            undone_at: import.undone_at,
            total: import.total,
            created: import.created,
            changed: import.changed,
            unchanged: import.unchanged,
            taken_back: import.taken_back,
            kept: import.kept,
        }
    }
}

/// A line of an import.
#[derive(Serialize, ToSchema)]
struct ImportedLineView {
    line: u64,
    #[schema(value_type = CustomerLineOutcome)]
    outcome: import::Outcome,
    #[schema(value_type = Option<Id>)]
    profile: Option<ProfileId>,
    /// Why a profile stays: the kind of event that happened to it, or `import:NAME` of a later list. `consent:refused` when a yes was not
    /// taken because they had said no. Else empty.
    why: String,
}

impl From<ImportedLine> for ImportedLineView {
    fn from(found: ImportedLine) -> Self {
        ImportedLineView { line: found.line, outcome: found.outcome, profile: found.profile, why: found.why }
    }
}

impl From<PreviewLine> for ListLineView {
    fn from(found: PreviewLine) -> Self {
        let PreviewLine { line, outcome, fields, cards, consents } = found;
        let fields = fields.into_iter().map(|(kind, value)| ReadFieldView { kind, value }).collect();
        let consents = consents.into_iter().map(|(purpose, channel, state)| ReadConsentView { purpose, channel, state }).collect();
        ListLineView { line, outcome, fields, cards, consents }
    }
}

impl From<Preview> for CustomerImportPreview {
    fn from(found: Preview) -> Self {
        let column = |c: Column| ListColumnView { name: c.name, target: c.target.to_string(), samples: c.samples };
        let notes = |found: Vec<import::LineProblem>| found.into_iter().take(SHOWN).map(LineNoteView::from).collect();
        CustomerImportPreview {
            encoding: found.encoding,
            separator: found.separator.to_string(),
            columns: found.columns.into_iter().map(column).collect(),
            lines: found.lines,
            created: found.created,
            changed: found.changed,
            unchanged: found.unchanged,
            shown: found.shown.into_iter().map(ListLineView::from).collect(),
            problems_total: found.problems.len(),
            problems: notes(found.problems),
            notes_total: found.notes.len(),
            notes: notes(found.notes),
            earlier: found.earlier.map(|import| import.name),
        }
    }
}

/// See what importing a list of customers would do. Writes nothing.
#[utoipa::path(post, path = "/v1/customer-imports/preview", tag = "customers", operation_id = "preview_customer_import", params(CustomerListAsked),
    request_body(content = String, content_type = "text/csv", description = "The list, at most 20 MB."), responses((status = 200, body = CustomerImportPreview)))]
async fn preview(
    State(app): State<ApiState>,
    caller: Caller,
    Asked(asked): Asked<CustomerListAsked>,
    headers: HeaderMap,
    upload: Upload,
) -> ApiResult<Json<CustomerImportPreview>> {
    let (file, asked) = (csv(&headers, upload.body)?, asked.read()?);
    let preview = app.read(move |tx| Ok(import::preview(tx, &caller, &file, &asked)?));
    Ok(Json(preview.await?.into()))
}

/// Import a list of customers: all of its lines, or none when it has a problem. It goes on in the background; ask for the import to see how
/// far it is. Importing the same list again changes nothing. 422 `customers.import_problems` with the problems by line.
#[utoipa::path(post, path = "/v1/customer-imports", tag = "customers", operation_id = "import_customers", params(CustomerListAsked),
    request_body(content = String, content_type = "text/csv", description = "The list, at most 20 MB."), responses((status = 201, body = CustomerImportView)))]
async fn begin(
    State(app): State<ApiState>,
    caller: Caller,
    Asked(asked): Asked<CustomerListAsked>,
    headers: HeaderMap,
    upload: Upload,
) -> ApiResult<Reply> {
    let file = csv(&headers, upload.body)?.to_vec();
    let file_name = asked.file_name.clone().unwrap_or_default();
    let cmd = BeginImport { key: String::new(), asked: asked.read()?, file_name, file };
    let command = move |tx: &mut Tx<'_>, once: &crate::http::Once| {
        let cmd = BeginImport { key: once.command_key(tx), ..cmd.clone() };
        Ok(CustomerImportView::from(import::begin(tx, &caller, &cmd)?))
    };
    upload.once.create(&app, "customers.import", command).await
}

/// List imports of customers, newest first. A page has at most 50.
#[utoipa::path(get, path = "/v1/customer-imports", tag = "customers", operation_id = "list_customer_imports", params(PageParams), responses((status = 200, body = List<CustomerImportView>)))]
async fn list(State(app): State<ApiState>, caller: Caller, page: Page) -> ApiResult<Json<List<CustomerImportView>>> {
    let found = app.read(move |tx| Ok(import::imports(tx, &caller, page.text(), page.limit)?)).await?;
    Ok(Json(List::new(found.items.into_iter().map(CustomerImportView::from).collect(), found.next)))
}

/// See an import of customers and how far it is.
#[utoipa::path(get, path = "/v1/customer-imports/{import}", tag = "customers", operation_id = "show_customer_import", params(("import" = Id, Path)), responses((status = 200, body = CustomerImportView)))]
async fn show(State(app): State<ApiState>, caller: Caller, InPath(id): InPath<ImportId>) -> ApiResult<Json<CustomerImportView>> {
    Ok(Json(app.read(move |tx| Ok(import::import(tx, &caller, id)?)).await?.into()))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct LinesAsked {
    /// Which lines: those with this outcome; `created` when not given.
    #[param(value_type = Option<CustomerLineOutcome>)]
    outcome: Option<import::Outcome>,
}

/// List the lines of an import and the profiles they made, in the order of the file.
#[utoipa::path(get, path = "/v1/customer-imports/{import}/lines", tag = "customers", operation_id = "list_imported_lines", params(("import" = Id, Path), LinesAsked, PageParams), responses((status = 200, body = List<ImportedLineView>)))]
async fn lines(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(id): InPath<ImportId>,
    Asked(asked): Asked<LinesAsked>,
    page: Page,
) -> ApiResult<Json<List<ImportedLineView>>> {
    let outcome = asked.outcome.unwrap_or(import::Outcome::Created);
    let found = app.read(move |tx| {
        import::import(tx, &caller, id)?;
        Ok(import::rows(tx, &caller, id, outcome, page.text(), page.limit)?)
    });
    let found = found.await?;
    Ok(Json(List::new(found.items.into_iter().map(ImportedLineView::from).collect(), found.next)))
}

/// Take an import back, in the background: its profiles go as if they had never been, and values that it changed become what they were.
/// Profiles to which anything else has happened stay; list the lines with outcome `kept` to see which and why.
#[utoipa::path(post, path = "/v1/customer-imports/{import}/withdrawal", tag = "customers", operation_id = "undo_customer_import", params(("import" = Id, Path)), request_body = Nothing, responses((status = 200, body = CustomerImportView)))]
async fn undo(State(app): State<ApiState>, caller: Caller, InPath(id): InPath<ImportId>, post: Post<Nothing>) -> ApiResult<Reply> {
    let command = move |tx: &mut Tx<'_>, _: &_| Ok(CustomerImportView::from(import::undo(tx, &caller, id)?));
    post.once.act(&app, "customers.undo_import", command).await
}
