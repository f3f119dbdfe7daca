//! What is typed into a field, in the form it is kept.

use crate::recognise::NAME_LENGTH;
use crate::{FieldKind, Identifier, InvalidIdentifier};

const OTHER_LENGTH: usize = 1000;
const POSTCODE_LENGTH: usize = 16;

/// A value that cannot be kept; the sentence says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FieldProblem {
    #[error(transparent)]
    Identifier(#[from] InvalidIdentifier),
    #[error("`{0}` is not a date; write it like 1980-05-31 or 31/05/1980")]
    Date(String),
    #[error("`{0}` is not an age; write a number from 0 to 130")]
    Age(String),
    #[error("{kind} is too long; use at most {most} characters")]
    TooLong { kind: FieldKind, most: usize },
}

/// Spaces put right, dates year first, identifiers in normal form; empty stays empty.
pub(crate) fn read_value(kind: FieldKind, text: &str) -> Result<String, FieldProblem> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return Ok(text);
    }
    let value = match kind {
        FieldKind::Email => Identifier::email(&text)?.value().to_owned(),
        FieldKind::Phone => Identifier::phone(&text, crate::HOME_REGION)?.value().to_owned(),
        FieldKind::BirthDate => date(&text).ok_or_else(|| FieldProblem::Date(text.chars().take(60).collect()))?,
        FieldKind::Age => {
            text.parse::<u8>().ok().filter(|a| *a <= 130).ok_or_else(|| FieldProblem::Age(text.chars().take(60).collect()))?.to_string()
        }
        // Spreadsheets write 28.001.
        FieldKind::Postcode => text.chars().filter(|c| !c.is_whitespace() && *c != '.').collect::<String>().to_uppercase(),
        FieldKind::NationalId => text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_uppercase(),
        _ => text,
    };
    let most = match kind {
        FieldKind::Postcode => POSTCODE_LENGTH,
        FieldKind::Other => OTHER_LENGTH,
        _ => NAME_LENGTH,
    };
    if value.chars().count() > most { Err(FieldProblem::TooLong { kind, most }) } else { Ok(value) }
}

/// `1980`, `1980-05`, `1980-05-31`, `31/05/1980`, `31-5-1980`, `31.5.1980`, `19800531`, with a time of day behind or not.
fn date(text: &str) -> Option<String> {
    let text = text.split([' ', 'T']).next().unwrap_or_default();
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    if parts.iter().any(|p| p.is_empty() || !p.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let number = |part: &str| part.parse::<u32>().ok();
    let (year, month, day) = match parts[..] {
        [whole] if whole.len() == 8 => (number(&whole[..4])?, Some(number(&whole[4..6])?), Some(number(&whole[6..])?)),
        [year] if year.len() == 4 => (number(year)?, None, None),
        [year, month] if year.len() == 4 => (number(year)?, Some(number(month)?), None),
        [year, month, day] if year.len() == 4 => (number(year)?, Some(number(month)?), Some(number(day)?)),
        [day, month, year] if year.len() == 4 => (number(year)?, Some(number(month)?), Some(number(day)?)),
        _ => return None,
    };
    let days = match month {
        Some(4 | 6 | 9 | 11) => 30,
        Some(2) if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        Some(2) => 28,
        _ => 31,
    };
    if !(1800..=2200).contains(&year) || month.is_some_and(|m| !(1..=12).contains(&m)) || day.is_some_and(|d| !(1..=days).contains(&d)) {
        return None;
    }
    Some(match (month, day) {
        (Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
        (Some(month), None) => format!("{year:04}-{month:02}"),
        _ => format!("{year:04}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_every_writing_are_kept_year_first() {
        for (typed, kept) in [
            ("31/05/1980", "1980-05-31"),
            ("1980-5-31", "1980-05-31"),
            ("31.5.1980 00:00:00", "1980-05-31"),
            ("19800531", "1980-05-31"),
            ("1980-05", "1980-05"),
            ("1980", "1980"),
            ("29/02/2000", "2000-02-29"),
        ] {
            assert_eq!(read_value(FieldKind::BirthDate, typed).as_deref(), Ok(kept));
        }
        for wrong in ["31/02/1980", "5/31/80", "yesterday", "1980-13", "29/02/1900"] {
            assert_eq!(read_value(FieldKind::BirthDate, wrong), Err(FieldProblem::Date(wrong.to_owned())));
        }
    }

    #[test]
    fn values_are_kept_in_one_form() {
        let kept = |kind, text| read_value(kind, text).expect("fits");
        assert_eq!(kept(FieldKind::GivenName, "  María \t José "), "María José");
        assert_eq!(kept(FieldKind::Phone, "612 34 56 78"), "+34612345678");
        assert_eq!(kept(FieldKind::Email, "Ana@X.es"), "ana@x.es");
        assert_eq!(kept(FieldKind::NationalId, "12.345.678-z"), "12345678Z");
        assert_eq!(kept(FieldKind::Postcode, "ec1a 1bb"), "EC1A1BB");
        assert_eq!(kept(FieldKind::Email, "  "), "");
        assert_eq!(
            read_value(FieldKind::Street, &"x".repeat(201)).map_err(|e| e.to_string()),
            Err("street is too long; use at most 200 characters".into())
        );
    }
}
