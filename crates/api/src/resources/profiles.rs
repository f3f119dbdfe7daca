//! What one source knows of somebody: made, changed, given identifiers, asked for consent.

use super::Routes;
use super::customers::{ConsentView, ProfileView};
use super::shared::{ChannelKind, ConsentState, IdentifierKind, Locale, Purpose};
use crate::ApiState;
use crate::http::{ApiError, ApiResult, Caller, Id, InPath, Post, Reply, Sent, found, needs};
use axum::Json;
use axum::extract::State;
use customers::{Added, Identifier, PersonId, ProfileChange, Recognise, SetConsent};
use kernel::{Channel, Kind, Permission, ProfileId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default()
        .routes(needs(Permission::EditCustomers, routes!(recognise)))
        .routes(needs(Permission::ViewCustomers, routes!(show)))
        .routes(needs(Permission::EditCustomers, routes!(change)))
        .routes(needs(Permission::EditCustomers, routes!(add_identifier)))
        .routes(needs(Permission::EditCustomers, routes!(set_consent)))
}

/// A way to recognise somebody, as anybody writes it.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"kind": "email", "value": "ana@example.com"}))]
struct IdentifierCreate {
    #[schema(value_type = IdentifierKind)]
    kind: customers::IdentifierKind,
    value: String,
}

impl IdentifierCreate {
    fn read(&self) -> ApiResult<Identifier> {
        let wrong = |e: customers::InvalidIdentifier| ApiError::new(Kind::Invalid, "customers.invalid_identifier", e.to_string());
        Identifier::new(self.kind, &self.value).map_err(wrong)
    }
}

/// What is known of whoever it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ProfileCreate {
    /// Everything by which they may be known; at most 16.
    #[schema(max_items = 16)]
    identifiers: Vec<IdentifierCreate>,
    /// The name they give themselves.
    #[schema(example = "Ana Ruiz")]
    name: Option<String>,
    #[schema(value_type = Option<Locale>)]
    locale: Option<kernel::Locale>,
    /// True when the identifiers were proven to be theirs.
    #[serde(default)]
    verified: bool,
}

/// Who it is.
#[derive(Serialize, ToSchema)]
struct RecognisedView {
    #[schema(value_type = Id)]
    profile: ProfileId,
    #[schema(value_type = Id)]
    person: PersonId,
    /// True when the profile was made just now.
    is_new: bool,
    /// Other persons to whom given identifiers belong: possibly the same.
    #[schema(value_type = Vec<Id>)]
    suggestions: Vec<PersonId>,
}

/// What to change; a field that is not sent stays as it is, an empty text clears it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"given_name": "Ana"}))]
struct ProfilePatch {
    given_name: Option<String>,
    family_name: Option<String>,
    full_name: Option<String>,
    display_name: Option<String>,
    #[schema(value_type = Option<Locale>)]
    locale: Option<kernel::Locale>,
    postcode: Option<String>,
    /// Best first.
    #[schema(value_type = Option<Vec<ChannelKind>>)]
    preferred_channels: Option<Vec<Channel>>,
    /// What staff should know.
    note: Option<String>,
}

/// What became of an identifier.
#[derive(Serialize, ToSchema)]
struct IdentifierAdded {
    /// `added`; `already` when this person has it; `elsewhere` when it belongs to somebody else and stays there.
    #[schema(pattern = "^(added|already|elsewhere)$")]
    outcome: &'static str,
    /// The person who has it, when that is somebody else.
    #[schema(value_type = Option<Id>)]
    person: Option<PersonId>,
}

/// An answer, and how it was given.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ConsentPut {
    #[schema(value_type = Purpose)]
    purpose: customers::Purpose,
    #[schema(value_type = ChannelKind)]
    channel: Channel,
    #[schema(value_type = ConsentState)]
    state: customers::ConsentState,
    /// The words or the form it was given with.
    #[schema(example = "asked on the phone")]
    evidence: String,
}

