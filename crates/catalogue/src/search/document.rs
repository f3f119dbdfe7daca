//! A product as the index sees it.

use super::Facet;
use super::schema::Fields;
use crate::text::slug;
use crate::{Product, VariantId, fold};
use kernel::Locale;
use std::collections::{BTreeMap, BTreeSet};
use tantivy::TantivyDocument;

/// `places` says where the variants can be had.
pub(super) fn document(fields: &Fields, product: &Product, places: &BTreeMap<VariantId, Vec<String>>) -> TantivyDocument {
    let mut doc = TantivyDocument::default();
    doc.add_text(fields.id, product.id.to_string());
    doc.add_u64(fields.created, product.created_at.as_millis());
    let active = || product.variants.iter().filter(|variant| variant.is_active);
    let mut about: Vec<&str> = vec![&product.category, &product.vendor];
    about.extend(product.tags.iter().map(String::as_str));
    about.extend(active().flat_map(|variant| &variant.option_values).map(String::as_str));
    about.sort_unstable();
    about.dedup();
    let about = about.join(" ");
    for locale in [Locale::Es, Locale::En] {
        let (title, body) = (product.title.get(locale), plain(product.description_html.get(locale)));
        doc.add_text(fields.title(locale), title);
        doc.add_text(fields.body(locale), format!("{body} {about}"));
        doc.add_text(fields.words, title);
    }
    doc.add_text(fields.words, &about);
    for variant in active() {
        doc.add_text(fields.codes, fold(&variant.sku));
        if let Some(barcode) = &variant.barcode {
            doc.add_text(fields.codes, barcode.as_str());
        }
    }
    for term in shelf_terms(product, places) {
        doc.add_text(fields.filter, term);
    }
    let at: BTreeSet<&String> = active().filter_map(|variant| places.get(&variant.id)).flatten().collect();
    let at = at.into_iter().map(|place| (Facet::Place, place.clone(), place.clone()));
    for (facet, key, label) in facets(product).into_iter().chain(at) {
        doc.add_text(fields.filter, filter_term(facet, &key));
        doc.add_facet(fields.facets, tantivy::schema::Facet::from_path([facet.as_str(), &format!("{key}={label}")]));
    }
    doc
}

pub(super) fn filter_term(facet: Facet, key: &str) -> String {
    format!("{facet}:{key}")
}

/// What a variant of this colour and size that lies in a place is found by.
pub(super) fn shelf_term(place: &str, colour: Option<&str>, size: Option<&str>) -> String {
    format!("at:{place}|{}|{}", colour.unwrap_or("*"), size.unwrap_or("*"))
}

/// Each place with the colours and sizes that lie there, alone and together.
fn shelf_terms(product: &Product, places: &BTreeMap<VariantId, Vec<String>>) -> BTreeSet<String> {
    let position = |is_it: fn(&crate::ProductOption) -> bool| product.options.iter().position(is_it);
    let (colour_at, size_at) = (position(crate::ProductOption::is_colour), position(crate::ProductOption::is_size));
    let mut terms = BTreeSet::new();
    for variant in product.variants.iter().filter(|variant| variant.is_active) {
        let key = |at: Option<usize>| at.and_then(|at| variant.option_values.get(at)).map(|value| slug(value));
        let (colour, size) = (key(colour_at), key(size_at));
        for place in places.get(&variant.id).into_iter().flatten() {
            for (colour, size) in [(colour.as_deref(), None), (None, size.as_deref()), (colour.as_deref(), size.as_deref())] {
                if colour.is_some() || size.is_some() {
                    terms.insert(shelf_term(place, colour, size));
                }
            }
        }
    }
    terms
}

/// Facet, key and label; each pair of facet and key once.
fn facets(product: &Product) -> Vec<(Facet, String, String)> {
    let mut found: BTreeMap<(Facet, String), String> = BTreeMap::new();
    let mut add = |facet, label: &str| {
        let key = slug(label);
        if !key.is_empty() {
            found.entry((facet, key)).or_insert_with(|| capitalised(label));
        }
    };
    add(Facet::Category, &product.category);
    for (_, value) in product.attributes().filter(|(name, _)| fold(name) == "material") {
        add(Facet::Material, value);
    }
    for (at, option) in product.options.iter().enumerate() {
        let facet = if option.is_colour() {
            Facet::Colour
        } else if option.is_size() {
            Facet::Size
        } else {
            continue;
        };
        for variant in product.variants.iter().filter(|variant| variant.is_active) {
            if let Some(value) = variant.option_values.get(at) {
                add(facet, value);
            }
        }
    }
    found.into_iter().map(|((facet, key), label)| (facet, key, label)).collect()
}

/// `lino` and `Lino` are one label.
fn capitalised(label: &str) -> String {
    let mut chars = label.trim().chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The words of an HTML text.
fn plain(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut until = None;
    for c in html.chars() {
        match (c, until) {
            (c, Some(end)) if c == end => {
                until = None;
                out.push(' ');
            }
            (_, Some(_)) => {}
            ('<', None) => until = Some('>'),
            ('&', None) => until = Some(';'),
            (c, None) => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_entities_are_no_words() {
        let words = plain("<p>Lino &amp; algodón</p><ul><li>14k</li></ul>");
        assert_eq!(words.split_whitespace().collect::<Vec<_>>(), ["Lino", "algodón", "14k"]);
    }
}
