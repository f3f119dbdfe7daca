//! Words that mean the same, ready to be found among what was typed.

use super::SearchIndex;
use super::schema::words;
use crate::search_words::{Direction, Synonyms};
use kernel::Locale;
use std::collections::HashMap;

/// A word or a few, as stems of both languages.
#[derive(Debug, Clone, PartialEq)]
struct Phrase {
    /// As the query takes them: folded.
    words: Vec<String>,
    stems: [Vec<String>; 2],
}

/// A phrase and the words of each that means the same.
type Meaning = (Phrase, Vec<Vec<String>>);

/// The groups of a brand.
#[derive(Debug, Default)]
pub(super) struct Alike {
    /// Each phrase that leads to others, by the first stem of either language.
    by_start: HashMap<String, Vec<Meaning>>,
}

impl Alike {
    pub(super) fn new(index: &SearchIndex, groups: &[Synonyms]) -> Self {
        let mut by_start: HashMap<String, Vec<Meaning>> = HashMap::new();
        for group in groups {
            let phrases: Vec<_> = group.words.iter().map(|text| phrase(index, text)).filter(|phrase| !phrase.words.is_empty()).collect();
            for (at, from) in phrases.iter().enumerate() {
                if group.direction == Direction::FromFirst && at > 0 {
                    break;
                }
                let others: Vec<_> = phrases.iter().filter(|other| *other != from).map(|other| other.words.clone()).collect();
                for stems in &from.stems {
                    let Some(start) = stems.first() else { continue };
                    let known = by_start.entry(start.clone()).or_default();
                    if !known.iter().any(|(phrase, to)| phrase == from && *to == others) {
                        known.push((from.clone(), others.clone()));
                    }
                }
            }
        }
        Alike { by_start }
    }

    /// How many of the typed words from here on are the longest phrase that means the same as others, and these others.
    pub(super) fn at(&self, typed: &[[String; 2]]) -> Option<(usize, Vec<&[String]>)> {
        let mut longest = 0;
        let mut others: Vec<&[String]> = Vec::new();
        for (phrase, to) in typed.first()?.iter().filter_map(|stem| self.by_start.get(stem)).flatten() {
            let count = phrase.words.len();
            let fits = (0..2).any(|language| {
                phrase.stems[language].len() == count
                    && typed.len() >= count
                    && phrase.stems[language].iter().zip(typed).all(|(stem, typed)| *stem == typed[language])
            });
            if !fits || count < longest {
                continue;
            }
            if count > longest {
                longest = count;
                others.clear();
            }
            for other in to {
                if !others.contains(&other.as_slice()) {
                    others.push(other);
                }
            }
        }
        (longest > 0 && !others.is_empty()).then_some((longest, others))
    }
}

fn phrase(index: &SearchIndex, text: &str) -> Phrase {
    let folded = words(&index.index, "meaning", text);
    let stems = stems(index, &folded);
    Phrase { stems: [0, 1].map(|language| stems.iter().map(|word: &[String; 2]| word[language].clone()).collect()), words: folded }
}

/// The stems of folded words in Spanish and English; a word that a language passes over is its own stem.
pub(super) fn stems(index: &SearchIndex, folded: &[String]) -> Vec<[String; 2]> {
    let stem = |word: &String, locale: Locale| words(&index.index, locale.as_str(), word).pop().unwrap_or_else(|| word.clone());
    folded.iter().map(|word| [stem(word, Locale::Es), stem(word, Locale::En)]).collect()
}
