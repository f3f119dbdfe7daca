//! Claims that two profiles are, or are not, one person.

use super::Routes;
use super::shared::Verdict;
use crate::ApiState;
use crate::http::{ApiResult, Caller, Id, InPath, Post, Reply, needs};
use axum::extract::State;
use axum::http::StatusCode;
use customers::{Claim, ClaimId, Join, PersonId, Separate};
use kernel::{Permission, ProfileId, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default()
        .routes(needs(Permission::JoinCustomers, routes!(join)))
        .routes(needs(Permission::JoinCustomers, routes!(separate)))
        .routes(needs(Permission::JoinCustomers, routes!(undo)))
}

/// A claim with its history.
#[derive(Serialize, ToSchema)]
pub(crate) struct ClaimView {
    #[schema(value_type = Id)]
    id: ClaimId,
    /// The older profile.
    #[schema(value_type = Id)]
    profile_a: ProfileId,
    /// The other.
    #[schema(value_type = Id)]
    profile_b: ProfileId,
    #[schema(value_type = Verdict)]
    verdict: customers::Verdict,
    /// Why, in words.
    reason: String,
    /// How sure, 0 to 100.
    #[schema(maximum = 100)]
    confidence: u8,
    /// Who said so.
    actor: String,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// When it was taken back.
    #[schema(value_type = Option<String>, format = DateTime)]
    withdrawn_at: Option<Timestamp>,
    /// By whom.
    withdrawn_by: Option<String>,
}

impl From<Claim> for ClaimView {
    fn from(claim: Claim) -> Self {
        let Claim { id, profile_a, profile_b, verdict, reason, confidence, actor, created_at, withdrawn_at, withdrawn_by } = claim;
        ClaimView { id, profile_a, profile_b, verdict, reason, confidence, actor, created_at, withdrawn_at, withdrawn_by }
    }
}

/// Two profiles that are one person.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct JoinCreate {
    #[schema(value_type = Id)]
    profile_a: ProfileId,
    #[schema(value_type = Id)]
    profile_b: ProfileId,
    /// Why, in words.
    #[schema(example = "she said so on the phone")]
    reason: String,
    /// How sure, 0 to 100; 100 when not given.
    #[schema(maximum = 100, example = 100)]
    confidence: Option<u8>,
}

/// Two profiles that are not one person.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SeparationCreate {
    #[schema(value_type = Id)]
    profile_a: ProfileId,
    #[schema(value_type = Id)]
    profile_b: ProfileId,
    /// Why, in words.
    #[schema(example = "mother and daughter share an address")]
    reason: String,
}

/// The claim, and the person it made.
#[derive(Serialize, ToSchema)]
struct Joined {
    #[schema(value_type = Id)]
    claim: ClaimId,
    #[schema(value_type = Id)]
    person: PersonId,
}

/// The claim, and what it did.
#[derive(Serialize, ToSchema)]
struct SeparatedView {
    #[schema(value_type = Id)]
    claim: ClaimId,
    /// The first profile's person now.
    #[schema(value_type = Id)]
    person_a: PersonId,
    /// The other's.
    #[schema(value_type = Id)]
    person_b: PersonId,
    /// Claims of *same* that stand without effect until this one is undone.
    #[schema(value_type = Vec<Id>)]
    set_aside: Vec<ClaimId>,
}

/// Claim that two profiles are one person. 409 `customers.kept_apart` when a standing claim says otherwise.
#[utoipa::path(post, path = "/v1/customers/joins", tag = "customers", operation_id = "join_customers", request_body = JoinCreate, responses((status = 201, body = Joined)))]
async fn join(State(app): State<ApiState>, caller: Caller, post: Post<JoinCreate>) -> ApiResult<Reply> {
    let JoinCreate { profile_a, profile_b, reason, confidence } = post.body;
    let (a, b, confidence) = (profile_a, profile_b, confidence.unwrap_or(100));
    let command = move |tx: &mut kernel::Tx<'_>, once: &crate::http::Once| {
        let cmd = Join { a, b, reason: reason.clone(), confidence, key: once.command_key(tx) };
        let claim = customers::join(tx, &caller, cmd)?;
        Ok(Joined { claim, person: crate::http::found(customers::person_of(tx, a)?)? })
    };
    post.once.create(&app, "customers.join", command).await
}

/// Claim that two profiles are two persons. *Not same* always wins, and nothing of the history is rewritten.
#[utoipa::path(post, path = "/v1/customers/separations", tag = "customers", operation_id = "separate_customers", request_body = SeparationCreate, responses((status = 201, body = SeparatedView)))]
async fn separate(State(app): State<ApiState>, caller: Caller, post: Post<SeparationCreate>) -> ApiResult<Reply> {
    let SeparationCreate { profile_a: a, profile_b: b, reason } = post.body;
    let command = move |tx: &mut kernel::Tx<'_>, once: &crate::http::Once| {
        let cmd = Separate { a, b, reason: reason.clone(), key: once.command_key(tx) };
        let customers::Separated { claim, person_a, person_b, set_aside } = customers::separate(tx, &caller, cmd)?;
        Ok(SeparatedView { claim, person_a, person_b, set_aside })
    };
    post.once.create(&app, "customers.separate", command).await
}

/// Take a claim back: everything is as if it had not been made. Undoing twice changes nothing.
#[utoipa::path(delete, path = "/v1/customers/claims/{claim}", tag = "customers", operation_id = "undo_claim", params(("claim" = Id, Path)), responses((status = 204)))]
async fn undo(State(app): State<ApiState>, caller: Caller, InPath(id): InPath<ClaimId>) -> ApiResult<StatusCode> {
    app.write("customers.undo", move |tx| Ok(customers::undo(tx, &caller, id)?)).await?;
    Ok(StatusCode::NO_CONTENT)
}
