//! Names of products and variants.

kernel::id! {
    /// What is shown.
    pub struct ProductId;
    /// What is bought: one size and colour. Stock and price hang on it.
    pub struct VariantId;
}
