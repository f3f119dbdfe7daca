//! A customer rings: the call is theirs before anybody says a word.

use super::{Call, CallId, CallState, CallWay, store};
use crate::receive::open_matter;
use crate::{AccountId, MatterState, queries};
use kernel::{Actor, Channel, Fault, ProfileId, Tx};
use serde_json::json;

/// A call whose caller has been recognised.
#[derive(Debug, Clone)]
pub struct ReceiveCall {
    /// By which number of ours.
    pub account: AccountId,
    /// The caller's profile.
    pub profile: ProfileId,
    /// All profiles of that person.
    pub person: Vec<ProfileId>,
    /// The caller's number.
    pub address: String,
    /// The provider's name for the call.
    pub provider_id: String,
    /// What it is about, as far as known.
    pub about: String,
    /// What the matter is called when the call opens one.
    pub subject: String,
}

/// Note a call that comes in; the same call again is the same row. It belongs to the person's latest open matter, or opens one.
/// Announces `call.began`.
pub fn receive_call(tx: &mut Tx<'_>, cmd: &ReceiveCall) -> Result<Call, Fault> {
    if let Some(known) = super::call_by_provider(tx, cmd.account, &cmd.provider_id)? {
        return Ok(known);
    }
    let open = queries::matters_of(tx, &cmd.person, 1)?.pop().filter(|matter| matter.state != MatterState::Resolved);
    let matter = match open {
        Some(matter) => matter.id,
        None => open_matter(tx, cmd.profile, Channel::Phone, &cmd.subject)?,
    };
    let call = Call {
        id: tx.new_id::<CallId>(),
        matter,
        profile: cmd.profile,
        account: cmd.account,
        way: CallWay::In,
        state: CallState::Menu,
        address: cmd.address.clone(),
        about: cmd.about.clone(),
        provider_id: Some(cmd.provider_id.clone()),
        team: None,
        agent: None,
        began_at: tx.now(),
        waiting_since: None,
        answered_at: None,
        ended_at: None,
        recording: None,
    };
    store::insert(tx, &call, None)?;
    store::announce(tx, &Actor::customer(cmd.profile), &call, "call.began", json!({ "about": cmd.about }))?;
    Ok(call)
}
