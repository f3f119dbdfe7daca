//! How the brand serves: its rules, its teams' rules, who is at work, how long customers wait.

use super::Routes;
use super::locations::OpeningHours;
use super::shared::{ChannelKind, PresenceState};
use crate::ApiState;
use crate::http::{ApiResult, Caller, Id, InPath, List, Sent, found, needs};
use axum::Json;
use axum::extract::State;
use conversations::{Expert, Presence, SetPresence, Target, TeamId, TeamRules, Wait, Waiting, WorkProfile, WorkRules};
use kernel::{Channel, Hours, Permission, StaffId, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default()
        .routes(needs(Permission::ViewConversations, routes!(rules)))
        .routes(needs(Permission::Supervise, routes!(save_rules)))
        .routes(needs(Permission::ViewConversations, routes!(team)))
        .routes(needs(Permission::Supervise, routes!(save_team)))
        .routes(needs(Permission::ViewConversations, routes!(presences)))
        .routes(needs(Permission::Supervise, routes!(set_presence)))
        .routes(needs(Permission::Supervise, routes!(save_profile)))
        .routes(needs(Permission::ViewConversations, routes!(waits)))
}

/// How long a customer may wait, in minutes of open time; 0 sets no clock.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TargetBody {
    first_answer_minutes: u32,
    next_answer_minutes: u32,
    resolution_minutes: u32,
}

/// The brand's rules of service.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RulesBody {
    /// IANA name of the zone of all hours.
    #[schema(example = "Europe/Madrid")]
    zone: String,
    /// When the brand answers; null is always.
    #[schema(value_type = Option<OpeningHours>)]
    hours: Option<Hours>,
    target: TargetBody,
    /// Channels with targets of their own, by name.
    #[schema(value_type = BTreeMap<String, TargetBody>)]
    targets: BTreeMap<Channel, TargetBody>,
    /// Minutes before a target at which it shows as near.
    warn_minutes: u32,
    /// Days within which a message opens a resolved matter again.
    reopen_days: u32,
    /// Minutes of silence after which a matter is taken back from its owner; 0 is never.
    silent_minutes: u32,
    /// Channels with minutes of silence of their own, by name.
    #[schema(value_type = BTreeMap<String, u32>)]
    silent: BTreeMap<Channel, u32>,
    /// Minutes without any page open after which somebody counts as offline.
    away_minutes: u32,
    /// Minutes an offered matter may be accepted.
    transfer_minutes: u32,
    /// Units of capacity that one matter takes, by channel; others take one.
    #[schema(value_type = BTreeMap<String, u32>)]
    units: BTreeMap<Channel, u32>,
    /// The team of new matters.
    #[schema(value_type = Option<Id>)]
    default_team: Option<TeamId>,
    /// Minutes after which a customer whose matter a person has resolved is asked how it was; 0 is never.
    #[serde(default)]
    survey_minutes: u32,
}

/// A team that customers may ask for.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ExpertBody {
    /// What its members must know.
    skill: String,
    title_es: String,
    title_en: String,
}

/// How one team works.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TeamRulesBody {
    /// When it works; null is the brand's hours.
    #[schema(value_type = Option<OpeningHours>)]
    hours: Option<Hours>,
    /// Who takes its matters when it is closed or too slow.
    #[schema(value_type = Option<Id>)]
    fallback: Option<TeamId>,
    /// Minutes that a matter waits before it goes to the fallback.
    overflow_minutes: u32,
    expert: Option<ExpertBody>,
}

/// What somebody can take.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WorkProfileBody {
    /// Units of work at once.
    capacity: u32,
    /// Most matters of a channel at once, by name.
    #[schema(value_type = BTreeMap<String, u32>)]
    #[serde(default)]
    limits: BTreeMap<Channel, u32>,
    #[serde(default)]
    skills: Vec<String>,
    /// Languages they serve in; none named is all.
    #[serde(default)]
    languages: Vec<String>,
    /// Channels that they have switched off.
    #[schema(value_type = Vec<ChannelKind>)]
    #[serde(default)]
    off: Vec<Channel>,
}

/// One member of staff at work.
#[derive(Serialize, ToSchema)]
struct PresenceView {
    #[schema(value_type = Id)]
    staff: StaffId,
    #[schema(value_type = PresenceState)]
    state: conversations::PresenceState,
    #[schema(value_type = String, format = DateTime)]
    since: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    until: Option<Timestamp>,
    /// Units in use.
    used: i64,
    profile: WorkProfileBody,
}

/// Whether somebody takes work.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PresencePut {
    #[schema(value_type = PresenceState)]
    state: conversations::PresenceState,
}

