//! Segments: saved conditions over people, and who is in them.

use super::Routes;
use super::customers::CustomerCardView;
use super::shared::SegmentState;
use crate::ApiState;
use crate::http::{ApiError, ApiResult, Caller, Id, InPath, List, Page, PageParams, Post, Reply, Sent, needs};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use customers::segments::{self, Condition, CreateSegment, Segment, SegmentChange, SegmentId, SegmentMember};
use kernel::{Kind, Permission, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::routes;

/// People that a count looks at.
const LOOKED_AT: usize = 1000;

pub(crate) fn routes() -> Routes {
    Routes::default()
        .routes(needs(Permission::ViewCustomers, routes!(list)))
        .routes(needs(Permission::EditSegments, routes!(create)))
        .routes(needs(Permission::ViewCustomers, routes!(show)))
        .routes(needs(Permission::EditSegments, routes!(change)))
        .routes(needs(Permission::EditSegments, routes!(delete)))
        .routes(needs(Permission::ViewCustomers, routes!(members)))
        .routes(needs(Permission::ViewCustomers, routes!(count)))
}

/// A saved condition over people.
#[derive(Serialize, ToSchema)]
struct SegmentView {
    #[schema(value_type = Id)]
    id: SegmentId,
    name: String,
    /// Who is in it: see `SegmentCreate`.
    #[schema(value_type = Object)]
    condition: Condition,
    /// `building` while everybody is looked at for the first time.
    #[schema(value_type = SegmentState)]
    state: segments::SegmentState,
    /// How many members it has.
    size: i64,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
}

impl From<Segment> for SegmentView {
    fn from(segment: Segment) -> Self {
        let Segment { id, name, condition, state, size, created_at, updated_at, .. } = segment;
        SegmentView { id, name, condition, state, size, created_at, updated_at }
    }
}

/// A segment that is not there yet.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "Lapsed in Seville", "condition": {"is": "all", "of": [
    {"is": "postcode_area", "prefixes": ["41"]},
    {"is": "happened", "kind": "order.placed", "bound": "at_least", "times": 1},
    {"is": "happened", "kind": "order.placed", "bound": "at_most", "times": 0, "days": 90}]}}))]
struct SegmentCreate {
    #[schema(max_length = 120)]
    name: String,
    /// One of, by `is`: `all`, `any` (`of`: conditions), `not` (`of`: one), `postcode_area` (`prefixes`), `language` (`locale`),
    /// `consent` (`purpose`, `channel`, `state`), `prefers_channel`, `source` (`channel`), `has_identifier` (`kind`), `company`
    /// (`company`, or any), `happened` (`kind`, `bound`, `times`, `days`, `channel`, `place`), `spent` (`bound`, `amount`, `currency`,
    /// `days`), `last_before`, `last_after` (`kind`, `at` in microseconds since 1970).
    #[schema(value_type = Object)]
    condition: Value,
}

/// The fields to change; what is not given stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "Seville, lapsed"}))]
struct SegmentPatch {
    name: Option<String>,
    /// As in `SegmentCreate`.
    #[schema(value_type = Option<Object>)]
    condition: Option<Value>,
}

/// A condition to try.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"condition": {"is": "language", "locale": "en"}}))]
struct SegmentCount {
    /// As in `SegmentCreate`.
    #[schema(value_type = Object)]
    condition: Value,
}

/// For how many people a condition holds.
#[derive(Serialize, ToSchema)]
struct CountedView {
    inside: usize,
    /// So many were looked at, the newest first; at most 1,000.
    looked_at: usize,
    /// True when these are all there are.
    is_everybody: bool,
}

/// Somebody in a segment.
#[derive(Serialize, ToSchema)]
struct MemberView {
    customer: CustomerCardView,
    /// Since when they are in it.
    #[schema(value_type = String, format = DateTime)]
    since: Timestamp,
}

impl From<SegmentMember> for MemberView {
    fn from(member: SegmentMember) -> Self {
        MemberView { customer: member.card.into(), since: member.since }
    }
}

fn condition(value: Value) -> ApiResult<Condition> {
    serde_json::from_value(value).map_err(|e| ApiError::new(Kind::Invalid, "customers.invalid_condition", e.to_string()).field("condition"))
}

