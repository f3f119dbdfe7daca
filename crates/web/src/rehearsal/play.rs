//! The page of the rehearsal, its live line, and what the phone sends.

use super::book::{Held, PhoneBook, Written};
use super::phone::{Phone, from_of, last_mail, phone};
use super::role::{Role, Tab};
use super::steps::{Happened, Step, happened, steps};
use crate::chat::notices::allow_here;
use crate::studio::{Entered, Me, intent};
use crate::{Answer, App, Form, Page, Trouble, part, show, show_refused, stream};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Extension, Router};
use channels::simulators::{CustomerMail, FarEnd, Faults};
use customers::PersonId;
use kernel::{Actor, Channel, Fault, Permission};
use std::sync::Arc;
use std::time::Duration;

/// People to choose from.
const CAST: usize = 24;
/// How late a webhook comes when it is to be late.
const DELAY: Duration = Duration::from_secs(4);
/// How long messages gather that are to overtake each other.
const GATHER: Duration = Duration::from_secs(6);
/// What the far end says when it is to refuse: Meta's "message undeliverable".
const UNDELIVERABLE: i64 = 131_026;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/studio/rehearsal", get(page_of))
        .route("/studio/rehearsal/cast", post(cast))
        .route("/studio/rehearsal/live", get(live))
        .route("/studio/rehearsal/messages", post(write))
        .route("/studio/rehearsal/choices", post(choose))
        .route("/studio/rehearsal/notices", post(allow_notices))
        .route("/studio/rehearsal/faults", post(set_faults))
        .route("/studio/rehearsal/phone/{tab}", get(turn))
}

/// What can go wrong on purpose, and whether it does.
struct Trick {
    name: &'static str,
    words: String,
    on: bool,
}

#[derive(Template)]
#[template(path = "rehearsal/show.html")]
struct Rehearsal {
    page: Page,
    role: Role,
    form: Form,
    people: Vec<(String, String)>,
    phone: Phone,
    steps: Vec<Step>,
    faults: Vec<Trick>,
    query: String,
    has_far_ends: bool,
    typed: String,
}

#[derive(Template)]
#[template(path = "rehearsal/phone.html")]
struct PhonePart {
    page: Page,
    role: Role,
    phone: Phone,
    faults: Vec<Trick>,
    query: String,
    typed: String,
}

#[derive(Template)]
#[template(path = "rehearsal/lines.html")]
struct LinesPart<'a> {
    page: &'a Page,
    phone: &'a Phone,
    query: &'a str,
}

#[derive(Template)]
#[template(path = "rehearsal/steps.html")]
struct StepsPart<'a> {
    page: &'a Page,
    steps: &'a [Step],
}

fn faults(page: &Page, book: &PhoneBook) -> Vec<Trick> {
    let (now, mail_fails) = book.faults();
    let all = [
        ("duplicate", now.duplicate),
        ("delay", !now.delay.is_zero()),
        ("reorder", now.reorder),
        ("bad_signature", now.bad_signature),
        ("fail", now.refuse_with.is_some() || mail_fails),
    ];
    all.into_iter().map(|(name, on)| Trick { name, words: page.t(&format!("fault-{}", name.replace('_', "-"))), on }).collect()
}

fn candidates(tx: &kernel::ReadTx<'_>, actor: &Actor) -> Result<Vec<(String, String)>, Fault> {
    match customers::people(tx, actor, None, CAST) {
        Ok(found) => {
            let named = found.items.into_iter().filter(|card| card.email.is_some() && card.phone.is_some());
            Ok(named.map(|card| (card.person.to_string(), card.name.text)).collect())
        }
        Err(customers::QueryError::Fault(fault)) => Err(fault),
        Err(_) => Ok(Vec::new()),
    }
}

async fn build(app: &App, book: &PhoneBook, (page, me): (Page, Me), role: Role, form: Form) -> Result<Rehearsal, Trouble> {
    let (actor, played) = (me.actor.clone(), role.clone());
    let (people, seen) = app.db.read(move |tx| Ok::<_, Fault>((candidates(tx, &actor)?, happened(tx, &played)?))).await?;
    Ok(Rehearsal {
        phone: phone(app, &page, book, &role),
        steps: steps(&page, &role, seen),
        faults: faults(&page, book),
        query: role.query(role.tab()),
        has_far_ends: app.simulators.rehearse(),
        typed: String::new(),
        people,
        form,
        role,
        page,
    })
}

