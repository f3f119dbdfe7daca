//! Tax ids of businesses: the Spanish NIF by its control letter or digit, EU VAT numbers by their country's shape, and by their check
//! digit where the rule is short and public (ES, PT, IT, DE, FR).
//!
//! Spain: Orden EHA/451/2008 (legal persons), Real Decreto 1065/2007 art. 19 (natural persons). The others: VIES, "VAT identification
//! number structure", read 2026-11.

use kernel::{Bind, Column, FromColumn, Param};
use std::fmt;

/// A tax id in normal form: country, then what it writes, without spaces (`ESB12345674`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaxId(String);

/// The text is not a tax id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a valid NIF or VAT number")]
pub struct InvalidTaxId(pub String);

/// EU members with how long their number is (without the country); Greece writes EL, Northern Ireland XI.
const MEMBERS: &[(&str, usize, usize)] = &[
    ("AT", 9, 9),
    ("BE", 10, 10),
    ("BG", 9, 10),
    ("CY", 9, 9),
    ("CZ", 8, 10),
    ("DE", 9, 9),
    ("DK", 8, 8),
    ("EE", 9, 9),
    ("EL", 9, 9),
    ("ES", 9, 9),
    ("FI", 8, 8),
    ("FR", 11, 11),
    ("GB", 9, 12),
    ("HR", 11, 11),
    ("HU", 8, 8),
    ("IE", 8, 9),
    ("IT", 11, 11),
    ("LT", 9, 12),
    ("LU", 8, 8),
    ("LV", 11, 11),
    ("MT", 8, 8),
    ("NL", 12, 12),
    ("PL", 10, 10),
    ("PT", 9, 9),
    ("RO", 2, 10),
    ("SE", 12, 12),
    ("SI", 8, 8),
    ("SK", 10, 10),
    ("XI", 9, 12),
];

impl TaxId {
    /// From what somebody wrote; without a country it is Spanish.
    pub fn new(text: &str) -> Result<Self, InvalidTaxId> {
        let refused = || InvalidTaxId(text.trim().chars().take(40).collect());
        let tidy: String = text.chars().filter(|c| !c.is_whitespace() && !"-./".contains(*c)).collect::<String>().to_ascii_uppercase();
        if tidy.len() > 16 || !tidy.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Err(refused());
        }
        let member = tidy.get(..2).and_then(|country| MEMBERS.iter().find(|(code, ..)| *code == country));
        let (country, least, most, rest) = match member {
            Some((code, least, most)) => (*code, *least, *most, &tidy[2..]),
            None => ("ES", 9, 9, tidy.as_str()),
        };
        let fits = (least..=most).contains(&rest.len()) && rest.bytes().any(|b| b.is_ascii_digit());
        let checks = match country {
            "ES" => spanish(rest),
            "PT" => portuguese(rest),
            "IT" => luhn(rest),
            "DE" => german(rest),
            "FR" => french(rest),
            _ => true,
        };
        if fits && checks { Ok(TaxId(format!("{country}{rest}"))) } else { Err(refused()) }
    }

    /// In normal form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// Two letters.
    pub fn country(&self) -> &str {
        &self.0[..2]
    }
}

/// As people write it: a Spanish one without its country.
impl fmt::Display for TaxId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0.strip_prefix("ES").unwrap_or(&self.0))
    }
}
impl serde::Serialize for TaxId {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.0)
    }
}
impl Bind for TaxId {
    fn bind(&self) -> Param<'_> {
        Param::Text(&self.0)
    }
}
impl FromColumn for TaxId {
    fn from_column(column: Column<'_>) -> Result<Self, String> {
        Ok(TaxId(column.text()?.to_owned()))
    }
}

fn digits(text: &str) -> Option<Vec<u32>> {
    text.chars().map(|c| c.to_digit(10)).collect()
}

