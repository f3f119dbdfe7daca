//! What the address of a list asks for. Anything odd is as good as nothing: a list never fails.

use super::super::words::encoded;
use catalogue::search::{DELIVERY, Facet, Order, Query};
use inventory::LocationId;
use kernel::Locale;

/// Products of one page.
pub(super) const PAGE: usize = 24;
/// Pages that can be reached.
const LAST_PAGE: usize = 400;
/// Values of one facet that may be chosen at once.
const MOST_VALUES: usize = 20;

/// In which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum SortBy {
    #[default]
    Fitting,
    Newest,
    Cheapest,
    Dearest,
}

impl SortBy {
    pub(super) const ALL: [SortBy; 4] = [SortBy::Fitting, SortBy::Newest, SortBy::Cheapest, SortBy::Dearest];
    pub(super) fn as_str(self) -> &'static str {
        match self {
            SortBy::Fitting => "",
            SortBy::Newest => "newest",
            SortBy::Cheapest => "price",
            SortBy::Dearest => "price-down",
        }
    }
    pub(super) fn is_by_price(self) -> bool {
        matches!(self, SortBy::Cheapest | SortBy::Dearest)
    }
}

/// What is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) text: String,
    pub(super) category: Option<String>,
    pub(super) colours: Vec<String>,
    pub(super) sizes: Vec<String>,
    pub(super) materials: Vec<String>,
    /// Where it can be had now: [`DELIVERY`] or a shop.
    pub(super) place: Option<String>,
    pub(super) sort: SortBy,
    /// From 1.
    pub(super) page: usize,
}

impl Asked {
    pub(super) fn read(query: &str) -> Self {
        let mut asked = Asked { page: 1, ..Asked::default() };
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let value: String = value.trim().chars().filter(|c| !c.is_control()).take(120).collect();
            if value.is_empty() {
                continue;
            }
            match name.as_ref() {
                "q" => asked.text = value,
                "category" => asked.category = Some(value),
                "colour" => add(&mut asked.colours, value),
                "size" => add(&mut asked.sizes, value),
                "material" => add(&mut asked.materials, value),
                "place" => asked.place = Some(value).filter(|place| place == DELIVERY || place.parse::<LocationId>().is_ok()),
                "sort" => asked.sort = SortBy::ALL.into_iter().find(|sort| sort.as_str() == value).unwrap_or_default(),
                "page" => asked.page = value.parse().unwrap_or(1).clamp(1, LAST_PAGE),
                _ => {}
            }
        }
        asked
    }

    pub(super) fn query(&self, locale: Locale) -> Query {
        let filters = [(Facet::Colour, &self.colours), (Facet::Size, &self.sizes), (Facet::Material, &self.materials)];
        let filters = filters.into_iter().flat_map(|(facet, keys)| keys.iter().map(move |key| (facet, key.clone())));
        let one = |facet, key: &Option<String>| key.clone().map(|key| (facet, key)).into_iter();
        Query {
            filters: one(Facet::Category, &self.category).chain(one(Facet::Place, &self.place)).chain(filters).collect(),
            order: if self.sort == SortBy::Newest { Order::Newest } else { Order::Relevance },
            offset: (self.page - 1) * PAGE,
            limit: PAGE,
            ..Query::new(self.text.clone(), locale)
        }
    }

    fn pairs(&self) -> Vec<(&'static str, &str)> {
        let mut pairs = vec![("q", self.text.as_str()), ("category", self.category.as_deref().unwrap_or_default())];
        let facets = [("colour", &self.colours), ("size", &self.sizes), ("material", &self.materials)];
        pairs.extend(facets.into_iter().flat_map(|(name, keys)| keys.iter().map(move |key| (name, key.as_str()))));
        pairs.push(("place", self.place.as_deref().unwrap_or_default()));
        pairs.push(("sort", self.sort.as_str()));
        pairs.retain(|(_, value)| !value.is_empty());
        pairs
    }

    /// The address of this list at another page.
    pub(super) fn at_page(&self, page: usize) -> String {
        let mut parts: Vec<_> = self.pairs().into_iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        if page > 1 {
            parts.push(format!("page={page}"));
        }
        if parts.is_empty() { "/products".to_owned() } else { format!("/products?{}", parts.join("&")) }
    }

    /// The same from its first page without one choice.
    pub(super) fn without(&self, name: &str, value: &str) -> String {
        let mut asked = self.clone();
        match name {
            "category" => asked.category = None,
            "place" => asked.place = None,
            "colour" => asked.colours.retain(|key| key != value),
            "size" => asked.sizes.retain(|key| key != value),
            "material" => asked.materials.retain(|key| key != value),
            _ => asked.text.clear(),
        }
        asked.at_page(1)
    }

    /// The same with another category, or none.
    pub(super) fn in_category(&self, key: Option<&str>) -> String {
        Asked { category: key.map(str::to_owned), ..self.clone() }.at_page(1)
    }

    /// The same with another place, or none.
    pub(super) fn at_place(&self, key: Option<&str>) -> String {
        Asked { place: key.map(str::to_owned), ..self.clone() }.at_page(1)
    }

    /// True when a facet's value is chosen.
    pub(super) fn has(&self, facet: Facet, key: &str) -> bool {
        match facet {
            Facet::Category => self.category.as_deref() == Some(key),
            Facet::Place => self.place.as_deref() == Some(key),
            Facet::Colour => self.colours.iter().any(|known| known == key),
            Facet::Size => self.sizes.iter().any(|known| known == key),
            Facet::Material => self.materials.iter().any(|known| known == key),
        }
    }
}

fn add(keys: &mut Vec<String>, key: String) {
    if keys.len() < MOST_VALUES && !keys.contains(&key) {
        keys.push(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_and_written_again() {
        let asked = Asked::read("q=camisa%20azul&colour=azul&colour=blanco&colour=azul&size=M&sort=price&page=3&x=1");
        assert_eq!(asked.colours, ["azul", "blanco"]);
        assert_eq!((asked.sort, asked.page, asked.query(Locale::Es).offset), (SortBy::Cheapest, 3, 48));
        assert_eq!(asked.at_page(2), "/products?q=camisa+azul&colour=azul&colour=blanco&size=M&sort=price&page=2");
        assert_eq!(asked.without("colour", "azul"), "/products?q=camisa+azul&colour=blanco&size=M&sort=price");
    }

    #[test]
    fn nonsense_is_nothing() {
        let asked = Asked::read("page=-4&sort=sideways&q=%00%01&category=");
        assert_eq!(asked, Asked { page: 1, ..Asked::default() });
        assert_eq!(Asked::read("page=99999999").page, 400);
        assert_eq!(asked.at_page(1), "/products");
    }
}
