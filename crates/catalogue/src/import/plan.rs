//! The file beside the database: a product as it is and as it will be.

use super::incoming::Incoming;
use super::layout::{Field, Layout};
use super::sheet::problem;
use super::{FieldChange, ImportOptions, LineProblem, Outcome};
use crate::{EditError, Localised, Media, MediaId, Product, ProductId, ProductOption, Status, TaxCategory, Variant, VariantId, store};
use kernel::{Fault, Money, ReadTx};

/// One product. Ids that do not exist yet are placeholders, given on saving.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) line: u64,
    pub(super) title: String,
    pub(super) before: Option<Product>,
    pub(super) after: Product,
    pub(super) rows: Vec<VariantRow>,
}

/// What the file says of a variant that is not the catalogue's to keep.
#[derive(Debug, Clone)]
pub(super) struct VariantRow {
    pub(super) line: u64,
    /// Its place in `after.variants`.
    pub(super) at: usize,
    pub(super) price: Option<Money>,
    pub(super) compare_at: Option<Money>,
    pub(super) quantity: Option<i64>,
}

/// What one product of the file becomes.
pub(super) fn plan(tx: &ReadTx<'_>, incoming: &Incoming, options: ImportOptions) -> Result<Step, Fault> {
    let (id, handle) = known(tx, incoming)?;
    let before = match id {
        Some(id) => store::product(tx, id)?,
        None => None,
    };
    let title = incoming.title.clone().unwrap_or_default();
    let (mut after, rows) = merge(before.clone().unwrap_or_else(|| blank(tx, &handle)), incoming, options);
    after.normalise();
    Ok(Step { line: incoming.line, title, before, after, rows })
}

/// The product that is meant, and its name in addresses: by that name, or, where the layout has none, by whose its SKUs are.
fn known(tx: &ReadTx<'_>, incoming: &Incoming) -> Result<(Option<ProductId>, String), Fault> {
    let handle = incoming.handle.clone();
    if !incoming.is_handle_derived {
        return Ok((store::id_by_handle(tx, &handle)?, handle));
    }
    for variant in &incoming.variants {
        if let Some((id, handle)) = store::owner_of_sku(tx, &variant.sku)? {
            return Ok((Some(id), handle));
        }
    }
    // Another product of this name is there: this one says which it is.
    if store::id_by_handle(tx, &handle)?.is_some() {
        let sku = incoming.variants.first().map(|variant| crate::slug(&variant.sku)).unwrap_or_default();
        return Ok((None, format!("{handle}-{sku}")));
    }
    Ok((None, handle))
}

/// What the product's own rules and other products have against it.
pub(super) fn check(tx: &ReadTx<'_>, step: &Step, layout: Layout) -> Result<Vec<LineProblem>, Fault> {
    let mut problems = Vec::new();
    if let Err(refusal) = step.after.check() {
        problems.push(problem(step.line, column_of(&refusal, layout), refusal.to_string()));
    }
    strangers(tx, step, layout, &mut problems)?;
    Ok(problems)
}

fn column_of(refusal: &EditError, layout: Layout) -> &'static str {
    let field = match refusal {
        EditError::Invalid { field: "title", .. } => Field::Title,
        EditError::Invalid { field: "handle", .. } => Field::Handle,
        EditError::Invalid { field: "description_html", .. } => Field::Body,
        EditError::Invalid { field: "options" | "option_values", .. } => Field::Option,
        EditError::Invalid { field: "weight_grams", .. } => Field::Weight,
        EditError::Invalid { field: "sku", .. } | EditError::SkuTaken { .. } => Field::Sku,
        EditError::BarcodeTaken { .. } => Field::Barcode,
        _ => return "",
    };
    layout.column(field)
}

