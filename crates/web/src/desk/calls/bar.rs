//! The call bar: the call I have with what I can do about it, else who waits.

use crate::desk::words::name_or_stranger;
use crate::ui::Moment;
use crate::{Page, StaffMember, Trouble};
use askama::{Template, filters::HtmlSafe};
use conversations::{Call, CallState};
use kernel::{Permission, ReadTx};

/// Callers shown in the bar; the page has all of them.
const SHOWN: usize = 2;

/// The bar; its element is `#call-bar`.
#[derive(Template, Debug, Clone)]
#[template(path = "desk/_call_bar.html")]
pub(super) struct BarView {
    page: Page,
    mine: Option<CallView>,
    waiting: Vec<CallView>,
    more: usize,
    teams: Vec<(String, String)>,
}
impl HtmlSafe for BarView {}

/// One call as a line.
#[derive(Debug, Clone)]
pub(super) struct CallView {
    pub id: String,
    pub name: String,
    pub number: String,
    pub about: String,
    pub state: String,
    pub since: Moment,
    pub matter: String,
    pub is_held: bool,
    pub is_dialling: bool,
    /// They asked to be rung.
    pub is_wish: bool,
    pub may_transfer: bool,
}

pub(super) fn read(tx: &ReadTx<'_>, page: &Page, me: &StaffMember, may: bool) -> Result<BarView, Trouble> {
    if !may {
        return Ok(BarView { page: page.clone(), mine: None, waiting: Vec::new(), more: 0, teams: Vec::new() });
    }
    let mine = conversations::calls_of_agent(tx, me.staff.id)?.into_iter().find(|call| call.state.is_with_agent());
    let all = conversations::waiting_calls(tx, 20)?;
    let mut waiting = all.iter().take(SHOWN).map(|call| view(tx, page, me, call)).collect::<Result<Vec<_>, Trouble>>()?;
    if mine.is_some() {
        waiting.clear();
    }
    let more = all.len() - waiting.len();
    let teams = if mine.is_some() { conversations::teams(tx)? } else { Vec::new() };
    Ok(BarView {
        mine: mine.as_ref().map(|call| view(tx, page, me, call)).transpose()?,
        more,
        waiting,
        teams: teams.into_iter().map(|team| (team.id.to_string(), team.name)).collect(),
        page: page.clone(),
    })
}

/// A call in the reader's words.
pub(super) fn view(tx: &ReadTx<'_>, page: &Page, me: &StaffMember, call: &Call) -> Result<CallView, Trouble> {
    let person = customers::person_of(tx, call.profile)?.map_or(Ok(None), |person| customers::person(tx, person))?;
    let name = name_or_stranger(page, &person.map_or_else(String::new, |person| person.name.text));
    let since = call.waiting_since.or(call.answered_at).unwrap_or(call.began_at);
    Ok(CallView {
        id: call.id.to_string(),
        // Of a stranger the number is all that is known, and it is the name already.
        number: if digits(&name) == digits(&call.address) { String::new() } else { call.address.clone() },
        name,
        about: call.about.clone(),
        state: page.t(&format!("call-state-{}", call.state)),
        since: Moment::ago(since, page.now, page.locale),
        matter: call.matter.to_string(),
        is_held: call.state == CallState::Held,
        is_dialling: call.state == CallState::Dialling,
        is_wish: call.state == CallState::Requested,
        may_transfer: me.actor.may(Permission::Assign) && matches!(call.state, CallState::Answered | CallState::Held),
    })
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}
