//! When a product goes on sale, and off it, by itself.

use super::Routes;
use crate::ApiState;
use crate::http::{ApiResult, Caller, Id, InPath, Sent, needs};
use axum::Json;
use axum::extract::State;
use catalogue::{Plan, ProductId, Status};
use kernel::{Permission, ReadTx, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default().routes(needs(Permission::ViewCatalogue, routes!(show))).routes(needs(Permission::EditCatalogue, routes!(plan)))
}

/// When a product goes on sale and off it; null where nothing is to happen.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Publication {
    #[schema(value_type = Option<String>, format = DateTime)]
    on_sale: Option<Timestamp>,
    /// It is a draft again from then.
    #[schema(value_type = Option<String>, format = DateTime)]
    off_sale: Option<Timestamp>,
}

fn planned(tx: &ReadTx<'_>, id: ProductId) -> ApiResult<Publication> {
    catalogue::product(tx, id)?.ok_or(catalogue::EditError::UnknownProduct)?;
    let steps = catalogue::publication(tx, id)?;
    let at = |status| steps.iter().find(|step| step.status == status).map(|step| step.at);
    Ok(Publication { on_sale: at(Status::Active), off_sale: at(Status::Draft) })
}

/// See when a product goes on sale and off it by itself.
#[utoipa::path(get, path = "/v1/products/{product}/publication", tag = "products", operation_id = "show_publication", params(("product" = Id, Path)), responses((status = 200, body = Publication)))]
async fn show(State(app): State<ApiState>, InPath(id): InPath<ProductId>) -> ApiResult<Json<Publication>> {
    Ok(Json(app.read(move |tx| planned(tx, id)).await?))
}

/// Plan when a product goes on sale and off it by itself, in place of what was planned before. 422 `catalogue.invalid` for a moment that
/// has passed, or an end before its beginning.
#[utoipa::path(put, path = "/v1/products/{product}/publication", tag = "products", operation_id = "plan_publication", params(("product" = Id, Path)), request_body = Publication, responses((status = 200, body = Publication)))]
async fn plan(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(id): InPath<ProductId>,
    Sent(Publication { on_sale, off_sale }): Sent<Publication>,
) -> ApiResult<Json<Publication>> {
    let command = move |tx: &mut kernel::Tx<'_>| {
        catalogue::plan_publication(tx, &caller, id, Plan { on_sale, off_sale })?;
        planned(tx, id)
    };
    Ok(Json(app.write("catalogue.plan_publication", command).await?))
}