/// How long one waits on a channel.
#[derive(Serialize, ToSchema)]
struct WaitView {
    #[schema(value_type = ChannelKind)]
    channel: Channel,
    /// `now`, `about`, `closed` or `unknown`.
    #[schema(example = "about")]
    wait: &'static str,
    /// About how many seconds, when it is known.
    seconds: Option<u64>,
    /// When somebody is there again, when it is closed.
    #[schema(value_type = Option<String>, format = DateTime)]
    opens_at: Option<Timestamp>,
}

impl From<TargetBody> for Target {
    fn from(body: TargetBody) -> Self {
        let TargetBody { first_answer_minutes, next_answer_minutes, resolution_minutes } = body;
        Target { first_answer_minutes, next_answer_minutes, resolution_minutes }
    }
}
impl From<Target> for TargetBody {
    fn from(target: Target) -> Self {
        let Target { first_answer_minutes, next_answer_minutes, resolution_minutes } = target;
        TargetBody { first_answer_minutes, next_answer_minutes, resolution_minutes }
    }
}
impl From<ExpertBody> for Expert {
    fn from(ExpertBody { skill, title_es, title_en }: ExpertBody) -> Self {
        Expert { skill, title_es, title_en }
    }
}
impl From<Expert> for ExpertBody {
    fn from(Expert { skill, title_es, title_en }: Expert) -> Self {
        ExpertBody { skill, title_es, title_en }
    }
}
impl From<WorkProfileBody> for WorkProfile {
    fn from(WorkProfileBody { capacity, limits, skills, languages, off }: WorkProfileBody) -> Self {
        WorkProfile { capacity, limits, skills, languages, off }
    }
}
impl From<WorkProfile> for WorkProfileBody {
    fn from(WorkProfile { capacity, limits, skills, languages, off }: WorkProfile) -> Self {
        WorkProfileBody { capacity, limits, skills, languages, off }
    }
}
impl From<RulesBody> for WorkRules {
    fn from(body: RulesBody) -> Self {
        WorkRules {
            zone: body.zone,
            hours: body.hours,
            target: body.target.into(),
            targets: body.targets.into_iter().map(|(channel, target)| (channel, target.into())).collect(),
            warn_minutes: body.warn_minutes,
            reopen_days: body.reopen_days,
            silent_minutes: body.silent_minutes,
            silent: body.silent,
            away_minutes: body.away_minutes,
            transfer_minutes: body.transfer_minutes,
            units: body.units,
            default_team: body.default_team,
            survey_minutes: body.survey_minutes,
        }
    }
}
impl From<WorkRules> for RulesBody {
    fn from(rules: WorkRules) -> Self {
        RulesBody {
            zone: rules.zone,
            hours: rules.hours,
            target: rules.target.into(),
            targets: rules.targets.into_iter().map(|(channel, target)| (channel, target.into())).collect(),
            warn_minutes: rules.warn_minutes,
            reopen_days: rules.reopen_days,
            silent_minutes: rules.silent_minutes,
            silent: rules.silent,
            away_minutes: rules.away_minutes,
            transfer_minutes: rules.transfer_minutes,
            units: rules.units,
            default_team: rules.default_team,
            survey_minutes: rules.survey_minutes,
        }
    }
}
impl From<TeamRulesBody> for TeamRules {
    fn from(body: TeamRulesBody) -> Self {
        let TeamRulesBody { hours, fallback, overflow_minutes, expert } = body;
        TeamRules { hours, fallback, overflow_minutes, expert: expert.map(Expert::from) }
    }
}
impl From<TeamRules> for TeamRulesBody {
    fn from(rules: TeamRules) -> Self {
        let TeamRules { hours, fallback, overflow_minutes, expert } = rules;
        TeamRulesBody { hours, fallback, overflow_minutes, expert: expert.map(ExpertBody::from) }
    }
}
impl From<Presence> for PresenceView {
    fn from(presence: Presence) -> Self {
        let Presence { staff, state, since, until, used, profile, .. } = presence;
        PresenceView { staff, state, since, until, used, profile: profile.into() }
    }
}
impl From<Waiting> for WaitView {
    fn from(Waiting { channel, wait }: Waiting) -> Self {
        let (wait, seconds, opens_at) = match wait {
            Wait::Now => ("now", Some(0), None),
            Wait::About(span) => ("about", Some(span.as_secs()), None),
            Wait::Closed { opens_at } => ("closed", None, opens_at),
            Wait::Unknown => ("unknown", None, None),
        };
        WaitView { channel, wait, seconds, opens_at }
    }
}

/// See the brand's rules of service.
#[utoipa::path(get, path = "/v1/service-rules", tag = "conversations", operation_id = "show_service_rules", responses((status = 200, body = RulesBody)))]
async fn rules(State(app): State<ApiState>) -> ApiResult<Json<RulesBody>> {
    Ok(Json(app.read(|tx| Ok(conversations::work_rules(tx)?)).await?.into()))
}

