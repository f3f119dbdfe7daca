//! An order as it is shown.

use super::super::product::promise::arrival_words;
use super::super::product::ready_words;
use super::super::shops::open_words;
use super::{Found, buyer};
use crate::inside::{Inside, inside};
use crate::ui::{Moment, Stage, StageBar, StageState, Tone};
use crate::{App, Page, picture_url};
use askama::filters::HtmlSafe;
use inventory::Location;
use jiff::tz::TimeZone;
use kernel::Timestamp;
use orders::{ChangeState, Fulfilment, FulfilmentState, FulfilmentWay, OrderChange, OrderState, ReturnPolicy, return_policy};
use pricing::{Arrival, DeliveryDays, DeliveryMethod};

/// An order.
pub(super) struct OrderView {
    pub(super) token: String,
    pub(super) number: String,
    pub(super) title: String,
    pub(super) placed: Moment,
    pub(super) due: String,
    pub(super) pay_key: String,
    pub(super) parts: Vec<PartView>,
    pub(super) goods: String,
    pub(super) delivery: String,
    pub(super) coupon: String,
    pub(super) tax: String,
    pub(super) total: String,
    pub(super) paid: String,
    pub(super) refunded: String,
    pub(super) can_return: bool,
    pub(super) may_call: bool,
    pub(super) can_change: bool,
    pub(super) changes: Vec<ChangeRow>,
    /// What a change costs that waits to be paid; empty for none.
    pub(super) waits_for: String,
    pub(super) ask_code: Option<Qr>,
    pub(super) has_label: bool,
    pub(super) returns: Vec<ReturnView>,
    pub(super) contact: String,
    /// Gift cards that were given for it: code, what is left.
    pub(super) cards: Vec<(String, String)>,
}

/// What comes together.
pub(super) struct PartView {
    pub(super) title: String,
    pub(super) says: String,
    pub(super) stages: StageBar,
    pub(super) lines: Vec<LineView>,
    pub(super) code: String,
    pub(super) qr: Option<Qr>,
    pub(super) place: Vec<String>,
    pub(super) open: String,
    pub(super) tracking: String,
    pub(super) is_collect: bool,
}

/// One line.
pub(super) struct LineView {
    pub(super) title: String,
    pub(super) picture: String,
    pub(super) quantity: i64,
    pub(super) total: String,
    pub(super) returned: i64,
    pub(super) inside: Vec<Inside>,
}

/// A change that was made.
pub(super) struct ChangeRow {
    pub(super) at: Moment,
    pub(super) says: String,
}

/// A return under way.
pub(super) struct ReturnView {
    pub(super) says: String,
    pub(super) detail: String,
    pub(super) tone: Tone,
}

/// A code as a drawing that a scanner reads.
pub(super) struct Qr(String);

