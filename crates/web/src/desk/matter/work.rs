//! Work on a matter: who has it, and where it stands.

use super::{load, signed};
use crate::desk::place::Place;
use crate::desk::queue::QueueName;
use crate::desk::snooze;
use crate::desk::toast::Toast;
use crate::ui::Tone;
use crate::{Answer, App, Flash, Form, Page, StaffMember, Trouble};
use axum::Router;
use axum::extract::{Path, Query, State};
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

/// One request's where and who.
pub(super) struct Here {
    pub(super) app: App,
    pub(super) page: Page,
    pub(super) me: StaffMember,
    pub(super) id: MatterId,
    pub(super) place: Place,
}

async fn assign(
    State(app): State<App>,
    page: Page,
    me: StaffMember,
    Path(id): Path<MatterId>,
    Query(place): Query<Place>,
    form: Form,
) -> Answer {
    let (actor, own, wish) = (me.actor.clone(), me.staff.id, form.value("to").to_owned());
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
    app.db.write("conversations.assign", change).await?;
    Here { app, page, me, id, place }.answer("matter-assigned", "").await
}

async fn resolve(
    State(app): State<App>,
    page: Page,
    me: StaffMember,
    Path(id): Path<MatterId>,
    Query(place): Query<Place>,
    form: Form,
) -> Answer {
    let next = if form.is("then", "next") { next_in_queue(&app, &me, id, &place).await? } else { None };
    let actor = me.actor.clone();
    app.db.write("conversations.resolve", move |tx| conversations::resolve(tx, &actor, id)).await?;
    let undo = format!("/desk/matters/{id}/reopening");
    if form.is("then", "next") {
        let view = QueueName::parse(&place.view);
        let to = next.map_or_else(|| format!("/desk?view={view}"), |next| format!("/desk/matters/{next}?view={view}"));
        return page.go_saying(&to, &Flash::ok("matter-resolved").undo(undo));
    }
    Here { app, page, me, id, place }.answer("matter-resolved", &undo).await
}

/// The matter below this one in the queue that the agent works through.
async fn next_in_queue(app: &App, me: &StaffMember, id: MatterId, place: &Place) -> Result<Option<MatterId>, Fault> {
    let (name, me) = (QueueName::parse(&place.view), me.staff.id);
    let read = app.db.read(move |tx| {
        let near = tx.now().plus(conversations::work_rules(tx)?.warning());
        conversations::queue_by_due(tx, name.view(me, near), None, 200)
    });
    let rows = read.await?;
    let here = rows.iter().position(|matter| matter.id == id);
    Ok(here.map_or_else(|| rows.first(), |here| rows.get(here + 1)).map(|matter| matter.id))
}

async fn reopen(State(app): State<App>, page: Page, me: StaffMember, Path(id): Path<MatterId>, Query(place): Query<Place>) -> Answer {
    let actor = me.actor.clone();
    app.db.write("conversations.reopen", move |tx| conversations::reopen(tx, &actor, id)).await?;
    Here { app, page, me, id, place }.answer("matter-reopened", "").await
}

async fn put_aside(
    State(app): State<App>,
    page: Page,
    me: StaffMember,
    Path(id): Path<MatterId>,
    Query(place): Query<Place>,
    form: Form,
) -> Answer {
    let until =
        snooze::until(form.value("until"), page.now, &app.brand.zone).ok_or_else(|| Trouble::of(StatusCode::UNPROCESSABLE_ENTITY))?;
    let actor = me.actor.clone();
    app.db.write("conversations.snooze", move |tx| conversations::snooze(tx, &actor, id, until)).await?;
    Here { app, page, me, id, place }.answer("matter-snoozed", &format!("/desk/matters/{id}/reopening")).await
}

/// While a complaint is open its person gets nothing that they did not ask for.
async fn complaint(
    State(app): State<App>,
    page: Page,
    me: StaffMember,
    Path(id): Path<MatterId>,
    Query(place): Query<Place>,
    form: Form,
) -> Answer {
    let (actor, is_complaint) = (me.actor.clone(), form.is("is", "yes"));
    app.db.write("flows.set_complaint", move |tx| flows::set_complaint(tx, &actor, id, is_complaint)).await?;
    let says = if is_complaint { "complaint-set" } else { "complaint-cleared" };
    Here { app, page, me, id, place }.answer(says, "").await
}

async fn seen(State(app): State<App>, page: Page, me: StaffMember, Path(id): Path<MatterId>, Query(place): Query<Place>) -> Answer {
    let actor = me.actor.clone();
    app.db.write("conversations.mark_seen", move |tx| conversations::mark_seen(tx, &actor, id)).await?;
    if !page.partial {
        return page.go(&format!("/desk/matters/{id}?view={}", QueueName::parse(&place.view)));
    }
    load(&app, signed(page, &me), me, id, place, Form::new()).await?.answer(StatusCode::OK, false, None)
}

impl Here {
    /// A plain form goes back to the matter; htmx gets what changed.
    pub(super) async fn answer(self, says: &str, undo: &str) -> Answer {
        let Here { app, page, me, id, place } = self;
        if !page.partial {
            let to = format!("/desk/matters/{id}?view={}", QueueName::parse(&place.view));
            return page.go_saying(&to, &Flash::ok(says).undo(undo));
        }
        let page = signed(page, &me);
        let toast = Toast { page: &page, tone: Tone::Ok, says: page.t(says), undo };
        load(&app, page.clone(), me, id, place, Form::new()).await?.answer(StatusCode::OK, false, Some(&toast))
    }
}
