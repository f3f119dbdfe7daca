//! Matters: the queue of concerns that wait for somebody.

use super::Routes;
use super::shared::{ChannelKind, MatterState};
use crate::ApiState;
use crate::http::{ApiError, ApiResult, Asked, Id, InPath, List, Page, PageParams, found, needs, page_of, pair};
use axum::Json;
use axum::extract::State;
use conversations::{Matter, MatterId, TeamId, View};
use kernel::{Channel, Permission, ProfileId, StaffId, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default()
        .routes(needs(Permission::ViewConversations, routes!(list)))
        .routes(needs(Permission::ViewConversations, routes!(show)))
        .routes(needs(Permission::ViewConversations, routes!(teams)))
}

/// One concern within a person's thread.
#[derive(Serialize, ToSchema)]
pub(crate) struct MatterView {
    #[schema(value_type = Id)]
    id: MatterId,
    /// The profile that opened it.
    #[schema(value_type = Id)]
    profile: ProfileId,
    subject: String,
    #[schema(value_type = MatterState)]
    state: conversations::MatterState,
    /// Who works on it together.
    #[schema(value_type = Option<Id>)]
    team: Option<TeamId>,
    /// Who answers for it.
    #[schema(value_type = Option<Id>)]
    owner: Option<StaffId>,
    /// Channel of the last message.
    #[schema(value_type = ChannelKind)]
    channel: Channel,
    /// First words of the last message.
    preview: String,
    /// Messages nobody has looked at.
    unread: i64,
    #[schema(value_type = String, format = DateTime)]
    opened_at: Timestamp,
    /// When something was last said.
    #[schema(value_type = String, format = DateTime)]
    last_at: Timestamp,
    /// Since when the customer waits for an answer.
    #[schema(value_type = Option<String>, format = DateTime)]
    waiting_since: Option<Timestamp>,
    /// Until when it is put aside.
    #[schema(value_type = Option<String>, format = DateTime)]
    snoozed_until: Option<Timestamp>,
}

impl From<Matter> for MatterView {
    fn from(matter: Matter) -> Self {
        MatterView {
            id: matter.id,
            profile: matter.profile,
            subject: matter.subject,
            state: matter.state,
            team: matter.team,
            owner: matter.owner,
            channel: matter.channel,
            preview: matter.preview,
            unread: matter.unread,
            opened_at: matter.opened_at,
            last_at: matter.last_at,
            waiting_since: matter.waiting_since,
            snoozed_until: matter.snoozed_until,
        }
    }
}

/// People who work on matters together.
#[derive(Serialize, ToSchema)]
struct TeamView {
    #[schema(value_type = Id)]
    id: TeamId,
    name: String,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct MatterFilter {
    /// Everything not resolved when not given. `owner` and `team` are lists of their own.
    #[param(inline)]
    view: Option<MatterList>,
    /// Matters that this member of staff answers for, not resolved.
    #[param(value_type = Option<Id>)]
    owner: Option<StaffId>,
    /// Matters of this team, not resolved.
    #[param(value_type = Option<Id>)]
    team: Option<TeamId>,
}

#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum MatterList {
    Open,
    Unassigned,
    Waiting,
    Snoozed,
    Resolved,
}

impl MatterFilter {
    fn view(&self) -> ApiResult<View> {
        match (self.view, self.owner, self.team) {
            (None, Some(owner), None) => Ok(View::Mine(owner)),
            (None, None, Some(team)) => Ok(View::Team(team)),
            (None | Some(MatterList::Open), None, None) => Ok(View::Open),
            (Some(MatterList::Unassigned), None, None) => Ok(View::Unassigned),
            (Some(MatterList::Waiting), None, None) => Ok(View::Waiting),
            (Some(MatterList::Snoozed), None, None) => Ok(View::Snoozed),
            (Some(MatterList::Resolved), None, None) => Ok(View::Resolved),
            _ => Err(ApiError::invalid("api.bad_query", "say one of `view`, `owner` and `team`")),
        }
    }
}

/// List matters, last spoken first.
#[utoipa::path(get, path = "/v1/matters", tag = "conversations", operation_id = "list_matters", params(MatterFilter, PageParams), responses((status = 200, body = List<MatterView>)))]
async fn list(State(app): State<ApiState>, Asked(filter): Asked<MatterFilter>, page: Page) -> ApiResult<Json<List<MatterView>>> {
    let (view, limit) = (filter.view()?, page.one_more());
    let before = page.after_pair::<i64, MatterId>()?.map(|(at, id)| (Timestamp::from_micros(at), id));
    let found = app.read(move |tx| Ok(conversations::queue(tx, view, before, limit)?)).await?;
    Ok(Json(page_of(found, &page, |matter| pair(matter.last_at.as_micros(), matter.id), MatterView::from)))
}

/// See a matter.
#[utoipa::path(get, path = "/v1/matters/{matter}", tag = "conversations", operation_id = "show_matter", params(("matter" = Id, Path)), responses((status = 200, body = MatterView)))]
async fn show(State(app): State<ApiState>, InPath(id): InPath<MatterId>) -> ApiResult<Json<MatterView>> {
    Ok(Json(found(app.read(move |tx| Ok(conversations::matter(tx, id)?)).await?)?.into()))
}

/// List the teams, by name.
#[utoipa::path(get, path = "/v1/teams", tag = "conversations", operation_id = "list_teams", responses((status = 200, body = List<TeamView>)))]
async fn teams(State(app): State<ApiState>) -> ApiResult<Json<List<TeamView>>> {
    let teams = app.read(|tx| Ok(conversations::teams(tx)?)).await?;
    Ok(Json(List::whole(teams.into_iter().map(|team| TeamView { id: team.id, name: team.name }).collect())))
}
