//! Visits to the site, before and after sign-in, and what people say in public: both on their profile.
//!
//! A visit is one entry on the log; its pages are rows of their own, one for each page kind and product, and go after half a year.

mod comments;
mod note;
mod queries;
mod store;

pub use comments::{Comment, CommentError, NoteComment, comments_of, note_comment};
pub(crate) use note::TIMERS;
pub use note::{PageKind, Seen, is_noted, note_scan, note_view};
pub use queries::{Looked, looked_at};
pub(crate) use store::forget_profile;
