//! A task of the shop as a card: what to fetch, for whom, since when, and the next step.

use super::line::picture;
use super::words;
use crate::Page;
use crate::inside::{Inside, inside};
use crate::ui::{Badge, Moment, Picture};
use catalogue::VariantCard;
use orders::{FulfilmentState, FulfilmentWay, QueueEntry};

/// One part to work on.
pub(super) struct Task {
    pub(super) id: String,
    pub(super) number: String,
    pub(super) order: String,
    pub(super) name: String,
    pub(super) way: String,
    pub(super) state: Badge,
    pub(super) since: Moment,
    pub(super) lines: Vec<TaskLine>,
    pub(super) steps: Vec<Step>,
    pub(super) is_handed_over: bool,
    pub(super) is_sent: bool,
}

/// What to fetch.
pub(super) struct TaskLine {
    pub(super) picture: Picture,
    pub(super) title: String,
    pub(super) sku: String,
    pub(super) quantity: i64,
    pub(super) inside: Vec<Inside>,
}

/// A step that can be taken now.
pub(super) struct Step {
    pub(super) to: &'static str,
    pub(super) says: String,
    pub(super) is_main: bool,
}

/// The card of a queue's entry.
pub(super) fn task(page: &Page, entry: &QueueEntry, cards: &[VariantCard]) -> Task {
    let part = &entry.fulfilment;
    let lines = entry.lines.iter().map(|line| TaskLine {
        picture: picture(cards.iter().find(|card| card.id == line.variant)),
        title: line.title.clone(),
        sku: line.sku.clone(),
        quantity: line.quantity.0,
        inside: inside(line),
    });
    let since = part.stages.ready.or(part.stages.packed).or(part.stages.pending).unwrap_or(part.created_at);
    let place = part.address.as_ref().map_or(part.place.as_str(), |address| address.city.as_str());
    Task {
        id: part.id.to_string(),
        number: entry.number.to_string(),
        order: format!("/till/orders/{}", part.order),
        name: if entry.contact_name.is_empty() { page.t("till-nameless") } else { entry.contact_name.clone() },
        way: words::part_way(page, part.way, place),
        state: words::part_state(page, part.state),
        since: Moment::ago(since, page.now, page.locale),
        lines: lines.collect(),
        steps: steps(page, part.state, part.way),
        is_handed_over: part.state == FulfilmentState::Ready && part.way == FulfilmentWay::Collect,
        is_sent: part.state == FulfilmentState::Packed,
    }
}

/// The steps from here; handing over and sending have forms of their own.
fn steps(page: &Page, state: FulfilmentState, way: FulfilmentWay) -> Vec<Step> {
    let step = |to: FulfilmentState, is_main| Step { to: to.as_str(), says: page.t(&format!("till-step-{}", to.as_str())), is_main };
    let done = if way == FulfilmentWay::Deliver { FulfilmentState::Packed } else { FulfilmentState::Ready };
    match state {
        FulfilmentState::Pending => vec![step(done, true), step(FulfilmentState::Picking, false)],
        FulfilmentState::Picking => vec![step(done, true), step(FulfilmentState::Pending, false)],
        _ => Vec::new(),
    }
}
