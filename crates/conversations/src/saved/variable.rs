//! Gaps in saved words: `{first_name}` is filled when the reply is taken, and what cannot be filled is never sent.

use std::collections::BTreeMap;

kernel::db_enum! {
    /// What a saved reply may leave open.
    pub enum Variable {
        /// The customer's first name.
        FirstName = "first_name",
        /// The customer's whole name.
        Name = "name",
        /// Number of their latest order.
        Order = "order",
        /// The shop of that order, else their usual one.
        Shop = "shop",
        /// Code with which they collect that order.
        CollectCode = "collect_code",
        /// First name of whoever answers.
        Agent = "agent",
        /// The brand's name.
        Brand = "brand",
    }
}

/// A text in pieces: words, and what stands between braces.
enum Piece<'a> {
    Words(&'a str),
    Gap(&'a str),
}

/// Braces hold a name of letters, digits and `_`; any other brace is a brace.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let (mut found, mut rest) = (Vec::new(), text);
    while let Some(open) = rest.find('{') {
        let named = rest[open + 1..].find('}').map(|end| &rest[open + 1..open + 1 + end]);
        match named.filter(|name| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_')) {
            Some(name) => {
                found.extend([Piece::Words(&rest[..open]), Piece::Gap(name)]);
                rest = &rest[open + name.len() + 2..];
            }
            None => {
                found.push(Piece::Words(&rest[..=open]));
                rest = &rest[open + 1..];
            }
        }
    }
    found.push(Piece::Words(rest));
    found
}

/// The first name between braces that we know nothing of.
pub(super) fn unknown(text: &str) -> Option<String> {
    let name = |piece| if let Piece::Gap(name) = piece { Some(name.to_owned()) } else { None };
    pieces(text).into_iter().filter_map(name).find(|name| name.parse::<Variable>().is_err())
}

/// The first gap that is still open: words with one are not sent.
pub fn gap(text: &str) -> Option<Variable> {
    pieces(text).into_iter().find_map(|piece| if let Piece::Gap(name) = piece { name.parse().ok() } else { None })
}

/// The words with their gaps filled. A gap without a value stays, for whoever writes to fill.
pub fn fill(text: &str, values: &BTreeMap<Variable, String>) -> String {
    let mut filled = String::with_capacity(text.len());
    for piece in pieces(text) {
        match piece {
            Piece::Words(words) => filled.push_str(words),
            Piece::Gap(name) => match name.parse().ok().and_then(|variable: Variable| values.get(&variable)).filter(|v| !v.is_empty()) {
                Some(value) => filled.push_str(value),
                None => filled.extend(["{", name, "}"]),
            },
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled_and_what_has_no_value_stays_open() {
        let values = BTreeMap::from([(Variable::FirstName, "Ana".to_owned()), (Variable::Order, String::new())]);
        let text = "Hola {first_name}: {order} {no} {{brand}} {";
        assert_eq!(fill(text, &values), "Hola Ana: {order} {no} {{brand}} {");
        assert_eq!(gap(&fill(text, &values)), Some(Variable::Order));
        assert_eq!(unknown(text), Some("no".to_owned()));
        assert_eq!(gap("{ } {a b} {nombre}"), None);
        assert_eq!(unknown("{ } {a b} {}"), None);
    }
}
