//! Help that answers by itself: the same dialogue as on every channel, on a page that works without scripts.

use super::visitor::{Aisle, Visitor};
use crate::{Answer, App, Form, Page, Trouble, show};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::routing::{get, post};
use conversations::Account;
use flows::SelfServe;
use kernel::{Channel, Fault, ReadTx};
use self_service::{Said, Session, Step, menu};

/// Longest words that are taken, in characters.
const LONGEST: usize = 1000;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/help/ask", get(page).post(ask)).route("/help/ask/again", post(again))
}

#[derive(Template)]
#[template(path = "storefront/self_service.html")]
struct SelfService {
    page: Page,
    aisles: Vec<Aisle>,
    said: Vec<Said>,
    menu: Vec<&'static str>,
    /// A person of ours is with them already.
    is_helped: bool,
    /// The machine has given up.
    is_handed: bool,
    /// Where a person is reached at once: words and address.
    people: Vec<(String, String)>,
}

/// What the dialogue is kept under.
fn key(visitor: &Visitor) -> String {
    format!("visitor:{}", visitor.page.visit.0)
}

async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    let (key, profile, words) = (key(&visitor), visitor.shopper.signed_in, visitor.page.clone());
    let read = app.db.read(move |tx| {
        let session = self_service::session(tx, &key, Channel::Web)?;
        let profiles = match profile.map_or(Ok(None), |profile| customers::person_of(tx, profile))? {
            Some(person) => customers::profiles_of(tx, person)?,
            None => Vec::new(),
        };
        Ok::<_, Fault>((said(&words, &session), session.step, flows::is_helped(tx, &profiles)?, people(tx, &words)?))
    });
    let (said, step, is_helped, people) = read.await?;
    let Visitor { page, aisles, .. } = visitor;
    let menu = menu(page.locale).into_iter().map(|(_, words)| words).collect();
    show(&SelfService { page, aisles, said, menu, is_helped, is_handed: step == Step::Handed, people })
}

/// What was said so far; a greeting begins.
fn said(page: &Page, session: &Session) -> Vec<Said> {
    let hello = || Said { by_customer: false, words: self_service::Answer::Hello { name: String::new() }.text(page.locale) };
    if session.said.is_empty() { vec![hello()] } else { session.said.clone() }
}

/// The chat, and the telephone when one is connected.
fn people(tx: &ReadTx<'_>, page: &Page) -> Result<Vec<(String, String)>, Fault> {
    let mut people = vec![(page.t("ask-chat"), "/chat".to_owned())];
    if let Some(Account { address, .. }) = flows::phone_account(tx)? {
        people.push((page.t("call-me"), "/call-me?back=/help/ask".to_owned()));
        people.push((page.tv("ask-call", address.as_str()), format!("tel:{address}")));
    }
    Ok(people)
}

async fn ask(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    // A button pressed beside words that were begun: the button.
    let heard = form.values("text").filter(|words| !words.trim().is_empty()).last().unwrap_or_default();
    let heard: String = heard.chars().take(LONGEST).collect();
    if heard.is_empty() {
        return visitor.page.go("/help/ask");
    }
    let cmd = SelfServe {
        browser: visitor.page.visit.0.clone(),
        signed_in: visitor.shopper.signed_in,
        channel: Channel::Web,
        heard,
        locale: visitor.page.locale,
    };
    let told = app.db.write("flows.self_serve", move |tx| flows::self_serve(tx, &cmd)).await.map_err(Trouble::from)?;
    // Where the next words are typed, the field takes the focus by itself.
    visitor.page.go(if told.session.step == Step::Handed { "/help/ask#ask-people" } else { "/help/ask" })
}

async fn again(State(app): State<App>, visitor: Visitor) -> Answer {
    let key = key(&visitor);
    app.db.write("self_service.forget_session", move |tx| self_service::forget_session(tx, &key, Channel::Web)).await?;
    visitor.page.go("/help/ask")
}
