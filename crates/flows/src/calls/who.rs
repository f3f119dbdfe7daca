//! Who is on the line: recognised by the number, before anybody says a word.

use super::words;
use conversations::{Account, Call, CallWay, LineEvent, LineState, ReceiveCall};
use customers::{Identifier, IdentifierKind, Person, Recognise, RecogniseError};
use kernel::{Actor, Channel, Fault, Locale, ProfileId, ReadTx, Tx};

/// The call that an event is about, begun if it is new; `None` for a line that is nobody's.
pub(super) fn call_of(tx: &mut Tx<'_>, account: &Account, event: &LineEvent) -> Result<Option<Call>, Fault> {
    if let Some(id) = event.call {
        // Under our own name: we placed it, and may hear of it before the answer to our request.
        return Ok(conversations::call(tx, id)?.filter(|call| call.account == account.id && is_its_line(call, event)));
    }
    if let Some(known) = conversations::call_by_provider(tx, account.id, &event.provider_id)? {
        return Ok(Some(known));
    }
    // A line that is over begins no call: its caller asked to be rung instead, or it never rang here.
    if !event.is_inbound || !matches!(event.state, LineState::Ringing | LineState::Open) {
        return Ok(None);
    }
    let (profile, person) = recognise(tx, event)?;
    let cmd = ReceiveCall {
        account: account.id,
        profile,
        person,
        address: event.customer.value.clone(),
        provider_id: event.provider_id.clone(),
        about: String::new(),
        subject: words::subject(locale_of(tx, profile)?, CallWay::In).to_owned(),
    };
    let call = conversations::receive_call(tx, &cmd)?;
    can_be_texted(tx, &call)?;
    Ok(Some(call))
}

/// Whoever rings can be sent a text meanwhile: a link to pay, an address.
fn can_be_texted(tx: &mut Tx<'_>, call: &Call) -> Result<(), Fault> {
    if Identifier::new(IdentifierKind::Phone, &call.address).is_err() {
        return Ok(());
    }
    let sms = |account: &Account| account.active && account.channel == Channel::Sms;
    for account in conversations::accounts(tx)?.into_iter().filter(sms) {
        conversations::know_address(tx, account.id, &call.address, call.profile)?;
    }
    Ok(())
}

/// A line that was given up for another says nothing about the call any more.
fn is_its_line(call: &Call, event: &LineEvent) -> bool {
    call.provider_id.as_ref().is_none_or(|known| *known == event.provider_id)
}

/// A withheld number is a stranger of their own, once per call.
fn recognise(tx: &mut Tx<'_>, event: &LineEvent) -> Result<(ProfileId, Vec<ProfileId>), Fault> {
    let number = Identifier::new(IdentifierKind::Phone, &event.customer.value);
    let identifiers = number.or_else(|_| Identifier::new(IdentifierKind::Device, &format!("call-{}", event.provider_id)));
    let identifiers = identifiers.into_iter().collect();
    let cmd = Recognise { identifiers, name: None, locale: None, channel: Channel::Phone, verified: true };
    match customers::recognise(tx, &Actor::system(), cmd) {
        Ok(who) => Ok((who.profile, customers::profiles_of(tx, who.person)?)),
        Err(RecogniseError::Fault(fault)) => Err(fault),
        Err(other) => Err(Fault::data(other.to_string())),
    }
}

/// First name, for a greeting; empty when none is known.
pub(crate) fn first_name(tx: &ReadTx<'_>, profile: ProfileId) -> Result<String, Fault> {
    Ok(person_with(tx, profile)?.as_ref().map_or_else(String::new, first_name_of))
}

/// As [`first_name`], of a person that is at hand.
pub(crate) fn first_name_of(person: &Person) -> String {
    let is_named = person.profiles.iter().any(|profile| !profile.name().is_empty());
    let first = person.name.text.split_whitespace().next().filter(|_| is_named);
    first.unwrap_or_default().to_owned()
}

/// The person of a profile.
pub(crate) fn person_with(tx: &ReadTx<'_>, profile: ProfileId) -> Result<Option<Person>, Fault> {
    customers::person_of(tx, profile)?.map_or(Ok(None), |person| customers::person(tx, person))
}

/// The customer's language; Spanish when none is known.
pub(crate) fn locale_of(tx: &ReadTx<'_>, profile: ProfileId) -> Result<Locale, Fault> {
    Ok(person_with(tx, profile)?.and_then(|person| person.locale).unwrap_or(Locale::Es))
}
