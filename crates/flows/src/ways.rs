//! The ways to one person, for whoever writes by hand: where they wrote from, and what else is known to be theirs.

use crate::contact::carries;
use conversations::{Account, AccountId, Assign, ContactPoint, ConversationError, MatterId, MatterState, ReplyOption};
use customers::{Identifier, Person, PersonId};
use kernel::{Actor, Channel, Fault, Permission, ProfileId, ReadTx, Tx};
use std::cmp::Reverse;

/// Every way to write to a person, open ones first, then by who wrote last: the places they wrote from, and the addresses of theirs that
/// an account which is switched on reaches though nobody wrote from there.
pub fn reply_ways(tx: &ReadTx<'_>, person: &Person) -> Result<Vec<ReplyOption>, Fault> {
    let profiles: Vec<ProfileId> = person.profiles.iter().map(|profile| profile.id).collect();
    let mut ways = conversations::reply_options(tx, &profiles)?;
    let accounts = conversations::accounts(tx)?;
    for known in &person.identifiers {
        for account in accounts.iter().filter(|account| reaches(account, &known.identifier)) {
            let address = known.identifier.value();
            let is_there = ways.iter().any(|way| way.account.id == account.id && way.address == address);
            if is_there || conversations::contact_point(tx, account.id, address)?.is_some() {
                continue;
            }
            let silent = ContactPoint::silent(account.id, address, known.profile);
            let closed = silent.may_write(account.window_hours, tx.now(), false).err();
            ways.push(ReplyOption { account: account.clone(), address: address.to_owned(), last_inbound_at: None, closed });
        }
    }
    ways.sort_by_key(|way| (way.closed.is_some(), Reverse(way.last_inbound_at)));
    Ok(ways)
}

fn reaches(account: &Account, identifier: &Identifier) -> bool {
    account.active && carries(account.channel, identifier.kind())
}

/// Where one writes to somebody, whether or not they ever wrote: their open matter, else a new one about `subject`, which is its opener's.
///
/// # Errors
/// [`ConversationError::NoAddress`] for nobody who is known.
pub fn write_to(tx: &mut Tx<'_>, actor: &Actor, person: PersonId, subject: &str) -> Result<MatterId, ConversationError> {
    actor.require(Permission::Reply)?;
    let person = customers::person(tx, person)?.ok_or(ConversationError::NoAddress)?;
    let profiles: Vec<ProfileId> = person.profiles.iter().map(|profile| profile.id).collect();
    if let Some(open) = conversations::matters_of(tx, &profiles, 1)?.pop().filter(|matter| matter.state != MatterState::Resolved) {
        return Ok(open.id);
    }
    let open = reply_ways(tx, &person)?.into_iter().find(|way| way.closed.is_none());
    let channel = open.map_or(Channel::Desk, |way| way.account.channel);
    let matter = conversations::open_for(tx, &[], person.id.oldest_profile(), channel, subject)?;
    if actor.may(Permission::Assign) && actor.staff_id().is_some() {
        conversations::assign(tx, actor, matter, Assign { owner: actor.staff_id(), team: None })?;
    }
    Ok(matter)
}

/// The address is of this very person; one from which nobody wrote yet is noted as theirs.
pub(crate) fn theirs(tx: &mut Tx<'_>, profile: ProfileId, account: AccountId, address: &str) -> Result<(), ConversationError> {
    let person = customers::person_of(tx, profile)?;
    if let Some(point) = conversations::contact_point(tx, account, address)? {
        let is_theirs = point.profile == profile || customers::person_of(tx, point.profile)? == person;
        return if is_theirs { Ok(()) } else { Err(ConversationError::NoAddress) };
    }
    let account = conversations::account(tx, account)?.ok_or(ConversationError::NoAddress)?;
    let person = person.map_or(Ok(None), |id| customers::person(tx, id))?.ok_or(ConversationError::NoAddress)?;
    let mut known = person.identifiers.iter().filter(|known| reaches(&account, &known.identifier));
    let known = known.find(|known| known.identifier.value() == address).ok_or(ConversationError::NoAddress)?;
    Ok(conversations::know_address(tx, account.id, address, known.profile)?)
}
