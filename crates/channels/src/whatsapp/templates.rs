//! Texts that Meta must approve: handing one in, reading what is there, and what Meta tells of them by webhook.
//! Documents: `/{WABA-ID}/message_templates` and `/{TEMPLATE_ID}` of the contract; webhook fields `message_template_status_update`,
//! `template_category_update`, `message_template_quality_update`.

use super::{codes, render::at};
use crate::json::{id, list, seconds, text};
use crate::{Auth, Body, CannotSend, ChannelAccount, HttpRequest, SendError, WireReply};
use conversations::{
    AtProvider, Fetched, HandedIn, InboundEvent, MessageTemplate, TemplateButton, TemplateCategory, TemplateContent, TemplateNews,
    TemplateSays, TemplateState,
};
use kernel::Timestamp;
use serde_json::{Value, json};

/// Templates of one page.
const PAGE: usize = 100;

/// The request that hands a template in, or hands it in again with other words.
pub fn hand_in(account: &ChannelAccount, template: &MessageTemplate) -> Result<HttpRequest, CannotSend> {
    let path = match &template.provider_id {
        Some(known) => known.clone(),
        None => format!("{}/message_templates", account.setting("business_account_id")?),
    };
    let body = json!({
        "name": template.name,
        "language": template.language,
        "category": template.category.as_str().to_ascii_uppercase(),
        "components": components(&template.content),
    });
    let auth = Auth::Bearer(account.secret("access_token")?.clone());
    Ok(HttpRequest { method: "POST", url: at(account, &path), auth, body: Body::Json(body) })
}

/// What Meta made of it. One that was known before keeps its number, and is looked at again.
pub fn handed_in(template: &MessageTemplate, reply: &WireReply) -> Result<HandedIn, SendError> {
    let json = codes::answer(reply)?;
    let provider_id = id(&json["id"]).or_else(|| template.provider_id.clone()).ok_or_else(unnamed)?;
    let state = json["status"].as_str().and_then(state).unwrap_or(TemplateState::Pending);
    Ok(HandedIn { provider_id, state, category: category(&json["category"]) })
}

fn unnamed() -> SendError {
    SendError::Permanent { code: "no_template_id".into(), text: "the provider took the template without numbering it".into() }
}

/// The request for the templates of an account, a page at a time.
pub fn list_request(account: &ChannelAccount, after: Option<&str>) -> Result<HttpRequest, CannotSend> {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("limit", &PAGE.to_string());
    query.append_pair("fields", "id,name,language,category,status,rejected_reason,components");
    if let Some(after) = after {
        query.append_pair("after", after);
    }
    let path = format!("{}/message_templates?{}", account.setting("business_account_id")?, query.finish());
    Ok(HttpRequest::get(at(account, &path), Auth::Bearer(account.secret("access_token")?.clone())))
}

/// The templates of a page, and where the next begins; those of a state or shape that we cannot read are only named.
pub fn listed(reply: &WireReply) -> Result<(Fetched, Option<String>), SendError> {
    let json = codes::answer(reply)?;
    let next = json["paging"]["next"].as_str().and(text(&json["paging"]["cursors"]["after"])).map(str::to_owned);
    let mut page = Fetched::default();
    for json in list(&json["data"]) {
        match (one(json), text(&json["name"]).zip(text(&json["language"]))) {
            (Some(template), _) => page.templates.push(template),
            (None, Some((name, language))) => page.unread.extend([(name.to_owned(), language.to_owned())]),
            // Nobody can tell which it is.
            (None, None) => page.has_more = true,
        }
    }
    Ok((page, next))
}

fn one(json: &Value) -> Option<AtProvider> {
    Some(AtProvider {
        name: text(&json["name"])?.to_owned(),
        language: text(&json["language"])?.to_owned(),
        category: category(&json["category"])?,
        content: content(list(&json["components"])),
        state: state(text(&json["status"])?)?,
        reason: reason(&json["rejected_reason"]),
        provider_id: id(&json["id"])?,
    })
}

/// Our words in Meta's parts.
fn components(content: &TemplateContent) -> Value {
    let mut parts = Vec::new();
    if !content.header.is_empty() {
        parts.push(json!({ "type": "HEADER", "format": "TEXT", "text": content.header }));
    }
    let mut body = json!({ "type": "BODY", "text": content.body });
    if !content.examples.is_empty() {
        body["example"] = json!({ "body_text": [content.examples] });
    }
    parts.push(body);
    if !content.footer.is_empty() {
        parts.push(json!({ "type": "FOOTER", "text": content.footer }));
    }
    if !content.buttons.is_empty() {
        let button = |button: &TemplateButton| match button {
            TemplateButton::QuickReply { text } => json!({ "type": "QUICK_REPLY", "text": text }),
            TemplateButton::Url { text, url } => json!({ "type": "URL", "text": text, "url": url }),
            TemplateButton::Phone { text, phone_number } => json!({ "type": "PHONE_NUMBER", "text": text, "phone_number": phone_number }),
        };
        parts.push(json!({ "type": "BUTTONS", "buttons": content.buttons.iter().map(button).collect::<Vec<_>>() }));
    }
    Value::Array(parts)
}

