//! Who did what.

use super::Routes;
use super::shared::EntryView;
use crate::ApiState;
use crate::http::{ApiError, ApiResult, Asked, List, Page, PageParams, needs};
use axum::Json;
use axum::extract::State;
use kernel::Permission;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default().routes(needs(Permission::ViewAudit, routes!(list)))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct AuditFilter {
    /// By whom: `staff:ID`, `api_key:ID`, `customer:ID`, `system`.
    #[param(example = "system")]
    actor: Option<String>,
    /// The id of what it happened to; either this or `actor`.
    subject: Option<String>,
}

/// List what one actor did, or what happened to one thing; newest first.
#[utoipa::path(get, path = "/v1/audit", tag = "audit", operation_id = "list_audit", params(AuditFilter, PageParams), responses((status = 200, body = List<EntryView>)))]
async fn list(State(app): State<ApiState>, Asked(filter): Asked<AuditFilter>, page: Page) -> ApiResult<Json<List<EntryView>>> {
    let limit = page.limit as i64;
    let entries = app.read(move |tx| match (&filter.actor, &filter.subject) {
        (Some(actor), None) => Ok(kernel::log::by_actor(tx, actor, limit)?),
        (None, Some(subject)) => Ok(kernel::log::of_subject(tx, subject, limit)?),
        _ => Err(ApiError::invalid("api.bad_query", "say either `actor` or `subject`")),
    });
    Ok(Json(List::whole(entries.await?.into_iter().map(EntryView::from).collect())))
}
