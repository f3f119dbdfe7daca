//! Write to a person by a program: now, later, or not at all, as the contact policy says.

use super::gather::{Ask, Route, weigh};
use conversations::{ConversationError, MessageId, OutboundExtras, Reply, Template};
use customers::policy::{Contact, Decision, Urgency};
use customers::{PersonId, Purpose};
use kernel::{Actor, Channel, Event, Fault, Locale, Timer, Timestamp, Tx};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) const SEND_LATER: &str = "flows.send_later";

/// Something a program has to say.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Notice {
    /// To whom; an id from before a join will do.
    pub person: PersonId,
    /// What for.
    pub purpose: Purpose,
    /// Whether it can wait.
    pub urgency: Urgency,
    /// Subject line, where there is one.
    pub subject: String,
    /// The words, in the person's language.
    pub text: String,
    /// An approved text for channels that need one when they have not written lately.
    pub template: Option<Template>,
    /// For what nobody asked for: the address before the token of the preference page, such as `https://shop/preferences/`. The link is
    /// put under the words.
    pub preferences: String,
    /// The caller's name for this message: under one name it is sent once.
    pub key: String,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// On its way.
    Queued {
        /// By this channel.
        channel: Channel,
        /// As this message.
        message: MessageId,
    },
    /// The policy is asked again then, by a timer; a new call with the same key replaces what waits.
    Waiting(Timestamp),
    /// It will not be sent.
    Held,
    /// It was sent before under this key.
    Already,
}

/// What became of it and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// What became of it.
    pub outcome: Outcome,
    /// The policy's answer; `None` when it was sent before.
    pub decision: Option<Decision>,
}

/// Ask the policy and do as it says. Announces `message.queued`, or hidden `contact.postponed` or `contact.held` with the reasons.
pub fn send(tx: &mut Tx<'_>, notice: &Notice) -> Result<Sent, Fault> {
    if customers::was_contacted(tx, &notice.key)? {
        return Ok(Sent { outcome: Outcome::Already, decision: None });
    }
    let now = tx.now();
    let Some(person) = customers::person(tx, notice.person)? else {
        let decision = super::may_contact(tx, notice.person, Ask::about(notice.purpose), now)?;
        return Ok(Sent { outcome: Outcome::Held, decision: Some(decision) });
    };
    let ask = Ask { purpose: notice.purpose, urgency: notice.urgency, templated: notice.template.is_some() };
    let weighed = weigh(tx, &person, ask, now, |_| {})?;
    let decision = &weighed.decision;
    let note = |kind, until: Option<Timestamp>| {
        let body = json!({ "key": notice.key, "purpose": notice.purpose, "until": until, "reasons": decision.codes() });
        let profile = person.id.oldest_profile();
        Event::new(kind, profile).profile(profile).by(&Actor::system()).hidden().body(&body)
    };
    let outcome = match (weighed.chosen()?, &decision.contact) {
        (Some(route), _) => {
            let channel = route.way.channel;
            let link = match notice.preferences.as_str() {
                "" => None,
                start => Some(format!("{start}{}", customers::preference_token(tx, route.profile)?)),
            };
            let under = link.as_deref().map_or_else(String::new, |link| format!("\n\n{}", preference_words(person.locale, link)));
            let text = format!("{}{under}", notice.text);
            let unsubscribe = link.map(|link| format!("{link}/stop"));
            let extras = OutboundExtras { template: notice.template.clone(), unsubscribe, ..OutboundExtras::default() };
            let extras = (extras != OutboundExtras::default()).then_some(extras);
            let words = Words { subject: &notice.subject, text, extras, key: &notice.key };
            let message = queue(tx, route, words)?;
            customers::record_contact(tx, &notice.key, route.profile, notice.purpose, channel)?;
            tx.cancel_timer(SEND_LATER, &notice.key)?;
            Outcome::Queued { channel, message }
        }
        (None, Contact::Wait { until }) => {
            tx.at(*until, SEND_LATER, &notice.key, notice)?;
            tx.announce(note("contact.postponed", Some(*until)))?;
            Outcome::Waiting(*until)
        }
        (None, _) => {
            tx.cancel_timer(SEND_LATER, &notice.key)?;
            tx.announce(note("contact.held", None))?;
            Outcome::Held
        }
    };
    Ok(Sent { outcome, decision: Some(weighed.decision) })
}

/// The time has come: the policy is asked anew, since much may have changed.
pub(crate) fn send_later(tx: &mut Tx<'_>, timer: &Timer) -> Result<(), Fault> {
    send(tx, &timer.read()?).map(drop)
}

/// What is said.
pub(crate) struct Words<'a> {
    pub(crate) subject: &'a str,
    pub(crate) text: String,
    pub(crate) extras: Option<OutboundExtras>,
    pub(crate) key: &'a str,
}

/// Queue it in a concern of its own, closed at once: nobody needs to look after it, and no clock of an open concern stops.
pub(crate) fn queue(tx: &mut Tx<'_>, route: &Route, words: Words<'_>) -> Result<MessageId, Fault> {
    let system = Actor::system();
    conversations::know_address(tx, route.account, &route.way.address, route.profile)?;
    let matter = conversations::open_for(tx, &[], route.profile, route.way.channel, words.subject)?;
    let reply = Reply {
        subject: Some(words.subject.to_owned()),
        extras: words.extras,
        automatic: true,
        ..Reply::new(matter, route.account, &route.way.address, words.text, words.key)
    };
    let message = conversations::reply(tx, &system, &reply).map_err(outside)?;
    conversations::resolve(tx, &system, matter).map_err(outside)?;
    Ok(message)
}

fn outside(error: ConversationError) -> Fault {
    Fault::outside("queuing a message that the policy allowed", error)
}

fn preference_words(locale: Option<Locale>, link: &str) -> String {
    match locale {
        Some(Locale::En) => format!("To choose what we write to you about, or to stop it: {link}"),
        _ => format!("Para elegir sobre qué te escribimos, o dejar de recibirlo: {link}"),
    }
}
