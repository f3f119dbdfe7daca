//! Files of ours on their way out: brought to where the channel wants them, and served to providers that fetch them.

use crate::{CannotSend, Carrier, Channel, ChannelAccount, FileWay, SendError, file_headers};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use conversations::{AttachmentId, Media, MediaSource, Outbound};
use kernel::{Db, Fault};
use std::time::Duration;

/// How long a provider may fetch a file that was sent by its address. Customers open such addresses too, where pictures go as links.
const SHARED: Duration = Duration::from_secs(7 * 24 * 3600);

/// Why a message with files cannot leave now.
pub(super) enum NotBrought {
    /// We or the channel cannot.
    Refused(CannotSend),
    /// The provider did not take a file.
    NotTaken(SendError),
    Fault(Fault),
}

impl From<Fault> for NotBrought {
    fn from(fault: Fault) -> Self {
        NotBrought::Fault(fault)
    }
}

/// Bring each file that is kept here to where the channel wants it: into the message, to an address, or to the provider first. Nothing
/// has been said to the customer by it, so all of it may be done again.
pub(super) async fn bring(
    db: &Db,
    carrier: &Carrier,
    (adapter, account): (&dyn Channel, &ChannelAccount),
    message: &mut Outbound,
) -> Result<(), NotBrought> {
    let (capabilities, at, key) = (adapter.capabilities(), message.at, message.dedupe_key.clone());
    for (place, media) in message.media.iter_mut().enumerate() {
        let MediaSource::Kept { attachment, size_bytes } = media.source else { continue };
        let kind = capabilities.carries(media.kind, &media.content_type, size_bytes);
        media.kind = kind.map_err(|why| NotBrought::Refused(CannotSend::File(why)))?;
        media.source = match adapter.file_way() {
            FileWay::Inside => MediaSource::Bytes { bytes: bytes(db, attachment).await? },
            FileWay::Link => MediaSource::Link { url: share(db, carrier, attachment, media).await? },
            FileWay::Upload => {
                let whole = Media { source: MediaSource::Bytes { bytes: bytes(db, attachment).await? }, ..media.clone() };
                let request = adapter.upload(account, &whole, (&format!("{key}{place}"), at)).map_err(NotBrought::Refused)?;
                let reply = carrier.call(request).await;
                MediaSource::Provider { id: adapter.uploaded(&reply).map_err(NotBrought::NotTaken)?, sha256: None }
            }
        };
    }
    Ok(())
}

async fn bytes(db: &Db, id: AttachmentId) -> Result<Vec<u8>, NotBrought> {
    let found = db.read(move |tx| conversations::attachment(tx, id)).await?;
    found.map(|(_, bytes)| bytes).ok_or(NotBrought::Refused(CannotSend::Unsupported("a file that is no longer kept")))
}

async fn share(db: &Db, carrier: &Carrier, id: AttachmentId, media: &Media) -> Result<String, NotBrought> {
    let public = carrier.public_url().ok_or(NotBrought::Refused(CannotSend::Unsupported("a file while our own address is not known")))?;
    let word = db.write("channels.share_file", move |tx| conversations::share_file(tx, id, tx.now().plus(SHARED))).await?;
    let name: String = media.file_name.as_deref().unwrap_or("file").bytes().flat_map(in_path).map(char::from).collect();
    Ok(format!("{public}/files/{word}/{name}"))
}

/// A byte of a name in an address (RFC 3986, 2.1).
fn in_path(byte: u8) -> Vec<u8> {
    if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) { vec![byte] } else { format!("%{byte:02X}").into_bytes() }
}

/// Files of ours by the word that their message carries, while it lasts.
pub fn shared_files(db: Db) -> Router {
    Router::new().route("/files/{word}/{name}", get(serve)).with_state(db)
}

async fn serve(State(db): State<Db>, Path((word, _)): Path<(String, String)>) -> Response {
    match db.read(move |tx| conversations::shared_file(tx, &word)).await {
        Ok(Some((file, bytes))) => (file_headers(&file.content_type, &file.file_name), bytes).into_response(),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(fault) => {
            tracing::error!(fault = fault.chain(), "a file cannot be served");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}
