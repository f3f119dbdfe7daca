//! Today in plain sentences; each leads to what is behind it.

use super::{Entered, Me};
use crate::ui::{Bar, Bars, Tone};
use crate::{Answer, App, Page, show};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use conversations::MatterCounts;
use jiff::tz::TimeZone;
use kernel::{Actor, Currency, Fault, Money, Permission, Quantity, ReadTx, Timestamp};
use orders::ChannelSales;
use std::time::Duration;

/// Routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/studio", get(home))
}

/// Few enough to order again.
pub(super) const LOW: i64 = 2;
/// Places with few left that are counted; beyond it is "more than".
const MOST_LOW: i64 = 200;
const WEEK: Duration = Duration::from_secs(7 * 24 * 3600);

/// One sentence about today.
struct Line {
    tone: Tone,
    says: String,
    href: &'static str,
}

/// A first step that is not done yet.
struct Step {
    title: String,
    says: String,
    href: &'static str,
}

#[derive(Template)]
#[template(path = "studio/home.html")]
struct Home {
    page: Page,
    me: Me,
    hello: String,
    lines: Vec<Line>,
    sales: Option<Bars>,
    steps: Vec<Step>,
    rehearses: bool,
}

/// What the page tells, as read in one snapshot.
struct Facts {
    today: Vec<ChannelSales>,
    week_ago: Vec<ChannelSales>,
    matters: Option<MatterCounts>,
    low: Option<i64>,
    down: Vec<String>,
    has_products: bool,
    has_places: bool,
    has_channels: bool,
    colleagues: usize,
}

async fn home(State(app): State<App>, Entered { page, me }: Entered) -> Answer {
    let (actor, currency, now) = (me.actor.clone(), app.brand.currency, app.db.clock().now());
    let from = start_of_day(now, &app.brand.zone);
    let facts = app.db.read(move |tx| read(tx, &actor, currency, (from, now))).await?;
    let mut lines = lines(&page, &me, &facts, currency);
    if lines.is_empty() {
        lines.push(Line { tone: Tone::Ok, says: page.t("studio-all-calm"), href: "/desk" });
    }
    let hello = page.tv("studio-hello", me.staff.name.split(' ').next().unwrap_or_default());
    let sales = (!facts.today.is_empty()).then(|| by_channel(&page, &facts.today));
    let steps = steps(&page, &me, &facts);
    let rehearses = app.simulators.rehearse();
    show(&Home { hello, lines, sales, steps, rehearses, page, me })
}

/// Midnight there.
pub(super) fn start_of_day(now: Timestamp, zone: &str) -> Timestamp {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    now.to_jiff().to_zoned(zone).start_of_day().map_or(now, |day| day.timestamp().into())
}

fn read(tx: &ReadTx<'_>, actor: &Actor, currency: Currency, (from, now): (Timestamp, Timestamp)) -> Result<Facts, Fault> {
    let sold = |from, until| orders::sales_by_channel(tx, actor, currency, (from, until)).or_else(none_if_denied);
    let back = |at: Timestamp| Timestamp::from_micros(at.as_micros() - WEEK.as_micros() as i64);
    let reads_matters = actor.may(Permission::ViewConversations);
    let low = match inventory::low_stock(tx, actor, None, Quantity(LOW), MOST_LOW) {
        Ok(found) => Some(found.len() as i64),
        Err(inventory::StockError::Fault(fault)) => return Err(fault),
        Err(_) => None,
    };
    let accounts = conversations::accounts(tx)?;
    let mut down = Vec::new();
    for account in accounts.iter().filter(|account| account.active) {
        if conversations::standing(tx, account.id)?.trouble.is_some() {
            down.push(account.name.clone());
        }
    }
    Ok(Facts {
        today: sold(from, now.plus(Duration::from_secs(1)))?,
        week_ago: sold(back(from), back(now))?,
        matters: if reads_matters { Some(conversations::matter_counts(tx)?) } else { None },
        low,
        down,
        has_products: !catalogue::products_after(tx, catalogue::ProductId::nil(), 1)?.is_empty(),
        has_places: !inventory::locations(tx, false, None, 1)?.is_empty(),
        has_channels: !accounts.is_empty(),
        colleagues: access::staff_list(tx, None, 2)?.len(),
    })
}

