//! Bounded lists: a page, and where the next one begins.

use kernel::{Denied, Fault, Kind, Problem, Timestamp};
use std::str::FromStr;

/// No list answers more than this at once.
pub(crate) const MAX_PAGE: usize = 200;

/// Where a page ended: pass it on to get the next.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    /// Sort key of the last item.
    pub at: Timestamp,
    /// Its id, for items of one moment.
    pub id: String,
}

impl Cursor {
    pub(crate) fn new(at: Timestamp, id: impl std::fmt::Display) -> Self {
        Cursor { at, id: id.to_string() }
    }
    /// After everything: a newest-first list starts here.
    pub(crate) fn latest() -> Self {
        Cursor { at: Timestamp::from_micros(i64::MAX), id: "~".into() }
    }
    /// Before everything: an oldest-first list starts here.
    pub(crate) fn earliest() -> Self {
        Cursor { at: Timestamp::from_micros(i64::MIN), id: String::new() }
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.at.as_micros(), self.id)
    }
}
impl FromStr for Cursor {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let parse = || {
            let (at, id) = text.rsplit_once('-')?;
            Some(Cursor { at: Timestamp::from_micros(at.parse().ok()?), id: id.to_owned() })
        };
        parse().ok_or_else(|| format!("`{text}` is not a place in a list"))
    }
}

/// Some items of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// In the order of the list.
    pub items: Vec<T>,
    /// Where to go on; `None` at the end.
    pub next: Option<Cursor>,
}

/// One more than asked for tells whether there is a next page.
pub(crate) fn fetch_count(limit: usize) -> i64 {
    limit.clamp(1, MAX_PAGE) as i64 + 1
}

impl<T> Page<T> {
    /// From up to `limit + 1` items.
    pub(crate) fn cut(mut items: Vec<T>, limit: usize, key: impl Fn(&T) -> Cursor) -> Self {
        let limit = limit.clamp(1, MAX_PAGE);
        let next = (items.len() > limit).then(|| key(&items[limit - 1]));
        items.truncate(limit);
        Page { items, next }
    }
}

/// Why a list cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The actor may not see it.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Not our caller's doing.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for ReadError {
    fn kind(&self) -> Kind {
        match self {
            ReadError::Denied(denied) => denied.kind(),
            ReadError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            ReadError::Denied(denied) => denied.code(),
            ReadError::Fault(fault) => fault.code(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_knows_whether_more_follows() {
        let key = |n: &i64| Cursor::new(Timestamp::from_micros(*n), "A");
        let page = Page::cut(vec![3, 2, 1], 2, key);
        assert_eq!((page.items, page.next.map(|c| c.to_string())), (vec![3, 2], Some("2-A".into())));
        assert_eq!(Page::cut(vec![3, 2], 2, key).next, None);
        assert_eq!("-5-X".parse(), Ok(Cursor::new(Timestamp::from_micros(-5), "X")));
        assert!("x".parse::<Cursor>().is_err());
    }
}
