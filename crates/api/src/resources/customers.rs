//! People: found by whatever is known of them, shown whole.

use super::Routes;
use super::claims::ClaimView;
use super::shared::{ChannelKind, ConsentState, EntryView, IdentifierKind, Locale, Purpose};
use crate::ApiState;
use crate::http::{ApiResult, Asked, Caller, Id, InPath, List, Page, PageParams, found, needs};
use axum::Json;
use axum::extract::State;
use customers::{Consent, Guarded, KnownIdentifier, Person, PersonCard, PersonId, Profile, masked, may_see};
use kernel::log::TimelineKey;
use kernel::{Actor, Channel, Permission, ProfileId, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default()
        .routes(needs(Permission::ViewCustomers, routes!(list)))
        .routes(needs(Permission::ViewCustomers, routes!(show)))
        .routes(needs(Permission::ViewCustomers, routes!(timeline)))
        .routes(needs(Permission::ViewCustomers, routes!(claims)))
        .routes(needs(Permission::ViewCustomers, routes!(possible_same)))
}

/// A person in one line.
#[derive(Serialize, ToSchema)]
pub(crate) struct CustomerCardView {
    #[schema(value_type = Id)]
    id: PersonId,
    /// What to call them; empty when nothing is known.
    name: String,
    email: Option<String>,
    phone: Option<String>,
    /// How many profiles make them up.
    profiles: usize,
    /// When they were first seen.
    #[schema(value_type = String, format = DateTime)]
    since: Timestamp,
}

impl From<PersonCard> for CustomerCardView {
    fn from(card: PersonCard) -> Self {
        let PersonCard { person, name, email, phone, profiles, since } = card;
        CustomerCardView { id: person, name: name.text, email, phone, profiles, since }
    }
}

/// A person: what the claims about profiles add up to.
#[derive(Serialize, ToSchema)]
struct CustomerView {
    #[schema(value_type = Id)]
    id: PersonId,
    /// What to call them; empty when nothing is known.
    name: String,
    #[schema(value_type = Option<Locale>)]
    locale: Option<kernel::Locale>,
    /// Channels they prefer, best first.
    #[schema(value_type = Vec<ChannelKind>)]
    preferred_channels: Vec<Channel>,
    /// What each source knows, oldest first.
    profiles: Vec<ProfileView>,
    /// Every way to recognise them; proven first.
    identifiers: Vec<IdentifierView>,
    /// The answer in force for each purpose and channel; none for a key without `customers.consents`.
    consents: Vec<ConsentView>,
}

/// What one source knows of somebody.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProfileView {
    #[schema(value_type = Id)]
    id: ProfileId,
    /// The person it belongs to now.
    #[schema(value_type = Id)]
    person: PersonId,
    given_name: String,
    family_name: String,
    full_name: String,
    display_name: String,
    #[schema(value_type = Option<Locale>)]
    locale: Option<kernel::Locale>,
    postcode: String,
    /// What staff should know; dots for a key without `customers.notes`.
    note: String,
    /// Where it came from.
    #[schema(value_type = ChannelKind)]
    source: Channel,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
}

impl ProfileView {
    /// What the caller may read of it.
    pub(crate) fn of(caller: &Actor, profile: Profile) -> Self {
        ProfileView {
            id: profile.id,
            person: profile.person,
            given_name: profile.given_name,
            family_name: profile.family_name,
            full_name: profile.full_name,
            display_name: profile.display_name,
            locale: profile.locale,
            postcode: profile.postcode,
            note: masked(caller, Guarded::Notes, &profile.note),
            source: profile.source,
            created_at: profile.created_at,
            updated_at: profile.updated_at,
        }
    }
}

/// A way to recognise somebody.
#[derive(Serialize, ToSchema)]
struct IdentifierView {
    #[schema(value_type = IdentifierKind)]
    kind: customers::IdentifierKind,
    /// In normal form.
    #[schema(example = "+34612345678")]
    value: String,
    /// As people write it.
    #[schema(example = "+34 612 34 56 78")]
    display: String,
    /// The profile it belongs to.
    #[schema(value_type = Id)]
    profile: ProfileId,
    /// When its owner proved that it is theirs.
    #[schema(value_type = Option<String>, format = DateTime)]
    verified_at: Option<Timestamp>,
    /// True when several persons use it.
    shared: bool,
}

impl From<KnownIdentifier> for IdentifierView {
    fn from(known: KnownIdentifier) -> Self {
        let KnownIdentifier { identifier, profile, verified_at, shared, .. } = known;
        let (kind, value, display) = (identifier.kind(), identifier.value().to_owned(), identifier.display().to_owned());
        IdentifierView { kind, value, display, profile, verified_at, shared }
    }
}

/// What somebody allowed or forbade.
#[derive(Serialize, ToSchema)]
pub(crate) struct ConsentView {
    #[schema(value_type = Id)]
    profile: ProfileId,
    #[schema(value_type = Purpose)]
    purpose: customers::Purpose,
    #[schema(value_type = ChannelKind)]
    channel: Channel,
    #[schema(value_type = ConsentState)]
    state: customers::ConsentState,
    /// The words or the form it was given with.
    evidence: String,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
}

impl From<Consent> for ConsentView {
    fn from(consent: Consent) -> Self {
        let Consent { profile, purpose, channel, state, evidence, source: _, at } = consent;
        ConsentView { profile, purpose, channel, state, evidence, at }
    }
}

