//! A queue as it is shown: tabs with counts, rows with who waits.

use super::mentions::{self, Named};
use super::name::{QueueName, key_text};
use crate::desk::transfer::{Waits, waits};
use crate::desk::words::{due, name_or_stranger};
use crate::timeline::Names;
use crate::ui::{Icon, Moment, channel_icon};
use crate::{Page, StaffMember, Trouble};
use askama::{Template, filters::HtmlSafe};
use conversations::{Matter, MatterId, MatterState, QueueKey, View};
use customers::PersonCard;
use kernel::{Fault, Permission, ReadTx};
use std::time::Duration;

/// Rows of one page.
const ROWS: i64 = 50;
/// Counts stop here: `99+`.
const COUNTED: i64 = 100;

/// The list at the left; its element is `#queue`.
#[derive(Template, Debug, Clone)]
#[template(path = "desk/_queue.html")]
pub(crate) struct QueueView {
    page: Page,
    title: String,
    stands_alone: bool,
    tabs: Vec<Tab>,
    others: Vec<Tab>,
    offers: Vec<Waits>,
    named: Named,
    rows: Vec<Row>,
    next: String,
    empty: [String; 2],
}
impl HtmlSafe for QueueView {}

#[derive(Debug, Clone)]
struct Tab {
    href: String,
    name: String,
    count: String,
    is_current: bool,
}

#[derive(Debug, Clone)]
struct Row {
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

impl QueueView {
    /// The heading: which queue this is.
    pub(crate) fn title(&self) -> &str {
        &self.title
    }
    fn other_is_current(&self) -> bool {
        self.others.iter().any(|tab| tab.is_current)
    }
}

/// Read a queue with the counts of its neighbours. Needs [`Permission::ViewConversations`].
pub(crate) fn read(
    tx: &ReadTx<'_>,
    page: &Page,
    me: &StaffMember,
    wanted: QueueName,
    current: Option<MatterId>,
    before: Option<QueueKey>,
) -> Result<QueueView, Trouble> {
    me.actor.require(Permission::ViewConversations)?;
    let warning = conversations::work_rules(tx)?.warning();
    let view = wanted.view(me.staff.id, page.now.plus(warning));
    let matters = conversations::queue_by_due(tx, view, before, ROWS)?;
    let next = matters
        .last()
        .filter(|_| matters.len() as i64 == ROWS)
        .map(|last| Ok::<_, Fault>(format!("/desk?view={wanted}&before={}", key_text(conversations::page_key(tx, view, last)?))))
        .transpose()?;
    let named = mentions::read(tx, page, me)?;
    let (tabs, others) = tabs(tx, page, me, (wanted, warning), named.matters.len() as i64)?;
    let title = tabs.iter().chain(&others).find(|tab| tab.is_current).map_or_else(|| page.t("queue-team"), |tab| tab.name.clone());
    Ok(QueueView {
        offers: waits(tx, page, me)?,
        rows: rows(tx, page, (wanted, warning), (current, &named), &matters)?,
        named,
        title,
        stands_alone: current.is_none(),
        tabs,
        others,
        next: next.unwrap_or_default(),
        empty: [format!("queue-{}-empty", wanted.kind()), format!("queue-{}-empty-text", wanted.kind())].map(|key| page.t(&key)),
        page: page.clone(),
    })
}

/// One's own and nobody's stand in front; one's teams and the rest lie behind a menu.
fn tabs(
    tx: &ReadTx<'_>,
    page: &Page,
    me: &StaffMember,
    (wanted, warning): (QueueName, Duration),
    named: i64,
) -> Result<(Vec<Tab>, Vec<Tab>), Fault> {
    let mine = conversations::teams_of(tx, me.staff.id)?;
    let teams = conversations::teams(tx)?;
    let tab = |queue: QueueName, name: String| -> Result<Tab, Fault> {
        let count = match queue {
            QueueName::Resolved => String::new(),
            QueueName::Mentioned => counted(named),
            _ => count(tx, queue.view(me.staff.id, page.now.plus(warning)))?,
        };
        Ok(Tab { href: format!("/desk?view={queue}"), name, count, is_current: queue == wanted })
    };
    let front = vec![tab(QueueName::Mine, page.t("queue-mine"))?, tab(QueueName::Unassigned, page.t("queue-unassigned"))?];
    let mut others = vec![tab(QueueName::Mentioned, page.t("queue-mentioned"))?];
    for team in teams.iter().filter(|team| mine.contains(&team.id)) {
        others.push(tab(QueueName::Team(team.id), team.name.clone())?);
    }
    for queue in [QueueName::Due, QueueName::Open, QueueName::Waiting, QueueName::Snoozed, QueueName::Resolved] {
        others.push(tab(queue, page.t(&format!("queue-{}", queue.kind())))?);
    }
    for team in teams.iter().filter(|team| !mine.contains(&team.id)) {
        others.push(tab(QueueName::Team(team.id), team.name.clone())?);
    }
    for tag in conversations::tags(tx)? {
        let queue = QueueName::Tag(tag.id);
        others.push(Tab {
            href: format!("/desk?view={queue}"),
            name: page.tv("queue-tagged", tag.name),
            count: String::new(),
            is_current: queue == wanted,
        });
    }
    if me.actor.may(Permission::Supervise) {
        others.push(Tab { href: "/desk/wall".into(), name: page.t("wall"), count: String::new(), is_current: false });
    }
    Ok((front, others))
}

fn count(tx: &ReadTx<'_>, view: View) -> Result<String, Fault> {
    Ok(counted(conversations::queue_length(tx, view, COUNTED)?))
}

fn counted(rows: i64) -> String {
    match rows {
        0 => String::new(),
        100.. => "99+".to_owned(),
        n => n.to_string(),
    }
}

fn rows(
    tx: &ReadTx<'_>,
    page: &Page,
    (wanted, warning): (QueueName, Duration),
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
        href: format!("/desk/matters/{}?view={wanted}", matter.id),
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
