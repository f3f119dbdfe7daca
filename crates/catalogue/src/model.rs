//! A product with all that belongs to it, and the rules that hold for it. No transaction, clock or chance.

use crate::text::{fold, safe_html, slug};
use crate::{Barcode, BundlePart, EditError, MediaId, ProductId, VariantId};
use kernel::{Locale, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

kernel::db_enum! {
    /// Whether customers see a product.
    pub enum Status {
        /// Being made; only staff see it.
        Draft = "draft",
        /// On sale.
        Active = "active",
        /// No longer sold; kept for old orders.
        Archived = "archived",
    }
}

kernel::db_enum! {
    /// Which tax rate a product takes; the rates themselves are pricing's.
    pub enum TaxCategory {
        /// The general rate.
        Standard = "standard",
        /// Reduced rate, such as food or hotels.
        Reduced = "reduced",
        /// The lowest rate, such as bread or books.
        SuperReduced = "super_reduced",
        /// No tax.
        Zero = "zero",
    }
}

/// One text in both languages; an empty one falls back to the other.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Localised {
    /// Spanish.
    #[serde(default)]
    pub es: String,
    /// English.
    #[serde(default)]
    pub en: String,
}

impl Localised {
    /// Spanish and English.
    pub fn new(es: impl Into<String>, en: impl Into<String>) -> Self {
        Localised { es: es.into(), en: en.into() }
    }
    /// What to show in `locale`.
    pub fn get(&self, locale: Locale) -> &str {
        let (wanted, other) = match locale {
            Locale::Es => (&self.es, &self.en),
            Locale::En => (&self.en, &self.es),
        };
        if wanted.is_empty() { other } else { wanted }
    }
    /// The text of exactly this language.
    pub fn slot(&mut self, locale: Locale) -> &mut String {
        match locale {
            Locale::Es => &mut self.es,
            Locale::En => &mut self.en,
        }
    }
    /// True when there is a text in neither language.
    pub fn is_empty(&self) -> bool {
        self.es.is_empty() && self.en.is_empty()
    }
    pub(crate) fn trim(&mut self) {
        for text in [&mut self.es, &mut self.en] {
            if text.trim().len() != text.len() {
                *text = text.trim().to_owned();
            }
        }
    }
}

/// A choice the customer makes, and what there is to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductOption {
    /// `Color`, `Talla`.
    pub name: String,
    /// In the order of the variants.
    pub values: Vec<String>,
}

impl ProductOption {
    /// True for the option that changes how the product looks.
    pub fn is_colour(&self) -> bool {
        matches!(fold(&self.name).as_str(), "color" | "colour" | "colores")
    }
    /// True for the option that changes how it fits.
    pub fn is_size(&self) -> bool {
        matches!(fold(&self.name).as_str(), "talla" | "size" | "tamano" | "numero")
    }
}

/// What is bought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    /// Its id.
    pub id: VariantId,
    /// Unique in the whole catalogue.
    pub sku: String,
    /// What a scanner reads; unique too.
    pub barcode: Option<Barcode>,
    /// One value for each option of the product, in their order.
    pub option_values: Vec<String>,
    /// Grams, packed; 0 when unknown.
    pub weight_grams: i64,
    /// Order on the page, from 1.
    pub position: i64,
    /// False when it may no longer be bought.
    pub is_active: bool,
    /// The picture of this variant; else the product's first.
    pub media: Option<MediaId>,
    /// What it is made of, in the order shown; empty for what is sold as it is.
    #[serde(default)]
    pub parts: Vec<BundlePart>,
}

/// A picture of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// Its id.
    pub id: MediaId,
    /// Order on the page, from 1.
    pub position: i64,
    /// `picture:tee/azul`, a file name or an address.
    pub source: String,
    /// For those who do not see it.
    pub alt: Localised,
}

