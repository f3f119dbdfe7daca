//! Reading a provider's calls that may be JSON or a form with a file.

use axum::Json;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header;
use serde_json::{Map, Value, json};

/// Media type and bytes of a file that came in a form.
pub(super) type Upload = (String, Vec<u8>);

/// Fields from JSON or from a form, and the file of a form; `None` when it is neither. A form's fields are JSON where they can be, but
/// for those that are `words`.
pub(super) async fn json_or_form(request: Request, words: &[&str]) -> Option<(Value, Option<Upload>)> {
    let is_form = request.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data"));
    if !is_form {
        let Json(fields) = Json::<Value>::from_request(request, &()).await.ok()?;
        return Some((fields, None));
    }
    let mut form = Multipart::from_request(request, &()).await.ok()?;
    let (mut fields, mut file) = (Map::new(), None);
    while let Some(field) = form.next_field().await.ok()? {
        let (name, kind) = (field.name().unwrap_or_default().to_owned(), field.content_type().map(str::to_owned));
        let bytes = field.bytes().await.ok()?.to_vec();
        match kind {
            Some(kind) => file = Some((kind, bytes)),
            None => {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                let value = if words.contains(&name.as_str()) { None } else { serde_json::from_str(&text).ok() };
                fields.insert(name, value.unwrap_or_else(|| json!(text)));
            }
        }
    }
    Some((Value::Object(fields), file))
}
