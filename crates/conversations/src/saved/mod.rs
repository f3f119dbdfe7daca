//! Saved replies: words that are used again, with gaps for what differs from customer to customer.

mod error;
mod read;
mod save;
mod variable;

pub use error::SavedReplyError;
pub use read::{saved_replies, saved_reply};
pub use save::{SaveReply, change_saved_reply, make_saved_reply, remove_saved_reply};
pub use variable::{Variable, fill, gap};

use crate::TeamId;
use kernel::{Locale, Timestamp};

/// Most saved replies of a brand.
pub(crate) const MOST: i64 = 1_000;

kernel::id! {
    /// Words that are used again.
    pub struct SavedReplyId;
}

/// Words that are used again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedReply {
    /// Which.
    pub id: SavedReplyId,
    /// The word that finds it after `/`: letters, digits and hyphens, in lower case.
    pub name: String,
    /// Whose; `None` is everybody's.
    pub team: Option<TeamId>,
    /// In Spanish; empty when there is none.
    pub text_es: String,
    /// In English; empty when there is none.
    pub text_en: String,
    /// When it was last changed.
    pub changed_at: Timestamp,
}

impl SavedReply {
    /// The words in a language, else in the other.
    pub fn text(&self, locale: Locale) -> &str {
        let (first, second) = match locale {
            Locale::Es => (&self.text_es, &self.text_en),
            Locale::En => (&self.text_en, &self.text_es),
        };
        if first.is_empty() { second } else { first }
    }
}
