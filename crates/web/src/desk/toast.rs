//! A word in the corner after a partial change, with its undo.

use crate::{Page, ui};
use askama::Template;

/// The same toast that a flash becomes on a whole page.
#[derive(Template)]
#[template(path = "ui/toast.html")]
pub(super) struct Toast<'a> {
    pub(super) page: &'a Page,
    pub(super) tone: ui::Tone,
    pub(super) says: String,
    pub(super) undo: &'a str,
}

impl Toast<'_> {
    /// As a piece that htmx puts behind the others.
    pub(super) fn part(&self) -> Result<String, askama::Error> {
        Ok(format!("<hx-partial hx-target=\"#toasts\" hx-swap=\"beforeend\">{}</hx-partial>", self.render()?))
    }
}