/// SKUs and barcodes of the file that other products have already.
fn strangers(tx: &ReadTx<'_>, step: &Step, layout: Layout, problems: &mut Vec<LineProblem>) -> Result<(), Fault> {
    for row in &step.rows {
        let variant = &step.after.variants[row.at];
        let known = step.before.as_ref().and_then(|before| before.variant(variant.id));
        if known.is_none_or(|known| known.sku != variant.sku)
            && let Some((_, handle)) = store::owner_of_sku(tx, &variant.sku)?.filter(|(owner, _)| *owner != step.after.id)
        {
            let what = format!("the SKU `{}` belongs to `{handle}`", variant.sku);
            problems.push(problem(row.line, layout.column(Field::Sku), what));
        }
        if let Some(barcode) = &variant.barcode
            && known.is_none_or(|known| known.barcode != variant.barcode)
            && let Some((_, handle)) = store::owner_of_gtin(tx, &barcode.gtin14())?.filter(|(owner, _)| *owner != step.after.id)
        {
            problems.push(problem(row.line, layout.column(Field::Barcode), format!("the barcode {barcode} belongs to `{handle}`")));
        }
    }
    Ok(())
}

fn blank(tx: &ReadTx<'_>, handle: &str) -> Product {
    Product {
        id: ProductId::nil(),
        handle: handle.to_owned(),
        status: Status::Draft,
        title: Localised::default(),
        description_html: Localised::default(),
        seo_title: Localised::default(),
        seo_description: Localised::default(),
        vendor: String::new(),
        category: String::new(),
        tags: Vec::new(),
        tax_category: TaxCategory::Standard,
        is_service: false,
        options: Vec::new(),
        variants: Vec::new(),
        media: Vec::new(),
        goes_with: Vec::new(),
        version: 0,
        created_at: tx.now(),
        updated_at: tx.now(),
    }
}

fn merge(mut product: Product, incoming: &Incoming, options: ImportOptions) -> (Product, Vec<VariantRow>) {
    let texts = [
        (&mut product.title, &incoming.title),
        (&mut product.description_html, &incoming.body),
        (&mut product.seo_title, &incoming.seo_title),
        (&mut product.seo_description, &incoming.seo_description),
    ];
    for (text, said) in texts {
        if let Some(said) = said {
            said.clone_into(text.slot(options.locale));
        }
    }
    product.vendor = incoming.vendor.clone().unwrap_or(product.vendor);
    product.category = incoming.category.clone().unwrap_or(product.category);
    product.tags = incoming.tags.clone().unwrap_or(product.tags);
    product.status = match incoming.status {
        // "Not published" says nothing against archived.
        Some(Status::Draft) if product.status == Status::Archived => Status::Archived,
        said => said.unwrap_or(product.status),
    };
    product.tax_category = match (incoming.tax_category, incoming.is_taxable, product.tax_category) {
        (Some(said), ..) => said,
        (None, Some(false), _) => TaxCategory::Zero,
        (None, Some(true), TaxCategory::Zero) => TaxCategory::Standard,
        (None, _, known) => known,
    };
    merge_media(&mut product, incoming, options);
    let rows = merge_variants(&mut product, incoming);
    (product, rows)
}

/// Pictures of the file in their order, then those it does not mention.
fn merge_media(product: &mut Product, incoming: &Incoming, options: ImportOptions) {
    let mut known = std::mem::take(&mut product.media);
    for (n, said) in (1..).zip(&incoming.media) {
        let found = known.iter().position(|media| media.source == said.source).map(|at| known.remove(at));
        let mut media = found.unwrap_or_else(|| Media {
            id: MediaId::from_parts(0, n),
            position: 0,
            source: said.source.clone(),
            alt: Localised::default(),
        });
        if let Some(alt) = &said.alt {
            alt.clone_into(media.alt.slot(options.locale));
        }
        product.media.push(media);
    }
    product.media.append(&mut known);
}