impl CustomerView {
    /// What the caller may read of them.
    fn of(caller: &Actor, person: Person) -> Self {
        let consents = if may_see(caller, Guarded::Consents) { person.consents } else { Vec::new() };
        CustomerView {
            id: person.id,
            name: person.name.text,
            locale: person.locale,
            preferred_channels: person.preferred_channels,
            profiles: person.profiles.into_iter().map(|profile| ProfileView::of(caller, profile)).collect(),
            identifiers: person.identifiers.into_iter().map(IdentifierView::from).collect(),
            consents: consents.into_iter().map(ConsentView::from).collect(),
        }
    }
}

/// Somebody who may be the same person.
#[derive(Serialize, ToSchema)]
struct SuggestionView {
    other: CustomerCardView,
    /// The profile of this person to claim about.
    #[schema(value_type = Id)]
    profile: ProfileId,
    /// The profile of the other.
    #[schema(value_type = Id)]
    other_profile: ProfileId,
    /// Why, in sentences; strongest first.
    reasons: Vec<String>,
    /// How sure, 0 to 100.
    #[schema(maximum = 100)]
    confidence: u8,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct CustomerSearch {
    /// A name (beginnings of words), e-mail, phone, card or handle; everybody when empty.
    #[param(example = "ana")]
    text: Option<String>,
}

/// Find people by whatever is known of them, or list everybody, newest first. A page has at most 50.
#[utoipa::path(get, path = "/v1/customers", tag = "customers", operation_id = "list_customers", params(CustomerSearch, PageParams), responses((status = 200, body = List<CustomerCardView>)))]
async fn list(
    State(app): State<ApiState>,
    caller: Caller,
    Asked(search): Asked<CustomerSearch>,
    page: Page,
) -> ApiResult<Json<List<CustomerCardView>>> {
    let text = search.text.unwrap_or_default();
    let found = app.read(move |tx| Ok(customers::find(tx, &caller, &text, page.text(), page.limit)?)).await?;
    Ok(Json(List::new(found.items.into_iter().map(CustomerCardView::from).collect(), found.next)))
}

/// See a person with their profiles, identifiers and consents. An id from before a join leads to the person of today.
#[utoipa::path(get, path = "/v1/customers/{customer}", tag = "customers", operation_id = "show_customer", params(("customer" = Id, Path)), responses((status = 200, body = CustomerView)))]
async fn show(State(app): State<ApiState>, caller: Caller, InPath(id): InPath<PersonId>) -> ApiResult<Json<CustomerView>> {
    let person = found(app.read(move |tx| Ok(customers::person(tx, id)?)).await?)?;
    note_access(&app, &caller, person.id).await?;
    Ok(Json(CustomerView::of(&caller, person)))
}

/// The person will see that this key opened their record.
pub(crate) async fn note_access(app: &ApiState, caller: &Caller, person: PersonId) -> ApiResult<()> {
    let (reader, writer) = (caller.clone(), caller.clone());
    if app.read(move |tx| Ok(customers::is_unnoted(tx, &reader, person)?)).await? {
        app.write("customers.note_access", move |tx| Ok(customers::note_access(tx, &writer, person, Channel::Api)?)).await?;
    }
    Ok(())
}

/// List all that happened to a person on every channel, newest first.
#[utoipa::path(get, path = "/v1/customers/{customer}/timeline", tag = "customers", operation_id = "list_timeline", params(("customer" = Id, Path), PageParams), responses((status = 200, body = List<EntryView>)))]
async fn timeline(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(id): InPath<PersonId>,
    page: Page,
) -> ApiResult<Json<List<EntryView>>> {
    let (before, one_more) = (page.after::<TimelineKey>()?, page.one_more() as usize);
    note_access(&app, &caller, id).await?;
    let entries = app.read(move |tx| {
        let person = found(customers::person_of(tx, id.oldest_profile())?)?;
        Ok(customers::timeline(tx, &caller, person, before, one_more)?)
    });
    let key = |entry: &kernel::Logged| TimelineKey { at: entry.at, seq: entry.key.seq }.to_string();
    Ok(Json(crate::http::page_of(entries.await?, &page, key, EntryView::from)))
}

/// List the claims that touch a person, newest first.
#[utoipa::path(get, path = "/v1/customers/{customer}/claims", tag = "customers", operation_id = "list_claims", params(("customer" = Id, Path), PageParams), responses((status = 200, body = List<ClaimView>)))]
async fn claims(State(app): State<ApiState>, caller: Caller, InPath(id): InPath<PersonId>, page: Page) -> ApiResult<Json<List<ClaimView>>> {
    let claims = app.read(move |tx| {
        let person = found(customers::person_of(tx, id.oldest_profile())?)?;
        Ok(customers::claims_of(tx, &caller, person, page.limit)?)
    });
    Ok(Json(List::whole(claims.await?.into_iter().map(ClaimView::from).collect())))
}

/// List who may be the same person, surest first.
#[utoipa::path(get, path = "/v1/customers/{customer}/possible-same", tag = "customers", operation_id = "list_possible_same", params(("customer" = Id, Path)), responses((status = 200, body = List<SuggestionView>)))]
async fn possible_same(State(app): State<ApiState>, InPath(id): InPath<PersonId>) -> ApiResult<Json<List<SuggestionView>>> {
    let suggestions = app.read(move |tx| {
        let person = found(customers::person_of(tx, id.oldest_profile())?)?;
        Ok(customers::possible_same(tx, person)?)
    });
    let show = |s: customers::Suggestion| SuggestionView {
        other: s.other.into(),
        profile: s.profiles.0,
        other_profile: s.profiles.1,
        reasons: s.reasons.iter().map(ToString::to_string).collect(),
        confidence: s.confidence,
    };
    Ok(Json(List::whole(suggestions.await?.into_iter().map(show).collect())))
}
