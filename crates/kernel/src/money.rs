//! Money: whole minor units of one ISO 4217 currency. No floating point anywhere.

use crate::{Bind, Column, FromColumn, Locale, Param};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// An ISO 4217 currency; text is its three letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// The euro.
    pub const EUR: Self = Currency(iso_currency::Currency::EUR);

    /// Three capital letters.
    pub fn code(self) -> &'static str {
        self.0.code()
    }
    /// Digits after the decimal point: 2 for EUR, 0 for JPY.
    pub fn decimals(self) -> u32 {
        u32::from(self.0.exponent().unwrap_or(2))
    }
    fn symbol(self) -> String {
        self.0.symbol().to_string()
    }
}

impl FromStr for Currency {
    type Err = MoneyError;
    fn from_str(text: &str) -> Result<Self, MoneyError> {
        iso_currency::Currency::from_code(text).map(Currency).ok_or_else(|| MoneyError::UnknownCurrency(text.to_owned()))
    }
}
impl std::fmt::Display for Currency {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}
impl Bind for Currency {
    fn bind(&self) -> Param<'_> {
        Param::Text(self.code())
    }
}
impl FromColumn for Currency {
    fn from_column(column: Column<'_>) -> Result<Self, String> {
        column.text()?.parse().map_err(|e: MoneyError| e.to_string())
    }
}

/// Sums that cannot be made, or texts that are no amount.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Amounts of two currencies.
    #[error("{0} and {1} cannot be added")]
    MixedCurrencies(&'static str, &'static str),
    /// Beyond 64 bits.
    #[error("the amount is too large")]
    TooLarge,
    /// No such ISO 4217 code.
    #[error("`{0}` is not a currency code")]
    UnknownCurrency(String),
    /// Not a decimal amount of this currency.
    #[error("`{0}` is not an amount")]
    NotAnAmount(String),
}

/// An amount in minor units (cents for EUR), with its currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Minor units; negative for what is owed or given back.
    #[serde(rename = "amount_minor")]
    pub minor: i64,
    /// ISO 4217.
    pub currency: Currency,
}

