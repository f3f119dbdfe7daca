//! Two records side by side: for each slot, how far they agree.

use crate::dates;
use crate::dictionary::{Dictionary, Symbol};
use crate::kind::Rule;
use crate::record::{MOST_SLOTS, Schema};
use rapidfuzz::distance::{jaro_winkler, osa};

/// How far two values agree.
pub(crate) type Level = u8;
/// One of them is not known: says nothing.
pub(crate) const MISSING: Level = 0;
/// The same.
pub(crate) const EXACT: Level = 1;
/// A slip of the hand apart.
pub(crate) const CLOSE: Level = 2;
/// Alike.
pub(crate) const SIMILAR: Level = 3;
/// A part of them is the same.
pub(crate) const PARTIAL: Level = 4;
/// A short form or an initial of the other.
pub(crate) const ALIAS: Level = 5;
/// In each other's place.
pub(crate) const SWAPPED: Level = 6;
/// Nothing in common.
pub(crate) const DIFFERENT: Level = 7;
pub(crate) const LEVELS: usize = 8;

/// The levels of one pair; slots that the schema lacks are [`MISSING`].
pub(crate) type Pattern = [Level; MOST_SLOTS];

/// Compare two records of one schema.
pub(crate) fn compare(schema: &Schema, dictionary: &Dictionary, a: &[Symbol], b: &[Symbol]) -> Pattern {
    let mut pattern = [MISSING; MOST_SLOTS];
    for (at, slot) in schema.slots.iter().enumerate() {
        let (x, y) = (a[at], b[at]);
        if x == 0 || y == 0 {
            continue;
        }
        pattern[at] = if x == y && slot.rule != Rule::Middle { EXACT } else { level(slot.rule, dictionary, x, y) };
    }
    cross_names(schema, dictionary, a, b, &mut pattern);
    name_in_email(schema, dictionary, a, b, &mut pattern);
    for (at, slot) in schema.slots.iter().enumerate() {
        if let Some(twin) = slot.twin.filter(|twin| *twin > at) {
            cross_lines(dictionary, a, b, at, twin, &mut pattern);
        }
    }
    pattern
}

/// Given and family name may have changed places.
fn cross_names(schema: &Schema, dictionary: &Dictionary, a: &[Symbol], b: &[Symbol], pattern: &mut Pattern) {
    let (Some(given), Some(family)) = (schema.position(Rule::Given), schema.position(Rule::Family)) else { return };
    let straight = |level| matches!(level, EXACT | CLOSE | ALIAS | PARTIAL);
    if straight(pattern[given]) || straight(pattern[family]) {
        return;
    }
    let crossed = |x: Symbol, y: Symbol| x != 0 && y != 0 && (x == y || matches!(words(dictionary, x, y), CLOSE));
    let (one, other) = (crossed(a[given], b[family]), crossed(a[family], b[given]));
    if (one && (other || a[family] == 0 || b[given] == 0)) || (other && (a[given] == 0 || b[family] == 0)) {
        // The family name, which tells more, carries the evidence when only one crossing can be seen.
        pattern[given] = if one && other { SWAPPED } else { MISSING };
        pattern[family] = SWAPPED;
    }
}

/// An address for mail that is made of the name says nothing more than the name, unless it is the same.
fn name_in_email(schema: &Schema, dictionary: &Dictionary, a: &[Symbol], b: &[Symbol], pattern: &mut Pattern) {
    for (at, slot) in schema.slots.iter().enumerate() {
        if slot.rule != Rule::Email || !matches!(pattern[at], PARTIAL | SIMILAR) {
            continue;
        }
        let made_of_name = |record: &[Symbol]| {
            let local = cut(dictionary.text(record[at])).0;
            let names = [Rule::Given, Rule::Family].into_iter().filter_map(|rule| schema.position(rule)).map(|slot| record[slot]);
            let within = |word: &Symbol| dictionary.text(*word).len() >= 3 && local.contains(dictionary.text(*word));
            names.filter(|symbol| *symbol != 0).any(|symbol| dictionary.words(&symbol).iter().any(within))
        };
        if made_of_name(a) || made_of_name(b) {
            pattern[at] = MISSING;
        }
    }
}

/// Two lines of an address may have changed places.
fn cross_lines(dictionary: &Dictionary, a: &[Symbol], b: &[Symbol], at: usize, twin: usize, pattern: &mut Pattern) {
    let good = |level| matches!(level, EXACT | CLOSE);
    if good(pattern[at]) || good(pattern[twin]) {
        return;
    }
    let alike = |x: Symbol, y: Symbol| x != 0 && y != 0 && (x == y || good(words(dictionary, x, y)));
    if alike(a[at], b[twin]) || alike(a[twin], b[at]) {
        pattern[at] = SWAPPED;
        pattern[twin] = MISSING;
    }
}

