//! Which layout a file has: recognised by its header row, never guessed from what stands below.

use super::incoming::Incoming;
use super::sheet::{Row, Sheet};
use super::{ImportOptions, LineProblem, merchant, open_food_facts, shopify, woocommerce};

kernel::db_enum! {
    /// How a file of products is laid out.
    pub enum Layout {
        /// Shopify's product export.
        Shopify = "shopify",
        /// WooCommerce's product export, with its column names in English or Spanish.
        Woocommerce = "woocommerce",
        /// Google Merchant Center's product data, as Meta's catalogue takes it too.
        Merchant = "google_merchant",
        /// Open Food Facts: barcode, name, ingredients, nutrition.
        OpenFoodFacts = "open_food_facts",
    }
}

/// What the rows of one product are found by, and what is wrong with rows that belong to none.
#[derive(Debug, Default)]
pub(super) struct Grouped {
    /// The rows of each product, in the order of the file.
    pub(super) groups: Vec<Vec<usize>>,
    pub(super) problems: Vec<LineProblem>,
    pub(super) notes: Vec<LineProblem>,
}

/// Something wrong, or worth knowing, about a product's rows.
pub(super) struct Said<'a> {
    pub(super) problems: &'a mut Vec<LineProblem>,
    pub(super) notes: &'a mut Vec<LineProblem>,
}

impl Layout {
    /// The layout with these columns; `None` when they belong to none that is known.
    pub(super) fn of(columns: &[&str]) -> Option<Layout> {
        let known = |layout: Layout| columns.iter().filter_map(|name| layout.canonical(name)).collect::<Vec<_>>();
        let has = |layout: Layout, marks: &[&str]| {
            let known = known(layout);
            marks.iter().all(|mark| known.iter().any(|name| name == mark))
        };
        if has(Layout::Shopify, &["Handle"]) {
            Some(Layout::Shopify)
        } else if has(Layout::Woocommerce, &["Type", "Name"]) {
            Some(Layout::Woocommerce)
        } else if has(Layout::OpenFoodFacts, &["barcode", "product_name"]) {
            Some(Layout::OpenFoodFacts)
        } else if has(Layout::Merchant, &["id", "title"]) {
            Some(Layout::Merchant)
        } else {
            None
        }
    }

    /// The layout's own name of a column, as it may be written in a header; `None` when it is none of its columns.
    pub(super) fn canonical(self, name: &str) -> Option<String> {
        match self {
            Layout::Shopify => shopify::canonical(name),
            Layout::Woocommerce => woocommerce::canonical(name),
            Layout::Merchant => merchant::canonical(name),
            Layout::OpenFoodFacts => open_food_facts::canonical(name),
        }
    }

    /// Which rows are one product.
    pub(super) fn group(self, sheet: &Sheet) -> Grouped {
        match self {
            Layout::Shopify => shopify::group(sheet),
            Layout::Woocommerce => woocommerce::group(sheet),
            Layout::Merchant => merchant::group(sheet),
            Layout::OpenFoodFacts => open_food_facts::group(sheet),
        }
    }

    /// What the rows say of their product; `None` when they make none.
    pub(super) fn read(self, sheet: &Sheet, rows: &[&Row], options: ImportOptions, said: &mut Said<'_>) -> Option<Incoming> {
        match self {
            Layout::Shopify => shopify::read(sheet, rows, options, said),
            Layout::Woocommerce => woocommerce::read(sheet, rows, options, said),
            Layout::Merchant => merchant::read(sheet, rows, options, said),
            Layout::OpenFoodFacts => open_food_facts::read(sheet, rows, said),
        }
    }

    /// The column in which a field of a product stands; empty where the layout has none.
    pub(super) const fn column(self, field: Field) -> &'static str {
        let [shopify, woocommerce, merchant, food] = match field {
            Field::Handle => ["Handle", "Name", "title", "product_name"],
            Field::Title => ["Title", "Name", "title", "product_name"],
            Field::Body => ["Body (HTML)", "Description", "description", "ingredients"],
            Field::Option => ["Option1 Value", "Attribute 1 value(s)", "", ""],
            Field::Weight => ["Variant Grams", "Weight (kg)", "shipping_weight", ""],
            Field::Sku => ["Variant SKU", "SKU", "id", "barcode"],
            Field::Barcode => ["Variant Barcode", "GTIN, UPC, EAN, or ISBN", "gtin", "barcode"],
        };
        match self {
            Layout::Shopify => shopify,
            Layout::Woocommerce => woocommerce,
            Layout::Merchant => merchant,
            Layout::OpenFoodFacts => food,
        }
    }
}

/// What a problem may be about, where only the product knows of it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Field {
    Handle,
    Title,
    Body,
    Option,
    Weight,
    Sku,
    Barcode,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_says_which_layout_it_is() {
        let of = |header: &str| Layout::of(&header.split(';').collect::<Vec<_>>());
        assert_eq!(of("Handle;Title"), Some(Layout::Shopify));
        assert_eq!(of("ID;Type;SKU;Name;Published"), Some(Layout::Woocommerce));
        assert_eq!(of("ID;Tipo;SKU;Nombre;Precio normal"), Some(Layout::Woocommerce));
        assert_eq!(of("id;title;description;image link;price"), Some(Layout::Merchant));
        assert_eq!(of("barcode;product_name;ingredients"), Some(Layout::OpenFoodFacts));
        assert_eq!(of("Nombre;Correo"), None);
    }
}
