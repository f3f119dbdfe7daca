//! When a place or a team is open: a week, and the days that differ. Local time of the place throughout.

use crate::Timestamp;
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// From opening to closing, `[opens, closes)`, on one day; written `10:00-20:30`. Closing at 00:00 is the end of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct OpenSpan {
    /// First minute.
    pub opens: Time,
    /// First minute after.
    pub closes: Time,
}

impl OpenSpan {
    fn ends_the_day(self) -> bool {
        self.closes == Time::midnight()
    }
    /// True at `time`.
    pub fn contains(self, time: Time) -> bool {
        time >= self.opens && (self.ends_the_day() || time < self.closes)
    }
    fn is_forward(self) -> bool {
        self.ends_the_day() || self.closes > self.opens
    }
}

impl std::fmt::Display for OpenSpan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.opens.strftime("%H:%M"), self.closes.strftime("%H:%M"))
    }
}
impl std::str::FromStr for OpenSpan {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let time = |part: &str| Time::strptime("%H:%M", if part == "24:00" { "00:00" } else { part });
        let parsed = text.split_once('-').and_then(|(opens, closes)| Some((time(opens.trim()).ok()?, time(closes.trim()).ok()?)));
        let (opens, closes) = parsed.ok_or_else(|| format!("`{text}` is not a span of hours such as 10:00-20:30"))?;
        Ok(OpenSpan { opens, closes })
    }
}
impl Serialize for OpenSpan {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for OpenSpan {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

/// The spans of each weekday; none is closed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Week {
    /// Monday.
    pub mon: Vec<OpenSpan>,
    /// Tuesday.
    pub tue: Vec<OpenSpan>,
    /// Wednesday.
    pub wed: Vec<OpenSpan>,
    /// Thursday.
    pub thu: Vec<OpenSpan>,
    /// Friday.
    pub fri: Vec<OpenSpan>,
    /// Saturday.
    pub sat: Vec<OpenSpan>,
    /// Sunday.
    pub sun: Vec<OpenSpan>,
}

impl Week {
    /// The spans of a weekday.
    pub fn on(&self, day: Weekday) -> &[OpenSpan] {
        match day {
            Weekday::Monday => &self.mon,
            Weekday::Tuesday => &self.tue,
            Weekday::Wednesday => &self.wed,
            Weekday::Thursday => &self.thu,
            Weekday::Friday => &self.fri,
            Weekday::Saturday => &self.sat,
            Weekday::Sunday => &self.sun,
        }
    }
    fn days(&self) -> [&[OpenSpan]; 7] {
        [&self.mon, &self.tue, &self.wed, &self.thu, &self.fri, &self.sat, &self.sun]
    }
}

/// A day that differs from its weekday: a holiday, a late opening.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayException {
    /// Which day.
    pub date: Date,
    /// Its spans; none is closed.
    #[serde(default)]
    pub open: Vec<OpenSpan>,
}

/// When a place is open.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Hours {
    /// An ordinary week.
    pub week: Week,
    /// The days that differ.
    pub exceptions: Vec<DayException>,
}

impl Hours {
    /// The spans of one day, in order; empty when closed.
    pub fn on(&self, date: Date) -> &[OpenSpan] {
        let exception = self.exceptions.iter().find(|e| e.date == date);
        exception.map_or_else(|| self.week.on(date.weekday()), |e| &e.open)
    }

    /// True at `at` by the clock of `zone` (an IANA name; an unknown one is UTC).
    pub fn is_open(&self, zone: &str, at: Timestamp) -> bool {
        let local = at.to_jiff().to_zoned(zone_of(zone));
        self.on(local.date()).iter().any(|span| span.contains(local.time()))
    }

    /// When it next opens after `at`, within two weeks.
    pub fn next_opening(&self, zone: &str, at: Timestamp) -> Option<Timestamp> {
        self.spans_from(zone, at, 15).map(|(opens, _)| opens).find(|opens| *opens > at)
    }

    /// The moment at which `span` of open time has passed since `at`; closed time does not count. `None` when it does not come within
    /// two months.
    pub fn after_open(&self, zone: &str, at: Timestamp, span: Duration) -> Option<Timestamp> {
        let mut left = span;
        for (opens, closes) in self.spans_from(zone, at, 62).filter(|(_, closes)| *closes > at) {
            let from = opens.max(at);
            let length = closes.since(from);
            if left <= length {
                return Some(from.plus(left));
            }
            left -= length;
        }
        None
    }

