//! How many products on sale each category has.

use crate::cards::Category;
use crate::{Product, Status};
use kernel::{Fault, ReadTx, Tx, params, sql};

/// Count a product in where it is on sale now, and out where it was.
pub(super) fn count(tx: &mut Tx<'_>, before: Option<&Product>, after: &Product) -> Result<(), Fault> {
    let key = |product: &Product| (product.status == Status::Active).then(|| product.category_key()).filter(|key| !key.is_empty());
    let (was, is) = (before.and_then(key), key(after));
    if was == is && before.is_some_and(|before| before.category == after.category) {
        return Ok(());
    }
    if let Some(was) = was {
        tx.execute(sql!("UPDATE category SET products = products - 1 WHERE key = ?1"), params![was])?;
    }
    if let Some(is) = is {
        tx.execute(
            sql!(
                "INSERT INTO category (key, name, products) VALUES (?1, ?2, 1)
                 ON CONFLICT (key) DO UPDATE SET name = excluded.name, products = category.products + 1"
            ),
            params![is, after.category],
        )?;
    }
    Ok(())
}

/// Categories of products on sale, by name in addresses.
pub(crate) fn categories(tx: &ReadTx<'_>, limit: i64) -> Result<Vec<Category>, Fault> {
    tx.query(sql!("SELECT key, name, products FROM category WHERE products > 0 ORDER BY key LIMIT ?1"), params![limit], |row| {
        Ok(Category { key: row.get(0)?, name: row.get(1)?, products: row.get(2)? })
    })
}
