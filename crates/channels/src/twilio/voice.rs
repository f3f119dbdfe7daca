//! From a posted form to what happened on a line ("Twilio's request to your application" for voice, read 2026-04).

use super::form::Fields;
use crate::RawWebhook;
use conversations::{Address, LineEvent, LineState};

/// The parameter in which our own name for a call comes back.
pub(crate) const CALL: &str = "call";
/// The parameter that says after what we are asked.
const AFTER: &str = "after";

/// What happened; `None` when it is about no call.
pub fn parse(raw: &RawWebhook) -> Option<LineEvent> {
    let fields = Fields::of(&raw.body);
    let provider_id = fields.get("CallSid")?;
    let is_inbound = fields.get("Direction").is_none_or(|direction| direction == "inbound");
    // A withheld number comes as words or as nothing at all.
    let customer = fields.get(if is_inbound { "From" } else { "To" }).unwrap_or_default();
    Some(LineEvent {
        provider_id,
        call: raw.parameter(CALL).and_then(|id| id.parse().ok()),
        is_inbound,
        customer: Address::phone(&customer),
        // A recording is told of without the state of the line.
        state: fields.get("CallStatus").map_or(LineState::Open, |state| line_state(&state)),
        after: raw.parameter(AFTER).unwrap_or_default().to_owned(),
        digits: fields.get("Digits"),
        speech: fields.get("SpeechResult"),
        agent: fields.get("DialCallStatus").map(|state| line_state(&state)),
        recording: fields.get("RecordingUrl"),
        transcript: fields.get("TranscriptionText"),
    })
}

fn line_state(word: &str) -> LineState {
    match word {
        "queued" | "initiated" | "ringing" => LineState::Ringing,
        "in-progress" | "answered" => LineState::Open,
        "completed" => LineState::Completed,
        "busy" => LineState::Busy,
        "no-answer" => LineState::NoAnswer,
        _ => LineState::Failed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Timestamp;

    fn event(url: &str, body: &'static str) -> Option<LineEvent> {
        parse(&RawWebhook::of(body, Timestamp::from_seconds(0)).called_at(url))
    }

    #[test]
    fn a_call_comes_in_and_keys_and_words_follow() {
        let first = "CallSid=CA1&From=%2B34600111222&To=%2B34910000002&CallStatus=ringing&Direction=inbound";
        let seen = event("https://m.test/calls/1", first).expect("a call");
        assert_eq!((seen.provider_id.as_str(), seen.customer.value.as_str(), seen.state), ("CA1", "+34600111222", LineState::Ringing));
        let pressed = "CallSid=CA1&From=%2B34600111222&CallStatus=in-progress&Direction=inbound&Digits=1&SpeechResult=mi+pedido";
        let seen = event("https://m.test/calls/1?after=menu", pressed).expect("a call");
        assert_eq!((seen.after.as_str(), seen.digits.as_deref(), seen.speech.as_deref()), ("menu", Some("1"), Some("mi pedido")));
    }

    #[test]
    fn what_we_placed_carries_our_name_and_the_customer_is_whom_we_rang() {
        let body = "CallSid=CA2&From=%2B34910000002&To=%2B34600111222&CallStatus=no-answer&Direction=outbound-api";
        let seen = event("https://m.test/calls/1?call=01ARZ3NDEKTSV4RRFFQ69G5FAV", body).expect("a call");
        assert_eq!((seen.is_inbound, seen.customer.value.as_str(), seen.state), (false, "+34600111222", LineState::NoAnswer));
        assert_eq!(seen.call.map(|id| id.to_string()).as_deref(), Some("01ARZ3NDEKTSV4RRFFQ69G5FAV"));
        assert_eq!(event("https://m.test/calls/1", "From=x"), None);
    }

    #[test]
    fn the_agents_line_and_a_recording_are_told_apart() {
        let body = "CallSid=CA1&CallStatus=in-progress&DialCallStatus=busy&RecordingUrl=https%3A%2F%2Fapi.twilio.com%2FRE1";
        let seen = event("https://m.test/calls/1?after=bridge", body).expect("a call");
        assert_eq!((seen.agent, seen.recording.as_deref()), (Some(LineState::Busy), Some("https://api.twilio.com/RE1")));
    }
}
