//! Hours in which somebody is not disturbed, by the clock on their wall.

use jiff::tz::TimeZone;
use jiff::{ToSpan, Zoned};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

/// Minutes in a day.
const DAY: u16 = 24 * 60;

/// Minutes of the local day, `[from, until)`, over midnight when `until` is earlier; equal ends mean never.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuietHours {
    from: u16,
    until: u16,
}

impl Default for QuietHours {
    /// From ten at night until eight in the morning.
    fn default() -> Self {
        QuietHours { from: 22 * 60, until: 8 * 60 }
    }
}

impl QuietHours {
    /// No hour is quiet.
    pub const NEVER: QuietHours = QuietHours { from: 0, until: 0 };

    /// From minutes after midnight, 0 to 1439; `None` outside of that.
    pub fn new(from: u16, until: u16) -> Option<Self> {
        (from < DAY && until < DAY).then_some(QuietHours { from, until })
    }
    /// From texts such as `22:00` and `08:00`.
    pub fn parse(from: &str, until: &str) -> Option<Self> {
        QuietHours::new(minutes(from)?, minutes(until)?)
    }
    /// Where they begin and end, in minutes after midnight.
    pub const fn ends(self) -> (u16, u16) {
        (self.from, self.until)
    }
    /// The ends as `22:00` and `08:00`.
    pub fn texts(self) -> (String, String) {
        let text = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        (text(self.from), text(self.until))
    }
    /// True when no hour is quiet.
    pub const fn is_never(self) -> bool {
        self.from == self.until
    }

    /// When the quiet that reigns at this moment ends; `None` when it is not quiet. Right over changes of the clock: the answer is
    /// later than `at`, and not quiet itself.
    pub fn quiet_until(self, at: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let here = at.to_jiff().to_zoned(zone.clone());
        if !self.holds(&here) {
            return None;
        }
        let wall =
            |days: i64| here.date().checked_add(days.days()).ok().map(|day| day.at((self.until / 60) as i8, (self.until % 60) as i8, 0, 0));
        let ends = (0..3).filter_map(wall).flat_map(|wall| {
            let ambiguous = || zone.to_ambiguous_zoned(wall);
            [ambiguous().earlier(), ambiguous().later()]
        });
        let awake = |end: &Zoned| end.timestamp() > here.timestamp() && !self.holds(end);
        let found = ends.filter_map(Result::ok).filter(awake).min_by_key(Zoned::timestamp);
        Some(found.map_or_else(|| at.plus(std::time::Duration::from_secs(24 * 3600)), |end| end.timestamp().into()))
    }

    fn holds(self, moment: &Zoned) -> bool {
        let minute = moment.hour() as u16 * 60 + moment.minute() as u16;
        if self.from <= self.until { (self.from..self.until).contains(&minute) } else { minute >= self.from || minute < self.until }
    }
}

fn minutes(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.get(..2)?.parse().ok()?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::from_rfc3339(text).expect("a moment")
    }
    fn zone(name: &str) -> TimeZone {
        TimeZone::get(name).expect("a zone")
    }

    #[test]
    fn the_night_ends_in_the_morning_of_the_place() {
        let (night, madrid, mexico) = (QuietHours::default(), zone("Europe/Madrid"), zone("America/Mexico_City"));
        assert_eq!(night.quiet_until(at("2026-06-01T10:00:00Z"), &madrid), None);
        assert_eq!(night.quiet_until(at("2026-06-01T20:00:00Z"), &madrid), Some(at("2026-06-02T06:00:00Z")), "22:00 is quiet");
        assert_eq!(night.quiet_until(at("2026-06-01T19:59:59Z"), &madrid), None);
        assert_eq!(night.quiet_until(at("2026-06-02T05:59:59Z"), &madrid), Some(at("2026-06-02T06:00:00Z")));
        assert_eq!(night.quiet_until(at("2026-06-02T06:00:00Z"), &madrid), None, "08:00 is not");
        assert_eq!(night.quiet_until(at("2026-06-01T10:00:00Z"), &mexico), Some(at("2026-06-01T14:00:00Z")));
        assert_eq!(QuietHours::NEVER.quiet_until(at("2026-06-01T23:00:00Z"), &madrid), None);
    }

    #[test]
    fn a_changed_clock_neither_loses_nor_repeats_the_morning() {
        let madrid = zone("Europe/Madrid");
        let short = QuietHours::parse("23:00", "02:30").expect("hours");
        // On 29 March 02:30 does not exist; on 25 October it comes twice, and is quiet again in between.
        assert_eq!(short.quiet_until(at("2026-03-29T00:30:00Z"), &madrid), Some(at("2026-03-29T01:30:00Z")));
        assert_eq!(short.quiet_until(at("2026-10-24T23:00:00Z"), &madrid), Some(at("2026-10-25T00:30:00Z")));
        assert_eq!(short.quiet_until(at("2026-10-25T01:10:00Z"), &madrid), Some(at("2026-10-25T01:30:00Z")));
    }

    #[test]
    fn hours_are_read_and_written() {
        assert_eq!(QuietHours::parse("22:00", "08:00"), Some(QuietHours::default()));
        assert_eq!(QuietHours::default().texts(), ("22:00".into(), "08:00".into()));
        for (from, until) in [("24:00", "08:00"), ("22", "08:00"), ("22:60", "08:00"), ("", ""), ("22:0é", "08:00")] {
            assert_eq!(QuietHours::parse(from, until), None, "{from} {until}");
        }
    }

    proptest! {
        #[test]
        fn the_end_is_later_and_awake(from in 0u16..DAY, until in 0u16..DAY, seconds in 1_760_000_000i64..1_800_000_000, place in 0usize..4) {
            let zone = zone(["Europe/Madrid", "America/Santiago", "Australia/Lord_Howe", "Atlantic/Canary"][place]);
            let hours = QuietHours::new(from, until).expect("hours");
            let now = Timestamp::from_seconds(seconds);
            if let Some(end) = hours.quiet_until(now, &zone) {
                prop_assert!(end > now);
                prop_assert!(end <= now.plus(std::time::Duration::from_secs(50 * 3600)));
                prop_assert_eq!(hours.quiet_until(end, &zone), None);
            }
        }
    }
}
