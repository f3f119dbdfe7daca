//! What we announce.

use crate::PriceListId;
use catalogue::{ProductId, VariantId};
use kernel::Money;
use serde::{Deserialize, Serialize};

/// The kind of [`PriceChanged`].
pub const PRICE_CHANGED: &str = "price.changed";
/// A price list was made; its subject is the list's id.
pub const PRICE_LIST_CREATED: &str = "price_list.created";
/// A promotion was made; its subject is the promotion's id.
pub const PROMOTION_CREATED: &str = "promotion.created";
/// A promotion was changed; its subject is the promotion's id.
pub const PROMOTION_CHANGED: &str = "promotion.changed";
/// A promotion was stopped; its subject is the promotion's id.
pub const PROMOTION_STOPPED: &str = "promotion.stopped";
/// A promotion was started; its subject is the promotion's id.
pub const PROMOTION_STARTED: &str = "promotion.started";
/// Promotions took something off a purchase, whose bill's subject is this one's. Of another name than a change of promotions: what is
/// bought makes no page of the shop untrue.
pub const DISCOUNT_GIVEN: &str = "discount.given";
/// The purchase was called off.
pub const DISCOUNT_TAKEN_BACK: &str = "discount.taken_back";
/// A promotion has further coupons; its subject is the promotion's id.
pub const COUPONS_ADDED: &str = "promotion.coupons_added";
/// The rule of matching our own web's price in a shop was written.
pub const MATCH_RULE_SET: &str = "price_match.rule_set";
/// A way of delivery was written; its subject is the way's code.
pub const DELIVERY_METHOD_SET: &str = "delivery_method.set";
/// A way of delivery was taken out; its subject is the way's code.
pub const DELIVERY_METHOD_REMOVED: &str = "delivery_method.removed";
/// Days off or picking times were written.
pub const DELIVERY_DAYS_SET: &str = "delivery_days.set";
/// What is weighed where parcels leave was written.
pub const SOURCING_SET: &str = "sourcing.set";
/// A tax rate begins; its subject is `region/category`.
pub const TAX_RATE_SET: &str = "tax_rate.set";

/// A variant has another price on a list; its subject is the variant's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceChanged {
    /// Of what.
    pub variant: VariantId,
    /// Its product.
    pub product: ProductId,
    /// On which list.
    pub list: PriceListId,
    /// The price now; `None` when it was taken off the list.
    pub price: Option<Money>,
    /// What it is compared with.
    pub compare_at: Option<Money>,
}
