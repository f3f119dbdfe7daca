//! Addresses to which nothing is sent until somebody writes from there: what was sent came back, or was called unwanted.

use crate::{AccountId, Complaint, MessageId, Receipt, ReceiptState, Undeliverable, outbox};
use kernel::{Channel, Event, Fault, ProfileId, Tx, params, sql};

/// The word of a failure that tells of an address that does not exist.
pub(crate) const NO_SUCH_ADDRESS: &str = "undeliverable";

/// Nothing more goes to where this message went, through the account that it went by.
pub(crate) fn mark(tx: &mut Tx<'_>, message: MessageId, why: Undeliverable) -> Result<(), Fault> {
    let sent =
        tx.query_opt(sql!("SELECT account, address FROM message WHERE id = ?1"), params![message], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let Some((Some(account), Some(address))) = sent else { return Ok(()) };
    let (account, address): (AccountId, String) = (account, address);
    tx.execute(sql!("UPDATE contact_point SET undeliverable = ?3 WHERE account = ?1 AND address = ?2"), params![account, address, why])
        .map(drop)
}

/// Somebody called a message of ours unwanted: it arrived, and nothing more is sent there. Answers whom it went to; `None` when it is no
/// message of ours, or had been told before, and then nothing changes. Announces `contact.complained`.
pub fn apply_complaint(tx: &mut Tx<'_>, account: AccountId, complaint: &Complaint) -> Result<Option<ProfileId>, Fault> {
    let ours = tx.query_opt(
        sql!(
            "SELECT id, profile, channel FROM message WHERE account = ?1 AND provider_id = ?2 AND direction = 'out'
              AND state NOT IN ('delivered', 'read')"
        ),
        params![account, complaint.provider_message_id],
        |row| Ok((row.get::<MessageId>(0)?, row.get::<ProfileId>(1)?, row.get::<Channel>(2)?)),
    )?;
    let Some((id, profile, channel)) = ours else { return Ok(None) };
    let arrived = Receipt {
        provider_message_id: complaint.provider_message_id.clone(),
        state: ReceiptState::Delivered,
        at: complaint.at,
        to: None,
        dedupe_key: None,
    };
    outbox::apply_receipt(tx, account, &arrived)?;
    mark(tx, id, Undeliverable::Unwanted)?;
    let body = serde_json::json!({ "kind": complaint.kind });
    tx.announce(Event::new("contact.complained", id).profile(profile).channel(channel).body(&body))?;
    Ok(Some(profile))
}