/// Variants of the file, found by SKU or by their option values; those it does not mention are kept.
fn merge_variants(product: &mut Product, incoming: &Incoming) -> Vec<VariantRow> {
    if incoming.variants.is_empty() {
        return Vec::new();
    }
    product.options = incoming.options.iter().map(|name| ProductOption { name: name.clone(), values: Vec::new() }).collect();
    let mut rows = Vec::with_capacity(incoming.variants.len());
    for (n, said) in (1..).zip(&incoming.variants) {
        let by_sku = product.variants.iter().position(|variant| !said.is_sku_derived && variant.sku == said.sku);
        let found = by_sku.or_else(|| product.variants.iter().position(|variant| variant.option_values == said.option_values));
        let at = found.unwrap_or_else(|| {
            product.variants.push(Variant {
                id: VariantId::from_parts(0, n),
                sku: said.sku.clone(),
                barcode: None,
                option_values: Vec::new(),
                weight_grams: 0,
                position: 0,
                is_active: true,
                media: None,
                parts: Vec::new(),
            });
            product.variants.len() - 1
        });
        let variant = &mut product.variants[at];
        if !said.is_sku_derived {
            said.sku.clone_into(&mut variant.sku);
        }
        said.option_values.clone_into(&mut variant.option_values);
        variant.barcode = said.barcode.clone().unwrap_or(variant.barcode.take());
        variant.weight_grams = said.weight_grams.unwrap_or(variant.weight_grams);
        if let Some(picture) = &said.picture {
            variant.media = product.media.iter().find(|media| media.source == *picture).map(|media| media.id);
        }
        rows.push(VariantRow { line: said.line, at, price: said.price, compare_at: said.compare_at, quantity: said.quantity });
    }
    rows
}

impl Step {
    pub(super) fn outcome(&self) -> Outcome {
        match &self.before {
            None => Outcome::Created,
            Some(before) if self.after.says_the_same_as(before) => Outcome::Unchanged,
            Some(_) => Outcome::Changed,
        }
    }
}

/// Field by field, what differs.
pub(super) fn differences(before: &Product, after: &Product) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    let mut compare = |field: String, before: String, after: String| {
        if before != after {
            changes.push(FieldChange { field, before, after });
        }
    };
    let pairs = [
        ("title", &before.title, &after.title),
        ("description_html", &before.description_html, &after.description_html),
        ("seo_title", &before.seo_title, &after.seo_title),
        ("seo_description", &before.seo_description, &after.seo_description),
    ];
    for (field, old, new) in pairs {
        compare(format!("{field}.es"), old.es.clone(), new.es.clone());
        compare(format!("{field}.en"), old.en.clone(), new.en.clone());
    }
    compare("vendor".into(), before.vendor.clone(), after.vendor.clone());
    compare("category".into(), before.category.clone(), after.category.clone());
    compare("tags".into(), before.tags.join(", "), after.tags.join(", "));
    compare("status".into(), before.status.to_string(), after.status.to_string());
    compare("tax_category".into(), before.tax_category.to_string(), after.tax_category.to_string());
    let names = |product: &Product| product.options.iter().map(|option| option.name.clone()).collect::<Vec<_>>().join(", ");
    compare("options".into(), names(before), names(after));
    let media = |product: &Product| product.media.iter().map(|m| format!("{} ({})", m.source, m.alt.es)).collect::<Vec<_>>().join(", ");
    compare("media".into(), media(before), media(after));
    for variant in &after.variants {
        let Some(old) = before.variant(variant.id) else {
            compare("variants".into(), String::new(), variant.sku.clone());
            continue;
        };
        let code = |variant: &Variant| variant.barcode.as_ref().map(ToString::to_string).unwrap_or_default();
        let picture = |product: &Product, variant: &Variant| {
            product.media.iter().find(|m| Some(m.id) == variant.media).map(|m| m.source.clone()).unwrap_or_default()
        };
        compare(format!("{}.sku", old.sku), old.sku.clone(), variant.sku.clone());
        compare(format!("{}.option_values", old.sku), old.option_values.join(" / "), variant.option_values.join(" / "));
        compare(format!("{}.barcode", old.sku), code(old), code(variant));
        compare(format!("{}.weight_grams", old.sku), old.weight_grams.to_string(), variant.weight_grams.to_string());
        compare(format!("{}.picture", old.sku), picture(before, old), picture(after, variant));
    }
    changes
}
