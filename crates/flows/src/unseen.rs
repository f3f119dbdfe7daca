//! She has left the chat: what she has not seen there reaches her by the next way that is lawful and open.

use crate::contact::{Ask, Route, weigh};
use crate::reply::author;
use conversations::{DeliveryState, FileRef, Message, MessageId, Reply};
use customers::Purpose;
use kernel::{Actor, Channel, Event, Fault, Logged, Reaction, Timer, Tx};
use serde_json::json;
use std::time::Duration;

/// How long an answer may stand in the chat before somebody who is not there gets it elsewhere.
const PATIENCE: Duration = Duration::from_secs(60);
/// The timer that looks again.
pub(crate) const UNSEEN: &str = "flows.unseen";
/// What starts it.
pub(crate) const REACTION: Reaction = Reaction { name: "flows.unseen", kinds: &["message.sent"], folds: false, react: wait };

fn wait(tx: &mut Tx<'_>, event: &Logged) -> Result<(), Fault> {
    if event.channel == Some(Channel::Webchat) {
        let due = tx.now().plus(PATIENCE);
        tx.at(due, UNSEEN, &event.subject, &json!({}))?;
    }
    Ok(())
}

/// Nobody has looked: ask the contact policy, and say the same by the way that it chooses. Announces `message.moved`, or `message.unseen` when
/// there is no other way; both are on the thread.
pub(crate) fn unseen(tx: &mut Tx<'_>, timer: &Timer) -> Result<(), Fault> {
    let Ok(id) = timer.key.parse::<MessageId>() else { return Ok(()) };
    // What a machine wrote, a notice above all, had its way chosen when it was written.
    let moves = |message: &Message| message.state == DeliveryState::Sent && !message.content.automatic;
    let Some(message) = conversations::messages(tx, &[id])?.pop().filter(moves) else { return Ok(()) };
    let Some(person) = customers::person_of(tx, message.profile)?.map_or(Ok(None), |id| customers::person(tx, id))? else { return Ok(()) };
    let now = tx.now();
    let files: Vec<FileRef> = conversations::attachments_of(tx, message.id)?.into_iter().map(|file| FileRef::Attachment(file.id)).collect();
    // She has just asked: this is about now, and nothing that she did not ask for.
    let ask = Ask::about(Purpose::Service).urgent();
    let weighed = weigh(tx, &person, ask, now, |routes| {
        // A notice leads back to the chat, which is where a file is seen.
        let carries = |channel: Channel| channel != Channel::Webchat && (channel != Channel::Push || files.is_empty());
        routes.retain(|route| carries(route.way.channel));
        // A conversation goes on where it is read at once, on her own device first; a letter is for when there is nothing else.
        routes.sort_by_key(|route| (route.way.channel == Channel::Email, route.way.channel != Channel::Push));
    })?;
    let reasons = weighed.decision.codes();
    if let Some(route) = weighed.chosen()?
        && say_again(tx, &message, route, files)?
    {
        return tell(tx, &message, "message.moved", route.way.channel, &reasons);
    }
    tell(tx, &message, "message.unseen", Channel::Webchat, &reasons)
}

fn tell(tx: &mut Tx<'_>, message: &Message, kind: &'static str, channel: Channel, reasons: &impl serde::Serialize) -> Result<(), Fault> {
    let body = json!({ "matter": message.matter, "from": Channel::Webchat, "channel": channel, "reasons": reasons });
    tx.announce(Event::new(kind, message.id).profile(message.profile).channel(channel).by(&Actor::system()).body(&body))
}

/// The same words in the same concern, by whoever wrote them; false when it cannot be said there after all.
fn say_again(tx: &mut Tx<'_>, message: &Message, route: &Route, files: Vec<FileRef>) -> Result<bool, Fault> {
    conversations::know_address(tx, route.account, &route.way.address, route.profile)?;
    let cmd = Reply {
        files,
        extras: message.content.outbound.as_deref().cloned(),
        automatic: message.content.automatic,
        ..Reply::new(message.matter, route.account, &route.way.address, &message.text, format!("unseen:{}", message.id))
    };
    match conversations::reply(tx, &author(&message.author), &cmd) {
        Ok(_) => Ok(true),
        Err(conversations::ConversationError::Fault(fault)) => Err(fault),
        Err(_) => Ok(false),
    }
}
