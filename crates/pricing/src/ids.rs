//! Names of price lists and promotions.

kernel::id! {
    /// A set of prices.
    pub struct PriceListId;
    /// Something off part of a cart.
    pub struct PromotionId;
}
