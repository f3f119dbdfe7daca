//! Files on their way out: chosen first, then sent with a message, and for a while to be fetched by a provider.

use crate::{Attachment, AttachmentId, ConversationError, Media, MediaKind, MediaSource, MessageId};
use kernel::{Fault, ReadTx, Timestamp, Tx, params, sql};
use std::time::Duration;

kernel::id! {
    /// A file that was chosen and not yet sent.
    pub struct UploadId;
}

/// Most files of one message.
pub const MOST_FILES: usize = 10;
/// How long a file that was chosen waits to be sent.
const KEPT: Duration = Duration::from_secs(24 * 3600);
/// What may wait of one owner: files, and bytes together.
const OF_ONE: (i64, i64) = (100, 256 << 20);
/// What may wait of all visitors whom nobody knows: they can be as many as they like.
const OF_VISITORS: (i64, i64) = (5_000, 512 << 20);
/// How the owner of what such a visitor chooses is named; the browser's own name follows.
pub const VISITOR: &str = "visitor:";

/// A file to keep, judged by its bytes before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUpload {
    /// What sort it is.
    pub kind: MediaKind,
    /// Media type by its own bytes.
    pub content_type: String,
    /// The file's name.
    pub file_name: String,
    /// The file itself.
    pub bytes: Vec<u8>,
}

/// A file that was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Which.
    pub id: UploadId,
    /// What sort it is.
    pub kind: MediaKind,
    /// Media type by its own bytes.
    pub content_type: String,
    /// The file's name.
    pub file_name: String,
    /// Size in bytes.
    pub size_bytes: i64,
}

/// A file that goes with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileRef {
    /// One that the writer has chosen.
    Upload(UploadId),
    /// One of an earlier message, which is said again.
    Attachment(AttachmentId),
}

/// Keep a file until its `owner` sends it, if there is room for it. What was chosen a day ago and never sent is forgotten.
pub fn keep_upload(tx: &mut Tx<'_>, owner: &str, file: &NewUpload) -> Result<UploadId, ConversationError> {
    let (id, now): (UploadId, _) = (tx.new_id(), tx.now());
    tx.execute(sql!("DELETE FROM upload WHERE at < ?1"), params![kept_since(tx)])?;
    let size = file.bytes.len() as i64;
    let is_full = |(files, bytes): (i64, i64), most: (i64, i64)| files >= most.0 || bytes + size > most.1;
    if is_full(waiting(tx, owner)?, OF_ONE) || (owner.starts_with(VISITOR) && is_full(waiting_of_visitors(tx)?, OF_VISITORS)) {
        return Err(ConversationError::NoRoomForFiles);
    }
    tx.execute(
        sql!(
            "INSERT INTO upload (id, owner, kind, content_type, file_name, size_bytes, bytes, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
        ),
        params![id, owner, file.kind, file.content_type, file.file_name, size, file.bytes, now],
    )?;
    Ok(id)
}

