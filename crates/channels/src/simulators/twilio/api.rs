//! Twilio's HTTP API, as far as we use it.

use super::{SentText, TwilioSimulator};
use crate::simulators::files::fetch;
use crate::twilio::segments;
use axum::body::Bytes;
use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

/// An error in Twilio's words.
pub(super) struct Refusal(pub i64, pub &'static str);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let Self(code, words) = self;
        let status = match code {
            20003 => StatusCode::UNAUTHORIZED,
            20404 => StatusCode::NOT_FOUND,
            20429 => StatusCode::TOO_MANY_REQUESTS,
            20500 | 20503 => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::BAD_REQUEST,
        };
        let more = format!("https://www.twilio.com/docs/errors/{code}");
        (status, Json(json!({ "code": code, "message": words, "more_info": more, "status": status.as_u16() }))).into_response()
    }
}

pub(super) fn router(simulator: TwilioSimulator) -> Router {
    Router::new()
        .route("/2010-04-01/Accounts/{account}/Messages.json", post(send))
        .route("/2010-04-01/Accounts/{account}/Calls.json", post(place))
        .route("/2010-04-01/Accounts/{account}/Calls/{call}", post(change))
        .layer(from_fn_with_state(simulator.clone(), authorise))
        .with_state(simulator)
}

async fn authorise(State(simulator): State<TwilioSimulator>, request: Request, next: Next) -> Response {
    let pair = format!("{}:{}", simulator.inner.account_sid, simulator.inner.auth_token.expose());
    let expected = format!("Basic {}", STANDARD.encode(pair));
    let given = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    if given == Some(expected.as_str()) { next.run(request).await } else { Refusal(20003, "Authenticate").into_response() }
}

/// The fields of a posted form.
pub(super) struct Form(Vec<(String, String)>);

impl Form {
    pub fn of(body: &Bytes) -> Self {
        Self(form_urlencoded::parse(body).into_owned().collect())
    }
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }
    pub fn get<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.all(name).next().filter(|value| !value.is_empty())
    }
}

pub(super) fn is_number(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| (7..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()))
}

async fn send(
    State(simulator): State<TwilioSimulator>,
    Path(account): Path<String>,
    body: Bytes,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    if account != simulator.inner.account_sid {
        return Err(Refusal(20404, "The requested resource was not found"));
    }
    let form = Form::of(&body);
    let to = form.get("To").ok_or(Refusal(21604, "A 'To' phone number is required."))?.to_owned();
    let from = form.get("From").or(form.get("MessagingServiceSid")).ok_or(Refusal(21603, "A 'From' phone number is required."))?;
    let mut media = Vec::new();
    for url in form.all("MediaUrl") {
        media.push(fetch(url).await.ok_or(Refusal(21620, "Invalid media URL(s)"))?);
    }
    let text = form.get("Body").unwrap_or_default().to_owned();
    if !is_number(&to) {
        return Err(Refusal(21211, "The 'To' number is not a valid phone number."));
    }
    if is_number(from) && from != simulator.inner.number {
        return Err(Refusal(21606, "The From phone number is not a valid, SMS-capable inbound phone number for your account."));
    }
    if text.is_empty() && media.is_empty() {
        return Err(Refusal(21602, "Message body is required."));
    }
    if text.chars().count() > 1600 {
        return Err(Refusal(21617, "The concatenated message body exceeds the 1600 character limit."));
    }
    let mut state = simulator.state();
    if let Some(code) = simulator.inner.hooks.faults().refuse_with {
        return Err(Refusal(code, "Refused by the simulator's fault switch"));
    }
    if state.has_stopped(&to) {
        return Err(Refusal(21610, "Attempt to send to unsubscribed recipient"));
    }
    let sid = state.next_sid(if media.is_empty() { "SM" } else { "MM" });
    if let Some(callback) = form.get("StatusCallback") {
        for status in ["sent", "delivered"] {
            let fields = [
                ("SmsSid", sid.as_str()),
                ("SmsStatus", status),
                ("MessageStatus", status),
                ("To", &to),
                ("MessageSid", &sid),
                ("AccountSid", &account),
                ("From", &simulator.inner.number),
                ("ApiVersion", "2010-04-01"),
            ];
            let form = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
            simulator.inner.hooks.queue((callback.to_owned(), form));
        }
    }
    let answer = json!({
        "account_sid": account,
        "api_version": "2010-04-01",
        "body": text,
        "date_created": null,
        "date_sent": null,
        "date_updated": null,
        "direction": "outbound-api",
        "error_code": null,
        "error_message": null,
        "from": from,
        "messaging_service_sid": null,
        "num_media": media.len().to_string(),
        "num_segments": segments(&text).count.to_string(),
        "price": null,
        "price_unit": "EUR",
        "sid": sid,
        "status": "queued",
        "subresource_uris": {},
        "to": to,
        "uri": format!("/2010-04-01/Accounts/{account}/Messages/{sid}.json"),
    });
    let at = simulator.inner.clock.now();
    state.sent.push(SentText { sid, to, body: text, media, at });
    Ok((StatusCode::CREATED, Json(answer)))
}

/// Ring somebody.
async fn place(
    State(simulator): State<TwilioSimulator>,
    Path(account): Path<String>,
    body: Bytes,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    let form = Form::of(&body);
    let to = form.get("To").filter(|to| is_number(to)).ok_or(Refusal(21211, "The 'To' number is not a valid phone number."))?;
    if form.get("From") != Some(simulator.inner.number.as_str()) {
        return Err(Refusal(21210, "The source phone number provided is not yet verified for your account."));
    }
    let url = form.get("Url").ok_or(Refusal(21205, "Url is not a valid URL"))?;
    if let Some(code) = simulator.inner.hooks.faults().refuse_with {
        return Err(Refusal(code, "Refused by the simulator's fault switch"));
    }
    let sid = simulator.place(to, url);
    Ok((
        StatusCode::CREATED,
        Json(json!({ "sid": sid, "account_sid": account, "to": to, "status": "queued", "direction": "outbound-api" })),
    ))
}

/// Let a line go on elsewhere, or end it.
async fn change(
    State(simulator): State<TwilioSimulator>,
    Path((_, call)): Path<(String, String)>,
    body: Bytes,
) -> Result<Json<Value>, Refusal> {
    let form = Form::of(&body);
    let sid = call.trim_end_matches(".json").to_owned();
    if simulator.line(&sid).is_none_or(|line| line.stands == super::LineStands::Over) {
        return Err(Refusal(21220, "Unable to update record. Call is not in-progress. Cannot redirect."));
    }
    let url = form.get("Url").map(str::to_owned);
    if url.is_none() && form.get("Status") != Some("completed") {
        return Err(Refusal(21218, "Invalid status or Url"));
    }
    simulator.change(sid.clone(), url);
    Ok(Json(json!({ "sid": sid, "status": "in-progress" })))
}