/// Meta's parts in our words.
fn content(components: &[Value]) -> TemplateContent {
    let mut content = TemplateContent::default();
    for part in components {
        let words = part["text"].as_str().unwrap_or_default().to_owned();
        match part["type"].as_str().unwrap_or_default().to_ascii_uppercase().as_str() {
            "HEADER" => {
                content.has_more |= part["format"].as_str().is_some_and(|format| format != "TEXT") || words.contains("{{");
                content.header = words;
            }
            "BODY" => {
                content.examples = list(&part["example"]["body_text"][0]).iter().filter_map(|e| e.as_str().map(str::to_owned)).collect();
                content.body = words;
                // Gaps by name, or none that we can count.
                content.has_more |= content.gaps().is_err() || (content.body.contains("{{") && content.gaps().is_ok_and(|gaps| gaps == 0));
            }
            "FOOTER" => content.footer = words,
            "BUTTONS" => {
                for button in list(&part["buttons"]) {
                    match read_button(button) {
                        Some(button) => content.buttons.push(button),
                        None => content.has_more = true,
                    }
                }
            }
            _ => content.has_more = true,
        }
    }
    content.has_more |= content.body.is_empty();
    content
}

fn read_button(json: &Value) -> Option<TemplateButton> {
    let text_of = |name: &str| text(&json[name]).map(str::to_owned);
    let words = text_of("text")?;
    match json["type"].as_str()? {
        "QUICK_REPLY" => Some(TemplateButton::QuickReply { text: words }),
        "URL" => text_of("url").filter(|url| !url.contains("{{")).map(|url| TemplateButton::Url { text: words, url }),
        "PHONE_NUMBER" => text_of("phone_number").map(|phone_number| TemplateButton::Phone { text: words, phone_number }),
        _ => None,
    }
}

fn category(json: &Value) -> Option<TemplateCategory> {
    json.as_str()?.to_ascii_lowercase().parse().ok()
}

/// Meta's word for where a template stands; `None` for words that change nothing (`FLAGGED`).
fn state(word: &str) -> Option<TemplateState> {
    Some(match word {
        "APPROVED" | "REINSTATED" | "UNARCHIVED" => TemplateState::Approved,
        "PENDING" | "IN_APPEAL" => TemplateState::Pending,
        "REJECTED" => TemplateState::Rejected,
        "PAUSED" => TemplateState::Paused,
        "DISABLED" | "LIMIT_EXCEEDED" | "LOCKED" | "DELETED" | "PENDING_DELETION" | "ARCHIVED" => TemplateState::Disabled,
        _ => return None,
    })
}

fn reason(json: &Value) -> String {
    text(json).filter(|word| *word != "NONE").unwrap_or_default().to_owned()
}

/// What Meta tells of a template; `None` for another field, or when it says nothing that we keep.
pub(super) fn news(field: &str, value: &Value, told: &Value, received_at: Timestamp) -> Option<InboundEvent> {
    let says = match field {
        "message_template_status_update" => {
            let word = text(&value["event"])?;
            // Where Meta gives no reason, the word itself says more than our state does.
            let state = state(word)?;
            let told = reason(&value["reason"]);
            let is_plain =
                matches!(word, "DISABLED" | "APPROVED" | "PENDING" | "REJECTED" | "PAUSED" | "REINSTATED" | "UNARCHIVED" | "IN_APPEAL");
            TemplateSays::Stands { state, reason: if told.is_empty() && !is_plain { word.to_owned() } else { told } }
        }
        "template_category_update" => TemplateSays::Category(category(&value["new_category"])?),
        "message_template_quality_update" => TemplateSays::Quality(text(&value["new_quality_score"])?.to_owned()),
        _ => return None,
    };
    Some(InboundEvent::Template(TemplateNews {
        name: text(&value["message_template_name"])?.to_owned(),
        language: text(&value["message_template_language"]).unwrap_or_default().to_owned(),
        provider_id: id(&value["message_template_id"]),
        says,
        at: seconds(told, received_at),
    }))
}
