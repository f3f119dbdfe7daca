//! Codes that a scanner reads: GTIN-8, -12 (UPC-A), -13 (EAN) and -14, with their check digit.

use kernel::{Bind, Column, FromColumn, Param};
use std::str::FromStr;

/// A GTIN whose check digit is right, as printed.
///
/// Source: GS1 General Specifications, section 7.9 (check digit: weights 3 and 1 from the right, modulo 10).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Barcode(String);

/// Why a text is not a barcode.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BarcodeError {
    /// Letters, or a length that no GTIN has.
    #[error("`{0}` is not a barcode: 8, 12, 13 or 14 digits are expected")]
    Shape(String),
    /// A digit was mistyped or misread.
    #[error("the check digit of `{code}` is wrong: it should end in {expected}")]
    CheckDigit {
        /// As given.
        code: String,
        /// The digit that would be right.
        expected: u8,
    },
}

impl Barcode {
    /// As printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// Fourteen digits: the same for the same article, however it was printed (UPC-A `0123..` and EAN-13 `00123..`).
    pub fn gtin14(&self) -> String {
        format!("{:0>14}", self.0)
    }
    /// False for numbers that a shop gives out itself (GS1 prefixes 02, 04 and 2; 0 and 2 of eight digits): elsewhere they mean something else.
    pub fn is_global(&self) -> bool {
        let gtin = self.gtin14();
        let (number, restricted): (&str, &[&str]) =
            if self.0.len() == 8 { (&gtin[6..], &["0", "2"]) } else { (&gtin[1..], &["02", "04", "2"]) };
        !restricted.iter().any(|prefix| number.starts_with(prefix))
    }
}

/// The check digit of all digits before it.
pub(crate) fn check_digit(rest: &[u8]) -> u8 {
    let sum: u32 = rest.iter().rev().enumerate().map(|(i, d)| u32::from(*d) * if i % 2 == 0 { 3 } else { 1 }).sum();
    ((10 - sum % 10) % 10) as u8
}

impl FromStr for Barcode {
    type Err = BarcodeError;
    fn from_str(text: &str) -> Result<Self, BarcodeError> {
        // A spreadsheet puts ' before digits that it must not read as a number.
        let code: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\'')).collect();
        let digits: Option<Vec<u8>> = code.chars().map(|c| c.to_digit(10).map(|d| d as u8)).collect();
        let digits = digits.filter(|d| matches!(d.len(), 8 | 12 | 13 | 14)).ok_or_else(|| BarcodeError::Shape(text.to_owned()))?;
        let (given, rest) = digits.split_last().ok_or_else(|| BarcodeError::Shape(text.to_owned()))?;
        let expected = check_digit(rest);
        if *given == expected { Ok(Barcode(code)) } else { Err(BarcodeError::CheckDigit { code, expected }) }
    }
}
impl std::fmt::Display for Barcode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
impl serde::Serialize for Barcode {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.0)
    }
}
impl<'de> serde::Deserialize<'de> for Barcode {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}
impl Bind for Barcode {
    fn bind(&self) -> Param<'_> {
        Param::Text(&self.0)
    }
}
impl FromColumn for Barcode {
    fn from_column(column: Column<'_>) -> Result<Self, String> {
        Ok(Barcode(column.text()?.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_right_check_digit_is_taken() {
        for code in ["8400000008037", "036000291452", "73513537", "10614141000415", "'8400001000047"] {
            assert!(code.parse::<Barcode>().is_ok(), "{code}");
        }
        let (upc, ean) = ("036000291452".parse::<Barcode>().expect("UPC"), "0036000291452".parse::<Barcode>().expect("EAN"));
        assert_eq!(upc.gtin14(), ean.gtin14());
    }

    #[test]
    fn numbers_of_a_shop_of_its_own_are_not_global() {
        let is_global = |code: &str| code.parse::<Barcode>().expect("a barcode").is_global();
        assert!(is_global("8400000008037") && is_global("036000291452") && is_global("73513537"));
        assert!(!is_global("2900001000017") && !is_global("02345673"));
    }

    #[test]
    fn a_wrong_one_says_what_it_should_be() {
        let wrong = "8400000008038".parse::<Barcode>().expect_err("one digit off");
        assert_eq!(wrong.to_string(), "the check digit of `8400000008038` is wrong: it should end in 7");
        for shape in ["", "123", "84000000080A7"] {
            assert_eq!(shape.parse::<Barcode>(), Err(BarcodeError::Shape(shape.to_owned())));
        }
    }
}
