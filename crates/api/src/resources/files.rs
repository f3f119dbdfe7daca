//! Files for answers: brought first, then named by the answer that they go with.

use super::Routes;
use super::shared::MediaKind;
use crate::ApiState;
use crate::http::{ApiError, ApiResult, Asked, Caller, Id, Reply, Upload, needs};
use axum::extract::DefaultBodyLimit;
use axum::extract::State;
use channels::{LARGEST_FILE, NotTaken};
use conversations::UploadId;
use kernel::{Kind, Permission, Tx};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::UtoipaMethodRouterExt;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default().routes(needs(Permission::Reply, routes!(create)).layer(DefaultBodyLimit::max(LARGEST_FILE + 1)))
}

/// What a file is called.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct FileAsked {
    #[param(example = "factura.pdf", max_length = 120)]
    name: Option<String>,
}

/// A file that waits for its answer; it is forgotten after a day.
#[derive(Serialize, ToSchema)]
struct FileView {
    #[schema(value_type = Id)]
    id: UploadId,
    #[schema(value_type = MediaKind)]
    kind: conversations::MediaKind,
    /// By the file's own bytes, whatever the request said.
    content_type: String,
    name: String,
    size_bytes: i64,
}

/// Bring a file, up to 16 MiB: its bytes are the body. 422 `channels.file_empty`, `channels.file_program`; 413 `channels.file_too_large`;
/// 429 `conversations.no_room_for_files` when too many of yours wait.
#[utoipa::path(post, path = "/v1/files", tag = "conversations", operation_id = "create_file", params(FileAsked), request_body(content = String, content_type = "application/octet-stream"), responses((status = 201, body = FileView)))]
async fn create(State(app): State<ApiState>, caller: Caller, Asked(asked): Asked<FileAsked>, upload: Upload) -> ApiResult<Reply> {
    let file = channels::read_file(asked.name.as_deref().unwrap_or_default(), upload.body.to_vec()).map_err(refused)?;
    let command = move |tx: &mut Tx<'_>, _: &_| {
        let id = conversations::keep_upload(tx, &caller.to_string(), &file)?;
        let size_bytes = file.bytes.len() as i64;
        Ok(FileView { id, kind: file.kind, content_type: file.content_type.clone(), name: file.file_name.clone(), size_bytes })
    };
    upload.once.create(&app, "conversations.keep_upload", command).await
}

fn refused(why: NotTaken) -> ApiError {
    let (kind, code) = match why {
        NotTaken::Empty => (Kind::Invalid, "channels.file_empty"),
        NotTaken::TooLarge => (Kind::TooLarge, "channels.file_too_large"),
        NotTaken::Program => (Kind::Invalid, "channels.file_program"),
    };
    ApiError::new(kind, code, why.to_string())
}
