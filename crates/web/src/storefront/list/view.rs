//! Facets, choices and pages of a list as they are shown.

use super::super::visitor::is_shop;
use super::super::words::{swatch, word};
use super::asked::{Asked, PAGE, SortBy};
use crate::ui::{Link, Pages, Swatch};
use crate::{App, Page};
use catalogue::search::{DELIVERY, Facet, FacetCounts, FacetValue, Found};
use inventory::{Location, LocationId};

/// Places to choose from.
const MOST_PLACES: usize = 12;

/// One facet.
pub(super) struct FacetView {
    pub(super) name: &'static str,
    pub(super) title: String,
    pub(super) values: Vec<FacetValueView>,
    pub(super) is_open: bool,
}

/// One value to choose.
pub(super) struct FacetValueView {
    pub(super) key: String,
    pub(super) label: String,
    pub(super) count: u64,
    pub(super) is_chosen: bool,
    pub(super) href: String,
    pub(super) swatch: Option<Swatch>,
}

/// One order to choose.
pub(super) struct SortChoice {
    pub(super) value: &'static str,
    pub(super) label: String,
    pub(super) is_chosen: bool,
}

fn field(facet: Facet) -> &'static str {
    match facet {
        Facet::Category => "category",
        Facet::Colour => "colour",
        Facet::Size => "size",
        Facet::Material => "material",
        Facet::Place => "place",
    }
}

/// The places of what was found by their names: delivery first, then the shop that was chosen, then where there is most.
pub(super) fn name_places(page: &Page, found: &mut Found, shops: &[Location], own: Option<LocationId>) {
    for FacetCounts { values, .. } in found.facets.iter_mut().filter(|facet| facet.facet == Facet::Place) {
        let named = |mut value: FacetValue| {
            let shop = shops.iter().find(|shop| is_shop(shop) && shop.id.to_string() == value.key);
            value.label = if value.key == DELIVERY { page.t("facet-delivery") } else { shop?.details.name.clone() };
            Some((value.key != DELIVERY, shop.map(|shop| shop.id) != own, value))
        };
        let mut kept: Vec<_> = std::mem::take(values).into_iter().filter_map(named).collect();
        // A stable sort: the rest stays as it was counted.
        kept.sort_by_key(|(is_shop, is_other, value)| (*is_shop, *is_other, !value.is_chosen));
        values.extend(kept.into_iter().map(|(_, _, value)| value).take(MOST_PLACES));
    }
}

pub(super) fn facet_views(app: &App, page: &Page, asked: &Asked, found: &Found) -> Vec<FacetView> {
    let view = |facet: &catalogue::search::FacetCounts| {
        let name = field(facet.facet);
        let value = |value: &catalogue::search::FacetValue| FacetValueView {
            key: value.key.clone(),
            label: label(app, page, facet.facet, &value.label),
            count: value.count,
            is_chosen: asked.has(facet.facet, &value.key),
            href: match facet.facet {
                Facet::Category => asked.in_category(Some(&value.key)),
                Facet::Place => asked.at_place(Some(&value.key)),
                _ => String::new(),
            },
            swatch: (facet.facet == Facet::Colour).then(|| swatch(app, page.locale, &value.label)),
        };
        FacetView {
            name,
            title: page.t(&format!("facet-{name}")),
            values: facet.values.iter().map(value).collect(),
            is_open: facet.facet != Facet::Material || !asked.materials.is_empty(),
        }
    };
    found.facets.iter().filter(|facet| !facet.values.is_empty()).map(view).collect()
}

fn label(app: &App, page: &Page, facet: Facet, label: &str) -> String {
    if matches!(facet, Facet::Size | Facet::Place) { label.to_owned() } else { word(app, page.locale, label) }
}

/// What narrows the list, each with the address without it.
pub(super) fn chosen(app: &App, page: &Page, asked: &Asked, found: &Found) -> Vec<Link> {
    let mut links = Vec::new();
    for facet in &found.facets {
        let name = field(facet.facet);
        for value in facet.values.iter().filter(|value| asked.has(facet.facet, &value.key)) {
            links.push(Link { href: asked.without(name, &value.key), text: label(app, page, facet.facet, &value.label) });
        }
    }
    if !asked.text.is_empty() {
        links.push(Link { href: asked.without("q", ""), text: format!("“{}”", asked.text) });
    }
    links
}

pub(super) fn sort_choices(page: &Page, asked: &Asked) -> Vec<SortChoice> {
    let words = |sort: SortBy| match sort {
        SortBy::Fitting if asked.text.is_empty() => page.t("sort-ours"),
        SortBy::Fitting => page.t("sort-fitting"),
        SortBy::Newest => page.t("sort-newest"),
        SortBy::Cheapest => page.t("sort-price"),
        SortBy::Dearest => page.t("sort-price-down"),
    };
    SortBy::ALL.into_iter().map(|sort| SortChoice { value: sort.as_str(), label: words(sort), is_chosen: sort == asked.sort }).collect()
}

pub(super) fn pages(page: &Page, asked: &Asked, total: usize) -> Pages {
    let (first, last) = ((asked.page - 1) * PAGE + 1, (asked.page * PAGE).min(total));
    Pages {
        label: page.t("list-pages"),
        previous: (asked.page > 1).then(|| (asked.at_page(asked.page - 1), page.t("list-previous"))),
        next: (asked.page * PAGE < total).then(|| (asked.at_page(asked.page + 1), page.t("list-next"))),
        about: if total > PAGE && first <= last {
            page.tw("list-span", &[("from", first.into()), ("to", last.into()), ("total", total.into())])
        } else {
            String::new()
        },
    }
}
