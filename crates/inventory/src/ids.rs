//! Names of places.

kernel::id! {
    /// Anywhere stock is: shop, warehouse.
    pub struct LocationId;
}
