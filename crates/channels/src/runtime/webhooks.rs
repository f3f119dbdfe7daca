//! `/channels/{account}`: verify over the raw bytes, store once, answer 200. Understanding comes later.

use crate::{Answer, RawWebhook, adapter};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header::CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use conversations::{Account, AccountId};
use kernel::{Db, Fault};

/// Largest webhook that is taken; Meta's are at most 3 MB.
const LARGEST: usize = 4 * 1024 * 1024;
/// Headers worth keeping with the body.
const KEPT: &[&str] = &["content-type", "user-agent"];

/// The door for providers. Mount it outside the shell of the faces: providers bring signatures, not tokens.
pub fn webhooks(db: Db) -> Router {
    Router::new().route("/channels/{account}", get(handshake).post(deliver)).layer(DefaultBodyLimit::max(LARGEST)).with_state(db)
}

async fn handshake(State(db): State<Db>, Path(account): Path<String>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    let Ok(Some((stored, account))) = find(&db, &account).await else { return StatusCode::NOT_FOUND.into_response() };
    let raw = raw(&db, query, &headers, Bytes::new());
    match adapter(stored.channel).and_then(|adapter| adapter.handshake(&account, &raw)) {
        Some(Ok(answer)) => said(answer),
        Some(Err(_)) => StatusCode::FORBIDDEN.into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn said(answer: Answer) -> Response {
    ([(CONTENT_TYPE, answer.content_type)], answer.body).into_response()
}

async fn deliver(
    State(db): State<Db>,
    Path(account): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let (stored, account) = match find(&db, &account).await {
        Ok(Some(found)) => found,
        Ok(None) => return StatusCode::NOT_FOUND.into_response(),
        Err(fault) => return unavailable(&fault),
    };
    let Some(adapter) = adapter(stored.channel) else { return StatusCode::NOT_FOUND.into_response() };
    let raw = raw(&db, query, &headers, body);
    if let Err(why) = adapter.verify(&account, &raw) {
        tracing::warn!(account = stored.name, %why, "a webhook was refused; if the provider sent it, compare the account's secrets");
        return StatusCode::FORBIDDEN.into_response();
    }
    let thanks = adapter.acknowledge(&account, &raw);
    let (id, dedupe, kept) = (stored.id, adapter.delivery_key(&raw), kept(&headers));
    let store = move |tx: &mut kernel::Tx<'_>| conversations::store_raw(tx, id, &dedupe, &kept, &raw.body);
    match db.write("channels.store_raw", store).await {
        Ok(_) => thanks.map_or_else(|| StatusCode::OK.into_response(), said),
        Err(fault) => unavailable(&fault),
    }
}

async fn find(db: &Db, account: &str) -> Result<Option<(Account, crate::ChannelAccount)>, Fault> {
    let Ok(id) = account.parse::<AccountId>() else { return Ok(None) };
    let found = db.read(move |tx| conversations::account(tx, id)).await?;
    found.filter(|account| account.active).map(|account| super::channel_account(&account).map(|out| (account, out))).transpose()
}

fn raw(db: &Db, query: Option<String>, headers: &HeaderMap, body: Bytes) -> RawWebhook {
    let query = form_urlencoded::parse(query.unwrap_or_default().as_bytes()).into_owned().collect();
    let headers = headers.iter().filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned()))).collect();
    RawWebhook { query, headers, body, received_at: db.clock().now() }
}

fn kept(headers: &HeaderMap) -> Vec<(String, String)> {
    KEPT.iter().filter_map(|name| Some(((*name).to_owned(), headers.get(*name)?.to_str().ok()?.to_owned()))).collect()
}

/// The provider will send it again.
fn unavailable(fault: &Fault) -> Response {
    tracing::error!(fault = fault.chain(), "a webhook could not be stored");
    StatusCode::SERVICE_UNAVAILABLE.into_response()
}
