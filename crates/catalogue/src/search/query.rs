//! Finding: first the words as typed, then similar ones, then any of them.

use super::alike::{Alike, stems};
use super::document::{filter_term, shelf_term};
use super::schema::words;
use super::{Facet, FacetCounts, FacetValue, Found, Hit, Order, Query, SearchIndex, fault};
use crate::fold;
use kernel::{Fault, Locale};
use std::collections::{BTreeMap, HashSet};
use tantivy::collector::{Count, DocSetCollector, FacetCollector, TopDocs};
use tantivy::query::{AllQuery, BooleanQuery, BoostQuery, DisjunctionMaxQuery, FuzzyTermQuery, Occur, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::{DocAddress, Searcher, TantivyDocument, TantivyError, Term};

type Boxed = Box<dyn tantivy::query::Query>;

const MAX_WORDS: usize = 12;
const MAX_LIMIT: usize = 100;
const MAX_OFFSET: usize = 10_000;
const MAX_VALUES: usize = 50;
/// Most combinations of place, colour and size in one search.
const MAX_COMBINED: usize = 400;

/// How far a word may be from what was typed.
#[derive(Clone, Copy, PartialEq)]
enum Reach {
    /// The same word, another form of it, or for the last one its beginning.
    Exact,
    /// Mistyped, each word.
    Similar,
    /// Mistyped, at least one word.
    Any,
}

/// Products that fit, best first, with the facets to narrow by. Reads memory only; the database is not asked.
pub fn search(index: &SearchIndex, query: &Query) -> Result<Found, Fault> {
    let searcher = index.reader.searcher();
    let typed = typed_words(index, &query.text);
    let alike = index.alike();
    let reaches: &[Reach] = if typed.is_empty() { &[Reach::Exact] } else { &[Reach::Exact, Reach::Similar, Reach::Any] };
    let mut found = Found::default();
    for reach in reaches {
        let text = text_query(index, query, (&typed, &alike), *reach);
        let narrowed = narrowed(index, text.box_clone(), &query.filters);
        let is_by_score = query.order == Order::Relevance && !typed.is_empty();
        (found.hits, found.total) = hits(index, &searcher, (&*narrowed, is_by_score), query).map_err(fault)?;
        found.is_approximate = *reach != Reach::Exact;
        if found.total > 0 || Some(reach) == reaches.last() {
            if query.with_facets {
                found.facets = facets(index, &searcher, (&*text, &*narrowed), &query.filters).map_err(fault)?;
            }
            break;
        }
    }
    Ok(found)
}

/// Folded words without `de`, `the` and the like, unless there is nothing else.
fn typed_words(index: &SearchIndex, text: &str) -> Vec<String> {
    let cut: String = text.chars().take(200).collect();
    let mut typed = words(&index.index, "meaning", &cut);
    if typed.is_empty() {
        typed = words(&index.index, "folded", &cut);
    }
    typed.truncate(MAX_WORDS);
    typed
}

fn text_query(index: &SearchIndex, query: &Query, (typed, alike): (&[String], &Alike), reach: Reach) -> Boxed {
    if typed.is_empty() {
        return Box::new(AllQuery);
    }
    let occur = if reach == Reach::Any { Occur::Should } else { Occur::Must };
    let last = typed.len() - 1;
    let one = |at: usize| word_query(index, query.locale, (&typed[at], at == last), reach);
    let stems = stems(index, typed);
    let (mut each, mut at) = (Vec::new(), 0);
    while at < typed.len() {
        let (count, others) = alike.at(&stems[at..]).unwrap_or((1, Vec::new()));
        let as_typed: Boxed = match count {
            1 => one(at),
            _ => Box::new(BooleanQuery::new((at..at + count).map(|at| (Occur::Must, one(at))).collect())),
        };
        let others = others.into_iter().map(|words| boosted(meant_query(index, query.locale, words), 0.7));
        each.push((occur, Box::new(DisjunctionMaxQuery::new(std::iter::once(as_typed).chain(others).collect())) as Boxed));
        at += count;
    }
    let all_words: Boxed = Box::new(BooleanQuery::new(each));
    let code = Term::from_field_text(index.fields.codes, &fold(query.text.trim()));
    let whole_code: Boxed = Box::new(BoostQuery::new(Box::new(TermQuery::new(code, IndexRecordOption::Basic)), 20.0));
    Box::new(BooleanQuery::new(vec![(Occur::Should, all_words), (Occur::Should, whole_code)]))
}

/// All the words of what means the same, in any of their forms.
fn meant_query(index: &SearchIndex, locale: Locale, words: &[String]) -> Boxed {
    let each = words.iter().map(|word| (Occur::Must, word_query(index, locale, (word, false), Reach::Exact)));
    Box::new(BooleanQuery::new(each.collect()))
}

/// One word wherever it may stand; the best place counts.
fn word_query(index: &SearchIndex, locale: Locale, (word, is_last): (&str, bool), reach: Reach) -> Boxed {
    let fields = &index.fields;
    let mut places: Vec<Boxed> = vec![boosted(term(fields.words, word), 3.0)];
    for language in [Locale::Es, Locale::En] {
        let weight = if language == locale { 2.0 } else { 1.0 };
        for stem in words(&index.index, language.as_str(), word) {
            places.push(boosted(term(fields.title(language), &stem), 2.0 * weight));
            places.push(boosted(term(fields.body(language), &stem), 0.5 * weight));
            // A stem of four letters has too many neighbours: `gorra` and `correr` would be one.
            if reach != Reach::Exact && stem.chars().count() > 4 {
                places.push(boosted(fuzzy(fields.title(language), &stem), 0.2 * weight));
            }
        }
    }
    if is_last && word.chars().count() > 1 {
        let beginning = FuzzyTermQuery::new_prefix(Term::from_field_text(fields.words, word), 0, true);
        places.push(boosted(Box::new(beginning), 0.6));
    }
    if reach != Reach::Exact && distance(word) > 0 {
        places.push(boosted(fuzzy(fields.words, word), 0.4));
        if is_last {
            let beginning = FuzzyTermQuery::new_prefix(Term::from_field_text(fields.words, word), 1, true);
            places.push(boosted(Box::new(beginning), 0.2));
        }
    }
    Box::new(DisjunctionMaxQuery::with_tie_breaker(places, 0.1))
}

/// Letters that may be wrong: none in short words, which would fit too much.
fn distance(word: &str) -> u8 {
    match word.chars().count() {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

fn term(field: Field, word: &str) -> Boxed {
    Box::new(TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::WithFreqs))
}

fn fuzzy(field: Field, word: &str) -> Boxed {
    Box::new(FuzzyTermQuery::new(Term::from_field_text(field, word), distance(word), true))
}

fn boosted(query: Boxed, weight: f32) -> Boxed {
    Box::new(BoostQuery::new(query, weight))
}

/// The query with its filters: any key within a facet, every facet.
fn narrowed(index: &SearchIndex, text: Boxed, filters: &[(Facet, String)]) -> Boxed {
    let mut by_facet: BTreeMap<Facet, Vec<(Occur, Boxed)>> = BTreeMap::new();
    for (facet, key) in filters {
        let term = Term::from_field_text(index.fields.filter, &filter_term(*facet, key));
        by_facet.entry(*facet).or_default().push((Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::Basic))));
    }
    if by_facet.is_empty() {
        return text;
    }
    if let Some(shelf) = on_shelf(index, filters) {
        by_facet.insert(Facet::Place, shelf);
    }
    // Weight 0: being narrowed says nothing on how well the words fit.
    let clauses = by_facet.into_values().map(|keys| (Occur::Must, boosted(Box::new(BooleanQuery::new(keys)), 0.0)));
    Box::new(BooleanQuery::new(std::iter::once((Occur::Must, text)).chain(clauses).collect()))
}

