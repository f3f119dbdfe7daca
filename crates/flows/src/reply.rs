//! Answering: only where the matter's own person can be reached.

use crate::scheduled::theirs;
use conversations::{ConversationError, MessageId, Reply};
use kernel::{Actor, Permission, Role, StaffId, Tx};

/// As [`conversations::reply`]; an address of somebody else is refused, whatever a form says.
pub fn reply(tx: &mut Tx<'_>, actor: &Actor, cmd: &Reply) -> Result<MessageId, ConversationError> {
    actor.require(Permission::Reply)?;
    let matter = conversations::matter(tx, cmd.matter)?.ok_or(ConversationError::UnknownMatter)?;
    theirs(tx, matter.profile, cmd.account, &cmd.address)?;
    conversations::reply(tx, actor, cmd)
}

/// Whoever wrote something says it again or later; what a program wrote, the brand.
pub(crate) fn author(written_by: &str) -> Actor {
    let staff = written_by.strip_prefix("staff:").and_then(|id| id.parse::<StaffId>().ok());
    staff.map_or(Actor::system(), |id| Actor::staff(id, &[Role::Agent]))
}
