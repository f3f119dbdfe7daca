//! A call is over, or left a message.

use super::{Call, CallError, CallId, CallState, orders, store};
use crate::{Account, Address, InboundMessage, Media, MediaKind, MediaSource, MessageId, Part, Receive, Sender, presence, receive};
use kernel::{Actor, Channel, Fault, ProfileId, Tx};
use serde_json::json;

/// How the line ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// Somebody hung up.
    Completed,
    /// The customer's line was taken.
    Busy,
    /// The customer did not pick up.
    NoAnswer,
    /// The network could not do it.
    Failed,
}

impl Over {
    fn as_str(self) -> &'static str {
        match self {
            Over::Completed => "completed",
            Over::Busy => "busy",
            Over::NoAnswer => "no_answer",
            Over::Failed => "failed",
        }
    }
}

/// The line is dead. Who talked, has talked (`call.ended`); who waited, or could not be got hold of, is missed (`call.missed`), and the
/// matter shows it. Repeating it changes nothing.
pub fn over(tx: &mut Tx<'_>, id: CallId, how: Over, actor: &Actor) -> Result<(), CallError> {
    let mut call = store::find(tx, id)?;
    let before = call.state;
    let (state, kind) = match before {
        CallState::Answered | CallState::Held | CallState::Menu => (CallState::Ended, "call.ended"),
        CallState::Ringing | CallState::Dialling => (CallState::Missed, "call.missed"),
        // The message stays; a call that is to be made is not the one that ended.
        CallState::Voicemail | CallState::Ended | CallState::Missed | CallState::Requested => return end_only(tx, call),
    };
    (call.state, call.waiting_since, call.ended_at) = (state, None, Some(tx.now()));
    if !store::save(tx, before, &call)? {
        return Err(CallError::NotNow(before));
    }
    orders::forget_redirects(tx, id)?;
    if let (CallState::Answered | CallState::Held, Some(agent)) = (before, call.agent) {
        presence::finish_call(tx, agent)?;
    }
    let reason = if state == CallState::Missed { how.as_str() } else { "" };
    let body = json!({ "seconds": call.talked_seconds(), "reason": reason, "by_machine": before == CallState::Menu });
    Ok(store::announce(tx, actor, &call, kind, body)?)
}

fn end_only(tx: &mut Tx<'_>, mut call: Call) -> Result<(), CallError> {
    if call.state == CallState::Voicemail && call.ended_at.is_none() {
        call.ended_at = Some(tx.now());
        store::save(tx, CallState::Voicemail, &call)?;
    }
    Ok(())
}

/// What the caller said after the tone: a message on the thread, once, with the address of its recording. Announces
/// `message.received`.
pub fn keep_voicemail(
    tx: &mut Tx<'_>,
    account: &Account,
    call: &mut Call,
    person: Vec<ProfileId>,
    (recording, words): (&str, &str),
) -> Result<MessageId, Fault> {
    let media = Media {
        kind: MediaKind::Audio,
        content_type: "audio/mpeg".into(),
        file_name: None,
        caption: None,
        content_id: None,
        source: MediaSource::Link { url: recording.to_owned() },
    };
    let text = Some(words.trim()).filter(|words| !words.is_empty()).map(|text| Part::Text { text: text.to_owned(), fresh: None });
    let from = Sender { address: Address::phone(&call.address), display_name: None, reply_to: None };
    let parts = text.into_iter().chain([Part::Media(media)]).collect();
    let message = InboundMessage::new(format!("voicemail:{recording}"), from, Address::phone(&account.address), tx.now(), parts);
    let cmd = Receive { account: account.id, channel: Channel::Phone, profile: call.profile, person, message, settles: None };
    let received = receive::receive(tx, &cmd)?;
    call.recording = Some(recording.to_owned());
    store::save(tx, call.state, call).map_err(|error| match error {
        CallError::Fault(fault) => fault,
        other => Fault::data(other.to_string()),
    })?;
    Ok(received.message)
}
