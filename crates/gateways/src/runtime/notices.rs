//! `POST /gateways/{gateway}`: a gateway tells what became of a payment. Mounted outside the shell of the faces: it brings a
//! signature, not a token.

use crate::{GatewayAccount, RawNotice, adapter};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use kernel::{Db, Fault, Kind, Problem};
use payments::{Gateway, GatewayId};

/// Largest notice that is taken.
const LARGEST: usize = 256 * 1024;
/// Where Stripe puts its signature; the others sign within the body.
const SIGNATURE: &str = "stripe-signature";

/// The gateways' door.
pub fn notices(db: Db) -> Router {
    Router::new().route("/gateways/{gateway}", post(take)).layer(DefaultBodyLimit::max(LARGEST)).with_state(db)
}

/// 200 for whatever is understood, also when it acts no more; 401 for a wrong or old signature; 422 for what cannot be read; 503 asks
/// for it again. All events of a notice are taken, or none.
async fn take(State(db): State<Db>, Path(gateway): Path<String>, headers: HeaderMap, body: Bytes) -> Response {
    let gateway = match find(&db, &gateway).await {
        Ok(Some(gateway)) => gateway,
        Ok(None) => return StatusCode::NOT_FOUND.into_response(),
        Err(fault) => return refused(&gateway, &fault).into_response(),
    };
    let account = match GatewayAccount::of(&gateway) {
        Ok(account) => account,
        Err(fault) => return refused(&gateway.name, &fault).into_response(),
    };
    let adapter = adapter(gateway.provider);
    let signature = headers.get(SIGNATURE).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let raw = RawNotice { body: body.to_vec(), signature };
    let events = match adapter.notices(&account, &raw, db.clock().now()) {
        Ok(events) => events,
        Err(error) => return refused(&gateway.name, &error).into_response(),
    };
    let taken = db
        .write("flows.receive_payment_event", move |tx| {
            for event in &events {
                flows::receive_payment_event(tx, event)?;
            }
            Ok::<_, flows::TakePaymentError>(())
        })
        .await;
    match taken {
        Ok(()) => adapter.thanks().into_response(),
        Err(error) => refused(&gateway.name, &error).into_response(),
    }
}

async fn find(db: &Db, gateway: &str) -> Result<Option<Gateway>, Fault> {
    let Ok(id) = gateway.parse::<GatewayId>() else { return Ok(None) };
    db.read(move |tx| payments::gateway(tx, id)).await
}

fn refused(gateway: &str, error: &impl Problem) -> StatusCode {
    tracing::warn!(gateway, code = error.code(), "a notice of a payment gateway was refused");
    match error.kind() {
        Kind::Unauthorised => StatusCode::UNAUTHORIZED,
        Kind::Unavailable | Kind::Fault => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}
