//! Writing what differs of a product.

use crate::text::fold;
use crate::{Media, Product, ProductId, Variant, bundles, collections, names};
use kernel::{Fault, Json, Tx, params, sql};

/// Write a product: the whole of it when `before` is `None`, else what differs.
pub(crate) fn write(tx: &mut Tx<'_>, before: Option<&Product>, after: &Product) -> Result<(), Fault> {
    product_row(tx, after)?;
    names::keep(tx, before, after)?;
    super::categories::count(tx, before, after)?;
    collections::keep(tx, before, after)?;
    bundles::keep(tx, before, after)?;
    if before.is_none_or(|before| before.tags != after.tags) {
        tags(tx, before.is_some(), after)?;
    }
    for variant in &after.variants {
        if before.and_then(|before| before.variant(variant.id)) != Some(variant) {
            variant_row(tx, after.id, variant)?;
        }
    }
    for media in &after.media {
        if before.is_none_or(|before| !before.media.contains(media)) {
            media_row(tx, after.id, media)?;
        }
    }
    for gone in before.iter().flat_map(|before| &before.media).filter(|old| after.media.iter().all(|media| media.id != old.id)) {
        tx.execute(sql!("DELETE FROM media WHERE id = ?1"), params![gone.id])?;
    }
    Ok(())
}

fn product_row(tx: &mut Tx<'_>, p: &Product) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "INSERT INTO product (id, handle, status, title_es, title_en, description_es, description_en, seo_title_es, seo_title_en,
                    seo_description_es, seo_description_en, vendor, category, category_key, tax_category, tags, options, picture, title_key,
                    search_key, version, created_at, updated_at, is_service, goes_with)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23,
                    ?24, ?25)
             ON CONFLICT (id) DO UPDATE SET handle = excluded.handle, status = excluded.status, title_es = excluded.title_es,
                    title_en = excluded.title_en, description_es = excluded.description_es, description_en = excluded.description_en,
                    seo_title_es = excluded.seo_title_es, seo_title_en = excluded.seo_title_en,
                    seo_description_es = excluded.seo_description_es, seo_description_en = excluded.seo_description_en,
                    vendor = excluded.vendor, category = excluded.category, category_key = excluded.category_key,
                    tax_category = excluded.tax_category, tags = excluded.tags, options = excluded.options, picture = excluded.picture,
                    title_key = excluded.title_key, search_key = excluded.search_key, version = excluded.version,
                    updated_at = excluded.updated_at, is_service = excluded.is_service, goes_with = excluded.goes_with"
        ),
        params![
            p.id,
            p.handle,
            p.status,
            p.title.es,
            p.title.en,
            p.description_html.es,
            p.description_html.en,
            p.seo_title.es,
            p.seo_title.en,
            p.seo_description.es,
            p.seo_description.en,
            p.vendor,
            p.category,
            p.category_key(),
            p.tax_category,
            Json(&p.tags),
            Json(&p.options),
            p.media.first().map(|media| media.id),
            fold(p.title.get(kernel::Locale::Es)),
            search_key(p),
            p.version,
            p.created_at,
            p.updated_at,
            p.is_service,
            Json(&p.goes_with),
        ],
    )
    .map(drop)
}

/// What staff may type to find the product.
fn search_key(p: &Product) -> String {
    let names = [&p.title.es, &p.title.en, &p.handle, &p.vendor, &p.category].map(String::as_str);
    let skus = p.variants.iter().flat_map(|variant| [Some(variant.sku.as_str()), variant.barcode.as_ref().map(|code| code.as_str())]);
    fold(&names.into_iter().chain(skus.flatten()).collect::<Vec<_>>().join(" "))
}

fn tags(tx: &mut Tx<'_>, had_some: bool, p: &Product) -> Result<(), Fault> {
    if had_some {
        tx.execute(sql!("DELETE FROM product_tag WHERE product = ?1"), params![p.id])?;
    }
    for tag in &p.tags {
        tx.execute(
            sql!("INSERT INTO product_tag (tag, product) VALUES (?1, ?2) ON CONFLICT (tag, product) DO NOTHING"),
            params![fold(tag), p.id],
        )?;
    }
    Ok(())
}

fn variant_row(tx: &mut Tx<'_>, product: ProductId, v: &Variant) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "INSERT INTO variant (id, product, sku, barcode, gtin, option_values, weight_grams, position, is_active, media, parts)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
             ON CONFLICT (id) DO UPDATE SET sku = excluded.sku, barcode = excluded.barcode, gtin = excluded.gtin,
                    option_values = excluded.option_values, weight_grams = excluded.weight_grams, position = excluded.position,
                    is_active = excluded.is_active, media = excluded.media, parts = excluded.parts"
        ),
        params![
            v.id,
            product,
            v.sku,
            v.barcode,
            v.barcode.as_ref().map(|code| code.gtin14()),
            Json(&v.option_values),
            v.weight_grams,
            v.position,
            v.is_active,
            v.media,
            Json(&v.parts),
        ],
    )
    .map(drop)
}

fn media_row(tx: &mut Tx<'_>, product: ProductId, m: &Media) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "INSERT INTO media (id, product, position, source, alt_es, alt_en) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (id) DO UPDATE SET position = excluded.position, source = excluded.source, alt_es = excluded.alt_es,
                    alt_en = excluded.alt_en"
        ),
        params![m.id, product, m.position, m.source, m.alt.es, m.alt.en],
    )
    .map(drop)
}
