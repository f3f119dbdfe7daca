//! One page of a queue: who waits, for how long, and the ways to the pages beside it.

use super::mentions::Named;
use super::name::{QueueName, key_text};
use crate::desk::place::{Place, in_queue};
use crate::desk::words::{due, name_or_stranger};
use crate::timeline::Names;
use crate::ui::{Icon, Moment, channel_icon};
use crate::{Page, StaffMember};
use askama::{Template, filters::HtmlSafe};
use conversations::{Matter, MatterId, MatterState, QueueKey, View};
use customers::PersonCard;
use kernel::{Fault, ReadTx};
use std::time::Duration;

/// Rows of one page.
const ROWS: usize = 50;

/// One page of rows; the element of the page that is kept up to date is `#rows`.
#[derive(Template, Debug, Clone)]
#[template(path = "desk/_queue_rows.html")]
pub(crate) struct RowsView {
    page: Page,
    is_live: bool,
    rows: Vec<Row>,
    previous: String,
    next: String,
    empty: [String; 2],
}
impl HtmlSafe for RowsView {}

impl RowsView {
    /// A page that stands beside the one that is kept up to date.
    pub(super) fn beside(self) -> Self {
        RowsView { is_live: false, ..self }
    }
}

#[derive(Debug, Clone)]
struct Row {
    id: MatterId,
    href: String,
    name: String,
    channel: &'static str,
    channel_word: String,
    icon: Icon,
    preview: String,
    wait: Option<(&'static str, String)>,
    last: Moment,
    owner: String,
    unread: i64,
    is_named: bool,
    is_current: bool,
    is_snoozed: bool,
}

/// The matters of a page, after what it begins, and whether more follow.
struct Found {
    matters: Vec<Matter>,
    from: Option<QueueKey>,
    goes_on: bool,
}

pub(super) fn read(
    tx: &ReadTx<'_>,
    (page, me): (&Page, &StaffMember),
    place: &Place,
    (wanted, warning): (QueueName, Duration),
    (current, named): (Option<MatterId>, &Named),
) -> Result<RowsView, Fault> {
    let view = wanted.view(me.staff.id, page.now.plus(warning));
    let found = find(tx, view, place)?;
    let ends = |matter: Option<&Matter>| matter.map(|matter| conversations::page_key(tx, view, matter)).transpose();
    let (first, last) =
        (ends(found.matters.first().filter(|_| found.from.is_some()))?, ends(found.matters.last().filter(|_| found.goes_on))?);
    let link =
        |side: &str, key: Option<QueueKey>| key.map_or_else(String::new, |key| format!("/desk?view={wanted}&{side}={}", key_text(key)));
    Ok(RowsView {
        rows: shown(tx, page, (&in_queue(wanted, found.from), warning), (current, named), &found.matters)?,
        previous: link("until", first),
        next: link("from", last),
        empty: [format!("queue-{}-empty", wanted.kind()), format!("queue-{}-empty-text", wanted.kind())].map(|key| page.t(&key)),
        is_live: true,
        page: page.clone(),
    })
}

/// The page that was asked for; the first one when there is nothing at that place any more.
fn find(tx: &ReadTx<'_>, view: View, place: &Place) -> Result<Found, Fault> {
    if let Some(until) = place.until() {
        // One more than is shown: after it the page begins.
        let mut matters = conversations::queue_before(tx, view, until, ROWS as i64 + 1)?;
        if !matters.is_empty() {
            let from = if matters.len() > ROWS { Some(conversations::page_key(tx, view, &matters.remove(0))?) } else { None };
            return Ok(Found { matters, from, goes_on: true });
        }
    }
    let after = |from: Option<QueueKey>| -> Result<Found, Fault> {
        let mut matters = conversations::queue_by_due(tx, view, from, ROWS as i64 + 1)?;
        let goes_on = matters.len() > ROWS;
        matters.truncate(ROWS);
        Ok(Found { matters, from, goes_on })
    };
    let found = after(place.from())?;
    if found.matters.is_empty() && found.from.is_some() { after(None) } else { Ok(found) }
}

fn shown(
    tx: &ReadTx<'_>,
    page: &Page,
    (here, warning): (&str, Duration),
    (current, named): (Option<MatterId>, &Named),
    matters: &[Matter],
) -> Result<Vec<Row>, Fault> {
    let profiles: Vec<_> = matters.iter().map(|matter| matter.profile).collect();
    let people = customers::cards_of_profiles(tx, &profiles)?;
    let mut names = Names::new();
    for owner in matters.iter().filter_map(|matter| matter.owner) {
        names.learn(tx, owner)?;
    }
    let row = |matter: &Matter| Row {
        id: matter.id,
        href: format!("/desk/matters/{}?{here}", matter.id),
        name: name_or_stranger(page, people.get(&matter.profile).map_or("", |card: &PersonCard| &card.name.text)),
        channel: matter.channel.as_str(),
        channel_word: page.t(&format!("channel-{}", matter.channel.as_str())),
        icon: channel_icon(matter.channel),
        preview: if matter.preview.is_empty() { matter.subject.clone() } else { matter.preview.clone() },
        wait: Some(matter).filter(|matter| matter.state != MatterState::Snoozed).and_then(|matter| due(page, matter, warning)),
        last: Moment::when(matter.snoozed_until.unwrap_or(matter.last_at), page.now, page.locale),
        owner: matter.owner.map_or_else(String::new, |owner| names.of(owner).split(' ').next().unwrap_or_default().to_owned()),
        unread: matter.unread,
        is_named: named.matters.contains(&matter.id),
        is_current: current == Some(matter.id),
        is_snoozed: matter.state == MatterState::Snoozed,
    };
    Ok(matters.iter().map(row).collect())
}