    /// The spans of `days` days as moments, from the day of `at` on.
    fn spans_from(&self, zone: &str, at: Timestamp, days: usize) -> impl Iterator<Item = (Timestamp, Timestamp)> {
        let zone = zone_of(zone);
        let first = at.to_jiff().to_zoned(zone.clone()).date();
        let moment = move |date: Date, time: Time| Some(Timestamp::from(date.to_datetime(time).to_zoned(zone.clone()).ok()?.timestamp()));
        let dates = std::iter::successors(Some(first), |date| date.tomorrow().ok()).take(days);
        dates.flat_map(|date| self.on(date).iter().map(move |span| (date, *span))).filter_map(move |(date, span)| {
            let end = if span.ends_the_day() { moment(date.tomorrow().ok()?, Time::midnight()) } else { moment(date, span.closes) };
            Some((moment(date, span.opens)?, end?))
        })
    }

    /// What is wrong with them, if anything: spans that end before they begin, overlap, or are out of order.
    pub fn fault(&self) -> Option<String> {
        let days = self.week.days().into_iter().chain(self.exceptions.iter().map(|e| e.open.as_slice()));
        for day in days {
            if let Some(span) = day.iter().find(|span| !span.is_forward()) {
                return Some(format!("{span} ends before it begins"));
            }
            if let Some(pair) = day.windows(2).find(|pair| pair[0].ends_the_day() || pair[1].opens < pair[0].closes) {
                return Some(format!("{} and {} overlap or are out of order", pair[0], pair[1]));
            }
        }
        let mut dates: Vec<_> = self.exceptions.iter().map(|e| e.date).collect();
        dates.sort_unstable();
        dates.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| format!("{} is there twice", pair[0]))
    }
}

/// The zone of that name; should the list of zones have changed since it was chosen, UTC is the least wrong.
fn zone_of(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(json: &str) -> Hours {
        serde_json::from_str(json).expect("hours")
    }
    fn texts(spans: &[OpenSpan]) -> Vec<String> {
        spans.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn an_exception_wins_over_the_week() {
        let hours = hours(
            r#"{"week": {"mon": ["10:00-14:00", "17:00-24:00"]}, "exceptions": [{"date": "2026-06-01"}, {"date": "2026-06-07", "open": ["09:00-12:00"]}]}"#,
        );
        assert_eq!(hours.fault(), None);
        let on = |day| texts(hours.on(day));
        assert_eq!(on(jiff::civil::date(2026, 6, 8)), ["10:00-14:00", "17:00-00:00"]);
        assert_eq!(on(jiff::civil::date(2026, 6, 1)), Vec::<String>::new());
        assert_eq!(on(jiff::civil::date(2026, 6, 7)), ["09:00-12:00"]);
        assert!(hours.week.mon[1].contains(jiff::civil::time(23, 59, 59, 0)));
        assert!(!hours.week.mon[0].contains(jiff::civil::time(14, 0, 0, 0)));
    }

    #[test]
    fn wrong_spans_are_named() {
        assert_eq!(hours(r#"{"week": {"tue": ["10:00-09:00"]}}"#).fault(), Some("10:00-09:00 ends before it begins".into()));
        let overlap = hours(r#"{"week": {"tue": ["10:00-14:00", "13:00-15:00"]}}"#);
        assert_eq!(overlap.fault(), Some("10:00-14:00 and 13:00-15:00 overlap or are out of order".into()));
        let twice = hours(r#"{"exceptions": [{"date": "2026-06-01"}, {"date": "2026-06-01"}]}"#);
        assert_eq!(twice.fault(), Some("2026-06-01 is there twice".into()));
        assert!("ten to two".parse::<OpenSpan>().is_err());
    }

    #[test]
    fn open_time_passes_only_while_open_and_across_the_change_of_clocks() {
        let at = |text: &str| Timestamp::from_rfc3339(text).expect("a moment");
        let hours = hours(r#"{"week":{"fri":["09:00-14:00","16:00-19:00"],"mon":["09:00-14:00"]},"exceptions":[]}"#);
        let (madrid, minutes) = ("Europe/Madrid", |n: u64| Duration::from_secs(n * 60));
        // Friday 23 October 2026, 18:50 there; clocks go back on Sunday, so Monday's 9:00 is 08:00 UTC.
        let friday = at("2026-10-23T16:50:00Z");
        assert!(hours.is_open(madrid, friday) && !hours.is_open(madrid, at("2026-10-23T17:00:00Z")));
        assert_eq!(hours.after_open(madrid, friday, minutes(10)), Some(at("2026-10-23T17:00:00Z")));
        assert_eq!(hours.after_open(madrid, friday, minutes(30)), Some(at("2026-10-26T08:20:00Z")));
        assert_eq!(hours.after_open(madrid, at("2026-10-23T13:00:00Z"), minutes(0)), Some(at("2026-10-23T14:00:00Z")));
        assert_eq!(hours.next_opening(madrid, friday), Some(at("2026-10-26T08:00:00Z")));
        assert_eq!(Hours::default().after_open(madrid, friday, minutes(1)), None);
    }
}