/// DNI and NIE by the letter of their number modulo 23; companies by the control of their seven digits.
fn spanish(text: &str) -> bool {
    const LETTERS: &[u8] = b"TRWAGMYFPDXBNJZSQVHLCKE";
    let (Some(first), Some(middle), Some(last)) = (text.chars().next(), text.get(1..8), text.chars().nth(8)) else { return false };
    let person = |number: String| number.parse::<usize>().is_ok_and(|n| char::from(LETTERS[n % 23]) == last);
    match first {
        '0'..='9' => digits(middle).is_some() && person(format!("{first}{middle}")),
        'X' | 'Y' | 'Z' => digits(middle).is_some() && person(format!("{}{middle}", first as u32 - 'X' as u32)),
        'K' | 'L' | 'M' => digits(middle).is_some() && person(middle.to_owned()),
        _ => digits(middle).is_some_and(|seven| legal_person(first, &seven, last)),
    }
}

fn legal_person(first: char, seven: &[u32], last: char) -> bool {
    let doubled = |d: u32| (2 * d) / 10 + (2 * d) % 10;
    let sum: u32 = seven.iter().enumerate().map(|(i, d)| if i % 2 == 0 { doubled(*d) } else { *d }).sum();
    let control = (10 - sum % 10) % 10;
    let letter = char::from(b"JABCDEFGHI"[control as usize]);
    let by_digit = last.to_digit(10) == Some(control);
    match first {
        'A' | 'B' | 'E' | 'H' => by_digit,
        'N' | 'P' | 'Q' | 'R' | 'S' | 'W' => last == letter,
        'C' | 'D' | 'F' | 'G' | 'J' | 'U' | 'V' => by_digit || last == letter,
        _ => false,
    }
}

fn portuguese(text: &str) -> bool {
    digits(text).filter(|d| d.len() == 9).is_some_and(|d| {
        let sum: u32 = d[..8].iter().enumerate().map(|(i, digit)| digit * (9 - i as u32)).sum();
        let control = 11 - sum % 11;
        d[8] == if control > 9 { 0 } else { control }
    })
}

fn luhn(text: &str) -> bool {
    digits(text).is_some_and(|d| {
        let doubled = |n: u32| (2 * n) / 10 + (2 * n) % 10;
        d.iter().rev().enumerate().map(|(i, n)| if i % 2 == 1 { doubled(*n) } else { *n }).sum::<u32>() % 10 == 0
    })
}

/// ISO/IEC 7064, MOD 11,10.
fn german(text: &str) -> bool {
    digits(text).filter(|d| d.len() == 9 && d[0] != 0).is_some_and(|d| {
        let product = d[..8].iter().fold(10, |product, digit| {
            let sum = (digit + product) % 10;
            (2 * if sum == 0 { 10 } else { sum }) % 11
        });
        d[8] == (11 - product) % 10
    })
}

/// Key of two digits over the SIREN; keys with letters are taken as they are.
fn french(text: &str) -> bool {
    let (Some(key), Some(siren)) = (text.get(..2), text.get(2..)) else { return false };
    if digits(siren).is_none() || siren.len() != 9 || !luhn(siren) {
        return false;
    }
    match (key.parse::<u64>(), siren.parse::<u64>()) {
        (Ok(key), Ok(siren)) => key == (12 + 3 * (siren % 97)) % 97,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_anyhow_it_is_one_number() {
        for text in ["B58378431", "b-58378431", "ES B 58378431", "ESB58378431"] {
            assert_eq!(TaxId::new(text).map(|t| t.as_str().to_owned()), Ok("ESB58378431".to_owned()), "{text}");
        }
        assert_eq!(TaxId::new("ESB58378431").expect("valid").to_string(), "B58378431");
        assert_eq!(TaxId::new("PT 501 964 843").expect("valid").to_string(), "PT501964843");
    }

    #[test]
    fn real_numbers_pass() {
        for text in [
            "12345678Z",
            "X1234567L",
            "A58818501",
            "Q2826000H",
            "PT501964843",
            "IT00743110157",
            "DE136695976",
            "FR40303265045",
            "NL004495445B01",
        ] {
            assert!(TaxId::new(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn a_slip_of_one_digit_is_seen() {
        for text in
            ["", "B58378432", "12345678A", "X1234567M", "PT501964844", "IT00743110158", "DE136695977", "FR41303265045", "ES", "ÑÑ", "1"]
        {
            assert!(TaxId::new(text).is_err(), "{text}");
        }
    }
}
