//! When a matter comes back: in an hour, tomorrow at nine, on Monday at nine, by the brand's own clock.

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use jiff::{ToSpan, Zoned};
use kernel::Timestamp;

/// The choices, in the order shown.
pub(super) const CHOICES: [&str; 3] = ["hour", "tomorrow", "monday"];

/// The moment a choice means; `None` for one that there is not.
pub(super) fn until(choice: &str, now: Timestamp, zone: &str) -> Option<Timestamp> {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let here = now.to_jiff().to_zoned(zone);
    let then = match choice {
        "hour" => here.checked_add(1.hour()).ok(),
        "tomorrow" => here.tomorrow().ok().and_then(at_nine),
        "monday" => here.nth_weekday(1, Weekday::Monday).ok().and_then(at_nine),
        _ => None,
    };
    then.map(|then| then.timestamp().into())
}

fn at_nine(day: Zoned) -> Option<Zoned> {
    day.with().hour(9).minute(0).second(0).subsec_nanosecond(0).build().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comes_back_at_nine_in_madrid_across_the_change_of_clocks() {
        let at = |text: &str| Timestamp::from_rfc3339(text).expect("a moment");
        // Saturday before clocks go back: 9:00 on Sunday is 08:00 UTC, no longer 07:00.
        let now = at("2026-10-24T10:00:00Z");
        assert_eq!(until("hour", now, "Europe/Madrid"), Some(at("2026-10-24T11:00:00Z")));
        assert_eq!(until("tomorrow", now, "Europe/Madrid"), Some(at("2026-10-25T08:00:00Z")));
        assert_eq!(until("monday", now, "Europe/Madrid"), Some(at("2026-10-26T08:00:00Z")));
        assert_eq!(until("monday", at("2026-10-26T10:00:00Z"), "Europe/Madrid"), Some(at("2026-11-02T08:00:00Z")));
        assert_eq!(until("never", now, "Europe/Madrid"), None);
    }
}
