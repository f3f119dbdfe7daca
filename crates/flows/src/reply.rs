//! Answering: only where the matter's own person can be reached.

use conversations::{ConversationError, MessageId, Reply};
use kernel::{Actor, Permission, Tx};

/// As [`conversations::reply`]; an address of somebody else is refused, whatever a form says.
pub fn reply(tx: &mut Tx<'_>, actor: &Actor, cmd: &Reply) -> Result<MessageId, ConversationError> {
    actor.require(Permission::Reply)?;
    let matter = conversations::matter(tx, cmd.matter)?.ok_or(ConversationError::UnknownMatter)?;
    let point = conversations::contact_point(tx, cmd.account, &cmd.address)?.ok_or(ConversationError::NoAddress)?;
    if point.profile != matter.profile && customers::person_of(tx, point.profile)? != customers::person_of(tx, matter.profile)? {
        return Err(ConversationError::NoAddress);
    }
    conversations::reply(tx, actor, cmd)
}
