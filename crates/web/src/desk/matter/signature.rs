//! The signature that goes below an answer by mail, shown before it is sent.

use crate::StaffMember;
use channels::{email, runtime::channel_account};
use conversations::{AccountId, Matter, ReplyOption};
use kernel::{Channel, Fault, ReadTx};

/// A mailbox's signature as this customer gets it from this colleague.
#[derive(Debug, Clone)]
pub(super) struct SignatureView {
    pub(super) account: AccountId,
    /// The mailbox's name, where another signs otherwise; empty where it says nothing new.
    pub(super) of: String,
    /// Its lines.
    pub(super) text: String,
}

/// Those of the mailboxes that are open.
pub(super) fn read(tx: &ReadTx<'_>, me: &StaffMember, matter: &Matter, ways: &[ReplyOption]) -> Result<Vec<SignatureView>, Fault> {
    let mut found: Vec<SignatureView> = Vec::new();
    for way in ways.iter().filter(|way| way.closed.is_none() && way.account.channel == Channel::Email) {
        if found.iter().any(|known| known.account == way.account.id) {
            continue;
        }
        let Some(signed) = flows::signed(tx, &me.actor, matter.profile, way.account.id)? else { continue };
        let text = email::signature(&channel_account(&way.account)?, &signed);
        found.extend(text.map(|text| SignatureView { account: way.account.id, of: way.account.name.clone(), text }));
    }
    if found.iter().all(|one| Some(&one.text) == found.first().map(|first| &first.text)) {
        found.iter_mut().for_each(|one| one.of.clear());
    }
    Ok(found)
}