async fn page_of(
    State(app): State<App>,
    Extension(book): Extension<PhoneBook>,
    Entered { page, me }: Entered,
    Query(role): Query<Role>,
) -> Answer {
    // A suggestion, so that one press starts the story.
    let form = Form::of([("name", "Lucía Prueba"), ("email", "lucia.prueba@example.com"), ("phone", "+34 600 111 222")]);
    show(&build(&app, &book, (page, me), role, form).await?)
}

/// Choose whom to play: somebody of the brand's, or a name, an address and a number of one's own.
async fn cast(State(app): State<App>, Extension(book): Extension<PhoneBook>, Entered { page, me }: Entered, mut form: Form) -> Answer {
    // Mails and phones tell their time in whole seconds: the story begins with one.
    let since = app.db.clock().now().as_micros() / 1_000_000 * 1_000_000;
    let role = match form.value("who").parse::<PersonId>() {
        Ok(person) => {
            me.actor.require(Permission::ViewCustomers)?;
            let card = app.db.read(move |tx| customers::cards(tx, &[person])).await?.pop().ok_or_else(Trouble::not_found)?;
            let (email, phone) = (card.email.unwrap_or_default(), card.phone.unwrap_or_default());
            Role { name: card.name.text, email, phone, tab: "email".into(), since }
        }
        Err(_) => {
            let text = |name: &str| form.value(name).to_owned();
            Role { name: text("name"), email: text("email"), phone: text("phone"), tab: "email".into(), since }
        }
    };
    if role.name.is_empty() {
        form.refuse("name", page.t("studio-needed"));
    }
    if role.email_identifier().is_none() {
        form.refuse("email", page.t("phone-email-like"));
    }
    if role.phone_identifier().is_none() {
        form.refuse("phone", page.t("phone-number-like"));
    }
    if !form.is_fine() && form.value("who").is_empty() {
        return show_refused(&build(&app, &book, (page, me), Role::default(), form).await?);
    }
    page.go(&format!("/studio/rehearsal?{}", role.query(Tab::Email)))
}

/// Another tab of the phone, without touching the desk beside it.
async fn turn(
    State(app): State<App>,
    Extension(book): Extension<PhoneBook>,
    Entered { page, .. }: Entered,
    Path(tab): Path<Tab>,
    Query(role): Query<Role>,
) -> Answer {
    let role = Role { tab: tab.as_str().to_owned(), ..role };
    shown(&app, &book, page, role, String::new())
}

pub(super) fn shown(app: &App, book: &PhoneBook, page: Page, role: Role, typed: String) -> Answer {
    if !page.partial {
        return page.go(&format!("/studio/rehearsal?{}", role.query(role.tab())));
    }
    let (phone, query) = (phone(app, &page, book, &role), role.query(role.tab()));
    show(&PhonePart { faults: faults(&page, book), phone, query, role, typed, page })
}

/// This browser, whose chat is in the frame, takes notices by the simulated push service.
async fn allow_notices(
    State(app): State<App>,
    Extension(book): Extension<PhoneBook>,
    Entered { page, .. }: Entered,
    Query(role): Query<Role>,
) -> Answer {
    let service = app.simulators.push.as_ref().ok_or_else(Trouble::not_found)?;
    if book.reached(&page.visit.0).is_none() {
        let subscription = service.subscribe();
        allow_here(&app, &page.visit.0, &subscription).await?;
        book.reach(&page.visit.0, subscription);
    }
    shown(&app, &book, page, role, String::new())
}

async fn write(
    State(app): State<App>,
    Extension(book): Extension<PhoneBook>,
    Entered { page, .. }: Entered,
    Query(role): Query<Role>,
    form: Form,
) -> Answer {
    let text = form.value("text").to_owned();
    if text.is_empty() {
        return shown(&app, &book, page, role, String::new());
    }
    let at = app.db.clock().now();
    match role.tab() {
        Tab::Email => {
            let Some(address) = role.email_identifier() else { return shown(&app, &book, page, role, text) };
            let accounts = app.db.read(conversations::accounts).await?;
            let ours = accounts.into_iter().find(|account| account.channel == Channel::Email && account.active);
            if let (Some(mail), Some(ours)) = (&app.simulators.mail, ours) {
                let subject = Some(form.value("subject").to_owned())
                    .filter(|subject| !subject.is_empty())
                    .unwrap_or_else(|| page.t("phone-no-subject"));
                let letter = CustomerMail {
                    from: format!("{} <{}>", role.name.replace(['<', '>', '"', ','], ""), address.value()),
                    to: ours.address,
                    subject: subject.clone(),
                    text: text.clone(),
                    message_id: format!("{}@rehearsal.test", intent()),
                    in_reply_to: last_mail(&app, &role),
                    at,
                };
                mail.writes(&letter).map_err(Trouble::broken)?;
                book.note(Written { from: address.value().to_owned(), subject, text, at });
            }
        }
        tab => {
            if let (Some(kind), Some(number)) = (tab.network(), role.number())
                && let Some(far_end) = app.simulators.far_end(kind)
            {
                let letter = Held { phone: number.clone(), name: role.name.clone(), text: text.clone() };
                send(Arc::clone(far_end), &book, letter);
                book.note(Written { from: from_of(kind, &number), subject: String::new(), text, at });
            }
        }
    }
    shown(&app, &book, page, role, String::new())
}

