//! Saying something: an answer that may be taken back for five seconds, or a note.

use super::at::AtMatter;
use super::composer::parse_by;
use super::{later, words};
use crate::attach::{ids, keep, refs};
use crate::posted::{Posted, ROOM};
use crate::{Answer, App, Form, Page};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::post;
use conversations::{ConversationError, MessageId, Reply};
use flows::{CardError, CardOf, CardStyle};
use kernel::Fault;
use std::time::Duration;

/// How long an answer may be taken back.
pub(super) const UNDO: Duration = Duration::from_secs(5);

pub(super) fn routes() -> Router<App> {
    Router::new().route("/desk/matters/{id}/messages", post(say).layer(DefaultBodyLimit::max(ROOM)))
}

async fn say(at: AtMatter, posted: Posted) -> Answer {
    let mut form = keep(&at.app, &at.page, &at.me.actor.to_string(), posted).await?;
    if !form.value("instead").is_empty() {
        let instead = form.value("instead").to_owned();
        form = form.fill("by", instead);
    }
    let is_note = form.is("kind", "note");
    let is_later = !is_note && !form.value("later").is_empty();
    if let Some(says) = files_stay(&at, &form, is_note).await? {
        form.refuse("file", says);
    } else if is_later && !ids(&form).is_empty() {
        form.refuse("file", at.page.t("files-not-later"));
    }
    if form.error("file").is_some() {
        return at.refuse(form).await;
    }
    if is_later {
        return later::schedule(at, form).await;
    }
    match queue_words(&at, &form, is_note).await {
        Ok(_) if is_note => at.answer_said("note-saved", "").await,
        Ok(message) => at.answer_said("reply-queued", &format!("/desk/messages/{message}/cancellation")).await,
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
            form.refuse(field, refusal(&at.page, &refused));
            at.refuse(form).await
        }
        Err(refused) => {
            form.refuse("text", crate::studio::why(&at.page, &refused));
            at.refuse(form).await
        }
    }
}

/// Why the files of a form do not go by the way that it chooses; the files themselves say which.
async fn files_stay(at: &AtMatter, form: &Form, is_note: bool) -> Result<Option<String>, Fault> {
    let files = ids(form);
    if files.is_empty() || is_note {
        return Ok((is_note && !files.is_empty()).then(|| at.page.t("files-not-in-notes")));
    }
    let Some((account, _)) = parse_by(form.value("by")) else { return Ok(None) };
    let owner = at.me.actor.to_string();
    let read =
        at.app.db.read(move |tx| Ok::<_, Fault>((conversations::account(tx, account)?, conversations::uploads(tx, &owner, &files)?)));
    let (account, files) = read.await?;
    let stays = account.is_some_and(|account| channels::file_problems(account.channel, &files).iter().any(Option::is_some));
    Ok(stays.then(|| at.page.t("files-stay")))
}

/// The form's key is this agent's own name for what was meant, so that saying it twice says it once.
async fn queue_words(at: &AtMatter, form: &Form, is_note: bool) -> Result<MessageId, CardError> {
    let (app, matter, actor, read_in) = (&at.app, at.id, at.me.actor.clone(), at.page.locale);
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

/// Why an answer was refused, in the reader's words.
pub(crate) fn refusal(page: &Page, refused: &ConversationError) -> String {
    match refused {
        ConversationError::Empty => page.t("composer-empty"),
        ConversationError::TooLong(limit) => page.tn("composer-too-long", *limit),
        ConversationError::OpenGap(variable) => page.tv("composer-open-gap", format!("{{{variable}}}")),
        ConversationError::UnknownFile => page.t("files-gone"),
        ConversationError::NoAddress => page.t("composer-no-way"),
        ConversationError::UnknownTemplate => page.t("template-gone"),
        ConversationError::TemplateNotApproved { state, .. } => page.t(&format!("template-not-approved-{state}")),
        ConversationError::TemplateGaps(_) => page.t("template-gap-open"),
        closed => page.tv("composer-closed", words::closed(page, closed)),
    }
}
