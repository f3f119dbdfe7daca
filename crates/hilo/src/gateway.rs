//! `POST /gateway/events`: the payment gateway tells what became of a payment, signed. Mounted outside the shell of the faces: it
//! brings a signature, not a token.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use flows::TakePaymentError;
use kernel::{Db, Kind, Problem};

/// Largest notice that is taken.
const LARGEST: usize = 64 * 1024;
/// Holds `t=SECONDS,v1=HEX`.
const SIGNATURE: &str = "x-gateway-signature";

/// The gateway's door.
pub(crate) fn events(db: Db) -> Router {
    Router::new().route("/gateway/events", post(take)).layer(DefaultBodyLimit::max(LARGEST)).with_state(db)
}

/// 200 for whatever is understood, also when it acts no more; 401 for a wrong or old signature; 422 for what cannot be read; 503
/// asks the gateway to send it again.
async fn take(State(db): State<Db>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let signature = headers.get(SIGNATURE).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let taken = db.write("flows.receive_payment_webhook", move |tx| flows::receive_payment_webhook(tx, &body, &signature)).await;
    match taken {
        Ok(_) => StatusCode::OK,
        Err(refused) => status(&refused),
    }
}

fn status(refused: &TakePaymentError) -> StatusCode {
    tracing::warn!(code = refused.code(), "a notice of the gateway was refused");
    match refused.kind() {
        Kind::Unauthorised => StatusCode::UNAUTHORIZED,
        Kind::Unavailable | Kind::Fault => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}
