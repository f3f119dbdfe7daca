//! Templates at Meta: handed in, looked at, judged. Whoever rehearses is the judge.

use super::api::Refusal;
use super::{WhatsappSimulator, state::State};
use axum::Json;
use axum::extract::{Path, Query, State as Shared};
use axum::http::HeaderMap;
use serde::Deserialize;
use serde_json::{Value, json};

/// Templates of one page when nobody asks for more or fewer.
const PAGE: usize = 25;

/// A template at Meta.
#[derive(Debug, Clone, PartialEq)]
pub struct SimulatedTemplate {
    /// Its number.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its language.
    pub language: String,
    /// `MARKETING` and so on.
    pub category: String,
    /// Its parts.
    pub components: Value,
    /// `PENDING`, `APPROVED` and so on.
    pub status: String,
    /// Why it was rejected; `NONE` otherwise.
    pub reason: String,
}

impl SimulatedTemplate {
    /// The words with the gaps.
    pub fn body(&self) -> &str {
        let parts = self.components.as_array().map(Vec::as_slice).unwrap_or_default();
        parts.iter().find(|part| part["type"] == "BODY").and_then(|part| part["text"].as_str()).unwrap_or_default()
    }
    fn gaps(&self) -> usize {
        (1..).take_while(|number| self.body().contains(&format!("{{{{{number}}}}}"))).count()
    }
    fn shown(&self) -> Value {
        json!({ "id": self.id, "name": self.name, "language": self.language, "category": self.category, "status": self.status,
            "rejected_reason": self.reason, "components": self.components })
    }
}

impl WhatsappSimulator {
    /// Every template that was handed in, oldest first.
    pub fn templates(&self) -> Vec<SimulatedTemplate> {
        self.state().templates.clone()
    }

    /// A template that was made and approved at Meta, past our hands; it has one part, its words.
    pub fn has_template(&self, name: &str, language: &str, body: &str) {
        let components = json!([{ "type": "BODY", "text": body }]);
        let mut state = self.state();
        let id = state.next_number();
        state.templates.push(SimulatedTemplate {
            id,
            name: name.to_owned(),
            language: language.to_owned(),
            category: "UTILITY".to_owned(),
            components,
            status: "APPROVED".to_owned(),
            reason: "NONE".to_owned(),
        });
    }

    /// Meta judges a template (`APPROVED`, `REJECTED`, `PAUSED`, `DISABLED`) and says so by webhook, at the next [`Self::deliver`].
    /// False when there is no such template.
    pub fn judges(&self, id: &str, status: &str, reason: &str) -> bool {
        let mut state = self.state();
        let Some(template) = state.templates.iter_mut().find(|template| template.id == id) else { return false };
        template.status = status.to_owned();
        template.reason = reason.to_owned();
        let value = json!({ "event": status, "message_template_id": id.parse::<i64>().unwrap_or_default(), "message_template_name": template.name,
            "message_template_language": template.language, "reason": reason });
        self.tell_of_template("message_template_status_update", value);
        true
    }

    /// How customers take a template (`GREEN`, `YELLOW`, `RED`), by webhook.
    pub fn rates_template(&self, id: &str, quality: &str) {
        let state = self.state();
        let Some(template) = state.templates.iter().find(|template| template.id == id) else { return };
        let value = json!({ "previous_quality_score": "UNKNOWN", "new_quality_score": quality, "message_template_id": id.parse::<i64>().unwrap_or_default(),
            "message_template_name": template.name, "message_template_language": template.language });
        self.tell_of_template("message_template_quality_update", value);
    }

    fn tell_of_template(&self, field: &str, value: Value) {
        let time = self.inner.clock.now().as_micros() / 1_000_000;
        let change = json!({ "value": value, "field": field });
        let entry = json!({ "id": self.inner.business_account_id, "time": time, "changes": [change] });
        self.inner.hooks.queue(json!({ "object": "whatsapp_business_account", "entry": [entry] }));
    }
}

