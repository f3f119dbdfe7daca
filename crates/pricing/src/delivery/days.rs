//! When something arrives: the cut-off time of the day, days under way, days off.

use super::{DeliveryDays, DeliveryMethod, DeliveryZone};
use jiff::ToSpan;
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

/// Days looked at for one that is no day off; a calendar that has none within them is answered with its last.
const FAR: usize = 400;

/// The first and the last day on which something may arrive; often the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    /// Not before.
    pub from: Date,
    /// Not after.
    pub to: Date,
}

impl Arrival {
    /// What holds for two parcels together: the later of each.
    pub fn with(self, other: Arrival) -> Arrival {
        Arrival { from: self.from.max(other.from), to: self.to.max(other.to) }
    }
}

impl DeliveryMethod {
    /// When it arrives in a zone if it can leave from `ready` on, by the clock of `time_zone`.
    pub fn arrives(&self, zone: &DeliveryZone, days: &DeliveryDays, ready: Timestamp, time_zone: &TimeZone) -> Arrival {
        let leaves = self.leaves(days, ready, time_zone);
        let from = self.travels(leaves, zone.least_days, days);
        Arrival { from, to: self.travels(from, zone.most_days - zone.least_days, days) }
    }

    /// Until when an order still makes the promise that one of now makes.
    pub fn order_by(&self, days: &DeliveryDays, ready: Timestamp, time_zone: &TimeZone) -> Option<Timestamp> {
        let leaves = self.leaves(days, ready, time_zone);
        let minutes = self.cut_off[weekday(leaves)]?;
        let time = Time::new((minutes / 60) as i8, (minutes % 60) as i8, 0, 0).ok()?;
        let at = leaves.to_datetime(time).to_zoned(time_zone.clone()).ok()?;
        Some(Timestamp::from_micros(at.timestamp().as_microsecond()))
    }

    /// The day it leaves.
    fn leaves(&self, days: &DeliveryDays, ready: Timestamp, time_zone: &TimeZone) -> Date {
        let local = ready.to_jiff().to_zoned(time_zone.clone());
        let minute = i64::from(local.hour()) * 60 + i64::from(local.minute());
        let picked_up = |date: Date| self.cut_off[weekday(date)].filter(|_| !days.off.contains_key(&date));
        if picked_up(local.date()).is_some_and(|cut_off| minute < cut_off) {
            return local.date();
        }
        first(local.date(), |date| picked_up(date).is_some())
    }

    /// So many working days later.
    fn travels(&self, from: Date, count: i64, days: &DeliveryDays) -> Date {
        let is_working = |date: Date| {
            let weekend = match date.weekday() {
                Weekday::Saturday => !self.is_saturday,
                Weekday::Sunday => true,
                _ => false,
            };
            !weekend && !days.off.contains_key(&date)
        };
        (0..count).fold(from, |date, _| first(date, is_working))
    }
}

/// Monday is 0.
fn weekday(date: Date) -> usize {
    date.weekday().to_monday_zero_offset() as usize
}

/// The first day after this one that is fit.
fn first(after: Date, is_fit: impl Fn(Date) -> bool) -> Date {
    let mut date = after;
    for _ in 0..FAR {
        // The calendar ends in the year 9999.
        date = date.checked_add(1.day()).unwrap_or(date);
        if is_fit(date) {
            return date;
        }
    }
    date
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::{Area, DeliveryFee};

    fn day(text: &str) -> Date {
        text.parse().expect("a date")
    }

    /// The promise of an order at this moment in Madrid, `from/to`.
    fn says(method: &DeliveryMethod, postcode: &str, off: &[&str], at: &str) -> String {
        let madrid = TimeZone::get("Europe/Madrid").expect("a zone");
        let off = off.iter().map(|date| (day(date), "fiesta".to_owned())).collect();
        let days = DeliveryDays { off, ..DeliveryDays::default() };
        let zone = method.zone("ES", postcode).expect("a zone");
        let Arrival { from, to } = method.arrives(zone, &days, Timestamp::from_rfc3339(at).expect("a moment"), &madrid);
        if from == to { from.to_string() } else { format!("{from}/{to}") }
    }

    #[test]
    fn what_is_built_in_takes_one_working_day_and_weekends_do_not_count() {
        let built_in = |at| says(&DeliveryMethod::standard(), "50001", &[], at);
        assert_eq!(built_in("2026-06-03T10:00:00Z"), "2026-06-04", "Wednesday noon");
        assert_eq!(built_in("2026-06-03T13:59:59Z"), "2026-06-04", "Wednesday, the last second before 16:00 in Madrid");
        assert_eq!(built_in("2026-06-03T14:00:00Z"), "2026-06-05", "Wednesday 16:00 in Madrid");
        assert_eq!(built_in("2026-06-05T08:00:00Z"), "2026-06-08", "Friday morning");
        assert_eq!(built_in("2026-06-05T18:00:00Z"), "2026-06-09", "Friday evening");
        assert_eq!(built_in("2026-06-06T08:00:00Z"), "2026-06-09", "Saturday");
    }

    #[test]
    fn days_off_saturdays_and_islands_are_counted() {
        let zone = |area: &str, least_days, most_days| DeliveryZone {
            area: Area::try_from(area.to_owned()).expect("an area"),
            least_days,
            most_days,
            fees: vec![DeliveryFee { currency: None, fee: 695, free_from: None }],
        };
        let friday_early = [Some(960), Some(960), Some(960), Some(960), Some(840), None, None];
        let method = DeliveryMethod {
            zones: vec![zone("ES-mainland", 1, 1), zone("ES-canaries", 4, 6)],
            cut_off: friday_early,
            is_saturday: true,
            ..DeliveryMethod::standard()
        };
        let off = ["2026-10-12", "2026-12-08", "2026-12-25"];
        let home = |at| says(&method, "28001", &off, at);
        assert_eq!(home("2026-06-05T11:59:00Z"), "2026-06-06", "Friday 13:59: on Saturday");
        assert_eq!(home("2026-06-05T12:00:00Z"), "2026-06-09", "Friday 14:00: leaves on Monday");
        assert_eq!(home("2026-10-10T08:00:00Z"), "2026-10-14", "Saturday before a Monday off");
        assert_eq!(home("2026-12-07T09:00:00Z"), "2026-12-09", "the day before a day off");
        assert_eq!(home("2026-12-08T09:00:00Z"), "2026-12-10", "on a day off");
        assert_eq!(home("2026-12-24T09:00:00Z"), "2026-12-26", "Christmas Eve, with Saturdays");
        assert_eq!(says(&method, "35001", &off, "2026-06-03T10:00:00Z"), "2026-06-08/2026-06-10", "the Canaries, Wednesday noon");
        assert_eq!(says(&method, "38001", &off, "2026-10-08T10:00:00Z"), "2026-10-14/2026-10-16", "the Canaries, over a day off");
    }

    #[test]
    fn the_same_promise_holds_until_the_next_cut_off() {
        let madrid = TimeZone::get("Europe/Madrid").expect("a zone");
        let by = |at: &str| {
            let by = DeliveryMethod::standard().order_by(&DeliveryDays::default(), Timestamp::from_rfc3339(at).expect("a moment"), &madrid);
            by.expect("a cut-off").to_rfc3339()
        };
        assert_eq!(by("2026-06-03T10:00:00Z"), "2026-06-03T14:00:00Z");
        assert_eq!(by("2026-06-05T18:00:00Z"), "2026-06-08T14:00:00Z");
    }
}
