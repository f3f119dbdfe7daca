//! Ask for money in a conversation.

use crate::accounts::check;
use crate::events::{PAY_LINK_CREATED, tell_link};
use crate::expire_pay_link::EXPIRE_LINK;
use crate::model::positive;
use crate::store::links;
use crate::{PayLink, PayLinkError, PayLinkId, PayLinkState};
use kernel::{Actor, Channel, Money, Permission, ProfileId, Timestamp, Tx};
use std::time::Duration;

const LONGEST: Duration = Duration::from_secs(90 * 24 * 3600);

/// A link to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreatePayLink {
    /// The caller's name for this intent.
    pub key: String,
    /// What is paid for.
    pub subject: String,
    /// Who is asked.
    pub profile: ProfileId,
    /// The matter it is sent in, if any.
    pub matter: Option<String>,
    /// Where it is sent.
    pub channel: Channel,
    /// How much.
    pub amount: Money,
    /// When it ends by itself; within 90 days.
    pub expires_at: Timestamp,
}

/// Make a link for one person, one subject and one amount. Repeating the `key` answers the first link as it stands now.
pub fn create_pay_link(tx: &mut Tx<'_>, actor: &Actor, cmd: CreatePayLink) -> Result<PayLink, PayLinkError> {
    actor.require(Permission::TakePayment)?;
    if let Some(first) = links::by_key(tx, &cmd.key)? {
        return Ok(first);
    }
    positive(cmd.amount)?;
    check(tx, &cmd.subject, cmd.amount)?;
    let now = tx.now();
    if cmd.expires_at <= now || cmd.expires_at > now.plus(LONGEST) {
        return Err(PayLinkError::InvalidExpiry);
    }
    let link = PayLink {
        id: tx.new_id::<PayLinkId>(),
        token: hex::encode(tx.random_bytes::<20>()),
        subject: cmd.subject,
        profile: cmd.profile,
        matter: cmd.matter,
        channel: cmd.channel,
        amount: cmd.amount,
        state: PayLinkState::Open,
        payment: None,
        expires_at: cmd.expires_at,
        created_at: now,
    };
    links::insert(tx, &cmd.key, &link)?;
    tx.at(link.expires_at, EXPIRE_LINK, &link.id.to_string(), &())?;
    tell_link(tx, actor, PAY_LINK_CREATED, &link)?;
    Ok(link)
}