fn level(rule: Rule, dictionary: &Dictionary, x: Symbol, y: Symbol) -> Level {
    match rule {
        Rule::Given => given(dictionary, x, y),
        Rule::Middle => middle(dictionary, x, y),
        Rule::Family => names(dictionary, x, y),
        Rule::Street | Rule::Text => words(dictionary, x, y),
        Rule::Epithet => shared(dictionary, x, y),
        Rule::Date => date(x, y),
        Rule::Age => age(x, y),
        Rule::Sex | Rule::Source => DIFFERENT,
        Rule::Number => slips(dictionary.text(x), dictionary.text(y)),
        Rule::Postcode => postcode(dictionary.text(x), dictionary.text(y)),
        Rule::Phone => phone(dictionary.text(x), dictionary.text(y)),
        Rule::Email => email(dictionary.text(x), dictionary.text(y)),
        Rule::Id => slips(dictionary.text(x), dictionary.text(y)),
    }
}

/// Slips of the hand between two texts; what is more than `most` is only more.
fn apart(x: &str, y: &str, most: usize) -> usize {
    osa::distance_with_args(x.bytes(), y.bytes(), &osa::Args::default().score_cutoff(most)).unwrap_or(most + 1)
}

/// Two texts by their letters alone.
fn letters(x: &str, y: &str) -> Level {
    let shorter = x.len().min(y.len());
    let distance = apart(x, y, (shorter / 3).max(2));
    let alike = jaro_winkler::Args::default().score_cutoff(0.84);
    let similarity = jaro_winkler::similarity_with_args(x.bytes(), y.bytes(), &alike).unwrap_or(0.0);
    if (distance <= 1 && shorter >= 3) || (distance <= 2 && shorter >= 8) || (similarity >= 0.92 && shorter >= 4) {
        CLOSE
    } else if similarity >= 0.84 || (distance <= 2 && shorter >= 5) || distance * 3 <= shorter {
        SIMILAR
    } else {
        DIFFERENT
    }
}

fn given(dictionary: &Dictionary, x: Symbol, y: Symbol) -> Level {
    let (wx, wy) = (dictionary.word(x), dictionary.word(y));
    if wx.root == wy.root {
        return ALIAS;
    }
    if wx.text.len() == 1 || wy.text.len() == 1 {
        return if wx.text.as_bytes()[0] == wy.text.as_bytes()[0] { ALIAS } else { DIFFERENT };
    }
    match words(dictionary, x, y) {
        DIFFERENT
            if dictionary
                .words(&x)
                .iter()
                .any(|p| dictionary.words(&y).iter().any(|q| dictionary.word(*p).root == dictionary.word(*q).root)) =>
        {
            ALIAS
        }
        level => level,
    }
}

/// A middle name or its initial.
fn middle(dictionary: &Dictionary, x: Symbol, y: Symbol) -> Level {
    let (tx, ty) = (dictionary.text(x), dictionary.text(y));
    if x == y {
        return if tx.len() == 1 { ALIAS } else { EXACT };
    }
    if tx.len() == 1 || ty.len() == 1 {
        return if tx.as_bytes()[0] == ty.as_bytes()[0] { ALIAS } else { DIFFERENT };
    }
    words(dictionary, x, y)
}

/// Values of one or more words: the whole, then word by word.
fn words(dictionary: &Dictionary, x: Symbol, y: Symbol) -> Level {
    let whole = letters(dictionary.text(x), dictionary.text(y));
    let (xs, ys) = (dictionary.words(&x), dictionary.words(&y));
    if whole == CLOSE || (xs.len() == 1 && ys.len() == 1) {
        return whole;
    }
    if xs.iter().all(|w| ys.contains(w)) && ys.iter().all(|w| xs.contains(w)) {
        return CLOSE;
    }
    if xs.iter().any(|w| ys.contains(w) && dictionary.text(*w).len() > 1) {
        return PARTIAL;
    }
    let near = xs.iter().any(|p| ys.iter().any(|q| letters(dictionary.text(*p), dictionary.text(*q)) == CLOSE));
    if whole == SIMILAR || near { SIMILAR } else { DIFFERENT }
}

/// Names of several words: `García` may be `García López`, but `García López` is not `García Ruiz`.
fn names(dictionary: &Dictionary, x: Symbol, y: Symbol) -> Level {
    let level = words(dictionary, x, y);
    if level != PARTIAL {
        return level;
    }
    let (xs, ys) = (dictionary.words(&x), dictionary.words(&y));
    let alone = |some: &[Symbol], others: &[Symbol]| {
        let alike = |p: &Symbol, q: &Symbol| {
            p == q || letters(dictionary.text(*p), dictionary.text(*q)) != DIFFERENT || initial(dictionary, *p, *q)
        };
        some.iter().any(|p| !others.iter().any(|q| alike(p, q)))
    };
    if alone(xs, ys) && alone(ys, xs) { DIFFERENT } else { PARTIAL }
}