/// Files of an owner that wait, and their bytes.
fn waiting(tx: &ReadTx<'_>, owner: &str) -> Result<(i64, i64), Fault> {
    let statement = sql!("SELECT COUNT(*), CAST(COALESCE(SUM(size_bytes), 0) AS BIGINT) FROM upload WHERE at >= ?1 AND owner = ?2");
    tx.query_one(statement, params![kept_since(tx), owner], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// What was chosen before is forgotten.
fn kept_since(tx: &ReadTx<'_>) -> Timestamp {
    tx.now().minus(KEPT)
}

fn waiting_of_visitors(tx: &ReadTx<'_>) -> Result<(i64, i64), Fault> {
    let statement =
        sql!("SELECT COUNT(*), CAST(COALESCE(SUM(size_bytes), 0) AS BIGINT) FROM upload WHERE at >= ?1 AND substr(owner, 1, 8) = ?2");
    tx.query_one(statement, params![kept_since(tx), VISITOR], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Those of these files that are this owner's, in the order asked for.
pub fn uploads(tx: &ReadTx<'_>, owner: &str, ids: &[UploadId]) -> Result<Vec<Upload>, Fault> {
    let mut found = Vec::new();
    for id in ids.iter().take(MOST_FILES) {
        let statement = sql!("SELECT id, kind, content_type, file_name, size_bytes FROM upload WHERE id = ?1 AND owner = ?2");
        found.extend(tx.query_opt(statement, params![id, owner], |row| {
            Ok(Upload { id: row.get(0)?, kind: row.get(1)?, content_type: row.get(2)?, file_name: row.get(3)?, size_bytes: row.get(4)? })
        })?);
    }
    Ok(found)
}

/// The bytes of a file that was chosen, for whoever chose it.
pub fn upload_bytes(tx: &ReadTx<'_>, owner: &str, id: UploadId) -> Result<Option<Vec<u8>>, Fault> {
    tx.query_opt(sql!("SELECT bytes FROM upload WHERE id = ?1 AND owner = ?2"), params![id, owner], |row| row.get(0))
}

/// Its owner does not send it after all.
pub fn drop_upload(tx: &mut Tx<'_>, owner: &str, id: UploadId) -> Result<(), Fault> {
    tx.execute(sql!("DELETE FROM upload WHERE id = ?1 AND owner = ?2"), params![id, owner]).map(drop)
}

/// What somebody chose before they signed in is theirs afterwards.
pub fn hand_over_uploads(tx: &mut Tx<'_>, (from, to): (&str, &str), ids: &[UploadId]) -> Result<(), Fault> {
    for id in ids.iter().take(MOST_FILES) {
        tx.execute(sql!("UPDATE upload SET owner = ?3 WHERE id = ?1 AND owner = ?2"), params![id, from, to])?;
    }
    Ok(())
}

/// These files go with a message.
pub(crate) fn attach(tx: &mut Tx<'_>, owner: &str, message: MessageId, files: &[FileRef]) -> Result<(), ConversationError> {
    if files.len() > MOST_FILES {
        return Err(ConversationError::TooManyFiles(MOST_FILES));
    }
    for file in files {
        let id: AttachmentId = tx.new_id();
        let copied = match file {
            FileRef::Upload(upload) => {
                let copied = tx.execute(
                    sql!(
                        "INSERT INTO attachment (id, message, kind, content_type, file_name, size_bytes, bytes)
                          SELECT ?1, ?2, kind, content_type, file_name, size_bytes, bytes FROM upload WHERE id = ?3 AND owner = ?4"
                    ),
                    params![id, message, upload, owner],
                )?;
                drop_upload(tx, owner, *upload)?;
                copied
            }
            FileRef::Attachment(earlier) => tx.execute(
                sql!(
                    "INSERT INTO attachment (id, message, kind, content_type, file_name, size_bytes, bytes)
                      SELECT ?1, ?2, kind, content_type, file_name, size_bytes, bytes FROM attachment WHERE id = ?3 AND bytes IS NOT NULL"
                ),
                params![id, message, earlier],
            )?,
        };
        if copied == 0 {
            return Err(ConversationError::UnknownFile);
        }
    }
    Ok(())
}

/// The files of a message that was taken back, or cannot go as it was meant, are chosen again by `owner`, under the same names.
pub fn give_back(tx: &mut Tx<'_>, owner: &str, message: MessageId) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "INSERT INTO upload (id, owner, kind, content_type, file_name, size_bytes, bytes, at)
              SELECT id, ?2, kind, content_type, file_name, size_bytes, bytes, ?3 FROM attachment WHERE message = ?1 AND bytes IS NOT NULL
              ON CONFLICT (id) DO NOTHING"
        ),
        params![message, owner, tx.now()],
    )
    .map(drop)
}

impl From<AttachmentId> for UploadId {
    fn from(id: AttachmentId) -> Self {
        id.to_string().parse().expect("one id's text is every id's text")
    }
}

impl From<Attachment> for Media {
    /// A file that is to be sent, without its bytes.
    fn from(file: Attachment) -> Self {
        Media {
            kind: file.kind,
            content_type: file.content_type,
            file_name: Some(file.file_name),
            caption: None,
            content_id: None,
            source: MediaSource::Kept { attachment: file.id, size_bytes: file.size_bytes },
        }
    }
}

/// Let whoever knows the word fetch a file of ours until then; sent again, it has the same word.
pub fn share_file(tx: &mut Tx<'_>, attachment: AttachmentId, until: Timestamp) -> Result<String, Fault> {
    let word = format!("{:016x}{:016x}", tx.random_u64(), tx.random_u64());
    let kept = tx.write_query(
        sql!(
            "INSERT INTO shared_file (attachment, word, until) VALUES (?1, ?2, ?3)
              ON CONFLICT (attachment) DO UPDATE SET until = excluded.until RETURNING word"
        ),
        params![attachment, word, until],
        |row| row.get(0),
    )?;
    kept.into_iter().next().ok_or_else(|| Fault::data("a file that was shared has no word"))
}

/// The file of a word, while it lasts.
pub fn shared_file(tx: &ReadTx<'_>, word: &str) -> Result<Option<(Attachment, Vec<u8>)>, Fault> {
    let found = tx.query_opt(sql!("SELECT attachment, until FROM shared_file WHERE word = ?1"), params![word], |row| {
        Ok((row.get::<AttachmentId>(0)?, row.get::<Timestamp>(1)?))
    })?;
    found.filter(|(_, until)| tx.now() < *until).map_or(Ok(None), |(id, _)| crate::attachment(tx, id))
}
