//! A concern that is a complaint: while it is open, its person gets nothing that they did not ask for.

use conversations::{ConversationError, MatterId};
use customers::policy::Context;
use kernel::{Actor, Fault, Permission, ReadTx, Tx};

/// Say that a matter is a complaint, or that it is none after all. Announces `contact.paused` or `contact.resumed`.
pub fn set_complaint(tx: &mut Tx<'_>, actor: &Actor, id: MatterId, is_complaint: bool) -> Result<(), ConversationError> {
    actor.require(Permission::Reply)?;
    let matter = conversations::matter(tx, id)?.ok_or(ConversationError::UnknownMatter)?;
    let set = if is_complaint { customers::pause_contact } else { customers::resume_contact };
    Ok(set(tx, actor, matter.profile, Context::Complaint, &id.to_string())?)
}

/// True when a matter was marked as a complaint; whether it is still open is the matter's own state.
pub fn is_complaint(tx: &ReadTx<'_>, id: MatterId) -> Result<bool, Fault> {
    let Some(matter) = conversations::matter(tx, id)? else { return Ok(false) };
    let Some(person) = customers::person_of(tx, matter.profile)? else { return Ok(false) };
    Ok(customers::contact_pauses(tx, person)?.contains(&(Context::Complaint, id.to_string())))
}
