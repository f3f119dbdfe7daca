//! The record of a customer: for each field the value to believe, which source said it, and why it was chosen.

use super::Routes;
use super::customer_imports::FieldKind;
use super::customers::note_access;
use crate::ApiState;
use crate::http::{ApiResult, Caller, Id, InPath, List, Sent, found, named, needs};
use axum::Json;
use axum::extract::State;
use customers::{Field, FieldSource, Guarded, PersonId, RecordField, Why, masked};
use kernel::{Channel, Permission, ProfileId, Timestamp, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default().routes(needs(Permission::ViewCustomers, routes!(show))).routes(needs(Permission::EditCustomers, routes!(set)))
}

named! { Basis = customers::Basis; }

/// What one source says.
#[derive(Serialize, ToSchema)]
struct SayingView {
    value: String,
    /// About which profile.
    #[schema(value_type = Id)]
    profile: ProfileId,
    /// A channel, or `import:` and the name of a list.
    #[schema(example = "import:Old shop")]
    source: String,
    /// On what it rests.
    #[schema(value_type = Basis)]
    basis: customers::Basis,
    /// Since when.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// `staff:ID`, `customer:ID`, `api_key:ID`, `system`.
    by: String,
}

impl From<Field> for SayingView {
    fn from(field: Field) -> Self {
        let Field { profile, kind: _, value, source, basis, at, actor } = field;
        SayingView { value, profile, source: source.to_string(), basis, at, by: actor }
    }
}

/// One kind of field of a person.
#[derive(Serialize, ToSchema)]
struct RecordFieldView {
    #[schema(value_type = FieldKind)]
    kind: customers::FieldKind,
    /// The saying to believe.
    best: SayingView,
    /// `only`: no source says anything else. `basis`: it rests on something better than the rest. `newest`: the newest of equals.
    /// `first`: the first of those said at one moment.
    #[schema(pattern = "^(only|basis|newest|first)$")]
    why: &'static str,
    /// Every other saying, better ones first.
    others: Vec<SayingView>,
}

impl From<RecordField> for RecordFieldView {
    fn from(field: RecordField) -> Self {
        let why = match field.why {
            Why::Only => "only",
            Why::Basis { .. } => "basis",
            Why::Newest => "newest",
            Why::First => "first",
        };
        RecordFieldView { kind: field.kind, best: field.best.into(), why, others: field.others.into_iter().map(SayingView::from).collect() }
    }
}

/// A field to say.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"kind": "place", "value": "Lugo"}))]
struct FieldPut {
    #[schema(value_type = FieldKind)]
    kind: customers::FieldKind,
    /// Empty takes back what this source said.
    value: String,
}

/// What one source says of a profile. Kinds that are not sent stay as they are.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FieldsPut {
    /// At most 64. Only e-mails, phones and `other` may come several times.
    #[schema(max_items = 64)]
    fields: Vec<FieldPut>,
    /// The system they come from; this API itself when not given.
    #[schema(example = "ERP", max_length = 80)]
    source: Option<String>,
}

/// See the record of a person, in the order of the kinds.
#[utoipa::path(get, path = "/v1/customers/{customer}/record", tag = "customers", operation_id = "show_record", params(("customer" = Id, Path)), responses((status = 200, body = List<RecordFieldView>)))]
async fn show(State(app): State<ApiState>, caller: Caller, InPath(id): InPath<PersonId>) -> ApiResult<Json<List<RecordFieldView>>> {
    note_access(&app, &caller, id).await?;
    let record = app.read(move |tx| {
        let person = found(customers::person_of(tx, id.oldest_profile())?)?;
        Ok(customers::record_of_person(tx, &caller, person)?)
    });
    Ok(Json(List::whole(record.await?.into_iter().map(RecordFieldView::from).collect())))
}

/// Say fields of a profile, as one source knows them. What the source said of these kinds before becomes past. Answers what it says now.
#[utoipa::path(put, path = "/v1/profiles/{profile}/fields", tag = "customers", operation_id = "set_fields", params(("profile" = Id, Path)), request_body = FieldsPut, responses((status = 200, body = List<SayingView>)))]
async fn set(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(id): InPath<ProfileId>,
    Sent(put): Sent<FieldsPut>,
) -> ApiResult<Json<List<SayingView>>> {
    let source = put.source.map_or(FieldSource::Channel(Channel::Api), FieldSource::Import);
    let fields: Vec<_> = put.fields.into_iter().map(|field| (field.kind, field.value)).collect();
    let command = move |tx: &mut Tx<'_>| {
        customers::set_fields(tx, &caller, id, fields.clone(), source.clone())?;
        let mut said = customers::fields_of(tx, id)?;
        said.retain(|field| field.source == source);
        for (field, guarded) in said.iter_mut().filter_map(|field| Guarded::of(field.kind).map(|guarded| (field, guarded))) {
            field.value = masked(&caller, guarded, &field.value);
        }
        Ok(said)
    };
    let said = app.write("customers.set_fields", command).await?;
    Ok(Json(List::whole(said.into_iter().map(SayingView::from).collect())))
}
