//! `/calls/{account}`: what a caller does is told here, and what they hear next is the answer. Nothing is stored beside the call itself.

use super::webhooks::{Door, LARGEST, find, unavailable};
use crate::twilio;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, StatusCode, Uri, header::CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use kernel::{Channel, Db};

/// The door for lines. Mount it beside [`super::webhooks`].
pub fn voice(db: Db, public_url: &str) -> Router {
    Router::new().route("/calls/{account}", post(listen)).layer(DefaultBodyLimit::max(LARGEST)).with_state(Door::new(db, public_url))
}

async fn listen(State(door): State<Door>, Path(id): Path<String>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let (stored, account) = match find(&door.db, &id).await {
        Ok(Some(found)) => found,
        Ok(None) => return StatusCode::NOT_FOUND.into_response(),
        Err(fault) => return unavailable(&fault),
    };
    if stored.channel != Channel::Phone {
        return StatusCode::NOT_FOUND.into_response();
    }
    let raw = door.raw(&uri, &headers, body);
    if let Err(why) = twilio::verify(&account, &raw) {
        tracing::warn!(account = stored.name, %why, "a call was refused; if the provider made it, compare the account's secrets");
        return StatusCode::FORBIDDEN.into_response();
    }
    let Some(event) = twilio::line_event(&raw) else { return StatusCode::BAD_REQUEST.into_response() };
    let ours = event.call.map_or_else(String::new, |call| format!("?{}={call}", twilio::CALL));
    let here = format!("{}/calls/{id}{ours}", door.public_url);
    match door.db.write("flows.hear", move |tx| flows::hear(tx, &stored, &event)).await {
        Ok(acts) => ([(CONTENT_TYPE, "application/xml")], twilio::twiml(&acts, &here)).into_response(),
        Err(fault) => unavailable(&fault),
    }
}
