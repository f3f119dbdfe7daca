//! What customers call a product in a sentence: the words of its title, found by index however long the catalogue is.

use crate::{Product, ProductId, fold};
use kernel::{Fault, ReadTx, Tx, params, sql};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Shorter words name nothing.
const SHORTEST: usize = 4;
/// Letters that a word shares with what is meant by it.
const START: usize = 3;
/// Words heard, title words with the same start, products of one word, and products compared: no sentence costs more.
const HEARD: usize = 24;
const ALIKE: i64 = 200;
const COMMON: i64 = 100;
const COMPARED: usize = 24;

/// The words of a text that may name something, folded.
pub fn names_in(text: &str) -> BTreeSet<String> {
    fold(text).split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= SHORTEST).map(str::to_owned).collect()
}

/// The product on sale that most of these words (of [`names_in`]) name, the oldest of equals; `means` tells whether a word that was heard means one of a title.
/// Words that more than a hundred products share only tell apart what rarer ones found.
pub fn product_named(tx: &ReadTx<'_>, heard: &BTreeSet<String>, means: fn(&str, &str) -> bool) -> Result<Option<ProductId>, Fault> {
    let (mut rare, mut common) = (BTreeMap::<ProductId, usize>::new(), BTreeMap::<ProductId, usize>::new());
    for word in heard.iter().take(HEARD) {
        for own in title_words(tx, word)?.iter().filter(|own| means(word, own)) {
            let products = products_with(tx, own)?;
            let found = if products.len() as i64 == COMMON { &mut common } else { &mut rare };
            products.into_iter().for_each(|product| *found.entry(product).or_default() += 1);
        }
    }
    let found = if rare.is_empty() { common } else { rare };
    let mut found: Vec<(usize, ProductId)> = found.into_iter().map(|(product, words)| (words, product)).collect();
    found.sort_by_key(|(words, product)| (Reverse(*words), *product));
    let mut best: Option<(usize, ProductId)> = None;
    for (_, product) in found.into_iter().take(COMPARED) {
        let own = words_of(tx, product)?;
        let fits = heard.iter().filter(|word| own.iter().any(|own| means(word, own))).count();
        if best.is_none_or(|(most, oldest)| (Reverse(fits), product) < (Reverse(most), oldest)) {
            best = Some((fits, product));
        }
    }
    Ok(best.map(|(_, product)| product))
}

fn start(word: &str) -> String {
    word.chars().take(START).collect()
}

fn title_words(tx: &ReadTx<'_>, like: &str) -> Result<Vec<String>, Fault> {
    tx.query(sql!("SELECT word FROM title_word WHERE start = ?1 ORDER BY word LIMIT ?2"), params![start(like), ALIKE], |row| row.get(0))
}

fn products_with(tx: &ReadTx<'_>, word: &str) -> Result<Vec<ProductId>, Fault> {
    tx.query(sql!("SELECT product FROM product_word WHERE word = ?1 ORDER BY product LIMIT ?2"), params![word, COMMON], |row| row.get(0))
}

fn words_of(tx: &ReadTx<'_>, product: ProductId) -> Result<Vec<String>, Fault> {
    tx.query(sql!("SELECT word FROM product_word WHERE product = ?1"), params![product], |row| row.get(0))
}

/// Keep what a product is called while it is on sale.
pub(crate) fn keep(tx: &mut Tx<'_>, before: Option<&Product>, after: &Product) -> Result<(), Fault> {
    let (had, has) = (before.map_or_else(BTreeSet::new, words), words(after));
    for gone in had.difference(&has) {
        tx.execute(sql!("DELETE FROM product_word WHERE word = ?1 AND product = ?2"), params![gone, after.id])?;
    }
    for word in has.difference(&had) {
        let new = sql!("INSERT INTO product_word (word, product) VALUES (?1, ?2) ON CONFLICT (word, product) DO NOTHING");
        tx.execute(new, params![word, after.id])?;
        let new = sql!("INSERT INTO title_word (start, word) VALUES (?1, ?2) ON CONFLICT (start, word) DO NOTHING");
        tx.execute(new, params![start(word), word])?;
    }
    Ok(())
}

fn words(product: &Product) -> BTreeSet<String> {
    if product.is_visible() { names_in(&format!("{} {}", product.title.es, product.title.en)) } else { BTreeSet::new() }
}
