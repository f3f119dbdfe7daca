//! Small inline things: an icon, a moment, the mark of the current link.

use crate::{assets, format};
use askama::filters::HtmlSafe;
use kernel::{Locale, Timestamp};
use std::fmt;

/// One Lucide icon of the sprite.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Icon(&'static str);

/// An icon by its Lucide name. The build puts it into the sprite when it is written as `icon("..")`; a name that comes
/// from a Rust value must stand in `assets/icons.txt`.
pub fn icon(name: &'static str) -> Icon {
    Icon(name)
}

impl fmt::Display for Icon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<svg class=\"icon\" aria-hidden=\"true\"><use href=\"{}#{}\"/></svg>", assets::url("icons.svg"), self.0)
    }
}
impl HtmlSafe for Icon {}

/// Writes `aria-current="page"` on the link to where we are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Current(pub bool);

impl fmt::Display for Current {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0 { "aria-current=\"page\"" } else { "" })
    }
}
impl HtmlSafe for Current {}

/// A `<time>`: short to read, exact for machines and on hover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    iso: String,
    text: String,
    full: String,
}

impl Moment {
    /// The shown text, for a sentence that takes it in.
    pub fn text(&self) -> &str {
        &self.text
    }
    /// The shortest clear form: `18:04` today, `ayer, 18:04`, `21 nov, 18:04`.
    pub fn when(moment: Timestamp, now: Timestamp, locale: Locale) -> Self {
        Moment { iso: format::iso(moment), text: format::when(moment, now, locale), full: format::full(moment, locale) }
    }
    /// How long ago: `hace 5 min`.
    pub fn ago(moment: Timestamp, now: Timestamp, locale: Locale) -> Self {
        Moment { text: format::ago(moment, now, locale), ..Moment::when(moment, now, locale) }
    }
    /// Only the day: `21 nov`.
    pub fn date(moment: Timestamp, now: Timestamp, locale: Locale) -> Self {
        Moment { text: format::date(moment, now, locale), ..Moment::when(moment, now, locale) }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<time datetime=\"{}\" title=\"{}\">{}</time>", self.iso, self.full, self.text)
    }
}
impl HtmlSafe for Moment {}
