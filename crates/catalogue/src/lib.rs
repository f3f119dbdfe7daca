//! Products, variants, media, import, search.
//!
//! A product is written whole by one path (`save`): every command edits a copy, and what differs is stored, its version
//! raised and `product.changed` announced. Lists read ids by index first and the cards in one statement afterwards.

mod add_variant;
mod barcode;
pub mod bulk;
mod bundles;
mod cards;
pub mod collections;
mod create_product;
mod digital_link;
mod error;
mod events;
mod goes_with;
mod ids;
pub mod import;
mod list;
mod model;
mod names;
pub mod pictures;
mod publication;
mod queries;
pub mod ratings;
mod save;
mod save_media;
pub mod search;
pub mod search_words;
mod store;
mod text;
mod update_product;
mod update_variant;
pub mod versions;

pub use add_variant::{NewVariant, add_variant, derived_sku};
pub use barcode::{Barcode, BarcodeError};
pub use bundles::{BundlePart, Kinds, MAX_OF_ONE_PART, MAX_PARTS, PartsError, bundles_with, kinds_among, parts_off_sale, set_parts};
pub use cards::{Category, Picture, ProductCard, VariantCard};
pub use create_product::{NewProduct, create_product};
pub use digital_link::{DigitalLink, Leniency, LinkError};
pub use error::EditError;
pub use events::{PRODUCT_CHANGED, PRODUCT_PLANNED, ProductChanged};
pub use goes_with::{GoesWithError, MAX_GOES_WITH};
pub use ids::{MediaId, ProductId, VariantId};
pub use list::{ListError, ListFilter, MAX_PAGE, Page, Sort, StaffFilter, categories, list, staff_found, staff_list};
pub use model::{Localised, MAX_VARIANTS, Media, Product, ProductOption, Status, TaxCategory, Variant};
pub use names::{names_in, product_named};
pub use publication::{Plan, Planned, plan_publication, publication};
pub use queries::{
    ScanError, by_barcode, by_code, by_sku, cards, product, product_by_handle, product_steps, products_after, variant, variants,
    variants_of,
};
pub use save_media::{MediaChange, NewMedia, remove_media, save_media};
pub use text::{fold, slug};
pub use update_product::{ProductChange, changed, update_product};
pub use update_variant::{VariantChange, update_variant};

/// This room's timers.
pub const TIMERS: &[kernel::TimerHandler] = &[collections::BUILDS, collections::CLEARS, publication::PUBLISHES];

/// This room's tables.
pub const MIGRATIONS: kernel::Migrations = kernel::migrations!(
    "catalogue",
    [
        "0001_catalogue",
        "0002_ratings",
        "0003_rated_by",
        "0004_names",
        "0020_search",
        "0021_category_count",
        "0022_versions",
        "0050_imports",
        "0051_publication",
        "0052_goes_with",
        "0053_pictures",
        "0054_collections",
        "0055_bundles",
        "0056_bulk_edits"
    ]
);
