//! From an address to what it identifies.

use super::identifiers::{Identifier, Unfit, could_be, identifier, is_in, named};
use super::{DigitalLink, Leniency, LinkError};

const SCHEMES: [&str; 4] = ["http://", "https://", "HTTP://", "HTTPS://"];
/// A value of an identifier that we do not know.
const UNKNOWN_LENGTH: usize = 90;

impl DigitalLink {
    /// Read a whole address.
    pub fn read(address: &str, leniency: Leniency) -> Result<Self, LinkError> {
        let is_allowed = |letter: u8| letter.is_ascii_graphic() && !b"<>{}\\^`\"|".contains(&letter);
        let rest = SCHEMES.iter().find_map(|scheme| address.strip_prefix(scheme)).filter(|rest| rest.bytes().all(is_allowed));
        let (host, rest) = rest.and_then(|rest| rest.split_once('/')).ok_or(LinkError::Address)?;
        if host.is_empty() || !host.bytes().all(|letter| letter.is_ascii_alphanumeric() || b"-.:[]".contains(&letter)) {
            return Err(LinkError::Address);
        }
        let rest = rest.split('#').next().unwrap_or_default();
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        DigitalLink::read_path(path, query, leniency)
    }

    /// Read what stands behind the host: path and query, as sent.
    pub fn read_path(path: &str, query: &str, leniency: Leniency) -> Result<Self, LinkError> {
        let steps: Vec<&str> = path.strip_prefix('/').unwrap_or(path).split('/').collect();
        let name = |step: &'_ str| -> String {
            let known = if leniency.names { named(step) } else { None };
            known.unwrap_or(step).to_owned()
        };
        // The last key counts: what stands before it is the stem.
        let ends = (0..steps.len().saturating_sub(1)).rev().step_by(2);
        let begins = ends.into_iter().find(|at| identifier(&name(steps[*at])).is_some_and(|known| known.qualifiers.is_some()));
        let (key, after) = match begins.map(|at| steps[at..].split_at(2)) {
            Some(found) => found,
            None => return Err(LinkError::NoKey),
        };
        let key_name = name(key[0]);
        let known = identifier(&key_name).ok_or(LinkError::NoKey)?;
        let mut link = DigitalLink { elements: vec![element(known, &decoded(key[1], false)?, leniency)?] };
        let lists = known.qualifiers.as_deref().unwrap_or_default();
        let mut said: Vec<String> = Vec::new();
        for pair in after.chunks(2) {
            let name = name(pair[0]);
            let known = identifier(&name).ok_or_else(|| LinkError::Unknown(name.clone()))?;
            said.push(name.clone());
            if !lists.iter().any(|list| is_in_order(&said, list)) {
                return Err(LinkError::Misplaced(name));
            }
            link.elements.push(element(known, &decoded(pair.get(1).copied().unwrap_or_default(), false)?, leniency)?);
        }
        link.add_attributes(query, lists, &said, leniency)?;
        Ok(link)
    }

    /// What stands after the `?`; names that are no numbers are somebody else's.
    fn add_attributes(&mut self, query: &str, lists: &[Vec<String>], said: &[String], leniency: Leniency) -> Result<(), LinkError> {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        for (name, value) in pairs.filter(|(name, _)| !name.is_empty() && name.bytes().all(|letter| letter.is_ascii_digit())) {
            let value = decoded(value, true)?;
            if self.value(name).is_some() {
                return Err(LinkError::Repeated(name.to_owned()));
            }
            let Some(known) = identifier(name) else {
                let fits = (1..=UNKNOWN_LENGTH).contains(&value.len()) && value.bytes().all(|letter| is_in('X', letter));
                if !leniency.unknown || !could_be(name) || !fits {
                    return Err(LinkError::Unknown(name.to_owned()));
                }
                self.elements.push((name.to_owned(), value, false));
                continue;
            };
            // A qualifier of the key belongs into the path as long as it could stand there.
            let is_of_path = lists.iter().any(|list| list.iter().any(|of| of == name) && is_in_order(said, list));
            if !known.is_attribute || is_of_path {
                return Err(LinkError::Misplaced(name.to_owned()));
            }
            self.elements.push(element(known, &value, leniency)?);
        }
        Ok(())
    }
}

/// Identifier and value, once the value is right.
pub(super) fn element(known: &Identifier, value: &str, leniency: Leniency) -> Result<(String, String, bool), LinkError> {
    let is_short = known.name == "01" && matches!(value.len(), 8 | 12 | 13) && leniency.short_gtins;
    let value = if is_short { format!("{value:0>14}") } else { value.to_owned() };
    match known.check(&value) {
        Ok(()) => Ok((known.name.clone(), value, known.is_fixed)),
        Err(Unfit::Shape) => Err(LinkError::Shape(known.name.clone())),
        Err(Unfit::CheckDigit(expected)) => Err(LinkError::CheckDigit { identifier: known.name.clone(), expected }),
    }
}

/// Whether these stand in a list in its order, with or without gaps.
fn is_in_order(said: &[String], list: &[String]) -> bool {
    let mut rest = list.iter();
    said.iter().all(|name| rest.any(|known| known == name))
}

/// Percent-encoding undone; in a query `+` is a space.
fn decoded(text: &str, is_query: bool) -> Result<String, LinkError> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut letters = text.bytes();
    while let Some(letter) = letters.next() {
        bytes.push(match letter {
            b'%' => {
                let mut digit = || letters.next().and_then(|letter| char::from(letter).to_digit(16));
                let (high, low) = (digit().ok_or(LinkError::Address)?, digit().ok_or(LinkError::Address)?);
                u8::try_from(high * 16 + low).map_err(|_| LinkError::Address)?
            }
            b'+' if is_query => b' ',
            letter => letter,
        });
    }
    String::from_utf8(bytes).map_err(|_| LinkError::Address)
}
