//! Answering: only where the matter's own person can be reached.

use crate::scheduled::theirs;
use conversations::{ConversationError, MessageId, Reply};
use kernel::{Actor, Permission, Tx};

/// As [`conversations::reply`]; an address of somebody else is refused, whatever a form says.
pub fn reply(tx: &mut Tx<'_>, actor: &Actor, cmd: &Reply) -> Result<MessageId, ConversationError> {
    actor.require(Permission::Reply)?;
    let matter = conversations::matter(tx, cmd.matter)?.ok_or(ConversationError::UnknownMatter)?;
    theirs(tx, matter.profile, cmd.account, &cmd.address)?;
    conversations::reply(tx, actor, cmd)
}
