//! Every SQL text and row mapping of this room.

mod cards;
mod categories;
mod list;
mod read;
mod write;

pub(crate) use cards::{product_cards, variant_cards, variant_id_by_gtin, variant_id_by_sku, variants_of};
pub(crate) use categories::categories;
pub(crate) use list::{newest_ids, staff_ids, title_ids};
pub(crate) use read::{id_by_handle, owner_of_gtin, owner_of_sku, product, product_of_variant, product_steps, products_after};
pub(crate) use write::write;

use kernel::Bind;

/// Ids asked for by one statement; a shorter list is filled up with its last one.
pub(crate) const MANY: usize = 24;

pub(crate) fn padded<T: Bind>(chunk: &[T]) -> Vec<&dyn Bind> {
    (0..MANY).map(|i| &chunk[i.min(chunk.len() - 1)] as &dyn Bind).collect()
}
