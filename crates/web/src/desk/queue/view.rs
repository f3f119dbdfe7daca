//! A queue as it is shown: a head that stays, and one page of rows; further pages come as one scrolls.

use super::mentions::{self, Named};
use super::name::QueueName;
use super::rows::{self, RowsView};
use super::tabs::{self, Tab};
use crate::desk::place::Place;
use crate::desk::transfer::{Waits, waits};
use crate::{Page, StaffMember, Trouble};
use askama::{Template, filters::HtmlSafe};
use conversations::MatterId;
use kernel::{Permission, ReadTx};

/// The list at the left; its element is `#queue`.
#[derive(Template, Debug, Clone)]
#[template(path = "desk/_queue.html")]
pub(crate) struct QueueView {
    head: HeadView,
    rows: RowsView,
}
impl HtmlSafe for QueueView {}

/// Which queue, which others, and what asks for an answer in whichever; its element is `#queue-head`.
#[derive(Template, Debug, Clone)]
#[template(path = "desk/_queue_head.html")]
struct HeadView {
    page: Page,
    title: String,
    stands_alone: bool,
    tabs: Vec<Tab>,
    others: Vec<Tab>,
    offers: Vec<Waits>,
    named: Named,
}
impl HtmlSafe for HeadView {}

impl HeadView {
    fn other(&self) -> Option<&Tab> {
        self.others.iter().find(|tab| tab.is_current)
    }
}

impl QueueView {
    /// The heading: which queue this is.
    pub(crate) fn title(&self) -> &str {
        &self.head.title
    }
    /// What may change while the page is open, by element.
    pub(crate) fn parts(&self) -> Result<Vec<(&'static str, String)>, askama::Error> {
        Ok(vec![("queue-head", self.head.render()?), ("rows", self.rows.render()?)])
    }
    /// The rows alone, to be put beside those that are there.
    pub(crate) fn further(self) -> RowsView {
        self.rows.beside()
    }
}

/// Read a page of a queue with the counts of its neighbours. Needs [`Permission::ViewConversations`].
pub(crate) fn read(tx: &ReadTx<'_>, page: &Page, me: &StaffMember, place: &Place, current: Option<MatterId>) -> Result<QueueView, Trouble> {
    me.actor.require(Permission::ViewConversations)?;
    let wanted = QueueName::parse(&place.view);
    let warning = conversations::work_rules(tx)?.warning();
    let named = mentions::read(tx, page, me)?;
    let (tabs, others) = tabs::read(tx, page, me, (wanted, warning), named.matters.len() as i64)?;
    let title = tabs.iter().chain(&others).find(|tab| tab.is_current).map_or_else(|| page.t("queue-team"), |tab| tab.name.clone());
    let rows = rows::read(tx, (page, me), place, (wanted, warning), (current, &named))?;
    let offers = waits(tx, page, me)?;
    let head = HeadView { offers, named, title, stands_alone: current.is_none(), tabs, others, page: page.clone() };
    Ok(QueueView { head, rows })
}
