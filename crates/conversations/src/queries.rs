//! Reading conversations. Every list is bounded; none costs more for a longer history.

use crate::model::masked;
use crate::{
    Account, AccountId, AttachmentId, Content, ConversationError, DeliveryState, Matter, MatterId, MediaKind, Message, MessageId, TeamId,
    Undeliverable, accounts,
};
use kernel::{Bind, Channel, Fault, Json, ProfileId, ReadTx, Row, StaffId, Timestamp, params, sql};
use std::collections::HashMap;
use std::time::Duration;

/// Messages whose files one statement reads.
const BATCH: usize = 24;

/// One matter.
pub fn matter(tx: &ReadTx<'_>, id: MatterId) -> Result<Option<Matter>, Fault> {
    tx.query_opt(matter_sql!("WHERE id = ?1"), params![id], matter_row)
}

/// The latest matters of these profiles, newest first.
pub fn matters_of(tx: &ReadTx<'_>, profiles: &[ProfileId], limit: usize) -> Result<Vec<Matter>, Fault> {
    let mut found = Vec::new();
    for profile in profiles {
        found.extend(tx.query(
            matter_sql!("WHERE profile = ?1 ORDER BY last_at DESC, id DESC LIMIT ?2"),
            params![profile, limit as i64],
            matter_row,
        )?);
    }
    found.sort_unstable_by_key(|m| std::cmp::Reverse((m.last_at, m.id)));
    found.truncate(limit);
    Ok(found)
}

/// Messages by id, in the order asked for; unknown ids are left out.
pub fn messages(tx: &ReadTx<'_>, ids: &[MessageId]) -> Result<Vec<Message>, Fault> {
    let statement = sql!(
        "SELECT id, matter, profile, account, channel, direction, author, address, subject, text, content, at, state, why_code, why_text FROM message WHERE id = ?1"
    );
    let found: Result<Vec<_>, _> = ids.iter().map(|id| tx.query_opt(statement, params![id], message_row)).collect();
    Ok(found?.into_iter().flatten().collect())
}

/// The name that its writer gave to a message.
pub fn message_key(tx: &ReadTx<'_>, id: MessageId) -> Result<Option<String>, Fault> {
    tx.query_opt(sql!("SELECT key FROM message WHERE id = ?1"), params![id], |row| row.get(0)).map(Option::flatten)
}

/// The last messages of a matter, oldest of them first.
pub fn messages_of(tx: &ReadTx<'_>, matter: MatterId, limit: i64) -> Result<Vec<Message>, Fault> {
    let mut found = tx.query(
        sql!("SELECT id, matter, profile, account, channel, direction, author, address, subject, text, content, at, state, why_code, why_text FROM message
              WHERE matter = ?1 ORDER BY at DESC, id DESC LIMIT ?2"),
        params![matter, limit.clamp(1, 500)],
        message_row,
    )?;
    found.reverse();
    Ok(found)
}

/// A file of a message, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Which.
    pub id: AttachmentId,
    /// The message it came with.
    pub message: MessageId,
    /// What sort it is.
    pub kind: MediaKind,
    /// Media type as told; not to be trusted.
    pub content_type: String,
    /// The file's name.
    pub file_name: String,
    /// Size in bytes.
    pub size_bytes: i64,
    /// The name that the message's markup calls it by (`cid:`).
    pub content_id: Option<String>,
}

/// Files of a message, at most 50.
pub fn attachments_of(tx: &ReadTx<'_>, message: MessageId) -> Result<Vec<Attachment>, Fault> {
    tx.query(
        sql!("SELECT id, message, kind, content_type, file_name, size_bytes, content_id FROM attachment WHERE message = ?1 ORDER BY id LIMIT 50"),
        params![message],
        file,
    )
}

