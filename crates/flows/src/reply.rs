//! Answering: only where the matter's own person can be reached.

use crate::ways::theirs;
use conversations::{AccountId, ConversationError, MessageId, OutboundExtras, Reply, Signed};
use kernel::{Actor, Channel, Fault, Permission, ProfileId, ReadTx, Role, StaffId, Tx};

/// As [`conversations::reply`]; an address of somebody else is refused, whatever a form says.
pub fn reply(tx: &mut Tx<'_>, actor: &Actor, cmd: &Reply) -> Result<MessageId, ConversationError> {
    actor.require(Permission::Reply)?;
    let matter = conversations::matter(tx, cmd.matter)?.ok_or(ConversationError::UnknownMatter)?;
    theirs(tx, matter.profile, cmd.account, &cmd.address)?;
    let signed = if cmd.automatic { None } else { signed(tx, actor, matter.profile, cmd.account)? };
    let extras = match (&cmd.extras, signed) {
        (None, None) => None,
        (extras, signed) => Some(OutboundExtras { signed, ..extras.clone().unwrap_or_default() }),
    };
    conversations::reply(tx, actor, &Reply { extras, ..cmd.clone() })
}

/// How what a colleague writes by mail to this customer is signed; a program signs nothing.
pub fn signed(tx: &ReadTx<'_>, actor: &Actor, to: ProfileId, account: AccountId) -> Result<Option<Signed>, Fault> {
    let Some(id) = actor.staff_id() else { return Ok(None) };
    if conversations::account(tx, account)?.is_none_or(|account| account.channel != Channel::Email) {
        return Ok(None);
    }
    let person = customers::person_of(tx, to)?.map_or(Ok(None), |id| customers::person(tx, id))?;
    let by = access::staff_member(tx, id)?.map_or_else(String::new, |colleague| colleague.name);
    Ok(Some(Signed { by, language: person.and_then(|person| person.locale) }))
}

/// Whoever wrote something says it again or later; what a program wrote, the brand.
pub(crate) fn author(written_by: &str) -> Actor {
    let staff = written_by.strip_prefix("staff:").and_then(|id| id.parse::<StaffId>().ok());
    staff.map_or(Actor::system(), |id| Actor::staff(id, &[Role::Agent]))
}
