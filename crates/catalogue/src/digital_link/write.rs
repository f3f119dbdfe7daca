//! From what is identified to the address.

use super::identifiers::{could_be, identifier, is_in};
use super::read::element;
use super::{DigitalLink, Leniency, LinkError};

impl DigitalLink {
    /// The address of some elements (identifier and value) under a stem such as `https://example.com`. The first key among them is the
    /// address's; its qualifiers follow in their order, then all others, those of fixed length first. Saying the same twice says it once.
    pub fn write(stem: &str, elements: &[(&str, &str)], leniency: Leniency) -> Result<String, LinkError> {
        let mut rest: Vec<(&str, &str)> = Vec::new();
        for (name, value) in elements {
            match rest.iter().find(|(known, _)| known == name) {
                Some((_, known)) if known == value => {}
                Some(_) => return Err(LinkError::Repeated((*name).to_owned())),
                None => rest.push((name, value)),
            }
            check(name, value, leniency)?;
        }
        let lists = |name: &str| identifier(name).and_then(|known| known.qualifiers.as_ref());
        let at = rest.iter().position(|(name, _)| lists(name).is_some()).ok_or(LinkError::NoKey)?;
        let (key, value) = rest.remove(at);
        let mut address = format!("{}/{key}/{}", stem.trim_end_matches('/'), encoded(value));
        // Of several lists the one that takes the most; of equal ones the first.
        let lists = lists(key).map(Vec::as_slice).unwrap_or_default();
        let count = |list: &Vec<String>| rest.iter().filter(|(name, _)| list.iter().any(|of| of == name)).count();
        let list = lists.iter().rev().max_by_key(|list| count(list)).map(Vec::as_slice).unwrap_or_default();
        for name in list {
            if let Some(at) = rest.iter().position(|(known, _)| known == name) {
                address.push_str(&format!("/{name}/{}", encoded(rest.remove(at).1)));
            }
        }
        if let Some((name, _)) = rest.iter().find(|(name, _)| identifier(name).is_some_and(|known| !known.is_attribute)) {
            return Err(LinkError::Misplaced((*name).to_owned()));
        }
        rest.sort_by_key(|(name, _)| !identifier(name).is_some_and(|known| known.is_fixed));
        let query: Vec<_> = rest.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        Ok(if query.is_empty() { address } else { format!("{address}?{}", query.join("&")) })
    }
}

fn check(name: &str, value: &str, leniency: Leniency) -> Result<(), LinkError> {
    match identifier(name) {
        Some(known) => element(known, value, Leniency::default()).map(drop),
        None if leniency.unknown && could_be(name) && value.bytes().all(|letter| is_in('X', letter)) => Ok(()),
        None => Err(LinkError::Unknown(name.to_owned())),
    }
}

fn encoded(value: &str) -> String {
    let letter = |letter: u8| match letter {
        b'-' | b'.' | b'_' | b'~' => char::from(letter).to_string(),
        _ if letter.is_ascii_alphanumeric() => char::from(letter).to_string(),
        _ => format!("%{letter:02X}"),
    };
    value.bytes().map(letter).collect()
}
