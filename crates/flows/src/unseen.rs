//! She has left the chat: what she has not seen there reaches her by the next way that is lawful and open.

use crate::contact::{Ask, Route, weigh};
use crate::reply::author;
use conversations::{DeliveryState, FileRef, Message, MessageId, Reply};
use customers::Purpose;
use kernel::{Actor, Channel, Event, Fault, Logged, Reaction, ReadTx, Timer, Tx};
use serde_json::json;
use std::time::Duration;

/// How long an answer may stand in the chat before somebody who is not there gets it elsewhere.
const PATIENCE: Duration = Duration::from_secs(60);
/// The timer that looks again.
pub(crate) const UNSEEN: &str = "flows.unseen";
/// The name of what is said again, before the message's own and the account.
const KEY: &str = "unseen:";
/// What starts it.
pub(crate) const REACTION: Reaction =
    Reaction { name: "flows.unseen", kinds: &["message.sent", "message.failed"], folds: false, react: follow };

fn follow(tx: &mut Tx<'_>, event: &Logged) -> Result<(), Fault> {
    match (event.kind.as_str(), event.channel) {
        ("message.sent", Some(Channel::Webchat)) => tx.at(tx.now().plus(PATIENCE), UNSEEN, &event.subject, &json!({})),
        // A browser that has withdrawn tells it only when it is called: the answer that went there is not lost.
        ("message.failed", Some(Channel::Push)) => match said_again(tx, event)? {
            Some(message) => by_another_way(tx, message, Some(Channel::Push)),
            None => Ok(()),
        },
        _ => Ok(()),
    }
}

/// The message in the chat that this one said again.
fn said_again(tx: &ReadTx<'_>, event: &Logged) -> Result<Option<MessageId>, Fault> {
    let Ok(id) = event.subject.parse::<MessageId>() else { return Ok(None) };
    let key = conversations::message_key(tx, id)?.unwrap_or_default();
    Ok(key.strip_prefix(KEY).and_then(|rest| rest.split(':').next()?.parse().ok()))
}

pub(crate) fn unseen(tx: &mut Tx<'_>, timer: &Timer) -> Result<(), Fault> {
    timer.key.parse::<MessageId>().map_or(Ok(()), |id| by_another_way(tx, id, None))
}

/// Nobody has looked: ask the contact policy, and say the same by the way that it chooses. Announces `message.moved`, or `message.unseen` when
/// there is no other way; both are on the thread. `but` is a way that has failed.
fn by_another_way(tx: &mut Tx<'_>, id: MessageId, but: Option<Channel>) -> Result<(), Fault> {
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
        let carries = |channel| match channel {
            Channel::Webchat => false,
            Channel::Push => files.is_empty(),
            _ => true,
        };
        routes.retain(|route| carries(route.way.channel) && Some(route.way.channel) != but);
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
        ..Reply::new(message.matter, route.account, &route.way.address, &message.text, format!("{KEY}{}:{}", message.id, route.account))
    };
    match conversations::reply(tx, &author(&message.author), &cmd) {
        Ok(_) => Ok(true),
        Err(conversations::ConversationError::Fault(fault)) => Err(fault),
        Err(_) => Ok(false),
    }
}
