//! Meta's HTTP API, as far as we use it: send, upload, look up, download and delete media; templates.

use super::{SentMessage, WhatsappSimulator, digits, state::Media, templates};
use crate::simulators::files::ROOMY;
use axum::extract::{DefaultBodyLimit, Multipart, Path, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

/// An error in Meta's words.
pub(super) struct Refusal(pub i64, pub &'static str);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let Self(code, words) = self;
        let status = match code {
            190 => StatusCode::UNAUTHORIZED,
            1 | 2 | 131000 | 131016 => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        };
        let kind = if code == 190 { "OAuthException" } else { "GraphMethodException" };
        let error = json!({ "message": format!("(#{code}) {words}"), "type": kind, "code": code, "error_data": { "messaging_product": "whatsapp", "details": words }, "fbtrace_id": "SIMULATED" });
        (status, Json(json!({ "error": error }))).into_response()
    }
}

pub(super) fn router(simulator: WhatsappSimulator) -> Router {
    Router::new()
        .route("/{version}/{number}/messages", post(send))
        .route("/{version}/{number}/media", post(upload).layer(DefaultBodyLimit::max(ROOMY)))
        .route("/{version}/{number}/message_templates", get(templates::list).post(templates::create))
        .route("/{version}/{media}", get(look_up).delete(delete).post(templates::change))
        .route("/files/{version}/{media}", get(download))
        .layer(from_fn_with_state(simulator.clone(), authorise))
        .with_state(simulator)
}

async fn authorise(State(simulator): State<WhatsappSimulator>, request: Request, next: Next) -> Response {
    let expected = format!("Bearer {}", simulator.inner.access_token.expose());
    let given = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    if given == Some(expected.as_str()) { next.run(request).await } else { Refusal(190, "Invalid OAuth access token").into_response() }
}

async fn send(
    State(simulator): State<WhatsappSimulator>,
    Path((_, number)): Path<(String, String)>,
    Json(payload): Json<Value>,
) -> Result<Json<Value>, Refusal> {
    if number != simulator.inner.phone_number_id {
        return Err(Refusal(100, "Unsupported post request: no such phone number id"));
    }
    if payload["status"] == "read" {
        return Ok(Json(json!({ "success": true })));
    }
    well_formed(&payload)?;
    let now = simulator.inner.clock.now();
    let input = payload["to"].as_str().unwrap_or_default().to_owned();
    let to = digits(&input);
    let mut state = simulator.state();
    let named = payload["type"].as_str().and_then(|kind| payload[kind]["id"].as_str());
    let file = match named.map(|id| state.media(id)) {
        None => None,
        Some(Some(media)) => Some((media.content_type.clone(), media.bytes.clone())),
        Some(None) => return Err(Refusal(131009, "Parameter value is not valid: no media object has this id")),
    };
    if let Some(code) = simulator.inner.hooks.faults().refuse_with {
        return Err(Refusal(code, "Refused by the simulator's fault switch"));
    }
    let template = templates::filled(&state, &payload)?;
    if !state.has_room(&to, now) {
        return Err(Refusal(131056, "Too many messages sent from this number to the same recipient in a short time"));
    }
    let id = state.next_id();
    let free_text_too_late = payload["type"] != "template" && !state.window_is_open(&to, now);
    let failed = free_text_too_late.then_some(131047);
    state.sent.push(SentMessage { id: id.clone(), to: to.clone(), at: now, payload, template, file, failed, read: false });
    if let Some(code) = failed {
        let status = state.status(&id, "failed", now, Some((code, "More than 24 hours have passed since the customer last replied")));
        simulator.inner.hooks.queue(simulator.inner.change("statuses", status, None));
    } else {
        for word in ["sent", "delivered"] {
            let status = state.status(&id, word, now, None);
            simulator.inner.hooks.queue(simulator.inner.change("statuses", status, None));
        }
    }
    Ok(Json(json!({ "messaging_product": "whatsapp", "contacts": [{ "input": input, "wa_id": to }], "messages": [{ "id": id }] })))
}

/// The checks of the request's published schema that a sender can get wrong.
fn well_formed(payload: &Value) -> Result<(), Refusal> {
    let kind = payload["type"].as_str().unwrap_or("text");
    if payload["messaging_product"] != "whatsapp" {
        return Err(Refusal(100, "The parameter messaging_product is required"));
    }
    if payload["to"].as_str().is_none_or(|to| digits(to).len() < 5) {
        return Err(Refusal(131009, "Parameter value is not valid: to"));
    }
    let content = payload[kind].as_object().or(payload[kind].as_array().and_then(|list| list.first()?.as_object()));
    if content.is_none() {
        return Err(Refusal(131008, "Required parameter is missing: the content of this type"));
    }
    let long = |text: &Value, limit: usize| text.as_str().is_some_and(|text| text.chars().count() > limit);
    let interactive = &payload["interactive"];
    let buttons = interactive["action"]["buttons"].as_array().map_or(0, Vec::len);
    let rows: usize = interactive["action"]["sections"]
        .as_array()
        .map_or(0, |sections| sections.iter().map(|section| section["rows"].as_array().map_or(0, Vec::len)).sum());
    if long(&payload["text"]["body"], 4096) || long(&interactive["body"]["text"], 1024) || buttons > 3 || rows > 10 {
        return Err(Refusal(131009, "Parameter value is not valid: too long or too many"));
    }
    let file = &payload[kind];
    let needs_file = matches!(kind, "image" | "audio" | "video" | "document" | "sticker");
    if needs_file && file["id"].is_null() && file["link"].is_null() {
        return Err(Refusal(131008, "Required parameter is missing: id or link"));
    }
    Ok(())
}

async fn upload(
    State(simulator): State<WhatsappSimulator>,
    Path((_, number)): Path<(String, String)>,
    mut form: Multipart,
) -> Result<Json<Value>, Refusal> {
    if number != simulator.inner.phone_number_id {
        return Err(Refusal(100, "Unsupported post request: no such phone number id"));
    }
    while let Ok(Some(field)) = form.next_field().await {
        if field.name() == Some("file") {
            let content_type = field.content_type().unwrap_or("application/octet-stream").to_owned();
            let bytes = field.bytes().await.map_err(|_| Refusal(131053, "The file could not be read"))?.to_vec();
            let (id, _) = simulator.state().keep_media(Media { content_type, bytes });
            return Ok(Json(json!({ "id": id })));
        }
    }
    Err(Refusal(100, "The parameter file is required"))
}

async fn look_up(
    State(simulator): State<WhatsappSimulator>,
    Path((version, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("127.0.0.1");
    let state = simulator.state();
    let media = state.media(&id).ok_or(Refusal(100, "Unsupported get request: no such object"))?;
    Ok(Json(json!({
        "messaging_product": "whatsapp",
        "url": format!("http://{host}/files/{version}/{id}"),
        "mime_type": media.content_type,
        "sha256": media.sha256(),
        "file_size": media.bytes.len().to_string(),
        "id": id,
    })))
}

async fn download(State(simulator): State<WhatsappSimulator>, Path((_, id)): Path<(String, String)>) -> Response {
    match simulator.state().media(&id) {
        Some(media) => ([(header::CONTENT_TYPE, media.content_type.clone())], media.bytes.clone()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn delete(State(simulator): State<WhatsappSimulator>, Path((_, id)): Path<(String, String)>) -> Result<Json<Value>, Refusal> {
    if simulator.state().drop_media(&id) {
        Ok(Json(json!({ "success": true })))
    } else {
        Err(Refusal(100, "Unsupported delete request: no such object"))
    }
}
