//! Dates of birth in any usual writing, whole or in part.

/// A date packed into a number: year, month, day; 0 for a part that is not known. Impossible months and days are kept as written.
pub(crate) const fn pack(year: u32, month: u32, day: u32) -> u32 {
    year << 16 | (month & 0xff) << 8 | (day & 0xff)
}
pub(crate) const fn year(date: u32) -> u32 {
    date >> 16
}
pub(crate) const fn month(date: u32) -> u32 {
    date >> 8 & 0xff
}
pub(crate) const fn day(date: u32) -> u32 {
    date & 0xff
}

/// Which part a column writes first when a date has no year in front.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DateOrder {
    /// 31/12/1980, as most of the world writes.
    #[default]
    DayFirst,
    /// 12/31/1980.
    MonthFirst,
}

/// The order that a column's values show: month first only where some value can be read no other way, and more so than day first.
pub fn order<'v>(values: impl Iterator<Item = &'v str>) -> DateOrder {
    let (mut days, mut months) = (0u32, 0u32);
    for value in values {
        let Some((first, second)) = leading(value) else { continue };
        days += u32::from(first > 12 && second <= 12);
        months += u32::from(second > 12 && first <= 12);
    }
    if months > days { DateOrder::MonthFirst } else { DateOrder::DayFirst }
}

/// The two parts before the year.
fn leading(value: &str) -> Option<(u32, u32)> {
    let parts = numbers(value);
    match parts.as_slice() {
        [(2, a), (2, b), (4, _)] | [(1, a), (2, b), (4, _)] | [(2, a), (1, b), (4, _)] => Some((*a, *b)),
        [(8, whole)] if !plausible(whole / 10_000) => Some((whole / 1_000_000, whole / 10_000 % 100)),
        _ => None,
    }
}

const fn plausible(year: u32) -> bool {
    year >= 1300 && year <= 2100
}

/// Runs of digits: how many, and their value.
fn numbers(value: &str) -> Vec<(usize, u32)> {
    value
        .split(|c: char| !c.is_ascii_digit())
        .filter(|run| !run.is_empty() && run.len() <= 8)
        .filter_map(|run| Some((run.len(), run.parse().ok()?)))
        .take(3)
        .collect()
}

/// Read a date; `None` when it shows no year.
pub(crate) fn parse(value: &str, order: DateOrder) -> Option<u32> {
    let two = |a, b| if order == DateOrder::DayFirst { (b, a) } else { (a, b) };
    match *numbers(value).as_slice() {
        [(8, n)] if plausible(n / 10_000) => Some(pack(n / 10_000, n / 100 % 100, n % 100)),
        [(7 | 8, n)] => {
            let (month, day) = two(n / 1_000_000, n / 10_000 % 100);
            Some(pack(n % 10_000, month, day))
        }
        [(4, y), (_, m), (_, d), ..] => Some(pack(y, m, d)),
        [(a_len, a), (b_len, b), (y_len, y), ..] if a_len <= 2 && b_len <= 2 && y_len <= 4 => {
            let y = if y_len == 2 { if y > 25 { 1900 + y } else { 2000 + y } } else { y };
            let (month, day) = two(a, b);
            Some(pack(y, month, day))
        }
        [(4, y), (2, m)] => Some(pack(y, m, 0)),
        [(_, m), (4, y)] => Some(pack(y, m, 0)),
        [(4, y)] => Some(pack(y, 0, 0)),
        _ => None,
    }
}

/// The eight digits.
pub(crate) fn digits(date: u32) -> [u8; 8] {
    let (y, m, d) = (year(date), month(date), day(date));
    [y / 1000 % 10, y / 100 % 10, y / 10 % 10, y % 10, m / 10 % 10, m % 10, d / 10 % 10, d % 10].map(|n| u8::try_from(n).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_writings_are_one_date() {
        let date = Some(pack(1980, 3, 14));
        for text in ["1980-03-14", "19800314", "14/3/1980", "14.03.80", "1980-3-14T00:00"] {
            assert_eq!(parse(text, DateOrder::DayFirst), date, "{text}");
        }
        assert_eq!(parse("03/14/1980", DateOrder::MonthFirst), date);
        assert_eq!(parse("03141980", DateOrder::MonthFirst), date);
        assert_eq!(parse("1980", DateOrder::DayFirst), Some(pack(1980, 0, 0)));
        assert_eq!(parse("soon", DateOrder::DayFirst), None);
    }

    #[test]
    fn a_column_shows_its_order() {
        assert_eq!(order(["01/02/1980", "12/31/1980"].into_iter()), DateOrder::MonthFirst);
        assert_eq!(order(["01/02/1980", "31/12/1980"].into_iter()), DateOrder::DayFirst);
        assert_eq!(order(["05061957", "06151990"].into_iter()), DateOrder::MonthFirst);
    }
}
