//! Price lists, tax, promotions, one quote for every channel.
//!
//! A price stands on a list; of the lists that are open to the asker the strongest wins, by a written rule ([`PriceList`]).
//! [`quote`] prices a cart; [`price_cards`] and [`variant_prices`] give lists and product pages the same prices.

mod cards;
mod change_promotion;
mod coupons;
mod create_price_list;
mod create_promotion;
mod delivery;
mod error;
mod events;
mod ids;
mod matching;
mod model;
mod preview;
mod promote;
mod promotion;
mod queries;
mod quote;
mod ranges;
mod set_prices;
mod set_tax_rate;
mod store;
mod uses;
mod why;

pub use cards::{PriceCard, PriceContext, VariantPrice, price_cards, variant_prices};
pub use change_promotion::{check_promotion, start_promotion, stop_promotion, update_promotion};
pub use coupons::{
    Coupon, CouponAnswer, CouponOutcome, CouponRefusal, EnteredCoupon, MOST_COUPONS, RedeemError, add_coupons, check_coupon, coupon_code,
    coupons, give_coupon_back, redeem_coupon,
};
pub use create_price_list::{NewPriceList, create_price_list};
pub use create_promotion::create_promotion;
pub use delivery::{
    Area, Arrival, DeliveryDays, DeliveryFee, DeliveryMethod, DeliveryZone, MAX_METHOD_CODE, STANDARD, SourcingWeights, SpanishZone,
    delivery_days, delivery_method, delivery_methods, remove_delivery_method, set_delivery_days, set_delivery_method, set_sourcing_weights,
    sourcing_weights,
};
pub use error::PriceError;
pub use events::{
    COUPONS_ADDED, DELIVERY_DAYS_SET, DELIVERY_METHOD_REMOVED, DELIVERY_METHOD_SET, DISCOUNT_GIVEN, DISCOUNT_TAKEN_BACK, MATCH_RULE_SET,
    PRICE_CHANGED, PRICE_LIST_CREATED, PROMOTION_CHANGED, PROMOTION_CREATED, PROMOTION_STARTED, PROMOTION_STOPPED, PriceChanged,
    SOURCING_SET, TAX_RATE_SET,
};
pub use ids::{PriceListId, PromotionId};
pub use matching::{MatchRefusal, MatchRule, match_rule, set_match_rule};
pub use model::{PriceList, Span, TaxRegion};
pub use preview::{Effect, Preview, preview};
pub use promotion::{Offer, Promotion, PromotionState, Target};
pub use queries::{UsedPromotion, open_promotions, price_list_by_code, price_lists, prices_on_list, promotion, promotions};
pub use quote::{Discount, Quote, QuoteError, QuoteLine, QuoteRequest, TaxSum, quote, quote_of};
pub use ranges::REACTIONS;
pub use set_prices::{PriceEntry, remove_price, set_price, set_prices};
pub use set_tax_rate::set_tax_rate;
pub use uses::{record_discounts, take_discounts_back};
pub use why::Why;

/// This room's tables.
pub const MIGRATIONS: kernel::Migrations =
    kernel::migrations!("pricing", ["0001_pricing", "0002_promotions", "0003_coupons", "0004_stopped", "0005_matching", "0006_delivery"]);
