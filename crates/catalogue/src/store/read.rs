//! Reading whole products.

use crate::{Localised, Media, Product, ProductId, Variant, VariantId};
use kernel::{Fault, Json, ReadTx, Row, params, sql};
use std::collections::HashMap;

/// One product with its variants and pictures.
pub(crate) fn product(tx: &ReadTx<'_>, id: ProductId) -> Result<Option<Product>, Fault> {
    let found = tx.query_opt(
        sql!(
            "SELECT id, handle, status, title_es, title_en, description_es, description_en, seo_title_es, seo_title_en, seo_description_es,
                    seo_description_en, vendor, category, tags, tax_category, options, version, created_at, updated_at,
                    is_service, goes_with
               FROM product WHERE id = ?1"
        ),
        params![id],
        product_row,
    )?;
    let Some(mut product) = found else { return Ok(None) };
    product.variants = tx.query(
        sql!(
            "SELECT product, id, sku, barcode, option_values, weight_grams, position, is_active, media, parts
               FROM variant WHERE product = ?1 ORDER BY position, id"
        ),
        params![id],
        |row| variant_row(row).map(|(_, variant)| variant),
    )?;
    product.media = tx.query(
        sql!("SELECT product, id, position, source, alt_es, alt_en FROM media WHERE product = ?1 ORDER BY position, id"),
        params![id],
        |row| media_row(row).map(|(_, media)| media),
    )?;
    Ok(Some(product))
}

/// The id of every `size`th product, in order of id, at most `most` of them: where a walk through all may begin anew, since another follows.
pub(crate) fn product_steps(tx: &ReadTx<'_>, size: i64, most: usize) -> Result<Vec<ProductId>, Fault> {
    let (mut steps, mut last) = (Vec::new(), ProductId::nil());
    while steps.len() < most {
        let statement = sql!("SELECT id FROM product WHERE id > ?1 ORDER BY id LIMIT 2 OFFSET ?2");
        // A step is where something follows.
        let [step, _] = tx.query(statement, params![last, size - 1], |row| row.get(0))?[..] else { break };
        steps.push(step);
        last = step;
    }
    Ok(steps)
}

/// Products with an id after `after`, in order of id, whole: three statements for as many as `limit`.
pub(crate) fn products_after(tx: &ReadTx<'_>, after: ProductId, limit: i64) -> Result<Vec<Product>, Fault> {
    let mut products = tx.query(
        sql!(
            "SELECT id, handle, status, title_es, title_en, description_es, description_en, seo_title_es, seo_title_en, seo_description_es,
                    seo_description_en, vendor, category, tags, tax_category, options, version, created_at, updated_at,
                    is_service, goes_with
               FROM product WHERE id > ?1 ORDER BY id LIMIT ?2"
        ),
        params![after, limit],
        product_row,
    )?;
    let Some(last) = products.last().map(|product| product.id) else { return Ok(products) };
    let variants = tx.query(
        sql!(
            "SELECT product, id, sku, barcode, option_values, weight_grams, position, is_active, media, parts
               FROM variant WHERE product > ?1 AND product <= ?2 ORDER BY product, position, id"
        ),
        params![after, last],
        variant_row,
    )?;
    let media = tx.query(
        sql!(
            "SELECT product, id, position, source, alt_es, alt_en
               FROM media WHERE product > ?1 AND product <= ?2 ORDER BY product, position, id"
        ),
        params![after, last],
        media_row,
    )?;
    let at: HashMap<ProductId, usize> = products.iter().enumerate().map(|(i, product)| (product.id, i)).collect();
    for (product, variant) in variants {
        products[at[&product]].variants.push(variant);
    }
    for (product, picture) in media {
        products[at[&product]].media.push(picture);
    }
    Ok(products)
}

fn product_row(row: &Row<'_>) -> Result<Product, Fault> {
    let pair = |at| Ok::<_, Fault>(Localised { es: row.get(at)?, en: row.get(at + 1)? });
    Ok(Product {
        id: row.get(0)?,
        handle: row.get(1)?,
        status: row.get(2)?,
        title: pair(3)?,
        description_html: pair(5)?,
        seo_title: pair(7)?,
        seo_description: pair(9)?,
        vendor: row.get(11)?,
        category: row.get(12)?,
        tags: row.get::<Json<_>>(13)?.0,
        tax_category: row.get(14)?,
        options: row.get::<Json<_>>(15)?.0,
        variants: Vec::new(),
        media: Vec::new(),
        is_service: row.get(19)?,
        goes_with: row.get::<Json<_>>(20)?.0,
        version: row.get(16)?,
        created_at: row.get(17)?,
        updated_at: row.get(18)?,
    })
}

fn variant_row(row: &Row<'_>) -> Result<(ProductId, Variant), Fault> {
    let variant = Variant {
        id: row.get(1)?,
        sku: row.get(2)?,
        barcode: row.get(3)?,
        option_values: row.get::<Json<_>>(4)?.0,
        weight_grams: row.get(5)?,
        position: row.get(6)?,
        is_active: row.get(7)?,
        media: row.get(8)?,
        parts: row.get::<Json<_>>(9)?.0,
    };
    Ok((row.get(0)?, variant))
}

fn media_row(row: &Row<'_>) -> Result<(ProductId, Media), Fault> {
    let alt = Localised { es: row.get(4)?, en: row.get(5)? };
    Ok((row.get(0)?, Media { id: row.get(1)?, position: row.get(2)?, source: row.get(3)?, alt }))
}

/// The product at an address.
pub(crate) fn id_by_handle(tx: &ReadTx<'_>, handle: &str) -> Result<Option<ProductId>, Fault> {
    tx.query_opt(sql!("SELECT id FROM product WHERE handle = ?1"), params![handle], |row| row.get(0))
}

/// The product of a variant.
pub(crate) fn product_of_variant(tx: &ReadTx<'_>, id: VariantId) -> Result<Option<ProductId>, Fault> {
    tx.query_opt(sql!("SELECT product FROM variant WHERE id = ?1"), params![id], |row| row.get(0))
}

/// Whose a SKU is: the product and its handle.
pub(crate) fn owner_of_sku(tx: &ReadTx<'_>, sku: &str) -> Result<Option<(ProductId, String)>, Fault> {
    let statement = sql!("SELECT p.id, p.handle FROM variant v JOIN product p ON p.id = v.product WHERE v.sku = ?1");
    tx.query_opt(statement, params![sku], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Whose a barcode is: the product and its handle.
pub(crate) fn owner_of_gtin(tx: &ReadTx<'_>, gtin14: &str) -> Result<Option<(ProductId, String)>, Fault> {
    let statement = sql!("SELECT p.id, p.handle FROM variant v JOIN product p ON p.id = v.product WHERE v.gtin = ?1");
    tx.query_opt(statement, params![gtin14], |row| Ok((row.get(0)?, row.get(1)?)))
}
