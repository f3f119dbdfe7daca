//! Moments as people of Spain read them: time zone Europe/Madrid, in Spanish or English.

use jiff::{
    Zoned,
    civil::{Date, DateTime},
    tz::TimeZone,
};
use kernel::{Locale, Timestamp};
use std::sync::LazyLock;

static MADRID: LazyLock<TimeZone> = LazyLock::new(|| TimeZone::get("Europe/Madrid").expect("the time zone data is in the binary"));

const MONTHS_ES: [&str; 12] = ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"];
const MONTHS_EN: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"];
const DAYS_ES: [&str; 7] = ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"];
const DAYS_EN: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

fn local(moment: Timestamp) -> Zoned {
    moment.to_jiff().to_zoned(MADRID.clone())
}

/// `18:04`.
pub fn time(moment: Timestamp) -> String {
    let zoned = local(moment);
    format!("{:02}:{:02}", zoned.hour(), zoned.minute())
}

/// `21 nov` this year, `21 nov 2025` otherwise.
pub fn date(moment: Timestamp, now: Timestamp, locale: Locale) -> String {
    let (zoned, today) = (local(moment), local(now));
    let months = match locale {
        Locale::Es => MONTHS_ES,
        Locale::En => MONTHS_EN,
    };
    let day = format!("{} {}", zoned.day(), months[usize::from(zoned.month().unsigned_abs() - 1)]);
    if zoned.year() == today.year() { day } else { format!("{day} {}", zoned.year()) }
}

/// `12 dic` of a day that is near, `12 dic 2027` of one that is more than half a year off.
pub fn civil(day: Date, now: Timestamp, locale: Locale) -> String {
    let months = match locale {
        Locale::Es => MONTHS_ES,
        Locale::En => MONTHS_EN,
    };
    let words = format!("{} {}", day.day(), months[usize::from(day.month().unsigned_abs() - 1)]);
    let is_near = local(now).date().until(day).is_ok_and(|span| span.get_days().abs() < 183);
    if is_near { words } else { format!("{words} {}", day.year()) }
}

/// `sábado, 21 nov`: the heading of a day.
pub fn day(moment: Timestamp, now: Timestamp, locale: Locale) -> String {
    let days_ago = days_between(moment, now);
    let relative = match (locale, days_ago) {
        (Locale::Es, 0) => Some("Hoy"),
        (Locale::Es, 1) => Some("Ayer"),
        (Locale::Es, -1) => Some("Mañana"),
        (Locale::En, 0) => Some("Today"),
        (Locale::En, 1) => Some("Yesterday"),
        (Locale::En, -1) => Some("Tomorrow"),
        _ => None,
    };
    relative.map_or_else(|| format!("{}, {}", weekday(moment, locale), date(moment, now, locale)), str::to_owned)
}

/// `sábado`.
pub fn weekday(moment: Timestamp, locale: Locale) -> &'static str {
    let index = usize::from(local(moment).weekday().to_monday_zero_offset().unsigned_abs());
    match locale {
        Locale::Es => DAYS_ES[index],
        Locale::En => DAYS_EN[index],
    }
}

/// The shortest that is clear: `18:04` today, `ayer, 18:04`, `21 nov, 18:04`.
pub fn when(moment: Timestamp, now: Timestamp, locale: Locale) -> String {
    let clock = time(moment);
    match (days_between(moment, now), locale) {
        (0, _) => clock,
        (1, Locale::Es) => format!("ayer, {clock}"),
        (1, Locale::En) => format!("yesterday, {clock}"),
        (-1, Locale::Es) => format!("mañana, {clock}"),
        (-1, Locale::En) => format!("tomorrow, {clock}"),
        _ => format!("{}, {clock}", date(moment, now, locale)),
    }
}

