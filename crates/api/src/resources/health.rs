//! How the installation is.

use super::Routes;
use crate::ApiState;
use crate::http::{ApiResult, needs};
use axum::Json;
use axum::extract::State;
use kernel::{Engine, Permission};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default().routes(needs(Permission::ViewHealth, routes!(show)))
}

/// How the installation is.
#[derive(Serialize, ToSchema)]
struct HealthView {
    /// Which database answers.
    #[schema(example = "sqlite")]
    database: &'static str,
    /// Events that a reaction refused; somebody should look at them.
    parked_events: i64,
    /// Timers that failed too often and rest.
    resting_timers: i64,
}

/// See how the installation is.
#[utoipa::path(get, path = "/v1/health", tag = "health", operation_id = "show_health", responses((status = 200, body = HealthView)))]
async fn show(State(app): State<ApiState>) -> ApiResult<Json<HealthView>> {
    let database = match app.db.engine() {
        Engine::Sqlite => "sqlite",
        Engine::Postgres => "postgresql",
    };
    let (parked_events, resting_timers) = app.read(|tx| Ok((kernel::reactions::parked(tx)?, kernel::timers::resting(tx)?))).await?;
    Ok(Json(HealthView { database, parked_events, resting_timers }))
}
