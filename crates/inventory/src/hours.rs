//! When a place is open: a week, and the days that differ. Local time of the place throughout.

use jiff::civil::{Date, Time, Weekday};
use serde::{Deserialize, Serialize};

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

    /// What is wrong with them, if anything: spans that end before they begin, overlap, or are out of order.
    pub(crate) fn fault(&self) -> Option<String> {
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
}
