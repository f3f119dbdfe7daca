//! Names of products, variants and media.

kernel::id! {
    /// What is shown.
    pub struct ProductId;
    /// What is bought: one size and colour. Stock and price hang on it.
    pub struct VariantId;
    /// A picture of a product.
    pub struct MediaId;
}