/// Files of these messages, by message; one without files is not there.
pub fn attachments_of_all(tx: &ReadTx<'_>, messages: &[MessageId]) -> Result<HashMap<MessageId, Vec<Attachment>>, Fault> {
    let statement = sql!(
        "SELECT id, message, kind, content_type, file_name, size_bytes, content_id FROM attachment
          WHERE message IN (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,
                ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24)
          ORDER BY message, id LIMIT 1200"
    );
    let mut files: HashMap<MessageId, Vec<Attachment>> = HashMap::new();
    for batch in messages.chunks(BATCH) {
        // A portable statement has no list parameter, so they are repeated.
        let bound: Vec<&dyn Bind> = batch.iter().cycle().take(BATCH).map(|id| id as &dyn Bind).collect();
        for file in tx.query(statement, &bound, file)? {
            files.entry(file.message).or_default().push(file);
        }
    }
    Ok(files)
}

/// A file and its bytes.
pub fn attachment(tx: &ReadTx<'_>, id: AttachmentId) -> Result<Option<(Attachment, Vec<u8>)>, Fault> {
    tx.query_opt(
        sql!("SELECT id, message, kind, content_type, file_name, size_bytes, content_id, bytes FROM attachment WHERE id = ?1 AND bytes IS NOT NULL"),
        params![id],
        |row| Ok((file(row)?, row.get(7)?)),
    )
}

fn file(row: &kernel::Row<'_>) -> Result<Attachment, Fault> {
    let (id, message, kind) = (row.get(0)?, row.get(1)?, row.get(2)?);
    Ok(Attachment {
        id,
        message,
        kind,
        content_type: row.get(3)?,
        file_name: row.get(4)?,
        size_bytes: row.get(5)?,
        content_id: row.get(6)?,
    })
}

/// Where somebody can be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactPoint {
    /// Through which account.
    pub account: AccountId,
    /// At which address.
    pub address: String,
    /// Whose.
    pub profile: ProfileId,
    /// When they last wrote from there.
    pub last_inbound_at: Option<Timestamp>,
    /// Subject of their last message.
    pub last_subject: Option<String>,
    /// Why they must not be written to.
    pub closed_why: Option<String>,
    /// Why nothing is sent there until they write.
    pub undeliverable: Option<Undeliverable>,
}

impl ContactPoint {
    /// Where somebody can be reached who never wrote from there.
    pub fn silent(account: AccountId, address: &str, profile: ProfileId) -> Self {
        let address = address.to_owned();
        ContactPoint { account, address, profile, last_inbound_at: None, last_subject: None, closed_why: None, undeliverable: None }
    }
    /// Whether free text (or an approved one) may be sent now.
    pub fn may_write(&self, window_hours: Option<u32>, now: Timestamp, templated: bool) -> Result<(), ConversationError> {
        if let Some(why) = &self.closed_why {
            return Err(ConversationError::OptedOut(why.clone()));
        }
        if let Some(why) = self.undeliverable {
            return Err(ConversationError::Undeliverable(why));
        }
        let (Some(hours), false) = (window_hours, templated) else { return Ok(()) };
        let end = self.last_inbound_at.map_or(Timestamp::from_micros(0), |at| at.plus(Duration::from_secs(u64::from(hours) * 3600)));
        if now < end { Ok(()) } else { Err(ConversationError::WindowClosed(end)) }
    }
}

/// A way to answer a person, open or closed, and why.
#[derive(Debug)]
pub struct ReplyOption {
    /// The account.
    pub account: Account,
    /// The address on it.
    pub address: String,
    /// When they last wrote from there.
    pub last_inbound_at: Option<Timestamp>,
    /// Why it is closed.
    pub closed: Option<ConversationError>,
}

/// Every way to answer these profiles: open ones first, then by who wrote last.
pub fn reply_options(tx: &ReadTx<'_>, profiles: &[ProfileId]) -> Result<Vec<ReplyOption>, Fault> {
    let mut options = Vec::new();
    for profile in profiles {
        let points = tx.query(
            sql!("SELECT account, address, profile, last_inbound_at, last_subject, closed_why, undeliverable FROM contact_point WHERE profile = ?1 ORDER BY last_inbound_at DESC, account, address LIMIT 20"),
            params![profile],
            point_row,
        )?;
        for point in points {
            // A telephone is called, not written to.
            let Some(account) = accounts::account(tx, point.account)?.filter(|account| account.channel != Channel::Phone) else { continue };
            let open =
                if account.active { point.may_write(account.window_hours, tx.now(), false) } else { Err(ConversationError::AccountClosed) };
            options.push(ReplyOption { account, address: point.address, last_inbound_at: point.last_inbound_at, closed: open.err() });
        }
    }
    options.sort_by_key(|o| (o.closed.is_some(), std::cmp::Reverse(o.last_inbound_at)));
    Ok(options)
}