/// Where places are asked for with colours or sizes: what lies there has them. Nothing without both, or where they are too many to combine.
fn on_shelf(index: &SearchIndex, filters: &[(Facet, String)]) -> Option<Vec<(Occur, Boxed)>> {
    let of = |facet| filters.iter().filter(move |(filtered, _)| *filtered == facet).map(|(_, key)| Some(key.as_str())).collect::<Vec<_>>();
    let or_any = |keys: Vec<_>| if keys.is_empty() { vec![None] } else { keys };
    let (places, colours, sizes) = (of(Facet::Place), or_any(of(Facet::Colour)), or_any(of(Facet::Size)));
    if (colours == [None] && sizes == [None]) || !(1..=MAX_COMBINED).contains(&(places.len() * colours.len() * sizes.len())) {
        return None;
    }
    let mut terms: Vec<(Occur, Boxed)> = Vec::new();
    for place in places.into_iter().flatten() {
        for colour in &colours {
            for size in &sizes {
                let term = Term::from_field_text(index.fields.filter, &shelf_term(place, *colour, *size));
                terms.push((Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::Basic))));
            }
        }
    }
    Some(terms)
}

fn hits(
    index: &SearchIndex,
    searcher: &Searcher,
    (wanted, is_by_score): (&dyn tantivy::query::Query, bool),
    query: &Query,
) -> Result<(Vec<Hit>, usize), TantivyError> {
    let page = TopDocs::with_limit(query.limit.clamp(1, MAX_LIMIT)).and_offset(query.offset.min(MAX_OFFSET));
    let (found, total): (Vec<(f32, DocAddress)>, usize) = if is_by_score {
        searcher.search(wanted, &(page.order_by_score(), Count))?
    } else {
        let (found, total) = searcher.search(wanted, &(page.order_by_u64_field("created", tantivy::Order::Desc), Count))?;
        (found.into_iter().map(|(_, at)| (0.0, at)).collect(), total)
    };
    let mut hits = Vec::with_capacity(found.len());
    for (score, at) in found {
        let doc: TantivyDocument = searcher.doc(at)?;
        let id = doc.get_first(index.fields.id).and_then(|value| value.as_str()).and_then(|text| text.parse().ok());
        hits.extend(id.map(|product| Hit { product, score }));
    }
    Ok((hits, total))
}

