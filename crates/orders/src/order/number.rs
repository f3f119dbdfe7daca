//! The number people say.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// `H-000123`: unique within the brand, growing, not without gaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrderNumber(pub(crate) i64);

impl fmt::Display for OrderNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "H-{:06}", self.0)
    }
}

/// As people type it: `H-000123`, `h000123`, `#H-123`, `123`.
impl FromStr for OrderNumber {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let typed = text.trim().trim_start_matches('#');
        let after_letter = typed.strip_prefix(['H', 'h']);
        let digits = after_letter.map_or(typed, |rest| rest.strip_prefix(['-', ' ']).unwrap_or(rest));
        let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        match digits.parse() {
            Ok(serial) if plain => Ok(OrderNumber(serial)),
            _ => Err(format!("`{text}` is not an order number")),
        }
    }
}
impl Serialize for OrderNumber {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for OrderNumber {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::OrderNumber;

    #[test]
    fn is_read_as_people_type_it() {
        for typed in ["H-000123", "h-123", "H123", "#H-000123", " 123 "] {
            assert_eq!(typed.parse(), Ok(OrderNumber(123)), "{typed}");
        }
        assert_eq!(OrderNumber(1_234_567).to_string(), "H-1234567");
        for bad in ["", "H-", "KX74MB", "HH-12", "-5", "+34600111222", "9999999999999999999"] {
            assert!(bad.parse::<OrderNumber>().is_err(), "{bad}");
        }
    }
}