/// Change the brand's rules of service.
#[utoipa::path(put, path = "/v1/service-rules", tag = "conversations", operation_id = "save_service_rules", request_body = RulesBody, responses((status = 200, body = RulesBody)))]
async fn save_rules(State(app): State<ApiState>, caller: Caller, Sent(body): Sent<RulesBody>) -> ApiResult<Json<RulesBody>> {
    let rules = WorkRules::from(body);
    let saved = app.write("conversations.save_work_rules", move |tx| {
        conversations::save_work_rules(tx, &caller, &rules)?;
        Ok(conversations::work_rules(tx)?)
    });
    Ok(Json(saved.await?.into()))
}

/// See how a team works.
#[utoipa::path(get, path = "/v1/teams/{team}/rules", tag = "conversations", operation_id = "show_team_rules", params(("team" = Id, Path)), responses((status = 200, body = TeamRulesBody)))]
async fn team(State(app): State<ApiState>, InPath(team): InPath<TeamId>) -> ApiResult<Json<TeamRulesBody>> {
    let read = app.read(move |tx| {
        found(conversations::teams(tx)?.into_iter().find(|known| known.id == team))?;
        Ok(conversations::team_rules(tx, Some(team))?)
    });
    Ok(Json(read.await?.into()))
}

/// Change how a team works.
#[utoipa::path(put, path = "/v1/teams/{team}/rules", tag = "conversations", operation_id = "save_team_rules", params(("team" = Id, Path)), request_body = TeamRulesBody, responses((status = 200, body = TeamRulesBody)))]
async fn save_team(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(team): InPath<TeamId>,
    Sent(body): Sent<TeamRulesBody>,
) -> ApiResult<Json<TeamRulesBody>> {
    let rules = TeamRules::from(body);
    let saved = app.write("conversations.save_team_rules", move |tx| {
        conversations::save_team_rules(tx, &caller, team, &rules)?;
        Ok(conversations::team_rules(tx, Some(team))?)
    });
    Ok(Json(saved.await?.into()))
}

/// List who has ever been at work, at most 1,000.
#[utoipa::path(get, path = "/v1/presence", tag = "conversations", operation_id = "list_presence", responses((status = 200, body = List<PresenceView>)))]
async fn presences(State(app): State<ApiState>) -> ApiResult<Json<List<PresenceView>>> {
    let read = app.read(|tx| Ok(conversations::presences(tx)?)).await?;
    Ok(Json(List::whole(read.into_iter().map(PresenceView::from).collect())))
}

/// Say whether somebody takes work. Whoever is offline keeps no customer waiting.
#[utoipa::path(put, path = "/v1/presence/{staff}", tag = "conversations", operation_id = "set_presence", params(("staff" = Id, Path)), request_body = PresencePut, responses((status = 200, body = PresenceView)))]
async fn set_presence(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(staff): InPath<StaffId>,
    Sent(body): Sent<PresencePut>,
) -> ApiResult<Json<PresenceView>> {
    let to = SetPresence { state: body.state, off: None };
    let set = app.write("conversations.set_presence", move |tx| {
        found(access::staff_member(tx, staff)?)?;
        Ok(conversations::set_presence(tx, &caller, staff, &to)?)
    });
    Ok(Json(set.await?.into()))
}

/// Change what somebody can take: capacity, skills, languages.
#[utoipa::path(put, path = "/v1/presence/{staff}/profile", tag = "conversations", operation_id = "save_work_profile", params(("staff" = Id, Path)), request_body = WorkProfileBody, responses((status = 200, body = PresenceView)))]
async fn save_profile(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(staff): InPath<StaffId>,
    Sent(body): Sent<WorkProfileBody>,
) -> ApiResult<Json<PresenceView>> {
    let profile = WorkProfile::from(body);
    let saved = app.write("conversations.save_work_profile", move |tx| {
        found(access::staff_member(tx, staff)?)?;
        conversations::save_work_profile(tx, &caller, staff, &profile)?;
        found(conversations::presence(tx, staff)?)
    });
    Ok(Json(saved.await?.into()))
}

/// How long whoever writes or calls now waits, by channel.
#[utoipa::path(get, path = "/v1/waiting-times", tag = "conversations", operation_id = "list_waiting_times", responses((status = 200, body = List<WaitView>)))]
async fn waits(State(app): State<ApiState>) -> ApiResult<Json<List<WaitView>>> {
    let read = app.read(|tx| Ok(conversations::waiting_times(tx)?)).await?;
    Ok(Json(List::whole(read.into_iter().map(WaitView::from).collect())))
}