/// What is shown, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// Its id.
    pub id: ProductId,
    /// Its name in addresses; unique.
    pub handle: String,
    /// Whether customers see it.
    pub status: Status,
    /// Its name.
    pub title: Localised,
    /// Safe HTML.
    pub description_html: Localised,
    /// For search engines; empty means the title.
    pub seo_title: Localised,
    /// For search engines.
    pub seo_description: Localised,
    /// The maker.
    pub vendor: String,
    /// The kind of product: `Camisetas`. Empty when it has none.
    pub category: String,
    /// Free words; `material:lino` is the attribute `material` with value `lino`.
    pub tags: Vec<String>,
    /// Which tax rate it takes.
    pub tax_category: TaxCategory,
    /// Work and not a thing: sold without stock, brought by no parcel.
    #[serde(default)]
    pub is_service: bool,
    /// Choices; empty for a product with a single variant.
    pub options: Vec<ProductOption>,
    /// By position.
    pub variants: Vec<Variant>,
    /// By position.
    pub media: Vec<Media>,
    /// What it is offered with, services and things, in the order shown.
    #[serde(default)]
    pub goes_with: Vec<ProductId>,
    /// Rises by one with every change; the same number is shown on every channel.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// Most variants a product may have.
pub const MAX_VARIANTS: usize = 2000;
const MAX_TAGS: usize = 250;
const MAX_NAME: usize = 255;
const MAX_DESCRIPTION: usize = 200_000;

impl Product {
    /// True when customers see it.
    pub fn is_visible(&self) -> bool {
        self.status == Status::Active
    }
    /// The category's name in addresses.
    pub fn category_key(&self) -> String {
        slug(&self.category)
    }
    /// Name and value of the tags that have both: `material:lino`.
    pub fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        attributes(&self.tags)
    }
    /// The variant with this id.
    pub fn variant(&self, id: VariantId) -> Option<&Variant> {
        self.variants.iter().find(|variant| variant.id == id)
    }
    /// True when one of its variants is a bundle.
    pub fn has_bundles(&self) -> bool {
        self.variants.iter().any(|variant| !variant.parts.is_empty())
    }
    /// The picture of a variant, or the product's first.
    pub fn picture(&self, variant: Option<&Variant>) -> Option<&Media> {
        let own = variant.and_then(|v| v.media).and_then(|id| self.media.iter().find(|media| media.id == id));
        own.or_else(|| self.media.first())
    }
    /// The value a variant has for one of the options.
    pub fn value_of<'a>(&self, variant: &'a Variant, option: &ProductOption) -> Option<&'a str> {
        let at = self.options.iter().position(|known| known.name == option.name)?;
        variant.option_values.get(at).map(String::as_str)
    }

    /// Texts trimmed and made safe, tags without repeats, positions counted from 1, option values as the variants have them.
    pub(crate) fn normalise(&mut self) {
        self.handle = self.handle.trim().to_lowercase();
        for text in [&mut self.title, &mut self.seo_title, &mut self.seo_description] {
            text.trim();
        }
        self.description_html = Localised::new(safe_html(&self.description_html.es), safe_html(&self.description_html.en));
        self.vendor = self.vendor.trim().to_owned();
        self.category = self.category.trim().to_owned();
        let mut seen = HashSet::new();
        self.tags = self.tags.iter().map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty() && seen.insert(tag.clone())).collect();
        for (position, media) in (1..).zip(&mut self.media) {
            media.position = position;
            media.alt.trim();
        }
        for (position, variant) in (1..).zip(&mut self.variants) {
            variant.position = position;
            variant.sku = variant.sku.trim().to_owned();
        }
        for (at, option) in self.options.iter_mut().enumerate() {
            let mut seen = HashSet::new();
            option.name = option.name.trim().to_owned();
            option.values = self.variants.iter().filter_map(|v| v.option_values.get(at)).filter(|v| seen.insert(*v)).cloned().collect();
        }
    }

    /// The rules that every product keeps.
    pub(crate) fn check(&self) -> Result<(), EditError> {
        let bad = |field, why: &str| Err(EditError::Invalid { field, why: why.to_owned() });
        let fits = |text: &str, most: usize| text.chars().count() <= most;
        if self.handle.is_empty()
            || !fits(&self.handle, MAX_NAME)
            || self.handle.contains(|c: char| !c.is_alphanumeric() && c != '-' && c != '_')
        {
            return bad("handle", "letters, digits and hyphens are expected");
        }
        if self.title.is_empty() {
            return bad("title", "a title is needed");
        }
        let names = [&self.title.es, &self.title.en, &self.seo_title.es, &self.seo_title.en, &self.vendor, &self.category];
        if !names.iter().all(|name| fits(name, MAX_NAME)) || !self.tags.iter().all(|tag| fits(tag, MAX_NAME)) || self.tags.len() > MAX_TAGS
        {
            return bad("title", "titles, names and tags have at most 255 characters, and there are at most 250 tags");
        }
        if self.description_html.es.len() + self.description_html.en.len() > MAX_DESCRIPTION {
            return bad("description_html", "the description is too long");
        }
        if self.media.iter().any(|media| media.source.trim().is_empty()) {
            return bad("media", "a picture needs a source");
        }
        self.check_variants()
    }

    fn check_variants(&self) -> Result<(), EditError> {
        let bad = |field, why: String| Err(EditError::Invalid { field, why });
        if self.variants.len() > MAX_VARIANTS {
            return bad("variants", format!("at most {MAX_VARIANTS} variants are possible"));
        }
        let names: HashSet<_> = self.options.iter().map(|option| fold(&option.name)).collect();
        if names.len() != self.options.len() || names.contains("") {
            return bad("options", "each option needs a name of its own".to_owned());
        }
        let (mut skus, mut combinations, mut barcodes) = (HashSet::new(), HashSet::new(), HashSet::new());
        for variant in &self.variants {
            if variant.sku.is_empty() || variant.sku.chars().count() > MAX_NAME {
                return bad("sku", "a SKU of at most 255 characters is needed".to_owned());
            }
            if variant.weight_grams < 0 {
                return bad("weight_grams", format!("`{}` weighs less than nothing", variant.sku));
            }
            if variant.option_values.len() != self.options.len() || variant.option_values.iter().any(String::is_empty) {
                return bad("option_values", format!("`{}` needs one value for each of the {} options", variant.sku, self.options.len()));
            }
            if !combinations.insert(&variant.option_values) {
                return bad("option_values", format!("`{}` repeats another variant's {}", variant.sku, variant.option_values.join(" / ")));
            }
            if !skus.insert(&variant.sku) {
                return Err(EditError::SkuTaken { sku: variant.sku.clone(), handle: self.handle.clone() });
            }
            if let Some(barcode) = variant.barcode.as_ref().filter(|barcode| !barcodes.insert(barcode.gtin14())) {
                return Err(EditError::BarcodeTaken { barcode: barcode.to_string(), handle: self.handle.clone() });
            }
        }
        Ok(())
    }

    /// True when nothing but version and time differs.
    pub(crate) fn says_the_same_as(&self, other: &Product) -> bool {
        let stamped = Product { version: other.version, updated_at: other.updated_at, created_at: other.created_at, ..self.clone() };
        stamped == *other
    }
}

