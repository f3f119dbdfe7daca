//! An answer for later has its time: the contact policy and the reply window are asked again, and what may not leave waits for somebody.

use crate::contact::{Ask, Route, Weighed, weigh};
use crate::reply::{author, signed};
use crate::ways::theirs;
use conversations::{AccountId, ConversationError, MessageId, ScheduleReply, Scheduled, ScheduledId, ScheduledState};
use customers::policy::Contact;
use customers::{PersonId, Purpose};
use kernel::{Actor, Channel, Fault, Problem, ReadTx, Timer, Timestamp, Tx};

/// A way by which a person may be written to now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LawfulWay {
    /// Its channel.
    pub channel: Channel,
    /// Through which account.
    pub account: AccountId,
    /// To which address.
    pub address: String,
}

/// The way that the contact policy would choose now for an answer to this person; `None` when there is none.
pub fn lawful_way(tx: &ReadTx<'_>, person: PersonId) -> Result<Option<LawfulWay>, Fault> {
    let Some(person) = customers::person(tx, person)? else { return Ok(None) };
    let weighed = weigh(tx, &person, Ask::about(Purpose::Service), tx.now(), |_| {})?;
    let chosen = weighed.chosen()?.cloned();
    Ok(chosen.map(|route| LawfulWay { channel: route.way.channel, account: route.account, address: route.way.address }))
}

/// As [`conversations::schedule_reply`]; an address of somebody else is refused.
pub fn schedule_reply(tx: &mut Tx<'_>, actor: &Actor, cmd: &ScheduleReply) -> Result<ScheduledId, ConversationError> {
    let matter = conversations::matter(tx, cmd.matter)?.ok_or(ConversationError::UnknownMatter)?;
    theirs(tx, matter.profile, cmd.account, &cmd.address)?;
    conversations::schedule_reply(tx, actor, cmd)
}

/// As [`conversations::change_scheduled`]; an address of somebody else is refused.
pub fn change_scheduled(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ScheduledId,
    (account, address): (AccountId, &str),
    how: (&str, Timestamp),
) -> Result<(), ConversationError> {
    let one = conversations::scheduled(tx, id)?.ok_or(ConversationError::UnknownMessage)?;
    theirs(tx, one.profile, account, address)?;
    conversations::change_scheduled(tx, actor, id, (account, address), how)
}

/// As [`conversations::send_scheduled`], signed by whoever wrote it.
pub fn send_scheduled(tx: &mut Tx<'_>, author: &Actor, id: ScheduledId) -> Result<MessageId, ConversationError> {
    let one = conversations::scheduled(tx, id)?.ok_or(ConversationError::UnknownMessage)?;
    let signed = signed(tx, author, one.profile, one.account)?;
    conversations::send_scheduled(tx, author, id, signed)
}

/// Its time has come. It leaves, or is held with the reason.
pub(crate) fn due(tx: &mut Tx<'_>, timer: &Timer) -> Result<(), Fault> {
    let Ok(id) = timer.key.parse::<ScheduledId>() else { return Ok(()) };
    let now = tx.now();
    let waits = |one: &Scheduled| one.state == ScheduledState::Waiting && one.send_at <= now;
    let Some(one) = conversations::scheduled(tx, id)?.filter(waits) else { return Ok(()) };
    let refused = match forbidden(tx, &one)? {
        Some(code) => Err(code),
        None => match send_scheduled(tx, &author(&one.author), id) {
            Ok(_) => Ok(()),
            Err(ConversationError::Fault(fault)) => return Err(fault),
            Err(refused) => Err(refused.code().trim_start_matches("conversations.").to_owned()),
        },
    };
    match refused {
        Ok(()) => Ok(()),
        Err(code) => conversations::hold_scheduled(tx, id, &code).map_err(|error| Fault::outside("holding an answer for later", error)),
    }
}

/// Why the contact policy does not allow this very way now, by its code.
fn forbidden(tx: &ReadTx<'_>, one: &Scheduled) -> Result<Option<String>, Fault> {
    let person = customers::person_of(tx, one.profile)?.map_or(Ok(None), |id| customers::person(tx, id))?;
    let Some(person) = person else { return Ok(Some("no_address".into())) };
    let this = |routes: &mut Vec<_>| routes.retain(|route: &Route| route.account == one.account && route.way.address == one.address);
    let Weighed { routes, decision } = weigh(tx, &person, Ask::about(Purpose::Service), tx.now(), this)?;
    let Some(channel) = routes.first().map(|route| route.way.channel) else { return Ok(Some("no_address".into())) };
    if matches!(decision.contact, Contact::Send { .. }) {
        return Ok(None);
    }
    let reason = decision.reasons.iter().find(|reason| reason.channel == channel);
    Ok(Some(reason.map_or("held", |reason| reason.why.code()).to_owned()))
}
