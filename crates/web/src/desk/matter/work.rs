//! Work on a matter: who has it, and where it stands.

use super::at::AtMatter;
use super::turn_to;
use crate::desk::queue::QueueName;
use crate::desk::snooze;
use crate::desk::toast::Toast;
use crate::ui::Tone;
use crate::{Answer, App, Flash, Form, Trouble};
use axum::Router;
use axum::http::StatusCode;
use axum::routing::post;
use conversations::{Assign, ConversationError, MatterId};
use kernel::Fault;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/desk/matters/{id}/assignment", post(assign))
        .route("/desk/matters/{id}/resolution", post(resolve))
        .route("/desk/matters/{id}/reopening", post(reopen))
        .route("/desk/matters/{id}/snooze", post(put_aside))
        .route("/desk/matters/{id}/complaint", post(complaint))
        .route("/desk/matters/{id}/seen", post(seen))
}

async fn assign(at: AtMatter, form: Form) -> Answer {
    let (id, actor, own, wish) = (at.id, at.me.actor.clone(), at.me.staff.id, form.value("to").to_owned());
    let change = move |tx: &mut kernel::Tx<'_>| -> Result<(), ConversationError> {
        let matter = conversations::matter(tx, id)?.ok_or(ConversationError::UnknownMatter)?;
        let now = Assign { owner: matter.owner, team: matter.team };
        let to = match wish.split_once(':') {
            Some(("staff", staff)) => Assign { owner: staff.parse().ok(), ..now },
            // A team takes it from its owner: whoever is free there takes it up.
            Some(("team", team)) => Assign { owner: None, team: team.parse().ok() },
            _ if wish == "me" => Assign { owner: Some(own), ..now },
            _ => Assign::default(),
        };
        conversations::assign(tx, &actor, id, to)
    };
    at.app.db.write("conversations.assign", change).await?;
    at.answer("matter-assigned", "").await
}

async fn resolve(at: AtMatter, form: Form) -> Answer {
    let next = if form.is("then", "next") { next_in_queue(&at).await? } else { None };
    let (id, actor) = (at.id, at.me.actor.clone());
    at.app.db.write("conversations.resolve", move |tx| conversations::resolve(tx, &actor, id)).await?;
    let here = at.place.in_queue();
    let undo = format!("/desk/matters/{id}/reopening?{here}");
    if form.is("then", "next") {
        if let Some(next) = next
            && at.page.partial
        {
            let toast_page = at.page.clone();
            let toast = Toast { page: &toast_page, tone: Tone::Ok, says: toast_page.t("matter-resolved"), undo: &undo };
            return turn_to(at.beside(next), Some(&toast)).await;
        }
        let to = next.map_or_else(|| format!("/desk?{here}"), |next| format!("/desk/matters/{next}?{here}"));
        return at.page.go_saying(&to, &Flash::ok("matter-resolved").undo(undo));
    }
    at.answer("matter-resolved", &undo).await
}

/// The matter below this one in the queue that the agent works through.
async fn next_in_queue(at: &AtMatter) -> Result<Option<MatterId>, Fault> {
    let (name, from, me) = (QueueName::parse(&at.place.view), at.place.from(), at.me.staff.id);
    let read = at.app.db.read(move |tx| {
        let near = tx.now().plus(conversations::work_rules(tx)?.warning());
        conversations::queue_by_due(tx, name.view(me, near), from, 200)
    });
    let rows = read.await?;
    let here = rows.iter().position(|matter| matter.id == at.id);
    Ok(here.map_or_else(|| rows.first(), |here| rows.get(here + 1)).map(|matter| matter.id))
}

async fn reopen(at: AtMatter) -> Answer {
    let (id, actor) = (at.id, at.me.actor.clone());
    at.app.db.write("conversations.reopen", move |tx| conversations::reopen(tx, &actor, id)).await?;
    at.answer("matter-reopened", "").await
}

async fn put_aside(at: AtMatter, form: Form) -> Answer {
    let until =
        snooze::until(form.value("until"), at.page.now, &at.app.brand.zone).ok_or_else(|| Trouble::of(StatusCode::UNPROCESSABLE_ENTITY))?;
    let (id, actor) = (at.id, at.me.actor.clone());
    at.app.db.write("conversations.snooze", move |tx| conversations::snooze(tx, &actor, id, until)).await?;
    let undo = format!("/desk/matters/{id}/reopening?{}", at.place.in_queue());
    at.answer("matter-snoozed", &undo).await
}

/// While a complaint is open its person gets nothing that they did not ask for.
async fn complaint(at: AtMatter, form: Form) -> Answer {
    let (id, actor, is_complaint) = (at.id, at.me.actor.clone(), form.is("is", "yes"));
    at.app.db.write("flows.set_complaint", move |tx| flows::set_complaint(tx, &actor, id, is_complaint)).await?;
    let says = if is_complaint { "complaint-set" } else { "complaint-cleared" };
    at.answer(says, "").await
}

async fn seen(at: AtMatter) -> Answer {
    let (id, actor) = (at.id, at.me.actor.clone());
    at.app.db.write("conversations.mark_seen", move |tx| conversations::mark_seen(tx, &actor, id)).await?;
    if !at.page.partial {
        return at.page.go(&at.back());
    }
    at.load(Form::new()).await?.answer(StatusCode::OK, false, None)
}
