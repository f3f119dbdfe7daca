//! The agent's own state, at the top of every page of the desk: available, busy, on a break, gone; and for how long.

use super::signed;
use crate::{Answer, App, Flash, Form, Page, StaffMember, Trouble, format, show};
use askama::{Template, filters::HtmlSafe};
use axum::Router;
use axum::extract::State;
use axum::response::{Html, IntoResponse};
use axum::routing::{get, post};
use conversations::{Presence, PresenceState, SetPresence};
use kernel::{Channel, Permission};

/// States offered, in the order shown, with their icons.
const STATES: [(PresenceState, &str); 4] = [
    (PresenceState::Available, "circle-check"),
    (PresenceState::Busy, "circle-dot"),
    (PresenceState::Break, "clock"),
    (PresenceState::Offline, "log-out"),
];
/// Channels that an agent can switch off for themselves.
const CHANNELS: [Channel; 4] = [Channel::Phone, Channel::Webchat, Channel::Whatsapp, Channel::Email];

pub(super) fn routes() -> Router<App> {
    Router::new().route("/desk/agent", get(page).post(set)).route("/desk/agent/here", post(here))
}

/// The state and its menu; its element is `#agent`.
#[derive(Template, Debug, Clone)]
#[template(path = "desk/_agent.html")]
struct AgentView {
    page: Page,
    state: &'static str,
    says: String,
    load: String,
    choices: Vec<Choice>,
    channels: Vec<(&'static str, String, bool)>,
}
impl HtmlSafe for AgentView {}

#[derive(Debug, Clone)]
struct Choice {
    value: &'static str,
    icon: &'static str,
    words: String,
    is_now: bool,
}

#[derive(Template)]
#[template(path = "desk/agent.html")]
struct AgentPage {
    page: Page,
    agent: AgentView,
}

/// `disponible desde hace 12 min · 3 de 6`.
pub(super) fn says(page: &Page, there: &Presence) -> String {
    let state = page.t(&format!("presence-{}", there.state.as_str().replace('_', "-")));
    match there.state {
        PresenceState::Offline => state,
        _ => format!("{state} · {}", units(page, there)),
    }
}

pub(super) fn units(page: &Page, there: &Presence) -> String {
    page.tw("presence-units", &[("n", there.used.into()), ("value", i64::from(there.profile.capacity).into())])
}

impl AgentView {
    async fn read(app: &App, page: Page, me: &StaffMember) -> Result<Self, Trouble> {
        let staff = me.staff.id;
        let (there, now) = app.db.read(move |tx| Ok::<_, kernel::Fault>((conversations::presence(tx, staff)?, tx.now()))).await?;
        let state = there.as_ref().map_or(PresenceState::Offline, |there| there.state);
        let word = |state: PresenceState| page.t(&format!("presence-{}", state.as_str().replace('_', "-")));
        let since = there.as_ref().filter(|there| there.state != PresenceState::Offline).map(|there| now.since(there.since).as_secs());
        let off = there.as_ref().map_or_else(Vec::new, |there| there.profile.off.clone());
        let choice = |(value, icon): (PresenceState, &'static str)| Choice {
            value: value.as_str(),
            icon,
            words: word(value),
            is_now: value == state,
        };
        let channel = |channel: Channel| (channel.as_str(), page.t(&format!("channel-{}", channel.as_str())), !off.contains(&channel));
        Ok(AgentView {
            state: state.as_str(),
            says: since.map_or_else(|| word(state), |seconds| format!("{} · {}", word(state), format::span_text(seconds))),
            load: there.as_ref().filter(|_| since.is_some()).map_or_else(String::new, |there| units(&page, there)),
            choices: STATES.into_iter().map(choice).collect(),
            channels: CHANNELS.into_iter().map(channel).collect(),
            page,
        })
    }
}

/// The same control on a page of its own, for browsers without scripts.
async fn page(State(app): State<App>, page: Page, me: StaffMember) -> Answer {
    me.actor.require(Permission::Reply)?;
    let agent = AgentView::read(&app, page.clone(), &me).await?;
    show(&AgentPage { page: signed(page, &me), agent })
}

/// A page of the desk is open: a sign of life, and the state as it is now.
async fn here(State(app): State<App>, page: Page, me: StaffMember) -> Answer {
    me.actor.require(Permission::Reply)?;
    let staff = me.staff.id;
    app.db.write("conversations.show_life", move |tx| conversations::show_life(tx, staff)).await?;
    Ok(Html(AgentView::read(&app, page, &me).await?.render().map_err(Trouble::broken)?).into_response())
}

async fn set(State(app): State<App>, page: Page, me: StaffMember, form: Form) -> Answer {
    let Ok(state) = form.value("state").parse::<PresenceState>() else { return Err(Trouble::not_found()) };
    let on: Vec<&str> = form.values("on").collect();
    let off = form.is("channels", "said").then(|| CHANNELS.into_iter().filter(|channel| !on.contains(&channel.as_str())).collect());
    let (actor, staff, to) = (me.actor.clone(), me.staff.id, SetPresence { state, off });
    app.db.write("conversations.set_presence", move |tx| conversations::set_presence(tx, &actor, staff, &to)).await?;
    if !page.partial {
        return page.go_saying("/desk", &Flash::ok("presence-set"));
    }
    Ok(Html(AgentView::read(&app, page, &me).await?.render().map_err(Trouble::broken)?).into_response())
}
