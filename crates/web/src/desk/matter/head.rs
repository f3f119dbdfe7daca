//! The head of a matter: whose, how it stands, who has it, and what can be done with it.

use crate::desk::snooze;
use crate::desk::words::{initials, matter_state, name_or_stranger};
use crate::ui::Badge;
use crate::{Page, StaffMember, Trouble};
use askama::{Template, filters::HtmlSafe};
use conversations::{Matter, MatterState};
use customers::{Person, PersonId};
use kernel::{Permission, ReadTx};

/// Colleagues offered in the menu.
const COLLEAGUES: i64 = 100;

/// The head; its element is `#head`.
#[derive(Template, Debug, Clone)]
#[template(path = "desk/_head.html")]
pub(super) struct HeadView {
    page: Page,
    name: String,
    initials: String,
    person: PersonId,
    subject: String,
    state: Badge,
    until: String,
    owner: String,
    team: String,
    is_mine: bool,
    is_resolved: bool,
    is_snoozed: bool,
    is_complaint: bool,
    may_assign: bool,
    may_reply: bool,
    colleagues: Vec<(String, String, bool)>,
    teams: Vec<(String, String, bool)>,
    choices: [&'static str; 3],
    /// The video room that is open: where, and whether the customer is in it.
    room: Option<(String, bool)>,
    /// Start of the addresses of every change.
    base: String,
    query: String,
}
impl HtmlSafe for HeadView {}

impl HeadView {
    pub(super) fn read(
        tx: &ReadTx<'_>,
        page: &Page,
        me: &StaffMember,
        matter: &Matter,
        person: &Person,
        query: &str,
    ) -> Result<Self, Trouble> {
        let staff = access::staff_list(tx, None, COLLEAGUES)?;
        let teams = conversations::teams(tx)?;
        let name = name_or_stranger(page, &person.name.text);
        let owner = match matter.owner {
            Some(owner) => access::staff_member(tx, owner)?.map_or_else(String::new, |staff| staff.name),
            None => String::new(),
        };
        let colleagues = staff.iter().filter(|one| one.active && one.id != me.staff.id && one.actor().may(Permission::Reply));
        Ok(HeadView {
            initials: initials(&name),
            name,
            person: person.id,
            subject: matter.subject.clone(),
            state: matter_state(page, matter.state),
            until: matter.snoozed_until.map_or_else(String::new, |until| crate::format::when(until, page.now, page.locale)),
            owner,
            team: teams.iter().find(|team| Some(team.id) == matter.team).map_or_else(String::new, |team| team.name.clone()),
            is_mine: matter.owner == Some(me.staff.id),
            is_resolved: matter.state == MatterState::Resolved,
            is_snoozed: matter.state == MatterState::Snoozed,
            is_complaint: flows::is_complaint(tx, matter.id)?,
            may_assign: me.actor.may(Permission::Assign),
            may_reply: me.actor.may(Permission::Reply),
            colleagues: colleagues.map(|one| (format!("staff:{}", one.id), one.name.clone(), matter.owner == Some(one.id))).collect(),
            teams: teams.iter().map(|team| (format!("team:{}", team.id), team.name.clone(), matter.team == Some(team.id))).collect(),
            choices: snooze::CHOICES,
            room: conversations::open_room_of(tx, matter.id)?.map(|room| (format!("/desk/rooms/{}?test=1", room.id), room.guest.is_some())),
            base: format!("/desk/matters/{}", matter.id),
            query: query.to_owned(),
            page: page.clone(),
        })
    }
    /// Whose matter it is.
    pub(super) fn name(&self) -> &str {
        &self.name
    }
    /// Address of the queue that the reader came from.
    fn back(&self) -> String {
        format!("/desk?{}", self.query.split('&').next().unwrap_or_default())
    }
}
