//! One matter: the queue at the left, the whole person's thread in the middle, the customer at the right.

mod at;
mod composer;
mod files;
mod head;
mod here;
mod insert;
mod later;
mod left;
mod live;
mod promise;
mod say;
mod signature;
mod tags;
mod template;
mod work;

use super::customer::{SideView, read_side};
use super::place::Place;
use super::queue::{self, QueueView};
use super::thread::{self, Thread};
use super::toast::Toast;
use super::transfer::OfferView;
use super::words;
use crate::access_log::note_access;
use crate::{Answer, App, Form, Page, StaffMember, Trouble, part, show_as};
use askama::Template;
use at::AtMatter;
use axum::Router;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use composer::ComposerView;
pub(super) use composer::{by_text, parse_by};
use conversations::{Direction, Matter, MatterId, MatterState};
use customers::Person;
use head::HeadView;
use kernel::{Channel, Currency, Fault, Permission, ProfileId, ReadTx};
pub(super) use say::refusal;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/desk/matters/{id}", get(show_matter))
        .route("/desk/matters/{id}/live", get(live::live))
        .merge(say::routes())
        .merge(files::routes())
        .merge(here::routes())
        .merge(insert::routes())
        .merge(promise::routes())
        .merge(tags::routes())
        .merge(template::routes())
        .merge(work::routes())
}

#[derive(Template)]
#[template(path = "desk/matter.html", blocks = ["title", "main", "side"])]
struct MatterPage {
    page: Page,
    desk: Desk,
    pane: &'static str,
}

/// What is exchanged when an open desk goes to another matter.
#[derive(Template)]
#[template(path = "desk/_turned.html")]
struct Turned<'a> {
    page: &'a Page,
    title: String,
    main: String,
    side: String,
    /// Whose thread it is now, for who does not see it.
    name: &'a str,
}

/// What can be put into the composer: its name, its sign, its icon.
pub(crate) const TOOLS: [(&str, &str, &str); 4] =
    [("saved", "/", "message-square-quote"), ("people", "@", "at-sign"), ("products", "#", "tag"), ("cards", "$", "credit-card")];

/// Everything on the page of a matter.
struct Desk {
    queue: QueueView,
    head: HeadView,
    offer: OfferView,
    tags: tags::TagsView,
    promise: promise::PromiseView,
    left: left::LeftView,
    others: here::OthersView,
    thread: Thread,
    scheduled: later::ScheduledView,
    templates: template::TemplatesView,
    composer: ComposerView,
    side: SideView,
    profiles: Vec<ProfileId>,
    live: String,
    is_past: bool,
}

async fn show_matter(at: AtMatter) -> Answer {
    if at.page.partial {
        return turn_to(at, None).await;
    }
    show_as(StatusCode::OK, &opened(at).await?)
}

/// Opening a matter is looking at it: nothing in it is unread any more.
async fn opened(mut at: AtMatter) -> Result<MatterPage, Trouble> {
    let (id, actor, me) = (at.id, at.me.actor.clone(), at.me.staff.id);
    actor.require(Permission::ViewConversations)?;
    let read = at.app.db.read(move |tx| Ok::<_, Fault>((conversations::matter(tx, id)?, conversations::unseen_mentions(tx, me)?)));
    let (known, named) = read.await?;
    let known = known.ok_or_else(Trouble::not_found)?;
    if known.unread > 0 || known.state == MatterState::New || named.iter().any(|mention| mention.matter == id) {
        let actor = actor.clone();
        at.app.db.write("conversations.mark_seen", move |tx| conversations::mark_seen(tx, &actor, id)).await?;
    }
    let form = restored(&at).await?;
    let form = here::unsent(&at.app, &actor, id, form).await?;
    at.place.since.clear();
    let (desk, noted) = tokio::join!(at.load(form), note_access(&at.app, &actor, known.profile.into(), Channel::Desk));
    noted?;
    Ok(MatterPage { pane: at.place.pane(), page: at.page, desk: desk? })
}

/// The desk that is open goes to this matter: the thread and the customer are others, all around them stays.
async fn turn_to(at: AtMatter, toast: Option<&Toast<'_>>) -> Answer {
    let address = at.page.address();
    let shown = opened(at).await?;
    let html = Turned {
        page: &shown.page,
        title: shown.as_title().render().map_err(Trouble::broken)?,
        main: shown.as_main().render().map_err(Trouble::broken)?,
        side: shown.as_side().render().map_err(Trouble::broken)?,
        name: shown.desk.head.name(),
    };
    let mut html = html.render().map_err(Trouble::broken)?;
    if let Some(toast) = toast {
        html.push_str(&toast.part().map_err(Trouble::broken)?);
    }
    let headers = [("hx-retarget", "#main"), ("hx-reswap", "innerHTML"), ("hx-push-url", address.as_str())];
    Ok((headers, Html(html)).into_response())
}