/// Counts of each facet; one that is filtered is counted as if it were not, so that a second value can be added.
fn facets(
    index: &SearchIndex,
    searcher: &Searcher,
    (text, narrowed_by_all): (&dyn tantivy::query::Query, &dyn tantivy::query::Query),
    filters: &[(Facet, String)],
) -> Result<Vec<FacetCounts>, TantivyError> {
    let is_filtered = |facet: Facet| filters.iter().any(|(filtered, _)| *filtered == facet);
    let mut collector = FacetCollector::for_field("facets");
    for facet in Facet::ALL.iter().filter(|facet| !is_filtered(**facet)) {
        collector.add_facet(path(*facet));
    }
    let free = searcher.search(narrowed_by_all, &collector)?;
    let mut counts = Vec::new();
    for facet in Facet::ALL {
        let others: Vec<_> = filters.iter().filter(|(filtered, _)| filtered != facet).cloned().collect();
        let mut values = if is_filtered(*facet) {
            let mut collector = FacetCollector::for_field("facets");
            collector.add_facet(path(*facet));
            let counted = searcher.search(&*narrowed(index, text.box_clone(), &others), &collector)?;
            values(*facet, counted.get(path(*facet)), filters)
        } else {
            values(*facet, free.get(path(*facet)), filters)
        };
        if is_on_shelf(*facet, &is_filtered) {
            let fitting = searcher.search(&*narrowed(index, text.box_clone(), &others), &DocSetCollector)?;
            recount(index, searcher, (&fitting, &others), *facet, &mut values)?;
        }
        if !values.is_empty() {
            counts.push(FacetCounts { facet: *facet, values });
        }
    }
    Ok(counts)
}

/// True for a facet whose values mean one variant together with what is asked for.
fn is_on_shelf(facet: Facet, is_filtered: &impl Fn(Facet) -> bool) -> bool {
    match facet {
        Facet::Place => is_filtered(Facet::Colour) || is_filtered(Facet::Size),
        Facet::Colour | Facet::Size => is_filtered(Facet::Place),
        Facet::Category | Facet::Material => false,
    }
}

/// Count what of this lies there in this colour and size, value by value.
fn recount(
    index: &SearchIndex,
    searcher: &Searcher,
    (fitting, others): (&HashSet<DocAddress>, &[(Facet, String)]),
    facet: Facet,
    values: &mut Vec<FacetValue>,
) -> Result<(), TantivyError> {
    for value in values.iter_mut() {
        let asked: Vec<_> = others.iter().cloned().chain([(facet, value.key.clone())]).collect();
        let Some(shelf) = on_shelf(index, &asked) else { continue };
        let there = searcher.search(&BooleanQuery::new(shelf), &DocSetCollector)?;
        value.count = there.iter().filter(|at| fitting.contains(at)).count() as u64;
    }
    values.retain(|value| value.count > 0 || value.is_chosen);
    if facet == Facet::Place {
        values.sort_by_key(|value| (std::cmp::Reverse(value.count), value.key.clone()));
    }
    Ok(())
}

fn path(facet: Facet) -> tantivy::schema::Facet {
    tantivy::schema::Facet::from_path([facet.as_str()])
}

fn values<'a>(
    facet: Facet,
    counted: impl Iterator<Item = (&'a tantivy::schema::Facet, u64)>,
    filters: &[(Facet, String)],
) -> Vec<FacetValue> {
    let mut by_key: BTreeMap<String, FacetValue> = BTreeMap::new();
    for (found, count) in counted {
        let Some((key, label)) = found.to_path().last().and_then(|last| last.split_once('=')) else { continue };
        let is_chosen = filters.iter().any(|(filtered, chosen)| *filtered == facet && chosen == key);
        let fresh = || FacetValue { key: key.to_owned(), label: label.to_owned(), count: 0, is_chosen };
        by_key.entry(key.to_owned()).or_insert_with(fresh).count += count;
    }
    let mut values: Vec<_> = by_key.into_values().collect();
    match facet {
        Facet::Size => values.sort_by_key(|value| (size_rank(&value.key), value.key.clone())),
        _ => values.sort_by_key(|value| (std::cmp::Reverse(value.count), value.key.clone())),
    }
    values.truncate(MAX_VALUES);
    values
}

/// Letters from small to large, then numbers, then the rest.
fn size_rank(key: &str) -> (usize, u32) {
    const LETTERS: [&str; 9] = ["xxs", "xs", "s", "m", "l", "xl", "xxl", "3xl", "4xl"];
    match (LETTERS.iter().position(|letters| *letters == key), key.split('-').next().and_then(|first| first.parse().ok())) {
        (Some(rank), _) => (rank, 0),
        (None, Some(number)) => (LETTERS.len(), number),
        (None, None) => (LETTERS.len() + 1, 0),
    }
}
