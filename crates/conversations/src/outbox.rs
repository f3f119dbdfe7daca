//! Messages on their way out. A sender takes one (first transaction), sends it (none), and records what came of it (second).
//! If it dies in between, the lease runs out and the next sender is told that it may have gone out already.

use crate::{AccountId, Content, DeliveryState, Media, MessageId, Outbound, OutboundExtras, ReadUntil, Receipt, ReceiptState};
use crate::{Address, AddressKind, Undeliverable, attachments_of_all, card::with_words, undeliverable};
use kernel::{Channel, Event, Fault, Json, ProfileId, ReadTx, Timestamp, Tx, params, sql};
use std::time::Duration;

/// How long a sender may take before another may try.
const LEASE: Duration = Duration::from_secs(60);

/// A message taken by a sender.
#[derive(Debug, Clone, PartialEq)]
pub struct ToSend {
    /// Which.
    pub id: MessageId,
    /// Through which account.
    pub account: AccountId,
    /// How often it was tried before.
    pub attempts: i64,
    /// A sender took it before and never said what came of it: it may have gone out.
    pub may_be_out: bool,
    /// Until when it is this sender's; after it another may take it.
    pub lease_until: Timestamp,
    /// What to send.
    pub outbound: Outbound,
}

/// When the next message wants to leave.
pub fn next_due(tx: &ReadTx<'_>) -> Result<Option<Timestamp>, Fault> {
    tx.query_opt(sql!("SELECT due_at FROM message WHERE due_at IS NOT NULL ORDER BY due_at, id LIMIT 1"), params![], |row| row.get(0))
}