/// What the composer begins with: the words of a message that was taken back, a pay link in a sentence, or what
/// was chosen to go with it.
async fn restored(at: &AtMatter) -> Result<Form, Trouble> {
    let AtMatter { app, page, me, place, .. } = at;
    if !place.card.is_empty() || !place.kind.is_empty() {
        return Ok(Form::of([("card", place.card.clone()), ("kind", place.kind.clone())]));
    }
    if let Ok(id) = place.pay.parse() {
        let link = app.db.read(move |tx| payments::pay_link(tx, id)).await?;
        let says = link.map(|link| {
            let url = format!("{}/pay/{}", app.brand.public_url, link.token);
            page.tw("pay-link-words", &[("amount", page.money(&link.amount).into()), ("url", url.into())])
        });
        return Ok(says.map_or_else(Form::new, |says| Form::of([("text", says)])));
    }
    let Ok(id) = place.draft.parse() else { return Ok(Form::new()) };
    let owner = me.actor.to_string();
    let found = app.db.read(move |tx| {
        let files: Vec<_> = conversations::attachments_of(tx, id)?.into_iter().map(|file| file.id.into()).collect();
        Ok::<_, Fault>((conversations::messages(tx, &[id])?.pop(), conversations::uploads(tx, &owner, &files)?))
    });
    let (message, files) = found.await?;
    Ok(message.map_or_else(Form::new, |message| {
        let by = message.account.zip(message.address).map(|(account, address)| composer::by_text(account, &address));
        crate::attach::naming(Form::of([("text", message.text), ("by", by.unwrap_or_default())]), &files)
    }))
}

fn read(
    tx: &ReadTx<'_>,
    page: &Page,
    me: &StaffMember,
    (id, currency): (MatterId, Currency),
    place: &Place,
    form: &Form,
) -> Result<Desk, Trouble> {
    me.actor.require(Permission::ViewConversations)?;
    let matter = conversations::matter(tx, id)?.ok_or_else(Trouble::not_found)?;
    let person = person_of(tx, &matter)?;
    let profiles: Vec<ProfileId> = person.profiles.iter().map(|profile| profile.id).collect();
    let here = place.in_queue();
    let seen = if matter.unread > 0 { format!("/desk/matters/{id}/seen?{here}") } else { String::new() };
    let thread = thread::read(tx, page, &me.actor, &person, (place.since(), place.before()), seen)?;
    let query = format!("{here}&since={}", thread.since);
    let options = flows::reply_ways(tx, &person)?;
    let last = conversations::messages_of(tx, id, 20)?.into_iter().rev().find(|message| message.direction == Direction::Inbound);
    let policy = flows::may_contact(tx, person.id, flows::Ask::about(customers::Purpose::Service), tx.now())?;
    let card = insert::heading(tx, (page, me), &person, form.value("card"), currency)?;
    Ok(Desk {
        queue: queue::read(tx, page, me, place, Some(id))?,
        head: HeadView::read(tx, page, me, &matter, &person, &query)?,
        others: here::OthersView::read(tx, page, me, id)?,
        tags: tags::TagsView::read(tx, page, me, id, &query)?,
        promise: promise::PromiseView::read(tx, (page, me), &matter, (&policy.zone, &query), form)?,
        left: left::LeftView::read(tx, page, &matter)?,
        offer: OfferView::read(tx, page, me, id, &here)?,
        composer: ComposerView::read(tx, (page, me), (&matter, last.as_ref()), &person, (&options, &policy), (&query, form.clone()))?
            .with_card(card),
        templates: template::TemplatesView::read(tx, (page, me), &person, &options, (&format!("/desk/matters/{id}"), &query, form))?,
        scheduled: later::ScheduledView::read(tx, page, &profiles, &policy.zone)?,
        side: read_side(tx, page, &me.actor, &person, (Some(id), currency))?,
        live: format!("/desk/matters/{id}/live?{query}&people={}", profiles.len()),
        is_past: place.before().is_some(),
        profiles,
        thread,
    })
}

fn person_of(tx: &ReadTx<'_>, matter: &Matter) -> Result<Person, Trouble> {
    let id = customers::person_of(tx, matter.profile)?.ok_or_else(Trouble::not_found)?;
    customers::person(tx, id)?.ok_or_else(Trouble::not_found)
}

impl Desk {
    /// What may change while the page is open, by element.
    fn parts(&self) -> Result<Vec<(&'static str, String)>, askama::Error> {
        let mut parts = self.queue.parts()?;
        parts.extend([
            ("head", self.head.render()?),
            ("offer", self.offer.render()?),
            ("tags", self.tags.render()?),
            ("promise", self.promise.render()?),
            ("left", self.left.render()?),
            ("others", self.others.render()?),
            ("tail", self.thread.tail.render()?),
            ("scheduled", self.scheduled.render()?),
            ("customer", self.side.render()?),
            ("templates", self.templates.render()?),
            ("reply-by", self.composer.reply_by().render()?),
        ]);
        Ok(parts)
    }
    /// The answer to a partial request after a change: every part that may differ, a fresh composer if asked for, a toast.
    fn answer(&self, status: StatusCode, with_composer: bool, toast: Option<&Toast<'_>>) -> Answer {
        let mut html: String = self.parts().map_err(Trouble::broken)?.iter().map(|(id, html)| part(id, html)).collect();
        if with_composer {
            let composer = self.composer.render().map_err(Trouble::broken)?;
            html.push_str(&format!("<hx-partial hx-target=\"#composer\" hx-swap=\"outerHTML\">{composer}</hx-partial>"));
        }
        if let Some(toast) = toast {
            html.push_str(&toast.part().map_err(Trouble::broken)?);
        }
        Ok((status, Html(html)).into_response())
    }
}
