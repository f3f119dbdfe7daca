//! The texts of a product as a form, and back.

use super::{statuses, tax_categories};
use crate::{Form, Page};
use catalogue::{EditError, Localised, Product, ProductChange};

/// Lists for the form's choices.
pub(super) struct Choices {
    /// Whether customers see it.
    pub statuses: Vec<(&'static str, String)>,
    /// Which tax it takes.
    pub taxes: Vec<(&'static str, String)>,
}

impl Choices {
    pub fn of(page: &Page) -> Self {
        Choices { statuses: statuses(page), taxes: tax_categories(page) }
    }
}

/// The form of a product that is there.
pub(super) fn form_of(product: &Product) -> Form {
    let version = product.version.to_string();
    let tags = product.tags.join(", ");
    Form::of([
        ("version", version.as_str()),
        ("title_es", &product.title.es),
        ("title_en", &product.title.en),
        ("description_es", &product.description_html.es),
        ("description_en", &product.description_html.en),
        ("seo_title_es", &product.seo_title.es),
        ("seo_title_en", &product.seo_title.en),
        ("seo_description_es", &product.seo_description.es),
        ("seo_description_en", &product.seo_description.en),
        ("handle", &product.handle),
        ("vendor", &product.vendor),
        ("category", &product.category),
        ("tags", &tags),
        ("status", product.status.as_str()),
        ("tax_category", product.tax_category.as_str()),
        ("is_service", if product.is_service { "1" } else { "" }),
    ])
}

/// Both languages of a text.
pub(super) fn both(form: &Form, name: &str) -> Localised {
    Localised::new(form.value(&format!("{name}_es")), form.value(&format!("{name}_en")))
}

/// Words parted by commas.
pub(super) fn words(text: &str) -> Vec<String> {
    text.split(',').map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect()
}

/// What the form changes.
pub(super) fn change(form: &Form) -> ProductChange {
    ProductChange {
        if_version: form.value("version").parse().ok(),
        handle: Some(form.value("handle").to_owned()),
        status: form.value("status").parse().ok(),
        title: Some(both(form, "title")),
        description_html: Some(both(form, "description")),
        seo_title: Some(both(form, "seo_title")),
        seo_description: Some(both(form, "seo_description")),
        vendor: Some(form.value("vendor").to_owned()),
        category: Some(form.value("category").to_owned()),
        tags: Some(words(form.value("tags"))),
        tax_category: form.value("tax_category").parse().ok(),
        is_service: Some(form.value("is_service") == "1"),
        goes_with: None,
    }
}

/// The field of the form that an error is about.
pub(super) fn field(error: &EditError) -> &'static str {
    match error {
        EditError::HandleTaken { .. } => "handle",
        EditError::Invalid { field: "handle", .. } => "handle",
        EditError::Invalid { field: "description_html", .. } => "description_es",
        EditError::Invalid { field: "options" | "option_values", .. } => "option1_values",
        EditError::SkuTaken { .. } | EditError::Invalid { field: "sku", .. } => "sku",
        EditError::Barcode(_) | EditError::BarcodeTaken { .. } => "barcode",
        EditError::Changed { .. } => "version",
        _ => "title_es",
    }
}
