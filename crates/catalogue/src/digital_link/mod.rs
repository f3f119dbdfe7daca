//! GS1 Digital Links: addresses that say which article, and may say which lot, which piece and more.
//!
//! Source: GS1 Digital Link Standard, URI syntax 1.6: `/{key}/{value}[/{qualifier}/{value}]..[?{attribute}={value}&..]`, after any stem.

mod identifiers;
mod read;
mod write;

use kernel::{Kind, Problem};

/// Any key of GS1 as a link says it; [`DigitalLink::gtin`] is the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DigitalLink {
    /// Identifier, value, and whether nothing has to separate it from the next; the key first.
    elements: Vec<(String, String, bool)>,
}

/// What to take besides the plain form.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Leniency {
    /// `gtin` for `01`, as links of the first version have it.
    pub names: bool,
    /// A GTIN of 8, 12 or 13 digits for its 14.
    pub short_gtins: bool,
    /// Identifiers that nobody has given out yet.
    pub unknown: bool,
}

impl Leniency {
    /// All that can be understood.
    pub const ALL: Self = Leniency { names: true, short_gtins: true, unknown: true };
}

/// Why an address is no digital link.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// Not an address of the web, or with letters that none has.
    #[error("this is not an address of the web")]
    Address,
    /// No key in it.
    #[error("the address names nothing that GS1 identifies")]
    NoKey,
    /// Not given out by GS1.
    #[error("there is no identifier {0}")]
    Unknown(String),
    /// Not where the standard has it, or not with its key.
    #[error("{0} does not belong there")]
    Misplaced(String),
    /// Said twice.
    #[error("{0} is said twice")]
    Repeated(String),
    /// Wrong length or letters.
    #[error("the value of {0} has the wrong length or letters that it cannot have")]
    Shape(String),
    /// A digit was mistyped or misread.
    #[error("the check digit of {identifier} is wrong: it should be {expected}")]
    CheckDigit {
        /// Of which identifier.
        identifier: String,
        /// The digit that would be right.
        expected: u8,
    },
}

impl Problem for LinkError {
    fn kind(&self) -> Kind {
        Kind::Invalid
    }
    fn code(&self) -> &'static str {
        match self {
            LinkError::CheckDigit { .. } => "catalogue.link_check_digit",
            _ => "catalogue.bad_link",
        }
    }
}

impl DigitalLink {
    /// The article, in fourteen digits; `None` when the link is about something else (a place, a parcel).
    pub fn gtin(&self) -> Option<&str> {
        self.elements.first().filter(|(name, ..)| name == "01").map(|(_, value, _)| value.as_str())
    }
    /// What it says for an identifier.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.elements.iter().find(|(known, ..)| known == name).map(|(_, value, _)| value.as_str())
    }
    /// As a barcode carries the same: identifiers and values behind each other, `^` for the separator FNC1.
    pub fn element_string(&self) -> String {
        let mut text = String::from("^");
        for (at, (name, value, is_fixed)) in self.elements.iter().enumerate() {
            text.push_str(name);
            text.push_str(value);
            if !is_fixed && at + 1 < self.elements.len() {
                text.push('^');
            }
        }
        text
    }
}
