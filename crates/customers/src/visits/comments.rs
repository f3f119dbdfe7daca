//! What people say in public.

use super::store;
use crate::permission::may_view;
use crate::person::current;
use crate::{Identifier, PersonId, QueryError, events, store as room};
use kernel::{Actor, Denied, Event, Fault, Kind, Permission, Problem, ProfileId, ReadTx, Timestamp, Tx};
use serde::Serialize;

const TEXT_LENGTH: usize = 4000;
const URL_LENGTH: usize = 500;

/// A comment by somebody with a handle.
#[derive(Debug, Clone)]
pub struct NoteComment {
    /// Who said it: `x:ana_ruiz`, `instagram:..`.
    pub handle: Identifier,
    /// What was said.
    pub text: String,
    /// Where it stands; it names the comment, so noting it again changes nothing.
    pub url: String,
    /// Products that are meant, by id.
    pub products: Vec<String>,
    /// When it was said.
    pub at: Timestamp,
}

/// A comment as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comment {
    /// Where it stands.
    pub url: String,
    /// Whose thread it is on.
    pub profile: ProfileId,
    /// `x:ana_ruiz`.
    pub handle: String,
    /// What was said.
    pub text: String,
    /// Products that are meant, by id.
    pub products: Vec<String>,
    /// When it was said.
    pub at: Timestamp,
}

/// Why a comment is not kept.
#[derive(Debug, thiserror::Error)]
pub enum CommentError {
    /// We know nobody by this handle; what strangers say is not kept.
    #[error("nobody has the identifier `{0}`; what strangers say is not kept")]
    UnknownHandle(String),
    /// Too long, or empty.
    #[error("{field} is empty, or longer than {most} characters")]
    BadLength {
        /// Which field.
        field: &'static str,
        /// Its limit.
        most: usize,
    },
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Everything else.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for CommentError {
    fn kind(&self) -> Kind {
        match self {
            CommentError::UnknownHandle(_) => Kind::NotFound,
            CommentError::BadLength { .. } => Kind::Invalid,
            CommentError::Denied(denied) => denied.kind(),
            CommentError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            CommentError::UnknownHandle(_) => "customers.unknown_identifier",
            CommentError::BadLength { .. } => "customers.bad_length",
            CommentError::Denied(denied) => denied.code(),
            CommentError::Fault(fault) => fault.code(),
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        match self {
            CommentError::BadLength { field, most } => vec![("field", (*field).into()), ("most", (*most).into())],
            CommentError::Denied(denied) => denied.fields(),
            _ => Vec::new(),
        }
    }
}

/// Put a public comment on the thread of whoever has the handle. Announces `comment.noted`. Repeating the address answers the first.
pub fn note_comment(tx: &mut Tx<'_>, actor: &Actor, cmd: NoteComment) -> Result<Comment, CommentError> {
    actor.require(Permission::EditCustomers)?;
    let bad = |text: &str, most: usize| text.trim().is_empty() || text.chars().count() > most;
    if bad(&cmd.text, TEXT_LENGTH) {
        return Err(CommentError::BadLength { field: "text", most: TEXT_LENGTH });
    }
    if bad(&cmd.url, URL_LENGTH) {
        return Err(CommentError::BadLength { field: "url", most: URL_LENGTH });
    }
    if let Some(known) = store::comment(tx, &cmd.url)? {
        return Ok(known);
    }
    let owner = room::identifiers::find(tx, &cmd.handle)?.ok_or_else(|| CommentError::UnknownHandle(cmd.handle.to_string()))?;
    let NoteComment { handle, text, url, products, at } = cmd;
    let channel = handle.kind().as_str().parse().ok();
    let comment = Comment { url, profile: owner.profile, handle: handle.to_string(), text, products, at };
    store::insert_comment(tx, &comment)?;
    let mut event = Event::new(events::COMMENT_NOTED, &comment.url).profile(comment.profile).by(actor).at(at);
    if let Some(channel) = channel {
        event = event.channel(channel);
    }
    let body = events::OfComment { name: comment.text.clone(), handle: comment.handle.clone(), products: comment.products.clone() };
    tx.announce(event.body(&body))?;
    Ok(comment)
}

/// What a person said in public, newest first, at most `limit` (50); staff see anybody's, customers their own.
pub fn comments_of(tx: &ReadTx<'_>, actor: &Actor, person: PersonId, limit: usize) -> Result<Vec<Comment>, QueryError> {
    let person = current(tx, person)?;
    may_view(tx, actor, person)?;
    Ok(store::comments(tx, person, limit.min(50) as i64)?)
}
