//! Amounts as people type them.

use kernel::{Currency, Money};

/// `1.234,50`, `1234.5` or `1234`: minor units; `None` when it is no amount.
pub(crate) fn read(text: &str, currency: Currency) -> Option<i64> {
    let digits = currency.decimals() as usize;
    let tidy: String = text.chars().filter(|c| !c.is_whitespace() && *c != '€').collect();
    let (whole, part) = match tidy.rfind([',', '.']) {
        // Three digits after the last mark are thousands.
        Some(at) if tidy.len() - at - 1 <= digits => (&tidy[..at], &tidy[at + 1..]),
        _ => (tidy.as_str(), ""),
    };
    let whole: String = whole.chars().filter(|c| !matches!(c, '.' | ',')).collect();
    let joined = format!("{whole}{part:0<digits$}");
    if tidy.is_empty() || !joined.bytes().all(|b| b.is_ascii_digit()) { None } else { joined.parse().ok() }
}

/// As [`read`] takes it again: `1234,50`, and whole amounts without decimals.
pub(crate) fn written(money: Money) -> String {
    let unit = 10i64.pow(money.currency.decimals());
    let digits = money.currency.decimals() as usize;
    match money.minor % unit {
        0 => (money.minor / unit).to_string(),
        part => format!("{},{part:0digits$}", money.minor / unit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (text, minor) in [("1.234,50", 123_450), ("1234.5", 123_450), ("1,234", 123_400), ("20 €", 2_000), ("0,99", 99)] {
            assert_eq!(read(text, Currency::EUR), Some(minor), "{text}");
        }
        assert_eq!([read("", Currency::EUR), read("abc", Currency::EUR), read("-3", Currency::EUR)], [None, None, None]);
        assert_eq!([written(Money::eur(123_450)), written(Money::eur(2_000)), written(Money::eur(5))], ["1234,50", "20", "0,05"]);
    }
}
