//! A word carried over one redirect: "added to the cart". Only a text's key travels, so nobody can put words in our mouth.

use crate::ui::Tone;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

/// What the next page says once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    /// Good or bad news.
    pub tone: Tone,
    /// Key of the text.
    pub key: String,
    /// What the text calls `$value`; empty when it has none.
    pub value: String,
    /// Where to go from here, such as an undo; empty for nowhere. Always a path of this site.
    pub undo: String,
}

impl Flash {
    /// Good news.
    pub fn ok(key: &str) -> Self {
        Flash { tone: Tone::Ok, key: key.to_owned(), value: String::new(), undo: String::new() }
    }
    /// Bad news.
    pub fn bad(key: &str) -> Self {
        Flash { tone: Tone::Bad, ..Flash::ok(key) }
    }
    /// Fill the text's `$value`.
    pub fn with(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }
    /// Offer an undo: the path that a POST form goes to.
    pub fn undo(mut self, path: impl Into<String>) -> Self {
        self.undo = path.into();
        self
    }
    pub(crate) fn to_cookie(&self) -> String {
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).expect("plain strings are JSON"))
    }
    pub(crate) fn from_cookie(text: &str) -> Option<Self> {
        let flash: Flash = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        let path_is_ours = flash.undo.is_empty() || (flash.undo.starts_with('/') && !flash.undo.starts_with("//"));
        (crate::has_text(&flash.key) && path_is_ours).then_some(flash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn survives_the_cookie_and_refuses_foreign_words() {
        let flash = Flash::ok("saved").with("Camisa ñ").undo("/cart/1/restoration");
        assert_eq!(Flash::from_cookie(&flash.to_cookie()), Some(flash));
        assert_eq!(Flash::from_cookie(&Flash::ok("no-such-text").to_cookie()), None);
        assert_eq!(Flash::from_cookie(&Flash::ok("saved").undo("//evil.example").to_cookie()), None);
        assert_eq!(Flash::from_cookie("%%"), None);
    }
}