/// Find the profile of whoever has these identifiers, or make one.
#[utoipa::path(post, path = "/v1/profiles", tag = "customers", operation_id = "recognise_customer", request_body = ProfileCreate, responses((status = 200, body = RecognisedView)))]
async fn recognise(State(app): State<ApiState>, caller: Caller, post: Post<ProfileCreate>) -> ApiResult<Reply> {
    let ProfileCreate { identifiers, name, locale, verified } = post.body;
    let identifiers = identifiers.iter().map(IdentifierCreate::read).collect::<ApiResult<Vec<_>>>()?;
    let cmd = Recognise { identifiers, name, locale, channel: Channel::Api, verified };
    let command = move |tx: &mut kernel::Tx<'_>, _: &_| {
        let customers::Recognised { profile, person, is_new, suggestions } = customers::recognise(tx, &caller, cmd.clone())?;
        Ok(RecognisedView { profile, person, is_new, suggestions })
    };
    post.once.act(&app, "customers.recognise", command).await
}

/// See what one source knows of somebody.
#[utoipa::path(get, path = "/v1/profiles/{profile}", tag = "customers", operation_id = "show_profile", params(("profile" = Id, Path)), responses((status = 200, body = ProfileView)))]
async fn show(State(app): State<ApiState>, caller: Caller, InPath(id): InPath<ProfileId>) -> ApiResult<Json<ProfileView>> {
    Ok(Json(ProfileView::of(&caller, found(app.read(move |tx| Ok(customers::profile(tx, id)?)).await?)?)))
}

/// Change what a profile says of somebody.
#[utoipa::path(patch, path = "/v1/profiles/{profile}", tag = "customers", operation_id = "change_profile", params(("profile" = Id, Path)), request_body = ProfilePatch, responses((status = 200, body = ProfileView)))]
async fn change(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(id): InPath<ProfileId>,
    Sent(patch): Sent<ProfilePatch>,
) -> ApiResult<Json<ProfileView>> {
    let ProfilePatch { given_name, family_name, full_name, display_name, locale, postcode, preferred_channels, note } = patch;
    let change = ProfileChange { given_name, family_name, full_name, display_name, locale, postcode, preferred_channels, note };
    let by = caller.clone();
    let command = move |tx: &mut kernel::Tx<'_>| Ok(customers::update_profile(tx, &by, id, change.clone())?);
    Ok(Json(ProfileView::of(&caller, app.write("customers.update_profile", command).await?)))
}

/// Give a profile one more identifier. One that belongs to somebody else stays there and becomes a hint.
#[utoipa::path(post, path = "/v1/profiles/{profile}/identifiers", tag = "customers", operation_id = "add_identifier", params(("profile" = Id, Path)), request_body = IdentifierCreate, responses((status = 200, body = IdentifierAdded)))]
async fn add_identifier(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(profile): InPath<ProfileId>,
    post: Post<IdentifierCreate>,
) -> ApiResult<Reply> {
    let identifier = post.body.read()?;
    let command = move |tx: &mut kernel::Tx<'_>, _: &_| {
        Ok(match customers::add_identifier(tx, &caller, profile, &identifier, Channel::Api)? {
            Added::Added => IdentifierAdded { outcome: "added", person: None },
            Added::Already => IdentifierAdded { outcome: "already", person: None },
            Added::Elsewhere { person, .. } => IdentifierAdded { outcome: "elsewhere", person: Some(person) },
        })
    };
    post.once.act(&app, "customers.add_identifier", command).await
}

/// Record what somebody allows or forbids.
#[utoipa::path(put, path = "/v1/profiles/{profile}/consent", tag = "customers", operation_id = "set_consent", params(("profile" = Id, Path)), request_body = ConsentPut, responses((status = 200, body = ConsentView)))]
async fn set_consent(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(profile): InPath<ProfileId>,
    Sent(body): Sent<ConsentPut>,
) -> ApiResult<Json<ConsentView>> {
    let ConsentPut { purpose, channel, state, evidence } = body;
    let cmd = SetConsent { profile, purpose, channel, state, evidence, source: Channel::Api };
    Ok(Json(app.write("customers.set_consent", move |tx| Ok(customers::set_consent(tx, &caller, cmd.clone())?)).await?.into()))
}
