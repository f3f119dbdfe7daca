//! What a person may ask of their data: every answer they gave, who opened their record, all of it, none of it.

use super::Routes;
use super::customers::ConsentView;
use super::shared::ChannelKind;
use crate::ApiState;
use crate::http::{ApiResult, Caller, Id, InPath, List, Page, PageParams, Post, Reply, found, needs};
use axum::Json;
use axum::extract::State;
use customers::{Access, ConsentAnswer, PersonId};
use flows::ErasureReport;
use kernel::{Channel, Permission, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default()
        .routes(needs(Permission::ViewConsents, routes!(consents)))
        .routes(needs(Permission::ViewAccesses, routes!(accesses)))
        .routes(needs(Permission::ExportCustomers, routes!(export)))
        .routes(needs(Permission::EraseCustomers, routes!(erase)))
}

/// An answer as it was given.
#[derive(Serialize, ToSchema)]
struct ConsentAnswerView {
    #[serde(flatten)]
    consent: ConsentView,
    /// Where it was given.
    #[schema(value_type = ChannelKind)]
    source: Channel,
    /// Who recorded it: `customer:ID`, `staff:ID`, `api_key:ID`; empty when that was not kept.
    by: String,
}

impl From<ConsentAnswer> for ConsentAnswerView {
    fn from(answer: ConsentAnswer) -> Self {
        ConsentAnswerView { source: answer.consent.source, consent: answer.consent.into(), by: answer.by }
    }
}

/// Somebody opened a record.
#[derive(Serialize, ToSchema)]
struct AccessView {
    /// `staff:ID` or `api_key:ID`.
    actor: String,
    /// Through which door.
    #[schema(value_type = ChannelKind)]
    door: Channel,
    /// When, the first time in that hour.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
}

impl From<Access> for AccessView {
    fn from(access: Access) -> Self {
        AccessView { actor: access.actor, door: access.door, at: access.at }
    }
}

/// List every consent that a person gave or refused, newest first.
#[utoipa::path(get, path = "/v1/customers/{customer}/consents", tag = "customers", operation_id = "list_consents", params(("customer" = Id, Path), PageParams), responses((status = 200, body = List<ConsentAnswerView>)))]
async fn consents(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(id): InPath<PersonId>,
    page: Page,
) -> ApiResult<Json<List<ConsentAnswerView>>> {
    let answers = app.read(move |tx| {
        found(customers::person_of(tx, id.oldest_profile())?)?;
        Ok(customers::consent_history(tx, &caller, id, page.limit)?)
    });
    Ok(Json(List::whole(answers.await?.into_iter().map(ConsentAnswerView::from).collect())))
}

/// List who opened a person's record, newest first; one entry an hour for each.
#[utoipa::path(get, path = "/v1/customers/{customer}/accesses", tag = "customers", operation_id = "list_accesses", params(("customer" = Id, Path), PageParams), responses((status = 200, body = List<AccessView>)))]
async fn accesses(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(id): InPath<PersonId>,
    page: Page,
) -> ApiResult<Json<List<AccessView>>> {
    let accesses = app.read(move |tx| {
        found(customers::person_of(tx, id.oldest_profile())?)?;
        Ok(customers::accesses_of(tx, &caller, id, page.limit)?)
    });
    Ok(Json(List::whole(accesses.await?.into_iter().map(AccessView::from).collect())))
}

/// Take out everything that is known of a person, in one piece. That it was taken is kept.
#[utoipa::path(get, path = "/v1/customers/{customer}/export", tag = "customers", operation_id = "export_customer", params(("customer" = Id, Path)), responses((status = 200, body = Value)))]
async fn export(State(app): State<ApiState>, caller: Caller, InPath(id): InPath<PersonId>) -> ApiResult<Json<Value>> {
    let all = app.write("flows.export_person", move |tx| {
        customers::note_access(tx, &caller, id, Channel::Api)?;
        Ok(flows::export_person(tx, &caller, id)?)
    });
    Ok(Json(found(all.await?)?))
}

/// What an erasure did.
#[derive(Serialize, ToSchema)]
struct ErasureView {
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    erased: Vec<ErasedView>,
    kept: Vec<KeptView>,
}

/// Something that is gone.
#[derive(Serialize, ToSchema)]
struct ErasedView {
    /// `profiles`, `identifiers`, `messages`, `files`, `matters`, `addresses`, `carts`, `ratings`, `log_entries`.
    what: String,
    /// How many.
    count: u64,
}

/// Something that stays for a time.
#[derive(Serialize, ToSchema)]
struct KeptView {
    /// `orders`, `consents`.
    what: String,
    /// How many.
    count: u64,
    /// `commercial_code`, `proof_of_consent`.
    why: String,
    /// Until when.
    #[schema(value_type = String, format = DateTime)]
    until: Timestamp,
}

impl From<ErasureReport> for ErasureView {
    fn from(report: ErasureReport) -> Self {
        let kept = |kept: flows::Kept| KeptView { what: kept.what, count: kept.count, why: kept.why, until: kept.until };
        ErasureView {
            at: report.at,
            erased: report.erased.into_iter().map(|(what, count)| ErasedView { what, count }).collect(),
            kept: report.kept.into_iter().map(kept).collect(),
        }
    }
}

/// Nothing more needs to be said.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ErasureCreate {}

/// Erase a person; what the law wants kept stays until its date. 409 `customers.unfinished_orders` while goods are on their way.
#[utoipa::path(post, path = "/v1/customers/{customer}/erasure", tag = "customers", operation_id = "erase_customer", params(("customer" = Id, Path)), request_body = ErasureCreate, responses((status = 200, body = ErasureView)))]
async fn erase(State(app): State<ApiState>, caller: Caller, InPath(id): InPath<PersonId>, post: Post<ErasureCreate>) -> ApiResult<Reply> {
    let ErasureCreate {} = post.body;
    post.once.act(&app, "flows.erase_person", move |tx, _| Ok(ErasureView::from(flows::erase_person(tx, &caller, id)?))).await
}
