//! What groups of words and counted searches are.

use serde::Serialize;

kernel::id! {
    /// A group of words.
    pub struct SynonymId;
}

kernel::db_enum! {
    /// Which words of a group find which.
    pub enum Direction {
        /// Each finds all others.
        Both = "both",
        /// Only the first finds the others: `calzado` finds `botas`, and `botas` does not find all that is `calzado`.
        FromFirst = "from_first",
    }
}

/// Words that mean the same to whoever searches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Synonyms {
    /// Its id.
    pub id: SynonymId,
    /// Two or more, each a word or a few (`pantalón vaquero`), as they were written.
    pub words: Vec<String>,
    /// Which find which.
    pub direction: Direction,
}

/// What customers typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SearchTerm {
    /// Small letters, without accents.
    pub term: String,
    /// How often in this week and the last.
    pub asked: i64,
    /// Products that the last search found.
    pub found: i64,
}
