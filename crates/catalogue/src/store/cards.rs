//! Cards: what lists, carts and orders show of a product or variant, many in one statement.

use super::{MANY, padded};
use crate::{Localised, Picture, ProductCard, ProductId, ProductOption, VariantCard, VariantId};
use kernel::{Fault, Json, ReadTx, Row, params, sql};
use std::collections::HashMap;

/// Cards of products, in the order asked for; unknown ids are left out.
pub(crate) fn product_cards(tx: &ReadTx<'_>, ids: &[ProductId]) -> Result<Vec<ProductCard>, Fault> {
    let mut found = HashMap::with_capacity(ids.len());
    for chunk in ids.chunks(MANY) {
        let cards = tx.query(
            sql!(
                "SELECT p.id, p.handle, p.status, p.title_es, p.title_en, p.vendor, p.category, p.category_key, p.options, m.source, m.alt_es,
                        m.alt_en, p.version, p.created_at, p.updated_at, p.is_service
                   FROM product p LEFT JOIN media m ON m.id = p.picture
                  WHERE p.id IN (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24)"
            ),
            &padded(chunk),
            product_card,
        )?;
        found.extend(cards.into_iter().map(|card| (card.id, card)));
    }
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

fn product_card(row: &Row<'_>) -> Result<ProductCard, Fault> {
    Ok(ProductCard {
        id: row.get(0)?,
        handle: row.get(1)?,
        status: row.get(2)?,
        title: Localised { es: row.get(3)?, en: row.get(4)? },
        vendor: row.get(5)?,
        category: row.get(6)?,
        category_key: row.get(7)?,
        options: row.get::<Json<_>>(8)?.0,
        picture: picture(row, 9)?,
        version: row.get(12)?,
        created_at: row.get(13)?,
        updated_at: row.get(14)?,
        is_service: row.get(15)?,
    })
}

fn picture(row: &Row<'_>, at: usize) -> Result<Option<Picture>, Fault> {
    let Some(source) = row.get::<Option<String>>(at)? else { return Ok(None) };
    Ok(Some(Picture { source, alt: Localised { es: row.get(at + 1)?, en: row.get(at + 2)? } }))
}

/// Those variants of products that may be bought, each with its product.
pub(crate) fn variants_of(tx: &ReadTx<'_>, ids: &[ProductId]) -> Result<Vec<(ProductId, VariantId)>, Fault> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(MANY) {
        found.extend(tx.query(
            sql!(
                "SELECT product, id FROM variant
                  WHERE product IN (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24)
                    AND is_active = 1 ORDER BY product, position, id"
            ),
            &padded(chunk),
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?);
    }
    Ok(found)
}

/// Cards of variants, in the order asked for; unknown ids are left out, repeated ones come once.
pub(crate) fn variant_cards(tx: &ReadTx<'_>, ids: &[VariantId]) -> Result<Vec<VariantCard>, Fault> {
    let mut found = HashMap::with_capacity(ids.len());
    for chunk in ids.chunks(MANY) {
        let cards = tx.query(
            sql!(
                "SELECT v.id, v.product, v.sku, v.barcode, v.option_values, v.weight_grams, v.is_active, p.handle, p.status, p.title_es,
                        p.title_en, p.category, p.tax_category, p.options, p.tags, p.version, m.source, m.alt_es, m.alt_en,
                        p.is_service, v.parts
                   FROM variant v JOIN product p ON p.id = v.product LEFT JOIN media m ON m.id = COALESCE(v.media, p.picture)
                  WHERE v.id IN (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24)"
            ),
            &padded(chunk),
            variant_card,
        )?;
        found.extend(cards.into_iter().map(|card| (card.id, card)));
    }
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

fn variant_card(row: &Row<'_>) -> Result<VariantCard, Fault> {
    let values: Vec<String> = row.get::<Json<_>>(4)?.0;
    let options: Vec<ProductOption> = row.get::<Json<_>>(13)?.0;
    Ok(VariantCard {
        id: row.get(0)?,
        product: row.get(1)?,
        sku: row.get(2)?,
        barcode: row.get(3)?,
        options: options.into_iter().map(|option| option.name).zip(values).collect(),
        weight_grams: row.get(5)?,
        is_active: row.get(6)?,
        handle: row.get(7)?,
        status: row.get(8)?,
        title: Localised { es: row.get(9)?, en: row.get(10)? },
        category: row.get(11)?,
        tax_category: row.get(12)?,
        tags: row.get::<Json<_>>(14)?.0,
        version: row.get(15)?,
        picture: picture(row, 16)?,
        is_service: row.get(19)?,
        parts: row.get::<Json<_>>(20)?.0,
    })
}

/// The variant with this SKU.
pub(crate) fn variant_id_by_sku(tx: &ReadTx<'_>, sku: &str) -> Result<Option<VariantId>, Fault> {
    tx.query_opt(sql!("SELECT id FROM variant WHERE sku = ?1"), params![sku], |row| row.get(0))
}

/// The variant with this barcode.
pub(crate) fn variant_id_by_gtin(tx: &ReadTx<'_>, gtin14: &str) -> Result<Option<VariantId>, Fault> {
    tx.query_opt(sql!("SELECT id FROM variant WHERE gtin = ?1"), params![gtin14], |row| row.get(0))
}
