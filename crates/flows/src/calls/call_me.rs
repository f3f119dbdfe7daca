//! Ringing customers: because they asked for it on the site, or because an agent wants to.

use super::{who, words};
use crate::machine;
use conversations::{Account, Call, CallError, CallWay, RequestCall};
use customers::{Identifier, IdentifierKind};
use kernel::{Actor, Channel, Fault, ProfileId, ReadTx, Tx};

/// A signed-in customer wants to be rung.
#[derive(Debug, Clone)]
pub struct CallMe {
    /// Who.
    pub profile: ProfileId,
    /// At which number, as typed.
    pub phone: String,
    /// What they were looking at.
    pub about: String,
    /// The caller's name for this intent.
    pub key: String,
}

/// An agent wants to ring a customer.
#[derive(Debug, Clone)]
pub struct CallOut {
    /// Whom.
    pub profile: ProfileId,
    /// At which number.
    pub phone: String,
    /// The caller's name for this intent.
    pub key: String,
}

/// The number by which we ring; `None` when no telephone is connected.
pub fn phone_account(tx: &ReadTx<'_>) -> Result<Option<Account>, Fault> {
    Ok(conversations::accounts(tx)?.into_iter().find(|account| account.active && account.channel == Channel::Phone))
}

/// Put a customer into the queue of those who are to be rung. Announces `call.requested`.
/// Where the customer left the machine goes along.
pub fn call_me(tx: &mut Tx<'_>, actor: &Actor, cmd: &CallMe) -> Result<Call, CallError> {
    let mut wanted = request(tx, (cmd.profile, &cmd.phone), CallWay::Back, (&cmd.about, &cmd.key))?;
    let left = machine::left_elsewhere(tx, &wanted.person, "", ("", Channel::Phone))?;
    let Some(left) = left else { return conversations::request_call(tx, actor, &wanted) };
    let locale = who::locale_of(tx, cmd.profile)?;
    let about = [cmd.about.clone(), left.about(locale)];
    wanted.about = about.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" · ");
    let call = conversations::request_call(tx, actor, &wanted)?;
    machine::go_on(tx, call.matter, None, &left, locale)?;
    Ok(call)
}

/// Ring a customer. The agent must have a telephone of their own. Announces `call.began`.
pub fn call_out(tx: &mut Tx<'_>, actor: &Actor, cmd: &CallOut) -> Result<Call, CallError> {
    if let Some(agent) = actor.staff_id() {
        access::phone_of(tx, agent)?.ok_or(CallError::NoPhone)?;
    }
    let cmd = request(tx, (cmd.profile, &cmd.phone), CallWay::Out, ("", &cmd.key))?;
    conversations::call_out(tx, actor, &cmd)
}

fn request(tx: &Tx<'_>, (profile, phone): (ProfileId, &str), way: CallWay, (about, key): (&str, &str)) -> Result<RequestCall, CallError> {
    let account = phone_account(tx)?.ok_or(CallError::NoAccount)?;
    let number = Identifier::new(IdentifierKind::Phone, phone).map_err(|_| CallError::NotAPhone(phone.to_owned()))?;
    let person = customers::person_of(tx, profile)?.map_or(Ok(vec![profile]), |person| customers::profiles_of(tx, person))?;
    Ok(RequestCall {
        account: account.id,
        profile,
        person,
        address: number.value().to_owned(),
        about: about.to_owned(),
        subject: words::subject(who::locale_of(tx, profile)?, way).to_owned(),
        key: key.to_owned(),
    })
}
