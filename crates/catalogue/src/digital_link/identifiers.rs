//! What each application identifier may hold and where it may stand.

use crate::barcode::check_digit;
use std::sync::LazyLock;

/// One line of the table.
pub(super) struct Identifier {
    /// `01`, `3103`.
    pub(super) name: String,
    /// Its length is fixed, so nothing has to separate it from the next.
    pub(super) is_fixed: bool,
    /// It may stand after the `?`.
    pub(super) is_attribute: bool,
    /// The qualifiers that may follow it in the path, in their order, when it is a key; one of several such lists.
    pub(super) qualifiers: Option<Vec<Vec<String>>>,
    parts: Vec<Part>,
}

#[derive(Clone, Copy)]
struct Part {
    set: char,
    most: usize,
    is_open: bool,
    is_optional: bool,
    has_check_digit: bool,
}

/// Why a value does not fit.
pub(super) enum Unfit {
    Shape,
    CheckDigit(u8),
}

static ALL: LazyLock<Vec<Identifier>> = LazyLock::new(|| {
    let lines = include_str!("identifiers.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(identifiers).collect()
});

/// The identifier of this name.
pub(super) fn identifier(name: &str) -> Option<&'static Identifier> {
    ALL.iter().find(|known| known.name == name)
}

/// True for a name that could be given out one day: no known one begins it, and it begins none.
pub(super) fn could_be(name: &str) -> bool {
    let is_new = |known: &Identifier| !known.name.starts_with(name) && !name.starts_with(&known.name);
    (2..=4).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_digit()) && ALL.iter().all(is_new)
}

/// The names in letters that links of the standard's first version have.
pub(super) fn named(word: &str) -> Option<&'static str> {
    const NAMES: [(&str, &str); 18] = [
        ("sscc", "00"),
        ("gtin", "01"),
        ("lot", "10"),
        ("ser", "21"),
        ("cpv", "22"),
        ("gdti", "253"),
        ("gcn", "255"),
        ("ginc", "401"),
        ("gsin", "402"),
        ("gln", "414"),
        ("party", "417"),
        ("grai", "8003"),
        ("giai", "8004"),
        ("itip", "8006"),
        ("cpid", "8010"),
        ("gmn", "8013"),
        ("gsrnp", "8017"),
        ("gsrn", "8018"),
    ];
    NAMES.iter().find(|(name, _)| *name == word).map(|(_, identifier)| *identifier)
}

/// The identifiers of one line: one, or a range of them.
fn identifiers(line: &str) -> Vec<Identifier> {
    let mut words = line.split_whitespace();
    let (names, flags, key) = (words.next().unwrap_or_default(), words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let parts: Vec<_> = words.filter_map(part).collect();
    let (first, last) = names.split_once('-').unwrap_or((names, names));
    let range = first.parse::<u32>().unwrap_or(1)..=last.parse::<u32>().unwrap_or_default();
    let list = |text: &str| text.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect();
    let qualifiers = key.strip_prefix("key").map(|rest| rest.trim_start_matches(':').split('|').map(list).collect::<Vec<_>>());
    let one = |number: u32| Identifier {
        name: format!("{number:0width$}", width = first.len()),
        is_fixed: flags.contains('f'),
        is_attribute: flags.contains('a'),
        qualifiers: qualifiers.clone(),
        parts: parts.clone(),
    };
    range.map(one).collect()
}

/// `?X..17`, `N14c`.
fn part(word: &str) -> Option<Part> {
    let (is_optional, word) = (word.starts_with('?'), word.trim_start_matches('?'));
    let (has_check_digit, word) = (word.ends_with('c'), word.trim_end_matches('c'));
    let set = word.chars().next()?;
    let most = word[1..].trim_start_matches('.').parse().ok()?;
    Some(Part { set, most, is_open: word.contains(".."), is_optional, has_check_digit })
}

impl Identifier {
    /// Whether a value has the right length and characters, and right check digits. What dates and countries within it say is not looked at.
    pub(super) fn check(&self, value: &str) -> Result<(), Unfit> {
        let mut rest = value.as_bytes();
        for part in &self.parts {
            if part.is_optional && rest.is_empty() {
                break;
            }
            let length = if part.is_open { rest.len().min(part.most) } else { part.most };
            if length == 0 || rest.len() < length {
                return Err(Unfit::Shape);
            }
            let (taken, after) = rest.split_at(length);
            part.check(taken)?;
            rest = after;
        }
        if rest.is_empty() { Ok(()) } else { Err(Unfit::Shape) }
    }
}

impl Part {
    fn check(self, taken: &[u8]) -> Result<(), Unfit> {
        if !taken.iter().all(|letter| is_in(self.set, *letter)) {
            return Err(Unfit::Shape);
        }
        let digits: Vec<u8> = taken.iter().map(|letter| letter.wrapping_sub(b'0')).collect();
        match digits.split_last() {
            Some((given, rest)) if self.has_check_digit => {
                let expected = check_digit(rest);
                if *given == expected { Ok(()) } else { Err(Unfit::CheckDigit(expected)) }
            }
            _ => Ok(()),
        }
    }
}

/// Whether a letter is in one of the character sets.
pub(super) fn is_in(set: char, letter: u8) -> bool {
    match set {
        'N' => letter.is_ascii_digit(),
        'Y' => letter.is_ascii_uppercase() || letter.is_ascii_digit() || b"#-/".contains(&letter),
        'Z' => letter.is_ascii_alphanumeric() || b"-_=".contains(&letter),
        _ => letter.is_ascii_alphanumeric() || b"!\"%&'()*+,-./:;<=>?_".contains(&letter),
    }
}
