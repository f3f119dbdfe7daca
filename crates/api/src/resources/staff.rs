//! People who work at the brand.

use super::Routes;
use super::shared::{Locale, Role};
use crate::ApiState;
use crate::http::{ApiError, ApiResult, Caller, Id, InPath, List, Page, PageParams, Post, Reply, Sent, found, needs, page_of, pair};
use access::{ChangeStaff, CreateStaff, Password, PasswordHash, Staff};
use axum::Json;
use axum::extract::State;
use kernel::{Permission, StaffId, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default()
        .routes(needs(Permission::ManageStaff, routes!(list, create)))
        .routes(needs(Permission::ManageStaff, routes!(show, change)))
}

/// A member of staff.
#[derive(Serialize, ToSchema)]
pub(crate) struct StaffView {
    #[schema(value_type = Id)]
    id: StaffId,
    /// Sign-in name.
    email: String,
    name: String,
    #[schema(value_type = Vec<Role>)]
    roles: Vec<kernel::Role>,
    /// Code of the shop where they work.
    location: Option<String>,
    /// Language of their screens.
    #[schema(value_type = Locale)]
    locale: kernel::Locale,
    /// False once they have left.
    active: bool,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

impl From<Staff> for StaffView {
    fn from(staff: Staff) -> Self {
        let Staff { id, email, name, roles, location, locale, active, created_at } = staff;
        StaffView { id, email, name, roles, location, locale, active, created_at }
    }
}

/// Somebody new.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct StaffCreate {
    #[schema(example = "lucia@example.com", max_length = 254)]
    email: String,
    #[schema(example = "Lucía Vidal")]
    name: String,
    /// Ten characters or more; a short sentence is easy to remember.
    #[schema(example = "una frase corta", min_length = 10, max_length = 1000)]
    password: String,
    #[schema(value_type = Vec<Role>, min_items = 1, example = json!(["agent"]))]
    roles: Vec<kernel::Role>,
    /// Code of the shop where they work.
    location: Option<String>,
    /// Language of their screens; Spanish when not given.
    #[schema(value_type = Option<Locale>)]
    locale: Option<kernel::Locale>,
}

/// What to change; a field that is not sent stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct StaffPatch {
    name: Option<String>,
    #[schema(value_type = Option<Vec<Role>>)]
    roles: Option<Vec<kernel::Role>>,
    /// False when they leave: their sessions end.
    active: Option<bool>,
    /// A new password ends their sessions.
    password: Option<String>,
}

/// List everybody, by name.
#[utoipa::path(get, path = "/v1/staff", tag = "staff", operation_id = "list_staff", params(PageParams), responses((status = 200, body = List<StaffView>)))]
async fn list(State(app): State<ApiState>, page: Page) -> ApiResult<Json<List<StaffView>>> {
    let (after, limit) = (page.after_pair()?, page.one_more());
    let found = app.read(move |tx| Ok(access::staff_list(tx, after.clone(), limit)?)).await?;
    Ok(Json(page_of(found, &page, |staff| pair(&staff.name, staff.id), StaffView::from)))
}

/// Add somebody to the staff. 409 `access.email_taken`.
#[utoipa::path(post, path = "/v1/staff", tag = "staff", operation_id = "create_staff", request_body = StaffCreate, responses((status = 201, body = StaffView)))]
async fn create(State(app): State<ApiState>, caller: Caller, post: Post<StaffCreate>) -> ApiResult<Reply> {
    let StaffCreate { email, name, password, roles, location, locale } = post.body;
    let password = hashed(password).await?;
    let cmd = CreateStaff { email, name, password, roles, location, locale: locale.unwrap_or(kernel::Locale::Es) };
    let create = move |tx: &mut kernel::Tx<'_>, _: &_| {
        let id = access::create_staff(tx, &caller, cmd.clone())?;
        Ok(found(access::staff_member(tx, id)?)?.into())
    };
    post.once.create::<StaffView>(&app, "access.create_staff", create).await
}

/// See somebody.
#[utoipa::path(get, path = "/v1/staff/{staff}", tag = "staff", operation_id = "show_staff", params(("staff" = Id, Path)), responses((status = 200, body = StaffView)))]
async fn show(State(app): State<ApiState>, InPath(id): InPath<StaffId>) -> ApiResult<Json<StaffView>> {
    Ok(Json(found(app.read(move |tx| Ok(access::staff_member(tx, id)?)).await?)?.into()))
}

/// Change somebody's name, roles, presence or password. 409 `access.last_administrator`.
#[utoipa::path(patch, path = "/v1/staff/{staff}", tag = "staff", operation_id = "change_staff", params(("staff" = Id, Path)), request_body = StaffPatch, responses((status = 200, body = StaffView)))]
async fn change(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(id): InPath<StaffId>,
    Sent(patch): Sent<StaffPatch>,
) -> ApiResult<Json<StaffView>> {
    let password = match patch.password {
        Some(password) => Some(hashed(password).await?),
        None => None,
    };
    let change = ChangeStaff { name: patch.name, roles: patch.roles, active: patch.active, password };
    let changed = app.write("access.change_staff", move |tx| Ok(access::change_staff(tx, &caller, id, change.clone())?)).await?;
    Ok(Json(changed.into()))
}

/// Hashing takes tens of milliseconds, so it is kept off the threads that answer requests.
async fn hashed(password: String) -> ApiResult<PasswordHash> {
    let password = Password::new(password)?;
    let hash = tokio::task::spawn_blocking(move || password.hash()).await;
    Ok(hash.map_err(|e| ApiError::from(kernel::Fault::outside("hashing a password", e)))??)
}
