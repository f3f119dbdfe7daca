//! Transfers: a matter offered to a colleague or a team. Accepting is for whoever was asked, at the desk.

use super::Routes;
use super::shared::TransferState;
use crate::ApiState;
use crate::http::{ApiError, ApiResult, Caller, Id, InPath, List, Post, Reply, found, needs};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use conversations::{MatterId, Offer, Recipient, TeamId, Transfer, TransferId};
use kernel::{Locale, Permission, StaffId, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default()
        .routes(needs(Permission::Assign, routes!(offer)))
        .routes(needs(Permission::ViewConversations, routes!(list)))
        .routes(needs(Permission::ViewConversations, routes!(show)))
        .routes(needs(Permission::Assign, routes!(withdraw)))
}

/// A matter offered to somebody else.
#[derive(Serialize, ToSchema)]
struct MatterTransferView {
    #[schema(value_type = Id)]
    id: TransferId,
    #[schema(value_type = Id)]
    matter: MatterId,
    /// The colleague who is asked.
    #[schema(value_type = Option<Id>)]
    staff: Option<StaffId>,
    /// The team that is asked.
    #[schema(value_type = Option<Id>)]
    team: Option<TeamId>,
    /// What whoever takes it must know.
    skill: String,
    summary: String,
    note: String,
    /// An answer was promised until then.
    #[schema(value_type = Option<String>, format = DateTime)]
    promised_at: Option<Timestamp>,
    #[schema(value_type = TransferState)]
    state: conversations::TransferState,
    #[schema(value_type = String, format = DateTime)]
    offered_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    ended_at: Option<Timestamp>,
    /// Who offered it: `staff:ID`, `api_key:ID`.
    giver: String,
    /// Who answered it.
    ended_by: Option<String>,
    /// Why it was declined.
    reason: String,
}

impl From<Transfer> for MatterTransferView {
    fn from(transfer: Transfer) -> Self {
        let (staff, team) = match transfer.to {
            Recipient::Staff(staff) => (Some(staff), None),
            Recipient::Team(team) => (None, Some(team)),
        };
        let Transfer { id, matter, skill, summary, note, promised_at, state, offered_at, expires_at, ended_at, giver, ended_by, .. } =
            transfer;
        let reason = transfer.why;
        MatterTransferView {
            id,
            matter,
            staff,
            team,
            skill,
            summary,
            note,
            promised_at,
            state,
            offered_at,
            expires_at,
            ended_at,
            giver,
            ended_by,
            reason,
        }
    }
}

/// To whom: a colleague or a team, one of them.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"team": "01JZ8Q3V5N6W7X8Y9Z0A1B2C3D", "note": "Second charge of Monday"}))]
struct MatterTransferCreate {
    /// The colleague.
    #[schema(value_type = Option<Id>)]
    staff: Option<StaffId>,
    /// The team.
    #[schema(value_type = Option<Id>)]
    team: Option<TeamId>,
    /// What whoever takes it must know.
    #[serde(default)]
    skill: String,
    /// What it is about so far; made from the matter when not given.
    summary: Option<String>,
    #[serde(default)]
    note: String,
    /// An answer was promised until then.
    #[schema(value_type = Option<String>, format = DateTime)]
    promised_at: Option<Timestamp>,
}

impl MatterTransferCreate {
    fn to(&self) -> ApiResult<Recipient> {
        match (self.staff, self.team) {
            (Some(staff), None) => Ok(Recipient::Staff(staff)),
            (None, Some(team)) => Ok(Recipient::Team(team)),
            _ => Err(ApiError::invalid("api.bad_body", "say one of `staff` and `team`")),
        }
    }
}

/// Offer a matter to a colleague or a team. It stays with whoever has it until they accept.
#[utoipa::path(post, path = "/v1/matters/{matter}/transfers", tag = "conversations", operation_id = "offer_transfer", params(("matter" = Id, Path)), request_body = MatterTransferCreate, responses((status = 201, body = MatterTransferView)))]
async fn offer(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(matter): InPath<MatterId>,
    post: Post<MatterTransferCreate>,
) -> ApiResult<Reply> {
    let (body, to) = (post.body.clone(), post.body.to()?);
    let command = move |tx: &mut kernel::Tx<'_>, once: &crate::http::Once| {
        let MatterTransferCreate { skill, summary, note, promised_at, .. } = body.clone();
        let summary = summary.map_or_else(|| conversations::summary(tx, matter, Locale::Es), Ok)?;
        let cmd = Offer { matter, to, skill, summary, note, promised_at, key: once.command_key(tx) };
        let id = conversations::offer_transfer(tx, &caller, &cmd)?;
        Ok(MatterTransferView::from(found(conversations::transfer(tx, id)?)?))
    };
    post.once.create(&app, "conversations.offer_transfer", command).await
}

/// The transfers of a matter, newest first.
#[utoipa::path(get, path = "/v1/matters/{matter}/transfers", tag = "conversations", operation_id = "list_matter_transfers", params(("matter" = Id, Path)), responses((status = 200, body = List<MatterTransferView>)))]
async fn list(State(app): State<ApiState>, InPath(matter): InPath<MatterId>) -> ApiResult<Json<List<MatterTransferView>>> {
    let read = app.read(move |tx| {
        found(conversations::matter(tx, matter)?)?;
        Ok(conversations::transfers_of(tx, matter)?)
    });
    Ok(Json(List::whole(read.await?.into_iter().map(MatterTransferView::from).collect())))
}

/// See a transfer.
#[utoipa::path(get, path = "/v1/transfers/{transfer}", tag = "conversations", operation_id = "show_transfer", params(("transfer" = Id, Path)), responses((status = 200, body = MatterTransferView)))]
async fn show(State(app): State<ApiState>, InPath(id): InPath<TransferId>) -> ApiResult<Json<MatterTransferView>> {
    Ok(Json(found(app.read(move |tx| Ok(conversations::transfer(tx, id)?)).await?)?.into()))
}

/// Take an offer back. The matter stays where it is.
#[utoipa::path(delete, path = "/v1/transfers/{transfer}", tag = "conversations", operation_id = "withdraw_transfer", params(("transfer" = Id, Path)), responses((status = 204)))]
async fn withdraw(State(app): State<ApiState>, caller: Caller, InPath(id): InPath<TransferId>) -> ApiResult<StatusCode> {
    app.write("conversations.withdraw_transfer", move |tx| Ok(conversations::withdraw_transfer(tx, &caller, id)?)).await?;
    Ok(StatusCode::NO_CONTENT)
}