fn none_if_denied<T: Default>(error: orders::ReadError) -> Result<T, Fault> {
    match error {
        orders::ReadError::Denied(_) => Ok(T::default()),
        orders::ReadError::Fault(fault) => Err(fault),
    }
}

fn lines(page: &Page, me: &Me, facts: &Facts, currency: Currency) -> Vec<Line> {
    let mut lines = Vec::new();
    if me.may("orders.view") {
        lines.push(Line { tone: Tone::Plain, says: of_sales(page, facts, currency), href: "/desk/orders" });
    }
    if let Some(matters) = facts.matters {
        let values = [("n", matters.open.into()), ("unassigned", matters.unassigned.into())];
        let tone = if matters.unassigned > 0 { Tone::Warn } else { Tone::Ok };
        lines.push(Line { tone, says: page.tw("studio-matters", &values), href: "/desk" });
        if matters.unread > 0 {
            lines.push(Line { tone: Tone::Warn, says: page.tn("studio-unread", matters.unread), href: "/desk" });
        }
    }
    if let Some(low) = facts.low {
        let says = if low >= MOST_LOW { page.tn("studio-low-many", low) } else { page.tn("studio-low", low) };
        let tone = if low > 0 { Tone::Warn } else { Tone::Ok };
        lines.push(Line { tone, says, href: "/studio/stock" });
    }
    if me.may("channels.manage") || me.may("health.view") {
        let (tone, says) = match facts.down.as_slice() {
            [] if !facts.has_channels => return lines,
            [] => (Tone::Ok, page.t("studio-channels-fine")),
            down => (Tone::Bad, page.tw("studio-channels-down", &[("n", down.len().into()), ("names", down.join(", ").into())])),
        };
        let href = if me.may("channels.manage") { "/studio/channels" } else { "/studio/health" };
        lines.push(Line { tone, says, href });
    }
    lines
}

fn of_sales(page: &Page, facts: &Facts, currency: Currency) -> String {
    let sum = |sales: &[ChannelSales]| (sales.iter().map(|s| s.orders).sum::<i64>(), sales.iter().map(|s| s.total.minor).sum::<i64>());
    let ((orders, total), (before, _)) = (sum(&facts.today), sum(&facts.week_ago));
    let total = page.money(&Money::new(total, currency));
    let says = page.tw("studio-orders-today", &[("n", orders.into()), ("total", total.into())]);
    let compared = match orders - before {
        _ if before == 0 => return says,
        0 => page.t("studio-as-last-week"),
        more @ 1.. => page.tn("studio-more-than-last-week", more),
        fewer => page.tn("studio-fewer-than-last-week", -fewer),
    };
    format!("{says} {compared}")
}

fn by_channel(page: &Page, sales: &[ChannelSales]) -> Bars {
    let most = sales.iter().map(|sold| sold.total.minor).max().unwrap_or(0).max(1);
    let bar = |sold: &ChannelSales| Bar {
        name: page.t(&format!("channel-{}", sold.channel.as_str())),
        href: String::new(),
        value: format!("{} · {}", sold.total.format(page.locale), page.tn("studio-n-orders", sold.orders)),
        percent: u8::try_from(sold.total.minor * 100 / most).unwrap_or(100),
        tone: Tone::Live,
        here: false,
    };
    Bars { label: page.t("studio-sales-by-channel"), bars: sales.iter().map(bar).collect() }
}

fn steps(page: &Page, me: &Me, facts: &Facts) -> Vec<Step> {
    let all = [
        (facts.has_places, "locations.edit", "place", "/studio/locations/new"),
        (facts.has_products, "catalogue.edit", "products", "/studio/products/import"),
        (facts.has_channels, "channels.manage", "channels", "/studio/channels"),
        (facts.colleagues > 1, "staff.manage", "staff", "/studio/staff/new"),
    ];
    let open = all.into_iter().filter(|(done, permission, _, _)| !done && me.may(permission));
    open.map(|(_, _, name, href)| Step {
        title: page.t(&format!("studio-step-{name}")),
        says: page.t(&format!("studio-step-{name}-says")),
        href,
    })
    .collect()
}
