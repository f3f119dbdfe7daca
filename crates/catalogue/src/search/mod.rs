//! Search: what customers type, with typing errors, in Spanish and English, and what there is to choose from.
//!
//! The index lies beside the database, in memory or in a folder. It is built from the tables and follows the event log by
//! cursor ([`refresh`]), so that it needs no transaction with them; losing it costs a rebuild.

mod alike;
mod document;
mod follow;
mod query;
mod schema;
mod searched;
mod shelves;

pub use follow::{rebuild, refresh};
pub use query::search;
pub use searched::Searched;
pub use shelves::{DELIVERY, Shelves, Touched};

use crate::ProductId;
use alike::Alike;
use kernel::{Fault, Locale, LogKey};
use schema::Fields;
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use tantivy::tokenizer::TokenStream;
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, TantivyError};

kernel::db_enum! {
    /// What results can be narrowed by.
    pub enum Facet {
        /// The kind of product.
        Category = "category",
        /// The option of colour.
        Colour = "colour",
        /// The option of size.
        Size = "size",
        /// The attribute `material`.
        Material = "material",
        /// Where it can be had now: the id of a place, or [`DELIVERY`]. Together with a colour or a size it means a variant that has both and
        /// lies there.
        Place = "place",
    }
}

/// In which order results come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// Best match first; newest first when nothing was typed.
    #[default]
    Relevance,
    /// Newest first.
    Newest,
}

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// As typed; empty for everything on sale. The last word may be unfinished.
    pub text: String,
    /// Whose language weighs more.
    pub locale: Locale,
    /// Facet and key (`Colour`, `azul-marino`): one of the keys of each facet named must fit.
    pub filters: Vec<(Facet, String)>,
    /// In which order.
    pub order: Order,
    /// Whether to count facets; search-as-you-type does without.
    pub with_facets: bool,
    /// Results to pass over; at most 10,000.
    pub offset: usize,
    /// Most results; at most 100.
    pub limit: usize,
}

impl Query {
    /// The first 24 results with facets.
    pub fn new(text: impl Into<String>, locale: Locale) -> Self {
        Query { text: text.into(), locale, filters: Vec::new(), order: Order::Relevance, with_facets: true, offset: 0, limit: 24 }
    }
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize)]
pub struct Found {
    /// In order.
    pub hits: Vec<Hit>,
    /// How many there are in all.
    pub total: usize,
    /// True when nothing fitted exactly, and similar words were taken.
    pub is_approximate: bool,
    /// What the results can be narrowed by; a facet's own filter does not count against its values.
    pub facets: Vec<FacetCounts>,
}

/// One product found.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Hit {
    /// Which.
    pub product: ProductId,
    /// How well it fits; only good for comparing within one search.
    pub score: f32,
}

/// The values of one facet.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct FacetCounts {
    /// Which.
    pub facet: Facet,
    /// Most frequent first; sizes from small to large. At most 50.
    pub values: Vec<FacetValue>,
}

/// One value to narrow by.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct FacetValue {
    /// For [`Query::filters`] and addresses: `azul-marino`.
    pub key: String,
    /// For people: `Azul marino`.
    pub label: String,
    /// Products that have it.
    pub count: u64,
    /// Whether the query asked for it.
    pub is_chosen: bool,
}

/// The index and its place in the log. One for each process; cheap to search from many threads.
pub struct SearchIndex {
    fields: Fields,
    index: Index,
    reader: IndexReader,
    follower: Mutex<Follower>,
    alike: RwLock<Arc<Alike>>,
    shelves: Option<Arc<dyn Shelves>>,
    searched: Mutex<HashMap<String, (i64, i64)>>,
}

struct Follower {
    writer: IndexWriter,
    /// `None` before the first build.
    cursor: Option<LogKey>,
    /// Whether the groups of words have been read.
    knows_words: bool,
}

/// Bytes the writer collects before it makes a segment; the least that tantivy allows.
const WRITER_BYTES: usize = 15_000_000;

impl SearchIndex {
    /// An empty index in memory; [`refresh`] fills it.
    pub fn in_memory() -> Result<Self, Fault> {
        let (schema, fields) = schema::schema();
        Self::start(Index::create_in_ram(schema), fields).map_err(fault)
    }

    /// The index in a folder, where the last one left off; empty if there is none or it is of an older shape.
    pub fn at(folder: &Path) -> Result<Self, Fault> {
        let folder = folder.join(schema::SHAPE);
        std::fs::create_dir_all(&folder).map_err(|e| Fault::outside("making the folder of the search index", e))?;
        let (schema, fields) = schema::schema();
        let open = || {
            let directory = tantivy::directory::MmapDirectory::open(&folder)?;
            Self::start(Index::open_or_create(directory, schema)?, fields)
        };
        open().map_err(fault)
    }

    fn start(index: Index, fields: Fields) -> Result<Self, TantivyError> {
        schema::analysers(&index);
        let cursor = index.load_metas()?.payload.and_then(|payload| serde_json::from_str(&payload).ok());
        let writer = index.writer_with_num_threads(1, WRITER_BYTES)?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(SearchIndex {
            fields,
            index,
            reader,
            follower: Mutex::new(Follower { writer, cursor, knows_words: false }),
            alike: RwLock::default(),
            shelves: None,
            searched: Mutex::default(),
        })
    }

    /// The same, knowing from now on where goods can be had. Say so before the first [`refresh`].
    #[must_use]
    pub fn with_shelves(mut self, shelves: Arc<dyn Shelves>) -> Self {
        self.shelves = Some(shelves);
        self
    }

    /// Products in the index.
    pub fn len(&self) -> u64 {
        self.reader.searcher().num_docs()
    }
    /// True when it holds nothing, as before the first build.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn alike(&self) -> Arc<Alike> {
        self.alike.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
    fn follower(&self) -> MutexGuard<'_, Follower> {
        // A panic while writing leaves uncommitted documents at worst; the next refresh writes them again.
        self.follower.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a text has a word that a search looks for.
pub(crate) fn has_meaning(text: &str) -> bool {
    schema::meaning().token_stream(text).advance()
}

fn fault(error: TantivyError) -> Fault {
    Fault::outside("working with the search index", error)
}