/// Move the item at `from` to `position` (from 1); positions beyond the end mean last.
pub(crate) fn place<T>(items: &mut Vec<T>, from: usize, position: i64) {
    let item = items.remove(from);
    let to = usize::try_from(position - 1).unwrap_or(0).min(items.len());
    items.insert(to, item);
}

/// Name and value of the tags that have both.
pub(crate) fn attributes(tags: &[String]) -> impl Iterator<Item = (&str, &str)> {
    tags.iter()
        .filter_map(|tag| tag.split_once(':'))
        .map(|(name, value)| (name.trim(), value.trim()))
        .filter(|(n, v)| !n.is_empty() && !v.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_language_falls_back_to_the_other() {
        let only_spanish = Localised::new("Camisa", "");
        assert_eq!((only_spanish.get(Locale::En), only_spanish.get(Locale::Es)), ("Camisa", "Camisa"));
        assert_eq!(Localised::new("Camisa", "Shirt").get(Locale::En), "Shirt");
    }

    #[test]
    fn tags_with_a_colon_are_attributes() {
        let tags = ["material:lino".to_owned(), "nuevo".to_owned(), "cuidado: a mano".to_owned(), ":x".to_owned()];
        assert_eq!(attributes(&tags).collect::<Vec<_>>(), [("material", "lino"), ("cuidado", "a mano")]);
    }
}
