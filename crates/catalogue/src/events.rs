//! What we announce.

use crate::{Product, ProductId};
use kernel::{Actor, Event, Fault, Tx};
use serde::{Deserialize, Serialize};

/// The kind of [`ProductChanged`].
pub const PRODUCT_CHANGED: &str = "product.changed";

/// It was planned when a product goes on sale or off it; its subject is the product's id.
pub const PRODUCT_PLANNED: &str = "product.planned";

/// A product was made or changed; its subject is the product's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductChanged {
    /// Which.
    pub product: ProductId,
    /// The version it now has; 1 when it is new.
    pub version: i64,
}

pub(crate) fn changed(tx: &mut Tx<'_>, actor: &Actor, product: &Product) -> Result<(), Fault> {
    let body = ProductChanged { product: product.id, version: product.version };
    tx.announce(Event::new(PRODUCT_CHANGED, product.id).by(actor).body(&body))
}