/// One way to reach somebody.
pub fn contact_point(tx: &ReadTx<'_>, account: AccountId, address: &str) -> Result<Option<ContactPoint>, Fault> {
    tx.query_opt(
        sql!("SELECT account, address, profile, last_inbound_at, last_subject, closed_why, undeliverable FROM contact_point WHERE account = ?1 AND address = ?2"),
        params![account, address],
        point_row,
    )
}

fn point_row(row: &Row<'_>) -> Result<ContactPoint, Fault> {
    Ok(ContactPoint {
        account: row.get(0)?,
        address: row.get(1)?,
        profile: row.get(2)?,
        last_inbound_at: row.get(3)?,
        last_subject: row.get(4)?,
        closed_why: row.get(5)?,
        undeliverable: row.get(6)?,
    })
}

pub(crate) fn matter_row(row: &Row<'_>) -> Result<Matter, Fault> {
    Ok(Matter {
        id: row.get(0)?,
        profile: row.get(1)?,
        subject: row.get(2)?,
        state: row.get(3)?,
        team: row.get(4)?,
        owner: row.get(5)?,
        channel: row.get(6)?,
        preview: row.get(7)?,
        unread: row.get(8)?,
        opened_at: row.get(9)?,
        last_at: row.get(10)?,
        waiting_since: row.get(11)?,
        snoozed_until: row.get(12)?,
        skill: row.get(13)?,
        language: row.get(14)?,
        wish: row.get(15)?,
        answer_due: row.get(16)?,
        resolve_due: row.get(17)?,
        answered_at: row.get(18)?,
        promised: row.get(19)?,
    })
}

fn message_row(row: &Row<'_>) -> Result<Message, Fault> {
    let content: Json<Content> = row.get(10)?;
    let (state, text): (DeliveryState, String) = (row.get(12)?, row.get(9)?);
    let is_secret = content.0.outbound.as_ref().is_some_and(|extras| extras.secret);
    let code: Option<String> = row.get(13)?;
    Ok(Message {
        id: row.get(0)?,
        matter: row.get(1)?,
        profile: row.get(2)?,
        account: row.get(3)?,
        channel: row.get(4)?,
        direction: row.get(5)?,
        author: row.get(6)?,
        address: row.get(7)?,
        subject: row.get(8)?,
        text: if is_secret { masked(&text) } else { text },
        content: content.0,
        at: row.get(11)?,
        state,
        failure: code.zip(row.get::<Option<String>>(14)?),
    })
}

/// Who let a matter lie.
pub(crate) fn passed_by(tx: &ReadTx<'_>, id: MatterId) -> Result<Option<StaffId>, Fault> {
    Ok(tx.query_opt(sql!("SELECT passed FROM matter WHERE id = ?1"), params![id], |row| row.get(0))?.flatten())
}

/// Teams that were asked to take a matter while this customer waits.
pub(crate) fn tried(tx: &ReadTx<'_>, id: MatterId) -> Result<Vec<TeamId>, Fault> {
    tx.query_one(sql!("SELECT tried FROM matter WHERE id = ?1"), params![id], |row| Ok(row.get::<Json<Vec<TeamId>>>(0)?.0))
}

/// When a matter came into its owner's hands.
pub(crate) fn routed_at(tx: &ReadTx<'_>, id: MatterId) -> Result<Timestamp, Fault> {
    tx.query_one(sql!("SELECT routed_at FROM matter WHERE id = ?1"), params![id], |row| row.get(0))
}
