//! Saying something: an answer that may be taken back for five seconds, or a note.

use super::composer::parse_by;
use super::{Desk, MatterPage, later, load, words};
use crate::attach::{ids, keep, refs};
use crate::desk::place::Place;
use crate::desk::queue::QueueName;
use crate::desk::signed;
use crate::desk::toast::Toast;
use crate::posted::{Posted, ROOM};
use crate::ui::Tone;
use crate::{Answer, App, Flash, Form, Page, StaffMember, show_refused};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::StatusCode;
use axum::routing::post;
use conversations::{ConversationError, MatterId, MessageId, Reply};
use flows::{CardError, CardOf, CardStyle};
use kernel::{Actor, Fault, Locale};
use std::time::Duration;

/// How long an answer may be taken back.
const UNDO: Duration = Duration::from_secs(5);

pub(super) fn routes() -> Router<App> {
    Router::new().route("/desk/matters/{id}/messages", post(say).layer(DefaultBodyLimit::max(ROOM)))
}

async fn say(
    State(app): State<App>,
    page: Page,
    me: StaffMember,
    Path(id): Path<MatterId>,
    Query(place): Query<Place>,
    posted: Posted,
) -> Answer {
    let page = signed(page, &me);
    let mut form = keep(&app, &page, &me.actor.to_string(), posted).await?;
    if !form.value("instead").is_empty() {
        let instead = form.value("instead").to_owned();
        form = form.fill("by", instead);
    }
    let is_note = form.is("kind", "note");
    let is_later = !is_note && !form.value("later").is_empty();
    if let Some(says) = files_stay(&app, &page, &me.actor, &form, is_note).await? {
        form.refuse("file", says);
    } else if is_later && !ids(&form).is_empty() {
        form.refuse("file", page.t("files-not-later"));
    }
    if form.error("file").is_some() {
        return refuse(&app, page, me, id, place, form).await;
    }
    if is_later {
        return later::schedule(&app, page, me, id, place, form).await;
    }
    match queue_words(&app, (me.actor.clone(), page.locale), id, &form, is_note).await {
        Ok(message) => done(&app, page, me, id, &place, (message, is_note)).await,
        Err(CardError::Reply(
            refused @ (ConversationError::Denied(_) | ConversationError::Fault(_) | ConversationError::UnknownMatter),
        )) => Err(refused.into()),
        Err(refused @ (CardError::Denied(_) | CardError::Fault(_))) => Err(refused.into()),
        Err(CardError::Reply(refused)) => {
            let field = if matches!(refused, ConversationError::Empty | ConversationError::TooLong(_) | ConversationError::OpenGap(_)) {
                "text"
            } else {
                "by"
            };
            form.refuse(field, refusal(&page, &refused));
            refuse(&app, page, me, id, place, form).await
        }
        Err(refused) => {
            form.refuse("text", crate::studio::why(&page, &refused));
            refuse(&app, page, me, id, place, form).await
        }
    }
}

/// Why the files of a form do not go by the way that it chooses; the files themselves say which.
async fn files_stay(app: &App, page: &Page, actor: &Actor, form: &Form, is_note: bool) -> Result<Option<String>, Fault> {
    let files = ids(form);
    if files.is_empty() || is_note {
        return Ok((is_note && !files.is_empty()).then(|| page.t("files-not-in-notes")));
    }
    let Some((account, _)) = parse_by(form.value("by")) else { return Ok(None) };
    let owner = actor.to_string();
    let read = app.db.read(move |tx| Ok::<_, Fault>((conversations::account(tx, account)?, conversations::uploads(tx, &owner, &files)?)));
    let (account, files) = read.await?;
    let stays = account.is_some_and(|account| channels::file_problems(account.channel, &files).iter().any(Option::is_some));
    Ok(stays.then(|| page.t("files-stay")))
}

/// The form's key is this agent's own name for what was meant, so that saying it twice says it once.
async fn queue_words(
    app: &App,
    (actor, read_in): (Actor, Locale),
    matter: MatterId,
    form: &Form,
    is_note: bool,
) -> Result<MessageId, CardError> {
    let text = payments::mask_card_numbers(form.value("text")).into_owned();
    let key = format!("desk:{actor}:{}", form.value("key"));
    if is_note {
        return Ok(app.db.write("flows.add_note", move |tx| flows::add_note(tx, &actor, matter, &text, &key)).await?);
    }
    let (account, address) = parse_by(form.value("by")).ok_or(ConversationError::NoAddress)?;
    let reply = Reply { undo: UNDO, files: refs(form), ..Reply::new(matter, account, address, text, key) };
    let Ok(of) = form.value("card").parse::<CardOf>() else {
        return Ok(app.db.write("conversations.reply", move |tx| flows::reply(tx, &actor, &reply)).await?);
    };
    let (currency, public_url) = (app.brand.currency, app.brand.public_url.clone());
    let write = app.db.write("flows.reply_with_card", move |tx| {
        let person = conversations::matter(tx, matter)?.map_or(Ok(None), |found| customers::person_of(tx, found.profile))?;
        let locale = person.map_or(Ok(None), |person| customers::person(tx, person))?.and_then(|person| person.locale);
        let style = CardStyle { locale: locale.unwrap_or(read_in), currency, public_url: public_url.clone() };
        flows::reply_with_card(tx, &actor, &reply, (&of, &style))
    });
    write.await
}

pub(super) async fn done(
    app: &App,
    page: Page,
    me: StaffMember,
    id: MatterId,
    place: &Place,
    (message, is_note): (MessageId, bool),
) -> Answer {
    let undo = if is_note { String::new() } else { format!("/desk/messages/{message}/cancellation") };
    let key = if is_note { "note-saved" } else { "reply-queued" };
    if !page.partial {
        let to = format!("/desk/matters/{id}?view={}", QueueName::parse(&place.view));
        return page.go_saying(&to, &Flash::ok(key).undo(undo));
    }
    let toast = Toast { page: &page, tone: Tone::Ok, says: page.t(key), undo: &undo };
    let desk: Desk = load(app, page.clone(), me, id, place.clone(), Form::new()).await?;
    desk.answer(StatusCode::OK, true, Some(&toast))
}

/// What was typed stays, with the reason beside it.
pub(super) async fn refuse(app: &App, page: Page, me: StaffMember, id: MatterId, place: Place, form: Form) -> Answer {
    let pane = place.pane();
    let desk = load(app, page.clone(), me, id, place, form).await?;
    if page.partial {
        return desk.answer(StatusCode::UNPROCESSABLE_ENTITY, true, None);
    }
    show_refused(&MatterPage { page, desk, pane })
}

pub(super) fn refusal(page: &Page, refused: &ConversationError) -> String {
    match refused {
        ConversationError::Empty => page.t("composer-empty"),
        ConversationError::TooLong(limit) => page.tn("composer-too-long", *limit),
        ConversationError::OpenGap(variable) => page.tv("composer-open-gap", format!("{{{variable}}}")),
        ConversationError::UnknownFile => page.t("files-gone"),
        ConversationError::NoAddress => page.t("composer-no-way"),
        closed => page.tv("composer-closed", words::closed(page, closed)),
    }
}
