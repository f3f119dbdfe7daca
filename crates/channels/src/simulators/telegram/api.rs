//! The Bot API, as far as we use it: `/bot{token}/{method}` and `/file/bot{token}/{path}`.

use super::{TelegramSimulator, chat};
use crate::simulators::files::ROOMY;
use crate::simulators::forms::{Upload, json_or_form};
use axum::extract::{DefaultBodyLimit, Path, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

/// What a method that sends a file calls it.
const FILES: [(&str, &str); 5] =
    [("sendPhoto", "photo"), ("sendAudio", "audio"), ("sendVideo", "video"), ("sendDocument", "document"), ("sendSticker", "sticker")];

/// A refusal in Telegram's words.
struct Refusal(u16, String, Option<u32>);

fn refuse<T>(code: u16, words: &str) -> Result<T, Refusal> {
    Err(Refusal(code, words.to_owned(), None))
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let Self(code, words, retry_after) = self;
        let mut body = json!({ "ok": false, "error_code": code, "description": words });
        if let Some(seconds) = retry_after {
            body["parameters"] = json!({ "retry_after": seconds });
        }
        (StatusCode::from_u16(code).unwrap_or(StatusCode::BAD_REQUEST), Json(body)).into_response()
    }
}

pub(super) fn router(simulator: TelegramSimulator) -> Router {
    Router::new()
        .route("/{bot}/{method}", post(call).layer(DefaultBodyLimit::max(ROOMY)))
        .route("/file/{bot}/{path}", get(download))
        .with_state(simulator)
}

impl TelegramSimulator {
    fn is_ours(&self, bot: &str) -> bool {
        bot.strip_prefix("bot") == Some(self.inner.token.expose())
    }
}

async fn call(
    State(simulator): State<TelegramSimulator>,
    Path((bot, method)): Path<(String, String)>,
    request: Request,
) -> Result<Json<Value>, Refusal> {
    if !simulator.is_ours(&bot) {
        return refuse(401, "Unauthorized");
    }
    let (fields, file) =
        json_or_form(request, &["caption"]).await.ok_or(Refusal(400, "Bad Request: can't parse the request".into(), None))?;
    match method.as_str() {
        "setWebhook" | "answerCallbackQuery" => Ok(Json(json!({ "ok": true, "result": true }))),
        "getFile" => simulator.look_up(&fields),
        _ => simulator.send(&method, fields, file),
    }
}

impl TelegramSimulator {
    fn look_up(&self, fields: &Value) -> Result<Json<Value>, Refusal> {
        let id = fields["file_id"].as_str().unwrap_or_default();
        match self.state().file(id) {
            Some((_, bytes)) => Ok(Json(
                json!({ "ok": true, "result": { "file_id": id, "file_unique_id": id, "file_size": bytes.len(), "file_path": id } }),
            )),
            None => refuse(400, "Bad Request: invalid file_id"),
        }
    }

    fn send(&self, method: &str, fields: Value, upload: Option<Upload>) -> Result<Json<Value>, Refusal> {
        let now = self.inner.clock.now();
        let file = FILES.iter().find(|(known, _)| *known == method).map(|(_, name)| *name);
        if method != "sendMessage" && file.is_none() {
            return refuse(404, "Not Found: method not found");
        }
        if let Some(code) = self.inner.hooks.faults().refuse_with {
            let code = u16::try_from(code).ok().filter(|code| (400..600).contains(code)).unwrap_or(403);
            return Err(Refusal(code, "Refused by the simulator's fault switch".into(), (code == 429).then_some(7)));
        }
        let to = fields["chat_id"].as_i64().map(|id| id.to_string()).unwrap_or_default();
        let mut state = self.state();
        if !state.knows(&to) {
            return refuse(400, "Bad Request: chat not found");
        }
        if state.blocked.contains(&to) {
            return refuse(403, "Forbidden: bot was blocked by the user");
        }
        well_formed(&fields, method)?;
        if !state.has_room(&to, now) {
            return Err(Refusal(429, "Too Many Requests: retry after 1".into(), Some(1)));
        }
        let kept = match (file, upload) {
            (Some(_), Some((kind, bytes))) => Some(state.keep(&kind, bytes)),
            (Some(name), None) => match fields[name].as_str() {
                Some(known) => Some(known.to_owned()),
                None => return refuse(400, "Bad Request: there is no file in the request"),
            },
            (None, _) => None,
        };
        let number = state.next();
        let mut message = json!({ "message_id": number, "chat": chat(&to, ""), "date": now.as_micros() / 1_000_000 });
        for name in ["text", "caption", "reply_markup"] {
            if !fields[name].is_null() {
                message[name] = fields[name].clone();
            }
        }
        state.took(&to, now, message.clone(), kept);
        Ok(Json(json!({ "ok": true, "result": message })))
    }
}

/// The checks of the contract that a sender can get wrong.
fn well_formed(fields: &Value, method: &str) -> Result<(), Refusal> {
    let long = |name: &str, limit: usize| fields[name].as_str().is_some_and(|text| text.chars().count() > limit);
    if method == "sendMessage" && fields["text"].as_str().is_none_or(|text| text.trim().is_empty()) {
        return refuse(400, "Bad Request: message text is empty");
    }
    if long("text", 4096) || long("caption", 1024) {
        return refuse(400, "Bad Request: message is too long");
    }
    let rows = fields["reply_markup"]["inline_keyboard"].as_array().into_iter().flatten();
    let mut buttons = rows.flat_map(|row| row.as_array().into_iter().flatten());
    if buttons.any(|button| button["callback_data"].as_str().is_none_or(|data| data.is_empty() || data.len() > 64)) {
        return refuse(400, "Bad Request: BUTTON_DATA_INVALID");
    }
    Ok(())
}

async fn download(State(simulator): State<TelegramSimulator>, Path((bot, path)): Path<(String, String)>) -> Response {
    if !simulator.is_ours(&bot) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    match simulator.state().file(&path) {
        // Telegram does not say what it is; the look-up of the message did.
        Some((_, bytes)) => ([(header::CONTENT_TYPE, "application/octet-stream")], bytes.clone()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
