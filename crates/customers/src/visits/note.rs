//! Note that a page was seen.

use super::store;
use crate::events;
use kernel::{Channel, Event, Fault, ProfileId, ReadTx, Timer, TimerHandler, Timestamp, Tx};
use std::time::Duration;

kernel::db_enum! {
    /// What sort of page.
    pub enum PageKind {
        /// The first page.
        Home = "home",
        /// A list of products.
        List = "list",
        /// One product.
        Product = "product",
        /// The shops.
        Shops = "shops",
        /// The cart or the checkout.
        Cart = "cart",
        /// A code that led to a product.
        Code = "code",
    }
}

kernel::id! {
    /// One stay on the site.
    pub struct VisitId;
}

/// After so long without a page a visit is over.
const STAY: Duration = Duration::from_secs(30 * 60);
/// How long visits are kept.
const KEPT: Duration = Duration::from_secs(180 * 24 * 60 * 60);
const DAY: i64 = 24 * 60 * 60 * 1_000_000;
/// Most rows of one visit.
const MOST_PAGES: i64 = 200;
const FORGET: &str = "customers.forget_visits";
/// Visits that go in one transaction.
const STEP: i64 = 100;

/// This subject's timers.
pub(crate) const TIMERS: &[TimerHandler] = &[TimerHandler { kind: FORGET, run: forget_old }];

/// A page that was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Whose browser.
    pub profile: ProfileId,
    /// What sort of page.
    pub page: PageKind,
    /// The product's id, for its page; else empty.
    pub product: String,
    /// Where.
    pub channel: Channel,
}

/// True when noting the page would change nothing: a look before the write, since most views are repeats.
pub fn is_noted(tx: &ReadTx<'_>, seen: &Seen) -> Result<bool, Fault> {
    let fresh = tx.now().minus(STAY / 6);
    match store::latest(tx, seen.profile)?.filter(|visit| visit.last_at >= fresh) {
        Some(visit) => store::has_page(tx, visit.id, seen.page, &seen.product),
        None => Ok(false),
    }
}

/// Note a page once for each visit. Announces `visit.began` for the first page of a visit.
pub fn note_view(tx: &mut Tx<'_>, seen: &Seen) -> Result<(), Fault> {
    noted(tx, seen).map(drop)
}

/// Note that a code at `place` led to the product `name`: once for each visit and product. Announces `visit.scanned`.
pub fn note_scan(tx: &mut Tx<'_>, seen: &Seen, place: &str, name: &str) -> Result<(), Fault> {
    let seen = Seen { page: PageKind::Code, ..seen.clone() };
    let Some(visit) = noted(tx, &seen)? else { return Ok(()) };
    let body = events::OfScan { place: place.to_owned(), name: name.to_owned(), product: seen.product };
    tx.announce(Event::new(events::CODE_SCANNED, visit).profile(seen.profile).channel(seen.channel).body(&body)).map(drop)
}

/// The visit, when the page is new in it.
fn noted(tx: &mut Tx<'_>, seen: &Seen) -> Result<Option<VisitId>, Fault> {
    let now = tx.now();
    let going_on = store::latest(tx, seen.profile)?.filter(|visit| now < visit.last_at.plus(STAY));
    let visit = match going_on {
        Some(visit) if store::has_page(tx, visit.id, seen.page, &seen.product)? => {
            if visit.last_at.plus(STAY / 6) < now {
                store::touch(tx, visit.id, now, 0)?;
            }
            return Ok(None);
        }
        Some(visit) if visit.pages >= MOST_PAGES => return Ok(None),
        Some(visit) => visit.id,
        None => begin(tx, seen, now)?,
    };
    store::insert_page(tx, visit, seen.page, &seen.product, now)?;
    store::touch(tx, visit, now, 1)?;
    Ok(Some(visit))
}

fn begin(tx: &mut Tx<'_>, seen: &Seen, now: Timestamp) -> Result<VisitId, Fault> {
    let id: VisitId = tx.new_id();
    store::insert(tx, id, seen.profile, now)?;
    tx.announce(Event::new(events::VISIT_BEGAN, id).profile(seen.profile).channel(seen.channel))?;
    // One timer for all visits of a day.
    let day = now.plus(KEPT).as_micros() / DAY + 1;
    tx.at(Timestamp::from_micros(day * DAY), FORGET, &day.to_string(), &())?;
    Ok(id)
}

fn forget_old(tx: &mut Tx<'_>, timer: &Timer) -> Result<(), Fault> {
    let old = store::older_than(tx, tx.now().minus(KEPT), STEP)?;
    for visit in &old {
        store::remove(tx, *visit)?;
    }
    if old.len() as i64 == STEP { tx.at(tx.now(), FORGET, &timer.key, &()) } else { Ok(()) }
}
