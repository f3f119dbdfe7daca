//! When something can be in the customer's hands: one written rule, equal on every page.
//!
//! - Collect: two hours after we see the order, if the shop is open until then; else two hours after it next opens. No cost.
//! - Deliver: ordered by 16:00 on a working day, it arrives the next working day; else one working day later. Saturday and
//!   Sunday are no working days.

use super::super::shops::weekday;
use crate::{App, Page};
use inventory::Location;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use kernel::{Money, Timestamp};
use std::time::Duration;

const PICKING: Duration = Duration::from_secs(2 * 3600);
const LAST_ORDER_HOUR: i8 = 16;

/// When goods that lie in a shop can be collected there; `None` when it opens no more within two weeks.
pub(crate) fn ready_at(shop: &Location, now: Timestamp) -> Option<Timestamp> {
    let soon = now.plus(PICKING);
    if shop.is_open(now) && shop.is_open(soon) {
        return Some(soon);
    }
    let next = if shop.is_open(now) { soon } else { now };
    let opens = shop.next_opening(next)?;
    Some(opens.plus(PICKING))
}

/// The day a parcel arrives, in the brand's time zone.
pub(crate) fn delivery_day(zone: &str, now: Timestamp) -> Date {
    let local = now.to_jiff().to_zoned(TimeZone::get(zone).unwrap_or(TimeZone::UTC));
    let leaves_today = local.hour() < LAST_ORDER_HOUR && is_working(local.date());
    let leaves = if leaves_today { local.date() } else { next_working(local.date()) };
    next_working(leaves)
}

/// `En casa el martes 4`: what every page says of something that is sent.
pub(crate) fn delivery_words(app: &App, page: &Page) -> String {
    let day = delivery_day(&app.brand.zone, page.now);
    page.tv("way-deliver", format!("{} {}", weekday(day.weekday(), page.locale), day.day()))
}

/// `Envío 3,95 €`, `Envío gratis`.
pub(crate) fn fee_words(page: &Page, fee: Money) -> String {
    if fee.is_zero() { page.t("way-deliver-free") } else { page.tv("way-deliver-cost", fee.format(page.locale)) }
}

fn is_working(date: Date) -> bool {
    !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

fn next_working(date: Date) -> Date {
    let mut next = date;
    loop {
        // The calendar ends in the year 9999.
        next = next.tomorrow().unwrap_or(next);
        if is_working(next) || next == Date::MAX {
            return next;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::from_rfc3339(text).expect("a moment")
    }

    #[test]
    fn a_parcel_takes_one_working_day_and_weekends_do_not_count() {
        let day = |text| delivery_day("Europe/Madrid", at(text)).to_string();
        assert_eq!(day("2026-06-03T10:00:00Z"), "2026-06-04", "Wednesday noon");
        assert_eq!(day("2026-06-03T14:30:00Z"), "2026-06-05", "Wednesday 16:30 in Madrid");
        assert_eq!(day("2026-06-05T08:00:00Z"), "2026-06-08", "Friday morning");
        assert_eq!(day("2026-06-05T18:00:00Z"), "2026-06-09", "Friday evening");
        assert_eq!(day("2026-06-06T08:00:00Z"), "2026-06-09", "Saturday");
    }
}
