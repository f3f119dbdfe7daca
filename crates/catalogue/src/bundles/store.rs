//! Every SQL text about bundles, but for the list on the variant itself.

use super::Kinds;
use crate::store::{MANY, padded};
use crate::{Product, VariantId};
use kernel::{Fault, Json, ReadTx, Tx, params, sql};

/// Write down the way back from each part to the bundles of this product, where they changed.
pub(crate) fn keep(tx: &mut Tx<'_>, before: Option<&Product>, after: &Product) -> Result<(), Fault> {
    for variant in &after.variants {
        let known = before.and_then(|before| before.variant(variant.id)).map_or(&[][..], |known| &known.parts);
        if known == variant.parts {
            continue;
        }
        if !known.is_empty() {
            tx.execute(sql!("DELETE FROM bundle_part WHERE bundle = ?1"), params![variant.id])?;
        }
        for part in &variant.parts {
            tx.execute(
                sql!("INSERT INTO bundle_part (part, bundle) VALUES (?1, ?2) ON CONFLICT (part, bundle) DO NOTHING"),
                params![part.variant, variant.id],
            )?;
        }
    }
    Ok(())
}

pub(super) fn kinds_among(tx: &ReadTx<'_>, ids: &[VariantId]) -> Result<Kinds, Fault> {
    let mut found = Kinds::default();
    for chunk in ids.chunks(MANY) {
        let some: Vec<(VariantId, bool, Json<Vec<_>>)> = tx.query(
            sql!(
                "SELECT v.id, p.is_service, v.parts FROM variant v JOIN product p ON p.id = v.product
                  WHERE v.id IN (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24)
                    AND (p.is_service = 1 OR v.parts <> '[]') ORDER BY v.id"
            ),
            &padded(chunk),
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )?;
        for (id, is_service, Json(parts)) in some {
            if is_service {
                found.services.insert(id);
            } else {
                found.bundles.insert(id, parts);
            }
        }
    }
    Ok(found)
}

pub(super) fn bundles_with(tx: &ReadTx<'_>, parts: &[VariantId]) -> Result<Vec<VariantId>, Fault> {
    let mut found = Vec::new();
    for chunk in parts.chunks(MANY) {
        found.extend(tx.query(
            sql!(
                "SELECT DISTINCT bundle FROM bundle_part
                  WHERE part IN (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24)
                  ORDER BY bundle"
            ),
            &padded(chunk),
            |row| row.get::<VariantId>(0),
        )?);
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}