/// The words of a template that a message uses, filled: it must be there, approved, and each gap have a value.
pub(super) fn filled(state: &State, payload: &Value) -> Result<Option<String>, Refusal> {
    if payload["type"] != "template" {
        return Ok(None);
    }
    let (name, language) = (&payload["template"]["name"], &payload["template"]["language"]["code"]);
    let found = state.templates.iter().find(|template| *name == template.name.as_str() && *language == template.language.as_str());
    let Some(template) = found else { return Err(Refusal(132_001, "Template name does not exist in the translation")) };
    match template.status.as_str() {
        "APPROVED" => {}
        "PAUSED" => return Err(Refusal(132_015, "Template is paused")),
        "DISABLED" => return Err(Refusal(132_016, "Template is disabled")),
        _ => return Err(Refusal(132_001, "Template is not approved")),
    }
    let parameters = payload["template"]["components"][0]["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
    let values: Vec<String> = parameters.iter().filter_map(|value| value["text"].as_str().map(str::to_owned)).collect();
    if values.len() != template.gaps() {
        return Err(Refusal(132_000, "Number of parameters does not match the expected number of params"));
    }
    Ok(Some(conversations::fill_numbers(template.body(), &values)))
}

/// A template that is handed in waits to be judged.
pub(super) async fn create(
    Shared(simulator): Shared<WhatsappSimulator>,
    Path((_, account)): Path<(String, String)>,
    Json(payload): Json<Value>,
) -> Result<Json<Value>, Refusal> {
    if account != simulator.inner.business_account_id {
        return Err(Refusal(100, "Unsupported post request: no such business account id"));
    }
    let text = |name: &str| payload[name].as_str().unwrap_or_default().to_owned();
    let (name, language, category) = (text("name"), text("language"), text("category"));
    let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if !is_name || language.is_empty() || !matches!(category.as_str(), "MARKETING" | "UTILITY" | "AUTHENTICATION") {
        return Err(Refusal(100, "Invalid parameter: name, language or category"));
    }
    let mut state = simulator.state();
    if state.templates.iter().any(|template| template.name == name && template.language == language) {
        return Err(Refusal(100, "There is already content in this language for this template"));
    }
    let id = state.next_number();
    let template = SimulatedTemplate {
        id: id.clone(),
        name,
        language,
        category: category.clone(),
        components: payload["components"].clone(),
        status: "PENDING".into(),
        reason: "NONE".into(),
    };
    has_examples(&template)?;
    state.templates.push(template);
    Ok(Json(json!({ "id": id, "status": "PENDING", "category": category })))
}

fn has_examples(template: &SimulatedTemplate) -> Result<(), Refusal> {
    let parts = template.components.as_array().map(Vec::as_slice).unwrap_or_default();
    let body = parts.iter().find(|part| part["type"] == "BODY").ok_or(Refusal(100, "Invalid parameter: a template needs a body"))?;
    let examples = body["example"]["body_text"][0].as_array().map_or(0, Vec::len);
    if examples < template.gaps() { Err(Refusal(100, "Invalid parameter: variables need examples")) } else { Ok(()) }
}

/// Other words for a template: it waits to be judged anew.
pub(super) async fn change(
    Shared(simulator): Shared<WhatsappSimulator>,
    Path((_, id)): Path<(String, String)>,
    Json(payload): Json<Value>,
) -> Result<Json<Value>, Refusal> {
    let mut state = simulator.state();
    let found = state.templates.iter_mut().find(|template| template.id == id);
    let template = found.ok_or(Refusal(100, "Unsupported post request: no such object"))?;
    let changed = SimulatedTemplate { components: payload["components"].clone(), ..template.clone() };
    has_examples(&changed)?;
    *template = SimulatedTemplate { status: "PENDING".into(), reason: "NONE".into(), ..changed };
    Ok(Json(json!({ "success": true })))
}

#[derive(Deserialize)]
pub(super) struct Page {
    limit: Option<usize>,
    after: Option<String>,
}

/// A page of templates; a cursor is how many came before.
pub(super) async fn list(
    Shared(simulator): Shared<WhatsappSimulator>,
    Path((version, account)): Path<(String, String)>,
    Query(page): Query<Page>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    if account != simulator.inner.business_account_id {
        return Err(Refusal(100, "Unsupported get request: no such business account id"));
    }
    let state = simulator.state();
    let (from, limit) = (page.after.and_then(|after| after.parse().ok()).unwrap_or(0), page.limit.unwrap_or(PAGE).max(1));
    let shown: Vec<Value> = state.templates.iter().skip(from).take(limit).map(SimulatedTemplate::shown).collect();
    let end = from + shown.len();
    let mut paging = json!({ "cursors": { "before": from.to_string(), "after": end.to_string() } });
    if end < state.templates.len() {
        let host = headers.get("host").and_then(|host| host.to_str().ok()).unwrap_or("127.0.0.1");
        paging["next"] = json!(format!("http://{host}/{version}/{account}/message_templates?limit={limit}&after={end}"));
    }
    Ok(Json(json!({ "data": shown, "paging": paging })))
}