/// Hand a message over at once, or, when messages are to overtake each other, with those of the next seconds, last first.
fn send(far_end: Arc<dyn FarEnd>, book: &PhoneBook, message: Held) {
    if !book.faults().0.reorder {
        far_end.writes(&message.phone, &message.name, &message.text);
    } else if book.hold(message) {
        let book = book.clone();
        tokio::spawn(async move {
            tokio::time::sleep(GATHER).await;
            for held in book.let_go() {
                far_end.writes(&held.phone, &held.name, &held.text);
            }
        });
    }
}

async fn choose(
    State(app): State<App>,
    Extension(book): Extension<PhoneBook>,
    Entered { page, .. }: Entered,
    Query(role): Query<Role>,
    form: Form,
) -> Answer {
    let title = form.value("title").to_owned();
    if let (Some(kind), Some(number)) = (role.tab().network(), role.number())
        && let Some(far_end) = app.simulators.far_end(kind)
    {
        far_end.chooses(&number, form.value("message"), (form.value("choice"), &title));
        let at = app.db.clock().now();
        book.note(Written { from: from_of(kind, &number), subject: String::new(), text: title, at });
    }
    shown(&app, &book, page, role, String::new())
}

async fn set_faults(
    State(app): State<App>,
    Extension(book): Extension<PhoneBook>,
    Entered { page, .. }: Entered,
    Query(role): Query<Role>,
    form: Form,
) -> Answer {
    let on = |name: &str| form.is("fault", name);
    let faults = Faults {
        duplicate: on("duplicate"),
        // Done on the phone: whoever delivers would bring each message before the next is written.
        reorder: on("reorder"),
        bad_signature: on("bad_signature"),
        delay: if on("delay") { DELAY } else { Duration::ZERO },
        refuse_with: on("fail").then_some(UNDELIVERABLE),
        ..Faults::default()
    };
    for far_end in &app.simulators.far_ends {
        far_end.set_faults(Faults { reorder: false, ..faults.clone() });
    }
    if let Some(telephone) = &app.simulators.telephone {
        telephone.set_faults(Faults { reorder: false, refuse_with: None, ..faults.clone() });
    }
    if let Some(mail) = &app.simulators.mail {
        mail.refuse_with(on("fail").then_some(550));
    }
    book.set_faults(faults, on("fail"));
    shown(&app, &book, page, role, String::new())
}

/// Messages arrive and steps are ticked while the page is open.
async fn live(
    State(app): State<App>,
    Extension(book): Extension<PhoneBook>,
    Entered { page, .. }: Entered,
    Query(role): Query<Role>,
) -> Response {
    let rooms = ["message", "call", "order", "fulfilment", "return", "customer"].map(|room| format!("room:{room}"));
    let subscription = app.hub.subscribe(rooms);
    stream(subscription, move |_| {
        let (app, book, mut page, role) = (app.clone(), book.clone(), page.clone(), role.clone());
        async move {
            page.now = app.db.clock().now();
            let played = role.clone();
            let seen: Happened = app.db.read(move |tx| happened(tx, &played)).await.ok()?;
            let (phone, query) = (phone(&app, &page, &book, &role), role.query(role.tab()));
            let steps = steps(&page, &role, seen);
            let steps = part("steps", &StepsPart { page: &page, steps: &steps }.render().ok()?);
            if matches!(phone.tab, Tab::Webchat | Tab::Shop) {
                return Some(steps);
            }
            let lines = part("lines", &LinesPart { page: &page, phone: &phone, query: &query }.render().ok()?);
            Some(format!("{lines}{steps}"))
        }
    })
}
