//! The queues by name, with how much is in each.

use super::name::QueueName;
use crate::{Page, StaffMember};
use kernel::{Fault, Permission, ReadTx};
use std::time::Duration;

/// The count of a queue beside stops here: `99+`.
const COUNTED: i64 = 100;
/// That of the queue which is looked at stops here.
const COUNTED_HERE: i64 = 10_001;

/// One queue's name, way and count.
#[derive(Debug, Clone)]
pub(super) struct Tab {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) count: String,
    pub(super) is_current: bool,
}

/// One's own and nobody's stand in front; one's teams and the rest lie behind a menu.
pub(super) fn read(
    tx: &ReadTx<'_>,
    page: &Page,
    me: &StaffMember,
    (wanted, warning): (QueueName, Duration),
    named: i64,
) -> Result<(Vec<Tab>, Vec<Tab>), Fault> {
    let mine = conversations::teams_of(tx, me.staff.id)?;
    let teams = conversations::teams(tx)?;
    let tab = |queue: QueueName, name: String| -> Result<Tab, Fault> {
        let is_current = queue == wanted;
        let most = if is_current { COUNTED_HERE } else { COUNTED };
        let count = match queue {
            QueueName::Mentioned => counted(page, named, COUNTED),
            QueueName::Resolved | QueueName::Tag(_) if !is_current => String::new(),
            _ => counted(page, conversations::queue_length(tx, queue.view(me.staff.id, page.now.plus(warning)), most)?, most),
        };
        Ok(Tab { href: format!("/desk?view={queue}"), name, count, is_current })
    };
    let front = vec![tab(QueueName::Mine, page.t("queue-mine"))?, tab(QueueName::Unassigned, page.t("queue-unassigned"))?];
    let mut others = vec![tab(QueueName::Promised, page.t("queue-promised"))?, tab(QueueName::Mentioned, page.t("queue-mentioned"))?];
    for team in teams.iter().filter(|team| mine.contains(&team.id)) {
        others.push(tab(QueueName::Team(team.id), team.name.clone())?);
    }
    for queue in [QueueName::Due, QueueName::Open, QueueName::Waiting, QueueName::Snoozed, QueueName::Resolved] {
        others.push(tab(queue, page.t(&format!("queue-{}", queue.kind())))?);
    }
    for team in teams.iter().filter(|team| !mine.contains(&team.id)) {
        others.push(tab(QueueName::Team(team.id), team.name.clone())?);
    }
    for given in conversations::tags(tx)? {
        others.push(tab(QueueName::Tag(given.id), page.tv("queue-tagged", given.name))?);
    }
    if me.actor.may(Permission::Supervise) {
        others.push(Tab { href: "/desk/wall".into(), name: page.t("wall"), count: String::new(), is_current: false });
    }
    Ok((front, others))
}

/// Nothing for none; `99+` when counting stopped.
fn counted(page: &Page, rows: i64, most: i64) -> String {
    match rows {
        0 => String::new(),
        n if n >= most => format!("{}+", crate::format::number(most - 1, page.locale)),
        n => crate::format::number(n, page.locale),
    }
}
