//! The telephone of the rehearsal: she rings, hears what is spoken, and answers by keys or words.

use super::book::{PhoneBook, Written};
use super::phone::{Line, mine};
use super::play::shown;
use super::role::Role;
use crate::studio::Entered;
use crate::ui::Moment;
use crate::{Answer, App, Form, Page};
use axum::extract::{Query, State};
use axum::routing::post;
use axum::{Extension, Router};
use channels::simulators::{LineStands, TwilioSimulator};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/studio/rehearsal/line", post(act))
}

/// The simulated telephone and her number on it.
fn telephone(app: &App, role: &Role) -> Option<(TwilioSimulator, String)> {
    app.simulators.telephone.clone().zip(role.phone_identifier().map(|number| number.value().to_owned()))
}

/// Under what the phone remembers what was keyed and said.
fn from_of(number: &str) -> String {
    format!("phone:{number}")
}

/// What she can do now, as a word.
pub(super) fn stands(app: &App, role: &Role) -> &'static str {
    let line = telephone(app, role).and_then(|(telephone, number)| telephone.line_of(&number));
    match line.map(|line| line.stands) {
        Some(LineStands::CustomerRings) => "rings",
        Some(LineStands::AgentRings) => "agent",
        Some(LineStands::Talks) => "talks",
        Some(LineStands::Listens | LineStands::Records | LineStands::Silent) => "open",
        Some(LineStands::Over) | None => "free",
    }
}

/// What was spoken to her on the latest line, and what she keyed and said meanwhile.
pub(super) fn heard(app: &App, page: &Page, book: &PhoneBook, role: &Role) -> Vec<Line> {
    let Some((telephone, number)) = telephone(app, role) else { return Vec::new() };
    let Some(line) = telephone.line_of(&number) else { return Vec::new() };
    let began = line.heard_at.first().copied().unwrap_or(page.now);
    let theirs = line.heard.into_iter().zip(line.heard_at).filter(|(_, at)| *at >= role.since()).map(|(text, at)| Line {
        mine: false,
        subject: String::new(),
        text,
        time: Moment::when(at, page.now, page.locale),
        choices: Vec::new(),
        at,
        id: String::new(),
    });
    book.from(&from_of(&number), began).into_iter().map(|written| mine(page, written)).chain(theirs).collect()
}

/// Ring, answer, press keys, speak, keep silent, hang up; or the agent picks up.
async fn act(
    State(app): State<App>,
    Extension(book): Extension<PhoneBook>,
    Entered { page, .. }: Entered,
    Query(role): Query<Role>,
    form: Form,
) -> Answer {
    if let Some((telephone, number)) = telephone(&app, &role) {
        let line = telephone.line_of(&number);
        let sid = line.as_ref().map_or("", |line| line.sid.as_str());
        let words = form.value("text").to_owned();
        match form.value("do") {
            "call" => drop(telephone.rings(&number).await),
            "answer" => drop(telephone.picks_up(&number).await),
            "end" => telephone.hangs_up(sid).await,
            "wait" => telephone.keeps_silent(sid).await,
            "agent" => drop(line.as_ref().is_some_and(|line| telephone.agent_picks_up(&line.agent))),
            _ if words.is_empty() => {}
            _ => {
                let at = app.db.clock().now();
                book.note(Written { from: from_of(&number), subject: String::new(), text: words.clone(), at });
                let is_keys = words.chars().all(|key| key.is_ascii_digit() || matches!(key, '#' | '*'));
                match line.as_ref().map(|line| &line.stands) {
                    Some(LineStands::Records) => telephone.leaves_message(sid, &format!("https://rehearsal.invalid/{sid}"), &words).await,
                    _ if is_keys => telephone.presses(sid, words.trim_end_matches('#')).await,
                    _ => telephone.says(sid, &words).await,
                }
            }
        }
    }
    shown(&app, &book, page, role, String::new())
}
