//! Reading a provider's JSON piece by piece: one odd message must not cost its neighbours, and providers add fields without a new version.

use crate::clean::clean_json;
use conversations::{InboundEvent, Sender, UnknownEvent};
use kernel::Timestamp;
use serde_json::Value;

/// The last second that a time may name: the end of the year 9999.
const END: i64 = 253_402_300_799;

/// What a provider answers, made fit to store; nothing when it is no JSON.
pub(crate) fn read(body: &[u8]) -> Value {
    let mut json = serde_json::from_slice(body).unwrap_or_default();
    clean_json(&mut json);
    json
}

/// The items of a list; none when it is no list.
pub(crate) fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A text that is not empty.
pub(crate) fn text(value: &Value) -> Option<&str> {
    value.as_str().filter(|text| !text.is_empty())
}

/// A text that is not empty, or a whole number as text.
pub(crate) fn id(value: &Value) -> Option<String> {
    text(value).map(str::to_owned).or_else(|| value.as_i64().map(|number| number.to_string()))
}

/// A number, or a text that reads as one.
pub(crate) fn number(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.parse().ok()).filter(|number| number.is_finite())
}

/// Seconds since 1970, as text or number; `otherwise` when there is none or it cannot be.
pub(crate) fn seconds(value: &Value, otherwise: Timestamp) -> Timestamp {
    whole(value).filter(|seconds| (0..=END).contains(seconds)).map_or(otherwise, Timestamp::from_seconds)
}

/// Milliseconds since 1970, as text or number; what is too small to be any is seconds. `otherwise` when there is none or it cannot be.
pub(crate) fn millis(value: &Value, otherwise: Timestamp) -> Timestamp {
    match whole(value) {
        Some(seconds @ 0..=99_999_999_999) => Timestamp::from_seconds(seconds),
        Some(millis) if (0..=END * 1000).contains(&millis) => Timestamp::from_micros(millis * 1000),
        _ => otherwise,
    }
}

fn whole(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}

/// Something that this version cannot read.
pub(crate) fn unknown(kind: &str, id: Option<&str>, from: Option<Sender>) -> InboundEvent {
    InboundEvent::Unknown(UnknownEvent { kind: kind.to_owned(), provider_event_id: id.map(str::to_owned), from })
}