/// One of two words is the first letter of the other.
fn initial(dictionary: &Dictionary, p: Symbol, q: Symbol) -> bool {
    let (p, q) = (dictionary.text(p), dictionary.text(q));
    (p.len() == 1 && q.starts_with(p)) || (q.len() == 1 && p.starts_with(q))
}

/// Sets of words: most, some, none in common.
fn shared(dictionary: &Dictionary, x: Symbol, y: Symbol) -> Level {
    let (xs, ys) = (dictionary.words(&x), dictionary.words(&y));
    let within = |some: &[Symbol], others: &[Symbol]| some.iter().all(|w| others.contains(w));
    if within(xs, ys) || within(ys, xs) {
        CLOSE
    } else if xs.iter().any(|w| ys.contains(w)) {
        PARTIAL
    } else {
        match letters(dictionary.text(x), dictionary.text(y)) {
            DIFFERENT => DIFFERENT,
            _ => SIMILAR,
        }
    }
}

fn date(x: u32, y: u32) -> Level {
    use dates::{day, month, year};
    let known = |part: fn(u32) -> u32| part(x) != 0 && part(y) != 0;
    let same_year = year(x) == year(y);
    if !known(month) || !known(day) {
        let month_fits = !known(month) || month(x) == month(y);
        return match (same_year, month_fits) {
            (true, true) => PARTIAL,
            (true, false) => SIMILAR,
            _ => DIFFERENT,
        };
    }
    let slips = dates::digits(x).iter().zip(dates::digits(y)).filter(|(p, q)| **p != *q).count();
    let same = usize::from(same_year) + usize::from(month(x) == month(y)) + usize::from(day(x) == day(y));
    if slips == 1 || osa::distance(dates::digits(x), dates::digits(y)) == 1 {
        CLOSE
    } else if same_year && month(x) == day(y) && day(x) == month(y) {
        SWAPPED
    } else if same == 2 {
        PARTIAL
    } else if same_year || slips == 2 {
        SIMILAR
    } else {
        DIFFERENT
    }
}

fn age(x: u32, y: u32) -> Level {
    match x.abs_diff(y) {
        0 | 1 => CLOSE,
        2..=4 => SIMILAR,
        _ => DIFFERENT,
    }
}

/// Numbers and identifiers: one slip of the hand, or two in a long one.
fn slips(x: &str, y: &str) -> Level {
    let distance = apart(x, y, 2);
    let shorter = x.len().min(y.len());
    if distance <= 1 && shorter >= 2 {
        CLOSE
    } else if distance <= 2 && shorter >= 6 {
        SIMILAR
    } else {
        DIFFERENT
    }
}

/// Written areas are at the front.
fn postcode(x: &str, y: &str) -> Level {
    if apart(x, y, 1) <= 1 {
        return CLOSE;
    }
    let same = x.bytes().zip(y.bytes()).take_while(|(p, q)| p == q).count();
    if same >= 3 || (same == 2 && x.len().min(y.len()) <= 5) { PARTIAL } else { DIFFERENT }
}

fn phone(x: &str, y: &str) -> Level {
    let tail = x.bytes().rev().zip(y.bytes().rev()).take_while(|(p, q)| p == q).count();
    if tail >= 9 || tail == x.len().min(y.len()) && tail >= 6 { CLOSE } else { slips(x, y) }
}

fn email(x: &str, y: &str) -> Level {
    let ((local_x, home_x), (local_y, home_y)) = (cut(x), cut(y));
    let local = if local_x == local_y { EXACT } else { letters(local_x, local_y) };
    // `maria.garcia` and `maria.garcia80` are two people of one name.
    let numbers = |text: &str| text.bytes().filter(u8::is_ascii_digit).collect::<Vec<u8>>();
    let local = if local == CLOSE && numbers(local_x) != numbers(local_y) { SIMILAR } else { local };
    let same_home = home_x == home_y || letters(home_x, home_y) == CLOSE;
    match (local, same_home) {
        (EXACT | CLOSE, true) => CLOSE,
        (EXACT, false) => PARTIAL,
        (CLOSE, false) | (SIMILAR, true) => SIMILAR,
        _ => DIFFERENT,
    }
}

/// Before and after the `@`.
pub(crate) fn cut(address: &str) -> (&str, &str) {
    address.split_once('@').unwrap_or((address, ""))
}
