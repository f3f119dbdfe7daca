//! Every distinct value once, so that a record is a few numbers and equal values compare as numbers.

use crate::names;
use crate::text::sound;
use rustc_hash::FxHashMap;

/// A value in the dictionary; 0 is no value.
pub type Symbol = u32;

/// What is worked out once for a value.
#[derive(Debug)]
pub(crate) struct Word {
    pub text: Box<str>,
    /// The words of a value of several; empty for one word.
    pub words: Box<[Symbol]>,
    /// The name that a short form stands for; itself otherwise.
    pub root: Symbol,
    /// How the first word sounds, as a hash.
    pub sound: u64,
    /// The text as a hash, the same in every dictionary.
    pub hash: u64,
}

/// All values seen.
#[derive(Debug)]
pub(crate) struct Dictionary {
    known: FxHashMap<Box<str>, Symbol>,
    words: Vec<Word>,
}

impl Dictionary {
    pub fn new() -> Self {
        let nothing = Word { text: "".into(), words: Box::default(), root: 0, sound: 0, hash: 0 };
        Dictionary { known: FxHashMap::default(), words: vec![nothing] }
    }

    /// The symbol of a folded text; 0 for none.
    pub fn symbol(&mut self, text: &str) -> Symbol {
        if text.is_empty() {
            return 0;
        }
        if let Some(known) = self.known.get(text) {
            return *known;
        }
        let words: Box<[Symbol]> = if text.contains(' ') { text.split(' ').map(|w| self.symbol(w)).collect() } else { Box::default() };
        let first = text.split(' ').next().unwrap_or(text);
        let root = if words.is_empty() { names::root(text) } else { text };
        let root = if root == text { None } else { Some(self.symbol(root)) };
        let sound = hash(&[sound(names::root(first)).as_bytes()]);
        let symbol = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.words.push(Word { text: text.into(), words, root: root.unwrap_or(symbol), sound, hash: hash(&[text.as_bytes()]) });
        self.known.insert(text.into(), symbol);
        symbol
    }

    pub fn word(&self, symbol: Symbol) -> &Word {
        &self.words[symbol as usize]
    }
    pub fn text(&self, symbol: Symbol) -> &str {
        &self.word(symbol).text
    }
    /// The words of a value: itself when it is one.
    pub fn words<'d>(&'d self, symbol: &'d Symbol) -> &'d [Symbol] {
        let words = &self.word(*symbol).words;
        if words.is_empty() { std::slice::from_ref(symbol) } else { words }
    }
}

/// One number for some texts, the same on every machine and for ever (FNV-1a, then mixed), since it is kept in databases; 0 is never a result.
pub(crate) fn hash(parts: &[&[u8]]) -> u64 {
    let mut state = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts {
        for byte in part.iter().chain(&[0xff]) {
            state = (state ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    state ^= state >> 32;
    state.wrapping_mul(0x9fb2_1c65_1e98_df25).max(1)
}
