//! Pairs of profiles that may be one person, for somebody to say; and what the engine has learnt.

use super::Routes;
use crate::ApiState;
use crate::http::{ApiResult, Caller, Id, List, Page, PageParams, needs, page_of};
use axum::Json;
use axum::extract::State;
use customers::resolution::{self, MatchPair, ModelCard, PairKey};
use kernel::{Permission, ProfileId, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default().routes(needs(Permission::ViewCustomers, routes!(list))).routes(needs(Permission::ViewCustomers, routes!(learnt)))
}

/// Two profiles that may be one person.
#[derive(Serialize, ToSchema)]
struct SamePairView {
    /// The older profile.
    #[schema(value_type = Id)]
    profile_a: ProfileId,
    /// The other.
    #[schema(value_type = Id)]
    profile_b: ProfileId,
    /// How sure, 0 to 99.
    #[schema(maximum = 99)]
    confidence: u8,
    /// What speaks for and against, in sentences; what says most first.
    reasons: Vec<String>,
    /// When the pair was last looked at.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
}

impl From<MatchPair> for SamePairView {
    fn from(pair: MatchPair) -> Self {
        let reasons = pair.reasons().iter().map(ToString::to_string).collect();
        SamePairView { profile_a: pair.a, profile_b: pair.b, confidence: pair.confidence, reasons, at: pair.at }
    }
}

/// What decides who is the same person.
#[derive(Serialize, ToSchema)]
struct RecognitionView {
    /// When it was learnt from the brand's own customers; null while what holds for people in general serves.
    #[schema(value_type = Option<String>, format = DateTime)]
    learnt_at: Option<Timestamp>,
    /// From how many profiles.
    profiles: i64,
    /// The share of joins at even odds that is expected to be wrong, 0 to 1; automatic joins ask for more.
    expected_wrong: f64,
    /// Pairs at least this sure are joined without asking, 0 to 100.
    join_from: u8,
    /// Pairs at least this sure are asked about, 0 to 100.
    ask_from: u8,
}

/// List pairs that somebody should look at, surest first. Answer with a join or a separation.
#[utoipa::path(get, path = "/v1/same-pairs", tag = "customers", operation_id = "list_same_pairs", params(PageParams), responses((status = 200, body = List<SamePairView>)))]
async fn list(State(app): State<ApiState>, caller: Caller, page: Page) -> ApiResult<Json<List<SamePairView>>> {
    let (after, one_more) = (page.after::<PairKey>()?, page.one_more() as usize);
    let pairs = app.read(move |tx| Ok(resolution::review_queue(tx, &caller, after, one_more)?)).await?;
    Ok(Json(page_of(pairs, &page, |pair| pair.key().to_string(), SamePairView::from)))
}

/// Show what decides who is the same person.
#[utoipa::path(get, path = "/v1/recognition", tag = "customers", operation_id = "show_recognition", responses((status = 200, body = RecognitionView)))]
async fn learnt(State(app): State<ApiState>) -> ApiResult<Json<RecognitionView>> {
    let ModelCard { learnt_at, profiles, expected_wrong, join_from, ask_from } = app.read(|tx| Ok(resolution::model(tx)?)).await?;
    Ok(Json(RecognitionView { learnt_at, profiles, expected_wrong, join_from, ask_from }))
}
