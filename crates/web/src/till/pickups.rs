//! What this shop has to do: pick, keep ready, hand over, send.

use super::counter::Counter;
use super::picking::{Task, task};
use crate::{Answer, App, Page, Trouble, part, show, stream};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use kernel::ReadTx;
use orders::{FulfilmentState, QueueEntry, ReadError};

/// Tasks of one column.
const MOST: usize = 60;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/till/pickups", get(show_queue)).route("/till/pickups/live", get(live))
}

#[derive(Template)]
#[template(path = "till/pickups.html")]
struct PickupsPage {
    page: Page,
    queue: Queue,
}

/// The columns of work; pushed live.
#[derive(Template)]
#[template(path = "till/_queue.html")]
struct Queue {
    page: Page,
    columns: Vec<Column>,
}
impl askama::filters::HtmlSafe for Queue {}

struct Column {
    id: &'static str,
    title: String,
    empty: String,
    tasks: Vec<Task>,
}

async fn show_queue(State(app): State<App>, counter: Counter) -> Answer {
    let queue = load(&app, &counter).await?;
    show(&PickupsPage { page: counter.page, queue })
}

async fn live(State(app): State<App>, counter: Counter) -> Result<Response, Trouble> {
    let subscription = app.hub.subscribe(["room:fulfilment", "room:order"]);
    Ok(stream(subscription, move |_| {
        let (app, mut counter) = (app.clone(), counter.clone());
        counter.page.now = app.db.clock().now();
        async move {
            let queue = load(&app, &counter).await.ok()?;
            Some(part("queue", &queue.render().ok()?))
        }
    }))
}

async fn load(app: &App, counter: &Counter) -> Result<Queue, Trouble> {
    let at = counter.clone();
    let (mut to_pick, ready, packed) = app.db.read(move |tx| read(tx, &at)).await?;
    to_pick.sort_by_key(|(entry, _)| entry.fulfilment.created_at);
    let page = &counter.page;
    let column = |id: &'static str, entries: Vec<(QueueEntry, Vec<catalogue::VariantCard>)>| Column {
        id,
        title: page.t(&format!("till-queue-{id}")),
        empty: page.t(&format!("till-queue-{id}-empty")),
        tasks: entries.iter().map(|(entry, cards)| task(page, entry, cards)).collect(),
    };
    let mut columns = vec![column("pick", to_pick), column("ready", ready)];
    if !packed.is_empty() {
        columns.push(column("send", packed));
    }
    Ok(Queue { page: page.clone(), columns })
}

type Entries = Vec<(QueueEntry, Vec<catalogue::VariantCard>)>;

fn read(tx: &ReadTx<'_>, at: &Counter) -> Result<(Entries, Entries, Entries), ReadError> {
    let queue = |state| -> Result<Entries, ReadError> {
        let found = orders::queue(tx, &at.actor, at.shop.id, state, None, MOST)?.items;
        let ids: Vec<_> = found.iter().flat_map(|entry| entry.lines.iter().map(|line| line.variant)).collect();
        let cards = catalogue::variants(tx, &ids)?;
        let mine = |entry: &QueueEntry| {
            cards.iter().filter(|card| entry.lines.iter().any(|line| line.variant == card.id)).cloned().collect::<Vec<_>>()
        };
        Ok(found.into_iter().map(|entry| (mine(&entry), entry)).map(|(cards, entry)| (entry, cards)).collect())
    };
    let mut to_pick = queue(FulfilmentState::Picking)?;
    to_pick.extend(queue(FulfilmentState::Pending)?);
    Ok((to_pick, queue(FulfilmentState::Ready)?, queue(FulfilmentState::Packed)?))
}