impl Money {
    /// `minor` units of `currency`.
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Money { minor, currency }
    }
    /// Euro cents.
    pub const fn eur(minor: i64) -> Self {
        Money::new(minor, Currency::EUR)
    }
    /// Nothing of `currency`.
    pub const fn zero(currency: Currency) -> Self {
        Money::new(0, currency)
    }
    /// True above zero.
    pub const fn is_positive(self) -> bool {
        self.minor > 0
    }
    /// True at zero.
    pub const fn is_zero(self) -> bool {
        self.minor == 0
    }

    /// Sum of two amounts of one currency. Not `std::ops::Add`: it can fail.
    #[allow(clippy::should_implement_trait)]
    pub fn add(self, other: Money) -> Result<Money, MoneyError> {
        self.same(other)?;
        Ok(Money { minor: self.minor.checked_add(other.minor).ok_or(MoneyError::TooLarge)?, ..self })
    }
    /// Difference of two amounts of one currency. Not `std::ops::Sub`: it can fail.
    #[allow(clippy::should_implement_trait)]
    pub fn sub(self, other: Money) -> Result<Money, MoneyError> {
        self.same(other)?;
        Ok(Money { minor: self.minor.checked_sub(other.minor).ok_or(MoneyError::TooLarge)?, ..self })
    }
    /// This amount `count` times.
    pub fn times(self, count: i64) -> Result<Money, MoneyError> {
        Ok(Money { minor: self.minor.checked_mul(count).ok_or(MoneyError::TooLarge)?, ..self })
    }
    /// The same amount with the sign turned.
    pub const fn negated(self) -> Money {
        Money { minor: -self.minor, currency: self.currency }
    }

    /// Sum of many amounts; zero of `currency` when there are none.
    pub fn sum(currency: Currency, amounts: impl IntoIterator<Item = Money>) -> Result<Money, MoneyError> {
        amounts.into_iter().try_fold(Money::zero(currency), Money::add)
    }

    /// Read a decimal such as `19.99` or `19,99`; at most as many decimals as the currency has.
    pub fn parse(text: &str, currency: Currency) -> Result<Money, MoneyError> {
        let bad = || MoneyError::NotAnAmount(text.to_owned());
        let trimmed = text.trim();
        let (negative, digits) = trimmed.strip_prefix('-').map_or((false, trimmed), |rest| (true, rest));
        let (whole, part) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
        let decimals = currency.decimals() as usize;
        let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        let part = part.trim_end_matches('0');
        if whole.is_empty() || part.len() > decimals || !all_digits(whole) || !all_digits(part) {
            return Err(bad());
        }
        let minor: i64 = format!("{whole}{part:0<decimals$}").parse().map_err(|_| MoneyError::TooLarge)?;
        Ok(Money::new(if negative { -minor } else { minor }, currency))
    }

    /// As people write it: `1.234,50 €` in Spanish, `€1,234.50` in English.
    pub fn format(self, locale: Locale) -> String {
        let decimals = self.currency.decimals();
        let scale = 10u64.pow(decimals);
        let magnitude = self.minor.unsigned_abs();
        let (group, point) = match locale {
            Locale::Es => ('.', ','),
            Locale::En => (',', '.'),
        };
        let whole = (magnitude / scale).to_string();
        let mut grouped = String::new();
        // Spanish leaves four-digit numbers ungrouped (Fundéu, RAE Ortografía 2010).
        let grouping = whole.len() > 4 || locale == Locale::En;
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i).is_multiple_of(3) && grouping {
                grouped.push(group);
            }
            grouped.push(digit);
        }
        if decimals > 0 {
            grouped.push(point);
            grouped.push_str(&format!("{:0width$}", magnitude % scale, width = decimals as usize));
        }
        let sign = if self.minor < 0 { "-" } else { "" };
        match locale {
            Locale::Es => format!("{sign}{grouped}\u{a0}{}", self.currency.symbol()),
            Locale::En => format!("{sign}{}{grouped}", self.currency.symbol()),
        }
    }

    /// As machines write it: `1234.50`.
    pub fn decimal(self) -> String {
        let decimals = self.currency.decimals();
        let scale = 10u64.pow(decimals);
        let (sign, magnitude) = (if self.minor < 0 { "-" } else { "" }, self.minor.unsigned_abs());
        if decimals == 0 {
            return format!("{sign}{magnitude}");
        }
        format!("{sign}{}.{:0width$}", magnitude / scale, magnitude % scale, width = decimals as usize)
    }

    fn same(self, other: Money) -> Result<(), MoneyError> {
        if self.currency == other.currency { Ok(()) } else { Err(MoneyError::MixedCurrencies(self.currency.code(), other.currency.code())) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_amounts() {
        assert_eq!(Money::parse("19,9", Currency::EUR), Ok(Money::eur(1990)));
        assert_eq!(Money::parse("-3", Currency::EUR), Ok(Money::eur(-300)));
        assert_eq!(Money::parse("1.00", "JPY".parse().expect("code")).map(|m| m.minor), Ok(1));
        for bad in ["", "1.999", "x", "1.2.3", "99999999999999999999"] {
            assert!(Money::parse(bad, Currency::EUR).is_err(), "{bad}");
        }
        assert_eq!(Money::eur(123_450).format(Locale::Es), "1234,50\u{a0}€");
        assert_eq!(Money::eur(1_234_567).format(Locale::Es), "12.345,67\u{a0}€");
        assert_eq!(Money::eur(-123_450).format(Locale::En), "-€1,234.50");
        assert_eq!(Money::eur(5).decimal(), "0.05");
    }

    #[test]
    fn never_mixes_or_wraps() {
        assert_eq!(Money::eur(1).add(Money::new(1, "USD".parse().expect("code"))), Err(MoneyError::MixedCurrencies("EUR", "USD")));
        assert_eq!(Money::eur(i64::MAX).add(Money::eur(1)), Err(MoneyError::TooLarge));
        assert_eq!(serde_json::to_string(&Money::eur(5)).expect("json"), r#"{"amount_minor":5,"currency":"EUR"}"#);
    }
}
