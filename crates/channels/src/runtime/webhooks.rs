//! `/channels/{account}`: verify over the raw bytes, store once, answer 200. Understanding comes later.

use crate::{Answer, RawWebhook, adapter};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, StatusCode, Uri, header::CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use conversations::{Account, AccountId};
use kernel::{Db, Fault};
use std::sync::Arc;

/// Largest webhook that is taken; Meta's are at most 3 MB.
pub(super) const LARGEST: usize = 4 * 1024 * 1024;
/// Headers worth keeping with the body.
const KEPT: &[&str] = &["content-type", "user-agent"];
/// The name under which a query is kept among the headers.
pub(super) const QUERY: &str = ":query";

/// What the doors for providers hold.
#[derive(Clone)]
pub(super) struct Door {
    pub db: Db,
    /// The address that providers were given, without a final slash.
    pub public_url: Arc<str>,
}

/// The door for providers, who know us as `public_url`. Mount it outside the shell of the faces: providers bring signatures, not tokens.
pub fn webhooks(db: Db, public_url: &str) -> Router {
    let door = Door::new(db, public_url);
    Router::new().route("/channels/{account}", get(handshake).post(deliver)).layer(DefaultBodyLimit::max(LARGEST)).with_state(door)
}

async fn handshake(State(door): State<Door>, Path(account): Path<String>, uri: Uri, headers: HeaderMap) -> Response {
    let Ok(Some((stored, account))) = find(&door.db, &account).await else { return StatusCode::NOT_FOUND.into_response() };
    let raw = door.raw(&uri, &headers, Bytes::new());
    match adapter(stored.channel).and_then(|adapter| adapter.handshake(&account, &raw)) {
        Some(Ok(answer)) => said(answer),
        Some(Err(_)) => StatusCode::FORBIDDEN.into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn said(answer: Answer) -> Response {
    ([(CONTENT_TYPE, answer.content_type)], answer.body).into_response()
}

async fn deliver(State(door): State<Door>, Path(account): Path<String>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let db = &door.db;
    let (stored, account) = match find(db, &account).await {
        Ok(Some(found)) => found,
        Ok(None) => return StatusCode::NOT_FOUND.into_response(),
        Err(fault) => return unavailable(&fault),
    };
    let Some(adapter) = adapter(stored.channel) else { return StatusCode::NOT_FOUND.into_response() };
    let raw = door.raw(&uri, &headers, body);
    if let Err(why) = adapter.verify(&account, &raw) {
        tracing::warn!(account = stored.name, %why, "a webhook was refused; if the provider sent it, compare the account's secrets");
        return StatusCode::FORBIDDEN.into_response();
    }
    let thanks = adapter.acknowledge(&account, &raw);
    let (id, dedupe, kept) = (stored.id, adapter.delivery_key(&raw), kept(&uri, &headers));
    let store = move |tx: &mut kernel::Tx<'_>| conversations::store_raw(tx, id, &dedupe, &kept, &raw.body);
    match db.write("channels.store_raw", store).await {
        Ok(_) => thanks.map_or_else(|| StatusCode::OK.into_response(), said),
        Err(fault) => unavailable(&fault),
    }
}

pub(super) async fn find(db: &Db, account: &str) -> Result<Option<(Account, crate::ChannelAccount)>, Fault> {
    let Ok(id) = account.parse::<AccountId>() else { return Ok(None) };
    let found = db.read(move |tx| conversations::account(tx, id)).await?;
    found.filter(|account| account.active).map(|account| super::channel_account(&account).map(|out| (account, out))).transpose()
}

impl Door {
    pub(super) fn new(db: Db, public_url: &str) -> Self {
        Door { db, public_url: public_url.trim_end_matches('/').into() }
    }

    /// The request as it came, with the addresses under which it may have been called.
    pub(super) fn raw(&self, uri: &Uri, headers: &HeaderMap, body: Bytes) -> RawWebhook {
        let path = uri.path_and_query().map_or_else(|| uri.path(), |whole| whole.as_str());
        let host = headers.get("x-forwarded-host").or(headers.get("host")).and_then(|host| host.to_str().ok());
        let named = host.into_iter().flat_map(|host| ["https", "http"].map(|scheme| format!("{scheme}://{host}{path}")));
        RawWebhook {
            urls: std::iter::once(format!("{}{path}", self.public_url)).chain(named).collect(),
            query: form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).into_owned().collect(),
            headers: headers.iter().filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned()))).collect(),
            body,
            received_at: self.db.clock().now(),
        }
    }
}

/// What goes into the store beside the body: a few headers, and the query, under a name that no header can have.
fn kept(uri: &Uri, headers: &HeaderMap) -> Vec<(String, String)> {
    let few = KEPT.iter().filter_map(|name| Some(((*name).to_owned(), headers.get(*name)?.to_str().ok()?.to_owned())));
    few.chain(uri.query().map(|query| (QUERY.to_owned(), query.to_owned()))).collect()
}

/// The provider will send it again.
pub(super) fn unavailable(fault: &Fault) -> Response {
    tracing::error!(fault = fault.chain(), "a webhook could not be stored");
    StatusCode::SERVICE_UNAVAILABLE.into_response()
}
