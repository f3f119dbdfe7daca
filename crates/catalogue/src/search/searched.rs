//! Counting what is searched for, in memory until somebody writes it down.

use super::SearchIndex;
use crate::{fold, search_words::MAX_COUNTED};
use std::collections::HashMap;
use std::sync::PoisonError;

/// Letters of a text that is counted; longer ones are hardly asked twice.
const MAX_LETTERS: usize = 60;
/// Different texts in memory; what is new beyond is not counted until the next save.
const MOST: usize = 10_000;

/// One text, and how often it was searched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Searched {
    /// Folded.
    pub term: String,
    /// How often.
    pub asked: i64,
    /// What the last search found.
    pub found: i64,
}

impl SearchIndex {
    /// Somebody asked for `text` and was shown `found` products. What looks like an address, a telephone or a card number is not counted.
    pub fn note_searched(&self, text: &str, found: usize) {
        let term = fold(text).split_whitespace().collect::<Vec<_>>().join(" ");
        let digits = term.chars().filter(char::is_ascii_digit).count();
        if term.chars().count() < 2 || term.chars().count() > MAX_LETTERS || term.contains('@') || digits > 5 {
            return;
        }
        let mut searched = self.searched.lock().unwrap_or_else(PoisonError::into_inner);
        if searched.len() < MOST || searched.contains_key(&term) {
            let (asked, last) = searched.entry(term).or_default();
            *asked += 1;
            *last = found as i64;
        }
    }

    /// What was asked since the last call, most frequent first, for [`save_searches`](crate::search_words::save_searches).
    pub fn take_searched(&self) -> Vec<Searched> {
        let taken: HashMap<_, _> = std::mem::take(&mut *self.searched.lock().unwrap_or_else(PoisonError::into_inner));
        let mut taken: Vec<_> = taken.into_iter().map(|(term, (asked, found))| Searched { term, asked, found }).collect();
        taken.sort_by(|a, b| b.asked.cmp(&a.asked).then_with(|| a.term.cmp(&b.term)));
        taken.truncate(MAX_COUNTED);
        taken
    }
}
