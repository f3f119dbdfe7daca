//! The middle of a page: what came before, loaded on the way up, and the live end.

use crate::timeline::{Reader, Stretch};
use crate::ui::Entry;
use crate::{Page, Trouble};
use askama::{Template, filters::HtmlSafe};
use customers::{Person, PersonId};
use kernel::log::TimelineKey;
use kernel::{Actor, ReadTx};

/// Entries of one page.
pub(super) const STRETCH: usize = 40;

/// What came before: the start of the thread, or the way to it. Its element is `#earlier`.
#[derive(Template, Debug, Clone)]
#[template(path = "desk/_earlier.html")]
pub(super) struct EarlierView {
    entries: Vec<Entry>,
    more: Option<(String, String)>,
    words: String,
}
impl HtmlSafe for EarlierView {}

/// The live end; its element is `#tail`.
#[derive(Template, Debug, Clone)]
#[template(path = "desk/_tail.html")]
pub(super) struct TailView {
    entries: Vec<Entry>,
    label: String,
    empty: String,
    /// Where a POST says that the end has been seen; empty when there is nothing new.
    seen: String,
}
impl HtmlSafe for TailView {}

/// A person's thread as one page shows it.
#[derive(Debug, Clone)]
pub(super) struct Thread {
    pub(super) earlier: EarlierView,
    pub(super) tail: TailView,
    /// Where the live end begins.
    pub(super) since: String,
}

/// Read the end of a thread: from `since` on when a page is open, else the newest entries before `before`.
pub(super) fn read(
    tx: &ReadTx<'_>,
    page: &Page,
    actor: &Actor,
    person: &Person,
    (since, before): (Option<TimelineKey>, Option<TimelineKey>),
    seen: String,
) -> Result<Thread, Trouble> {
    let stretch = match since {
        Some(since) => Stretch::since(tx, actor, person.id, &person.name.text, since)?,
        None => Stretch::read(tx, actor, person.id, &person.name.text, before, STRETCH)?,
    };
    let first = stretch.first().map_or_else(|| "0-0".to_owned(), |key| key.to_string());
    Ok(Thread {
        earlier: EarlierView { entries: Vec::new(), ..way_back(page, person.id, stretch.earlier) },
        tail: TailView { entries: stretch.entries(page, Reader::Desk), label: page.t("timeline"), empty: page.t("thread-empty"), seen },
        since: since.map_or(first, |since| since.to_string()),
    })
}

/// The stretch before a place, with the way to the one before it.
pub(super) fn earlier(tx: &ReadTx<'_>, page: &Page, actor: &Actor, person: &Person, before: TimelineKey) -> Result<EarlierView, Trouble> {
    let stretch = Stretch::read(tx, actor, person.id, &person.name.text, Some(before), STRETCH)?;
    let view = way_back(page, person.id, stretch.earlier);
    Ok(EarlierView { entries: stretch.entries(page, Reader::Desk), ..view })
}

fn way_back(page: &Page, person: PersonId, earlier: Option<TimelineKey>) -> EarlierView {
    let link = |key: TimelineKey| (format!("/desk/customers/{person}/earlier?before={key}"), page.with_query("before", &key.to_string()));
    EarlierView { entries: Vec::new(), more: earlier.map(link), words: page.t("earlier") }
}
