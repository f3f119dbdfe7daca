//! What is learnt of people, with consent, and what they say in public.

use super::Routes;
use super::customers::ConsentView;
use super::shared::{Aspect, IdentifierKind};
use crate::ApiState;
use crate::http::{ApiError, ApiResult, Caller, Id, InPath, Post, Reply, found, needs};
use axum::Json;
use axum::extract::State;
use customers::learnt::Preference;
use customers::visits::Comment;
use customers::{Identifier, PersonId};
use kernel::{Kind, Permission, ProfileId, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default()
        .routes(needs(Permission::ViewCustomers, routes!(preferences)))
        .routes(needs(Permission::EditCustomers, routes!(note_comment)))
}

/// What is known of a person's likings, with the consent that allows it.
#[derive(Serialize, ToSchema)]
struct PreferencesView {
    /// The answer that allows learning; null when they did not allow it, and then nothing is known.
    allowed: Option<ConsentView>,
    /// Usual shop, sizes, kinds; the strongest of each.
    items: Vec<PreferenceView>,
}

/// Something learnt, with its evidence.
#[derive(Serialize, ToSchema)]
struct PreferenceView {
    #[schema(value_type = Aspect)]
    aspect: customers::learnt::Aspect,
    /// The kind of product, for sizes; else empty.
    about: String,
    /// The place's id, the size, the kind.
    value: String,
    /// As people read it.
    label: String,
    /// Pieces of evidence: visits, purchases.
    times: usize,
    #[schema(value_type = String, format = DateTime)]
    since: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    latest: Timestamp,
}

impl From<Preference> for PreferenceView {
    fn from(known: Preference) -> Self {
        let Preference { aspect, about, value, label, times, since, latest } = known;
        PreferenceView { aspect, about, value, label, times, since, latest }
    }
}

/// Something said in public by somebody known.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"kind": "x", "handle": "@ana_ruiz", "text": "Me encanta la camisa de lino", "url": "https://x.com/ana_ruiz/status/1"}))]
struct CommentCreate {
    /// Of which network.
    #[schema(value_type = IdentifierKind)]
    kind: customers::IdentifierKind,
    handle: String,
    #[schema(max_length = 4000)]
    text: String,
    /// Where it stands; it names the comment.
    #[schema(max_length = 500)]
    url: String,
    /// When it was said; now, when not given.
    #[schema(value_type = Option<String>, format = DateTime)]
    at: Option<Timestamp>,
}

/// A comment on somebody's thread.
#[derive(Serialize, ToSchema)]
struct CommentView {
    url: String,
    #[schema(value_type = Id)]
    profile: ProfileId,
    #[schema(example = "x:ana_ruiz")]
    handle: String,
    text: String,
    /// Products that are meant, by id.
    products: Vec<String>,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
}

impl From<Comment> for CommentView {
    fn from(comment: Comment) -> Self {
        let Comment { url, profile, handle, text, products, at } = comment;
        CommentView { url, profile, handle, text, products, at }
    }
}

/// See what is known of a person's likings: nothing without their consent to personalisation.
#[utoipa::path(get, path = "/v1/customers/{customer}/preferences", tag = "customers", operation_id = "show_preferences", params(("customer" = Id, Path)), responses((status = 200, body = PreferencesView)))]
async fn preferences(State(app): State<ApiState>, caller: Caller, InPath(id): InPath<PersonId>) -> ApiResult<Json<PreferencesView>> {
    let known = app.read(move |tx| {
        let person = found(customers::person_of(tx, id.oldest_profile())?)?;
        Ok(customers::learnt::preferences(tx, &caller, person)?)
    });
    let known = known.await?;
    let items = known.items.into_iter().map(PreferenceView::from).collect();
    Ok(Json(PreferencesView { allowed: known.allowed.map(ConsentView::from), items }))
}

/// Put a public comment on the thread of whoever has the handle. The same `url` is one comment. What strangers say is not kept: 404
/// `customers.unknown_identifier`.
#[utoipa::path(post, path = "/v1/customers/comments", tag = "customers", operation_id = "note_comment", request_body = CommentCreate, responses((status = 201, body = CommentView)))]
async fn note_comment(State(app): State<ApiState>, caller: Caller, post: Post<CommentCreate>) -> ApiResult<Reply> {
    let CommentCreate { kind, handle, text, url, at } = post.body;
    let wrong = |e: customers::InvalidIdentifier| ApiError::new(Kind::Invalid, "customers.invalid_identifier", e.to_string());
    let handle = Identifier::new(kind, &handle).map_err(wrong)?;
    let command = move |tx: &mut kernel::Tx<'_>, _: &crate::http::Once| {
        Ok(CommentView::from(flows::note_public_comment(tx, &caller, handle.clone(), &text, &url, at)?))
    };
    post.once.create(&app, "flows.note_public_comment", command).await
}