/// Take messages that are due, oldest first. One to an address to which an earlier one was tried and is not settled waits for that one, so
/// that what was said first arrives first.
pub fn take_due(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<ToSend>, Fault> {
    let now = tx.now();
    let lease = now.plus(LEASE);
    let mut due = tx.query(
        sql!(
            "SELECT m.id, m.account, m.address, m.subject, m.text, m.content, m.attempts, m.channel, c.last_inbound_at, c.last_provider_id, m.state,
                c.our_address
              FROM message m LEFT JOIN contact_point c ON c.account = m.account AND c.address = m.address
              WHERE m.due_at IS NOT NULL AND m.due_at <= ?1 AND NOT EXISTS (SELECT 1 FROM message e
                WHERE e.due_at IS NOT NULL AND e.account = m.account AND e.address = m.address AND e.id < m.id AND e.attempts > 0)
              ORDER BY m.due_at, m.id LIMIT ?2"
        ),
        params![now, limit],
        |row| {
            let id: MessageId = row.get(0)?;
            let content: Json<Content> = row.get(5)?;
            let extras = content.0.outbound.map(|e| *e).unwrap_or_default();
            let OutboundExtras { choices, media, template, unsubscribe, card, secret: _, signed } = extras;
            let address: String = row.get(2)?;
            let (text, channel): (String, Channel) = (row.get(4)?, row.get(7)?);
            // Our own chat and app show the card itself.
            let shows_cards = matches!(channel, Channel::Webchat | Channel::App);
            let text = if shows_cards { text } else { with_words(&text, card.as_ref()) };
            // An offer answers nothing that they wrote.
            let reply_to = row.get::<Option<String>>(9)?.filter(|_| unsubscribe.is_none());
            let outbound = Outbound {
                dedupe_key: id.to_string(),
                to: Address { kind: address_kind(channel), value: address },
                to_name: None,
                at: now,
                last_inbound_at: row.get(8)?,
                subject: row.get(3)?,
                text: Some(text).filter(|t| !t.is_empty()),
                choices,
                media,
                template,
                references: reply_to.iter().cloned().collect(),
                from: row.get::<Option<String>>(11)?.filter(|_| unsubscribe.is_none()),
                reply_to,
                automatic: content.0.automatic,
                unsubscribe,
                signed,
            };
            Ok(ToSend { id, account: row.get(1)?, attempts: row.get(6)?, may_be_out: row.get::<DeliveryState>(10)? == DeliveryState::Sending, lease_until: lease, outbound })
        },
    )?;
    let ids: Vec<MessageId> = due.iter().map(|message| message.id).collect();
    let mut files = attachments_of_all(tx, &ids)?;
    for message in &mut due {
        message.outbound.media.extend(files.remove(&message.id).into_iter().flatten().map(Media::from));
        tx.execute(
            sql!("UPDATE message SET state = 'sending', due_at = ?2, attempts = attempts + 1 WHERE id = ?1"),
            params![message.id, lease],
        )?;
    }
    Ok(due)
}

fn address_kind(channel: Channel) -> AddressKind {
    match channel {
        Channel::Email => AddressKind::Email,
        Channel::Whatsapp | Channel::Sms | Channel::Phone => AddressKind::Phone,
        Channel::Webchat | Channel::App => AddressKind::Device,
        _ => AddressKind::Handle,
    }
}

/// A sender that is still at work, or `needs` long for what comes first, keeps its message; `None` when another may have taken it meanwhile.
pub fn keep_lease(tx: &mut Tx<'_>, id: MessageId, until: Timestamp, needs: Duration) -> Result<Option<Timestamp>, Fault> {
    let longer = tx.now().plus(LEASE + needs);
    let kept =
        tx.execute(sql!("UPDATE message SET due_at = ?3 WHERE id = ?1 AND state = 'sending' AND due_at = ?2"), params![id, until, longer])?;
    Ok((kept == 1).then_some(longer))
}

/// The provider has it. Receipts that overtook this answer are applied now.
pub fn record_sent(tx: &mut Tx<'_>, id: MessageId, provider_id: &str) -> Result<(), Fault> {
    let Some(message) = whereabouts(tx, id)? else { return Ok(()) };
    tx.execute(
        sql!("UPDATE message SET provider_id = ?2, due_at = NULL, why_code = NULL, why_text = NULL WHERE id = ?1"),
        params![id, provider_id],
    )?;
    advance(tx, &message, DeliveryState::Sent, None)?;
    let Some(account) = message.account else { return Ok(()) };
    let early = tx.write_query(
        sql!("DELETE FROM early_receipt WHERE account = ?1 AND provider_id = ?2 RETURNING state, why_code, why_text"),
        params![account, provider_id],
        |row| Ok((row.get::<DeliveryState>(0)?, row.get::<Option<String>>(1)?, row.get::<Option<String>>(2)?)),
    )?;
    for (state, code, text) in early {
        let now = Whereabouts { state: whereabouts(tx, id)?.map_or(DeliveryState::Sent, |m| m.state), ..message.clone() };
        advance(tx, &now, state, code.zip(text))?;
    }
    Ok(())
}

/// It could not be sent now: try again at `at`.
pub fn record_retry(tx: &mut Tx<'_>, id: MessageId, at: Timestamp, why: &str) -> Result<(), Fault> {
    tx.execute(
        sql!("UPDATE message SET state = 'queued', due_at = ?2, why_text = ?3 WHERE id = ?1 AND state = 'sending'"),
        params![id, at, why],
    )
    .map(drop)
}

/// It was taken and not tried after all: as if it had stayed. What may be out already keeps its lease.
pub fn release(tx: &mut Tx<'_>, message: MessageId, may_be_out: bool) -> Result<(), Fault> {
    if may_be_out {
        return Ok(());
    }
    tx.execute(
        sql!("UPDATE message SET state = 'queued', due_at = ?2, attempts = attempts - 1 WHERE id = ?1 AND state = 'sending'"),
        params![message, tx.now()],
    )
    .map(drop)
}

/// It will never be sent. Announces `message.failed`.
pub fn record_failed(tx: &mut Tx<'_>, id: MessageId, code: &str, text: &str) -> Result<(), Fault> {
    let Some(message) = whereabouts(tx, id)? else { return Ok(()) };
    tx.execute(sql!("UPDATE message SET due_at = NULL WHERE id = ?1"), params![id])?;
    advance(tx, &message, DeliveryState::Failed, Some((code.to_owned(), text.to_owned())))
}

/// The customer has these messages on the screen of our own chat or app. What is not theirs, or went elsewhere, stays as it is.
pub fn read_on_screen(tx: &mut Tx<'_>, profiles: &[ProfileId], ids: &[MessageId]) -> Result<(), Fault> {
    for id in ids {
        let theirs =
            |message: &Whereabouts| profiles.contains(&message.profile) && matches!(message.channel, Channel::Webchat | Channel::App);
        if let Some(message) = whereabouts(tx, *id)?.filter(theirs) {
            advance(tx, &message, DeliveryState::Read, None)?;
        }
    }
    Ok(())
}

/// A provider told what became of a message. Unknown names are kept until the send that made them is recorded.
pub fn apply_receipt(tx: &mut Tx<'_>, account: AccountId, receipt: &Receipt) -> Result<(), Fault> {
    let (state, why) = match &receipt.state {
        ReceiptState::Sent => (DeliveryState::Sent, None),
        ReceiptState::Delivered => (DeliveryState::Delivered, None),
        ReceiptState::Read => (DeliveryState::Read, None),
        ReceiptState::Failed { code, text } => (DeliveryState::Failed, Some((code.clone(), text.clone()))),
    };
    let known = tx.query_opt(
        sql!("SELECT id FROM message WHERE account = ?1 AND provider_id = ?2"),
        params![account, receipt.provider_message_id],
        |row| row.get::<MessageId>(0),
    )?;
    let ours = match (known, &receipt.dedupe_key) {
        // The answer to our send was lost, but the provider repeats our own name.
        (None, Some(key)) if key.parse::<MessageId>().is_ok() => key.parse().ok(),
        (known, _) => known,
    };
    if let Some(message) = ours.map_or(Ok(None), |id| whereabouts(tx, id))?.filter(|message| message.account == Some(account)) {
        if known.is_none() {
            tx.execute(
                sql!("UPDATE message SET provider_id = ?2, due_at = NULL WHERE id = ?1"),
                params![message.id, receipt.provider_message_id],
            )?;
        }
        return advance(tx, &message, state, why);
    }
    let (code, text) = why.unzip();
    tx.execute(
        sql!(
            "INSERT INTO early_receipt (account, provider_id, state, at, why_code, why_text) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
              ON CONFLICT (account, provider_id, state) DO NOTHING"
        ),
        params![account, receipt.provider_message_id, state, receipt.at, code, text],
    )
    .map(drop)
}

/// Somebody has read everything that was sent to them until a moment: at most the last hundred that were not known to be read.
pub fn apply_read_until(tx: &mut Tx<'_>, account: AccountId, read: &ReadUntil) -> Result<(), Fault> {
    let Some(point) = crate::queries::contact_point(tx, account, &read.by.value)? else { return Ok(()) };
    let unread = tx.query(
        sql!(
            "SELECT id FROM message WHERE profile = ?1 AND at <= ?2 AND account = ?3 AND address = ?4 AND direction = 'out'
              AND state IN ('sent', 'delivered') ORDER BY at DESC, id DESC LIMIT 100"
        ),
        params![point.profile, read.until, account, read.by.value],
        |row| row.get::<MessageId>(0),
    )?;
    for id in unread {
        if let Some(message) = whereabouts(tx, id)? {
            advance(tx, &message, DeliveryState::Read, None)?;
        }
    }
    Ok(())
}

#[derive(Clone)]
struct Whereabouts {
    id: MessageId,
    state: DeliveryState,
    profile: ProfileId,
    channel: Channel,
    account: Option<AccountId>,
}

fn whereabouts(tx: &ReadTx<'_>, id: MessageId) -> Result<Option<Whereabouts>, Fault> {
    tx.query_opt(sql!("SELECT id, state, profile, channel, account FROM message WHERE id = ?1 AND direction = 'out'"), params![id], |row| {
        Ok(Whereabouts { id: row.get(0)?, state: row.get(1)?, profile: row.get(2)?, channel: row.get(3)?, account: row.get(4)? })
    })
}

/// Announces `message.sent`, `.delivered`, `.read` or `.failed`, off the timeline: the message itself shows its state.
fn advance(tx: &mut Tx<'_>, message: &Whereabouts, next: DeliveryState, why: Option<(String, String)>) -> Result<(), Fault> {
    if !message.state.can_become(next) {
        return Ok(());
    }
    let (code, text) = why.unzip();
    let moved = tx.execute(
        sql!("UPDATE message SET state = ?3, due_at = NULL, why_code = ?4, why_text = ?5 WHERE id = ?1 AND state = ?2"),
        params![message.id, message.state, next, code, text],
    )?;
    if moved == 0 {
        return Ok(());
    }
    if message.channel == Channel::Email && code.as_deref() == Some(undeliverable::NO_SUCH_ADDRESS) {
        undeliverable::mark(tx, message.id, Undeliverable::NoSuchAddress)?;
    }
    let kind = match next {
        DeliveryState::Sent => "message.sent",
        DeliveryState::Delivered => "message.delivered",
        DeliveryState::Read => "message.read",
        _ => "message.failed",
    };
    tx.announce(
        Event::new(kind, message.id)
            .profile(message.profile)
            .channel(message.channel)
            .hidden()
            .body(&serde_json::json!({ "code": code, "text": text })),
    )
}
