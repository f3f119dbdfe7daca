//! The fields of the index and how their words are cut.

use kernel::Locale;
use tantivy::Index;
use tantivy::schema::{FAST, FacetOptions, Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{
    AsciiFoldingFilter, Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer, StopWordFilter, TextAnalyzer, TokenStream,
};

/// Name of the folder; raised when the fields or the analysis change, so that an old index is left behind.
pub(super) const SHAPE: &str = "products-2";

#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    pub(super) id: Field,
    pub(super) created: Field,
    title: [Field; 2],
    body: [Field; 2],
    /// All words as they are, folded: for unfinished and mistyped ones.
    pub(super) words: Field,
    /// SKUs and barcodes, whole.
    pub(super) codes: Field,
    /// `colour:azul`, for narrowing; and of what lies somewhere `at:place|azul|m`.
    pub(super) filter: Field,
    /// `/colour/azul=Azul`, for counting.
    pub(super) facets: Field,
}

impl Fields {
    pub(super) fn title(&self, locale: Locale) -> Field {
        self.title[usize::from(locale == Locale::En)]
    }
    pub(super) fn body(&self, locale: Locale) -> Field {
        self.body[usize::from(locale == Locale::En)]
    }
}

pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let mut words = |name: &str, analyser: &str| {
        let indexing = TextFieldIndexing::default().set_tokenizer(analyser).set_index_option(IndexRecordOption::WithFreqs);
        builder.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
    };
    let title = [words("title_es", "es"), words("title_en", "en")];
    let body = [words("body_es", "es"), words("body_en", "en")];
    let plain = words("words", "folded");
    let fields = Fields {
        id: builder.add_text_field("id", STRING | STORED),
        created: builder.add_u64_field("created", FAST),
        title,
        body,
        words: plain,
        codes: builder.add_text_field("codes", STRING),
        filter: builder.add_text_field("filter", STRING),
        facets: builder.add_facet_field("facets", FacetOptions::default()),
    };
    (builder.build(), fields)
}

/// Folding comes before stemming, so that `pantalón`, `pantalon` and `pantalones` meet in one stem.
fn stemming(locale: Locale) -> TextAnalyzer {
    let language = match locale {
        Locale::Es => Language::Spanish,
        Locale::En => Language::English,
    };
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(40))
        .filter(LowerCaser)
        .filter(stop_words(locale))
        .filter(AsciiFoldingFilter)
        .filter(Stemmer::new(language))
        .build()
}

fn stop_words(locale: Locale) -> StopWordFilter {
    let language = match locale {
        Locale::Es => Language::Spanish,
        Locale::En => Language::English,
    };
    StopWordFilter::new(language).unwrap_or_else(|| StopWordFilter::remove([]))
}

fn folding() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(40))
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter)
        .build()
}

/// Words that say something, folded.
pub(super) fn meaning() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(40))
        .filter(LowerCaser)
        .filter(stop_words(Locale::Es))
        .filter(stop_words(Locale::En))
        .filter(AsciiFoldingFilter)
        .build()
}

pub(super) fn analysers(index: &Index) {
    index.tokenizers().register("es", stemming(Locale::Es));
    index.tokenizers().register("en", stemming(Locale::En));
    index.tokenizers().register("folded", folding());
    index.tokenizers().register("meaning", meaning());
}

/// The words an analyser makes of a text.
pub(super) fn words(index: &Index, analyser: &str, text: &str) -> Vec<String> {
    let Some(mut analyser) = index.tokenizers().get(analyser) else { return Vec::new() };
    let mut stream = analyser.token_stream(text);
    let mut words = Vec::new();
    while stream.advance() {
        words.push(std::mem::take(&mut stream.token_mut().text));
    }
    words
}