/// List segments, by name.
#[utoipa::path(get, path = "/v1/segments", tag = "segments", operation_id = "list_segments", params(PageParams), responses((status = 200, body = List<SegmentView>)))]
async fn list(State(app): State<ApiState>, caller: Caller, page: Page) -> ApiResult<Json<List<SegmentView>>> {
    let found = app.read(move |tx| Ok(segments::segments(tx, &caller, page.text(), page.limit)?)).await?;
    Ok(Json(List::new(found.items.into_iter().map(SegmentView::from).collect(), found.next)))
}

/// Make a segment; its members come in steps and are kept up to date from now on. 409 `customers.taken_name`; 422
/// `customers.invalid_condition`.
#[utoipa::path(post, path = "/v1/segments", tag = "segments", operation_id = "create_segment", request_body = SegmentCreate, responses((status = 201, body = SegmentView)))]
async fn create(State(app): State<ApiState>, caller: Caller, post: Post<SegmentCreate>) -> ApiResult<Reply> {
    let (name, condition) = (post.body.name, condition(post.body.condition)?);
    let command = move |tx: &mut kernel::Tx<'_>, once: &crate::http::Once| {
        let cmd = CreateSegment { name: name.clone(), condition: condition.clone(), key: once.command_key(tx) };
        Ok(SegmentView::from(segments::create_segment(tx, &caller, cmd)?))
    };
    post.once.create(&app, "customers.create_segment", command).await
}

/// See a segment.
#[utoipa::path(get, path = "/v1/segments/{segment}", tag = "segments", operation_id = "show_segment", params(("segment" = Id, Path)), responses((status = 200, body = SegmentView)))]
async fn show(State(app): State<ApiState>, caller: Caller, InPath(id): InPath<SegmentId>) -> ApiResult<Json<SegmentView>> {
    Ok(Json(app.read(move |tx| Ok(segments::segment(tx, &caller, id)?)).await?.into()))
}

/// Change a segment; another condition is looked at for everybody again. 409 `customers.taken_name`.
#[utoipa::path(patch, path = "/v1/segments/{segment}", tag = "segments", operation_id = "change_segment", params(("segment" = Id, Path)), request_body = SegmentPatch, responses((status = 200, body = SegmentView)))]
async fn change(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(id): InPath<SegmentId>,
    Sent(body): Sent<SegmentPatch>,
) -> ApiResult<Json<SegmentView>> {
    let change = SegmentChange { name: body.name, condition: body.condition.map(condition).transpose()? };
    let segment = app.write("customers.update_segment", move |tx| Ok(segments::update_segment(tx, &caller, id, change.clone())?));
    Ok(Json(segment.await?.into()))
}

/// Give a segment up.
#[utoipa::path(delete, path = "/v1/segments/{segment}", tag = "segments", operation_id = "delete_segment", params(("segment" = Id, Path)), responses((status = 204)))]
async fn delete(State(app): State<ApiState>, caller: Caller, InPath(id): InPath<SegmentId>) -> ApiResult<StatusCode> {
    let gone = app.write("customers.delete_segment", move |tx| Ok(segments::delete_segment(tx, &caller, id)?)).await?;
    if gone { Ok(StatusCode::NO_CONTENT) } else { Err(ApiError::not_found()) }
}

/// List who is in a segment, the latest to enter first. A page has at most 50.
#[utoipa::path(get, path = "/v1/segments/{segment}/members", tag = "segments", operation_id = "list_members", params(("segment" = Id, Path), PageParams), responses((status = 200, body = List<MemberView>)))]
async fn members(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(id): InPath<SegmentId>,
    page: Page,
) -> ApiResult<Json<List<MemberView>>> {
    let read = app.read(move |tx| {
        segments::segment(tx, &caller, id)?;
        Ok(segments::members(tx, &caller, id, page.text(), page.limit)?)
    });
    let found = read.await?;
    Ok(Json(List::new(found.items.into_iter().map(MemberView::from).collect(), found.next)))
}

/// Try a condition: for how many of the newest 1,000 people does it hold? Nothing is kept.
#[utoipa::path(post, path = "/v1/segments/counts", tag = "segments", operation_id = "count_segment", request_body = SegmentCount, responses((status = 200, body = CountedView)))]
async fn count(State(app): State<ApiState>, caller: Caller, post: Post<SegmentCount>) -> ApiResult<Json<CountedView>> {
    let condition = condition(post.body.condition)?;
    let counted = app.read(move |tx| Ok(segments::count(tx, &caller, condition.clone(), LOOKED_AT)?)).await?;
    let segments::Counted { inside, looked_at, is_everybody } = counted;
    Ok(Json(CountedView { inside, looked_at, is_everybody }))
}