/// How long ago or ahead: `ahora`, `hace 5 min`, `en 2 h`, `hace 3 d`.
pub fn ago(moment: Timestamp, now: Timestamp, locale: Locale) -> String {
    let past = moment <= now;
    let span = if past { now.since(moment) } else { moment.since(now) };
    let text = span_text(span.as_secs());
    match (locale, span.as_secs() < 60, past) {
        (Locale::Es, true, _) => "ahora".to_owned(),
        (Locale::En, true, _) => "now".to_owned(),
        (Locale::Es, _, true) => format!("hace {text}"),
        (Locale::Es, _, false) => format!("en {text}"),
        (Locale::En, _, true) => format!("{text} ago"),
        (Locale::En, _, false) => format!("in {text}"),
    }
}

/// A span in its largest unit: `45 s`, `5 min`, `2 h`, `3 d`. The same in both languages.
pub fn span_text(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3600 => format!("{} min", seconds / 60),
        3600..86_400 => format!("{} h", seconds / 3600),
        _ => format!("{} d", seconds / 86_400),
    }
}

/// `2026-06-02T09:00` in a zone, as a field for a moment holds it.
pub(crate) fn local_time(at: Timestamp, zone: &str) -> String {
    at.to_jiff().to_zoned(customers::policy::zone(zone)).strftime("%Y-%m-%dT%H:%M").to_string()
}

/// Read that text.
pub(crate) fn parse_local(text: &str, zone: &str) -> Option<Timestamp> {
    let time: DateTime = text.parse().ok()?;
    Some(time.to_zoned(customers::policy::zone(zone)).ok()?.timestamp().into())
}

/// The machine-readable value for `<time datetime>`.
pub fn iso(moment: Timestamp) -> String {
    moment.to_rfc3339()
}

/// The whole moment with its zone, for a `title`: `21 nov 2026, 18:04 (Europe/Madrid)`.
pub fn full(moment: Timestamp, locale: Locale) -> String {
    let other_year = Timestamp::from_seconds(0);
    format!("{}, {} (Europe/Madrid)", date(moment, other_year, locale), time(moment))
}

/// Whole calendar days from `moment` back to `now` in Madrid; negative for the future.
fn days_between(moment: Timestamp, now: Timestamp) -> i32 {
    let (then, today) = (local(moment).date(), local(now).date());
    today.since(then).map_or(i32::MAX, |span| span.get_days())
}

/// A whole number with the language's thousands mark: `12.480` in Spanish, `12,480` in English; four digits are left together in Spanish.
pub fn number(value: i64, locale: Locale) -> String {
    let digits = value.unsigned_abs().to_string();
    let (mark, from) = match locale {
        Locale::Es => ('.', 5),
        Locale::En => (',', 4),
    };
    let mut text = String::from(if value < 0 { "-" } else { "" });
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && digits.len() >= from && (digits.len() - index).is_multiple_of(3) {
            text.push(mark);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::from_rfc3339(text).expect("a moment")
    }

    #[test]
    fn tells_moments_in_madrid() {
        let now = at("2026-11-21T12:00:00Z");
        assert_eq!(when(at("2026-11-21T09:05:00Z"), now, Locale::Es), "10:05");
        assert_eq!(when(at("2026-11-20T22:30:00Z"), now, Locale::Es), "ayer, 23:30");
        assert_eq!(when(at("2026-11-20T23:30:00Z"), now, Locale::En), "00:30");
        assert_eq!(when(at("2026-07-01T10:00:00Z"), now, Locale::En), "1 Jul, 12:00");
        assert_eq!(day(at("2025-11-21T10:00:00Z"), now, Locale::Es), "viernes, 21 nov 2025");
        assert_eq!(day(at("2026-11-22T10:00:00Z"), now, Locale::Es), "Mañana");
        assert_eq!(ago(at("2026-11-21T11:55:00Z"), now, Locale::Es), "hace 5 min");
        assert_eq!(ago(at("2026-11-23T12:00:00Z"), now, Locale::En), "in 2 d");
        assert_eq!(full(at("2026-11-21T12:00:00Z"), Locale::En), "21 Nov 2026, 13:00 (Europe/Madrid)");
    }

    #[test]
    fn groups_digits() {
        assert_eq!((number(1234, Locale::Es), number(1234, Locale::En)), ("1234".into(), "1,234".into()));
        assert_eq!((number(-1_234_567, Locale::Es), number(999, Locale::En)), ("-1.234.567".into(), "999".into()));
    }
}