impl Qr {
    pub(super) fn of(text: &str) -> Option<Self> {
        let code = qrcode::QrCode::new(text.as_bytes()).ok()?;
        let svg = code.render::<qrcode::render::svg::Color<'_>>().min_dimensions(160, 160).quiet_zone(true).build();
        // The XML line before it has no place inside a page.
        Some(Qr(svg.split_once("?>").map_or(svg.clone(), |(_, svg)| svg.to_owned())))
    }
}
impl std::fmt::Display for Qr {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
impl HtmlSafe for Qr {}

impl OrderView {
    pub(super) fn new(app: &App, page: &Page, found: &Found) -> Self {
        let order = &found.order;
        let money = |amount: &kernel::Money| amount.format(page.locale);
        let due = order.due();
        let is_due = order.state != OrderState::Cancelled && due.is_positive();
        let may_return = |line: &orders::OrderLine| {
            let part = order.fulfilment_of(line);
            part.is_some_and(|part| matches!(return_policy(line, part, page.now), ReturnPolicy::Allowed { .. }))
        };
        OrderView {
            token: order.token(),
            number: order.number.to_string(),
            title: page.t(&format!("my-order-is-{}", order.state.as_str().replace('_', "-"))),
            placed: Moment::when(order.placed_at, page.now, page.locale),
            due: if is_due { money(&due) } else { String::new() },
            pay_key: rand::random::<[u8; 8]>().iter().map(|byte| format!("{byte:02x}")).collect(),
            parts: order.fulfilments.iter().map(|part| part_view(app, page, found, part)).collect(),
            goods: order.total.sub(order.delivery_fee).map_or_else(|_| String::new(), |goods| money(&goods)),
            coupon: order.coupon.clone(),
            delivery: if order.delivery_fee.is_zero() { page.t("free") } else { money(&order.delivery_fee) },
            tax: money(&order.tax),
            total: money(&order.total),
            paid: if order.paid.is_zero() { String::new() } else { money(&order.paid) },
            refunded: if order.refunded.is_zero() { String::new() } else { money(&order.refunded) },
            may_call: found.may_call,
            can_change: order.fulfilments.iter().any(|part| orders::may_change(&buyer(order), order, &[part.id]).is_ok()),
            changes: found
                .changes
                .iter()
                .filter(|change| change.state == ChangeState::Applied)
                .map(|change| change_row(page, change))
                .collect(),
            waits_for: found
                .changes
                .iter()
                .find(|change| change.state == ChangeState::Waiting)
                .map_or_else(String::new, |change| money(&change.difference)),
            ask_code: Qr::of(&order.number.to_string()),
            has_label: found.returns.iter().any(|back| back.state == orders::ReturnState::Requested),
            can_return: order.lines.iter().any(may_return),
            returns: found.returns.iter().map(|back| return_view(page, back)).collect(),
            cards: found.cards.iter().map(|card| (card.spelled(), page.tv("gift-card-left", money(&card.balance)))).collect(),
            contact: [order.contact.email.as_str(), order.contact.phone.as_str()]
                .into_iter()
                .find(|text| !text.is_empty())
                .unwrap_or_default()
                .to_owned(),
        }
    }
}

fn part_view(app: &App, page: &Page, found: &Found, part: &Fulfilment) -> PartView {
    let place = found.places.iter().find(|place| place.id == part.location);
    let is_collect = part.way == FulfilmentWay::Collect;
    let pictured = |line: &orders::OrderLine| {
        let picture = found.pictures.iter().find(|(variant, _)| *variant == line.variant).map_or("", |(_, source)| source);
        LineView {
            title: line.title.clone(),
            picture: picture_url(picture),
            quantity: line.quantity.0,
            total: line.total.format(page.locale),
            returned: line.returned.0,
            inside: inside(line),
        }
    };
    let wants_code = is_collect
        && !matches!(
            part.state,
            FulfilmentState::Collected | FulfilmentState::Cancelled | FulfilmentState::Waiting | FulfilmentState::Awaiting
        );
    let code = part.code.clone().filter(|_| wants_code).unwrap_or_default();
    let address = part.address.as_ref().map(|to| vec![to.name.clone(), to.street.clone(), format!("{} {}", to.postcode, to.city)]);
    let shop = place.filter(|_| is_collect).map(|place| {
        let details = &place.details;
        vec![details.name.clone(), details.address.clone(), format!("{} {}", details.postcode, details.city)]
    });
    PartView {
        title: match part.way {
            FulfilmentWay::Collect => page.tv("part-collect", &part.place),
            FulfilmentWay::Deliver => match &part.promised {
                Some(promised) => page.tv("part-deliver-by", &promised.name),
                None => page.t("part-deliver"),
            },
            FulfilmentWay::CarryOut => page.tv("part-taken", &part.place),
        },
        says: says(app, page, found, (part, place)),
        stages: stages(page, part),
        lines: found.order.lines_of(part.id).map(pictured).collect(),
        qr: if code.is_empty() { None } else { Qr::of(&code) },
        code,
        place: address.or(shop).unwrap_or_default(),
        open: place.filter(|_| is_collect).map_or_else(String::new, |place| open_words(page, place)),
        tracking: part.tracking.as_ref().map_or_else(String::new, |tracking| format!("{} · {}", tracking.carrier, tracking.reference)),
        is_collect,
    }
}

/// One sentence: what happens next, and when.
fn says(app: &App, page: &Page, found: &Found, (part, place): (&Fulfilment, Option<&Location>)) -> String {
    let key = format!("part-{}-{}", part.way.as_str().replace('_', "-"), part.state.as_str());
    match (part.way, part.state) {
        (FulfilmentWay::Collect, FulfilmentState::Pending | FulfilmentState::Picking) => {
            let from = part.stages.pending.unwrap_or(part.created_at);
            let ready = place.and_then(|place| Some((place, flows::picked(place, &found.days, from)?)));
            ready.map_or_else(|| page.t(&key), |(place, ready)| page.tv("part-collect-soon", ready_words(page, place, ready)))
        }
        (
            FulfilmentWay::Deliver,
            FulfilmentState::Pending | FulfilmentState::Picking | FulfilmentState::Packed | FulfilmentState::Shipped,
        ) => {
            let arrival = part.promised.as_ref().map(|promised| promised.arrival).unwrap_or_else(|| before(app, part));
            page.tv("part-deliver-soon", arrival_words(page, arrival))
        }
        (_, FulfilmentState::Awaiting) => {
            let day = part.expected.map_or_else(String::new, |day| crate::format::civil(day, page.now, page.locale));
            let arrives = part.promised.as_ref().map_or_else(String::new, |promised| arrival_words(page, promised.arrival));
            page.tw("part-awaiting", &[("day", day.into()), ("arrives", arrives.into())])
        }
        _ if crate::has_text(&key) => page.t(&key),
        _ => page.t(&format!("stage-{}", part.state.as_str())),
    }
}

/// What was said of a parcel before orders kept their promise.
fn before(app: &App, part: &Fulfilment) -> Arrival {
    let method = DeliveryMethod::standard();
    let zone = TimeZone::get(&app.brand.zone).unwrap_or(TimeZone::UTC);
    method.arrives(&method.zones[0], &DeliveryDays::default(), part.stages.pending.unwrap_or(part.created_at), &zone)
}

fn stages(page: &Page, part: &Fulfilment) -> StageBar {
    use FulfilmentState::{Awaiting, Cancelled, Collected, Delivered, Packed, Pending, Picking, Ready, Shipped, Waiting};
    let path: &[FulfilmentState] = match part.way {
        FulfilmentWay::Collect => &[Waiting, Pending, Ready, Collected],
        FulfilmentWay::Deliver if part.expected.is_some() => &[Waiting, Awaiting, Pending, Packed, Shipped, Delivered],
        FulfilmentWay::Deliver => &[Waiting, Pending, Packed, Shipped, Delivered],
        FulfilmentWay::CarryOut => &[Waiting, Collected],
    };
    let now = if part.state == Picking { Pending } else { part.state };
    let reached = |state: FulfilmentState| -> Option<Timestamp> {
        match state {
            Waiting => Some(part.created_at),
            Awaiting => None,
            Pending => part.stages.pending,
            Ready => part.stages.ready,
            Packed => part.stages.packed,
            Shipped => part.stages.shipped,
            Collected => part.stages.collected,
            Delivered => part.stages.delivered,
            Picking => part.stages.picking,
            Cancelled => part.stages.cancelled,
        }
    };
    let at = path.iter().position(|state| *state == now);
    let is_last = at == Some(path.len() - 1);
    let mut stages: Vec<Stage> = path
        .iter()
        .enumerate()
        .map(|(index, state)| {
            let time = reached(*state).map(|time| Moment::when(time, page.now, page.locale));
            let stands = match at {
                Some(at) if index < at || is_last => StageState::Done,
                Some(at) if index == at => StageState::Now,
                None if time.is_some() => StageState::Done,
                _ => StageState::Ahead,
            };
            Stage { name: page.t(&format!("stage-{}", state.as_str())), state: stands, time }
        })
        .collect();
    if now == Cancelled {
        stages.retain(|stage| stage.state == StageState::Done);
        let time = part.stages.cancelled.map(|time| Moment::when(time, page.now, page.locale));
        stages.push(Stage { name: page.t("stage-cancelled"), state: StageState::Stopped, time });
    }
    StageBar { label: page.t("my-order-stages"), stages }
}

fn change_row(page: &Page, change: &OrderChange) -> ChangeRow {
    let says = crate::order_change::change_words(page, &change.proposal.notes).join(" · ");
    ChangeRow { at: Moment::when(change.settled_at.unwrap_or(change.created_at), page.now, page.locale), says }
}

fn return_view(page: &Page, back: &orders::Return) -> ReturnView {
    use orders::ReturnState::{Received, Refunded, Rejected, Requested};
    let goods: Vec<_> = back.lines.iter().map(|line| format!("{} × {}", line.quantity.0, line.title)).collect();
    ReturnView {
        says: page.tv(&format!("my-return-is-{}", back.state.as_str()), back.refund.format(page.locale)),
        detail: goods.join(", "),
        tone: match back.state {
            Requested | Received => Tone::Live,
            Refunded => Tone::Ok,
            Rejected => Tone::Bad,
        },
    }
}
