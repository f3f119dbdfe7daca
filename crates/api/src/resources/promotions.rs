//! Promotions and the coupons that ask for them.

use super::Routes;
use super::shared::LocalisedText;
use crate::ApiState;
use crate::http::{ApiError, ApiResult, Caller, Id, InPath, List, MoneyView, Once, Post, Reply, needs};
use axum::Json;
use axum::extract::State;
use catalogue::{ProductId, VariantId};
use kernel::{Currency, Money, Permission, Timestamp, Tx};
use pricing::{Offer, Promotion, PromotionId, Span, Target};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default()
        .routes(needs(Permission::ViewCatalogue, routes!(open_promotions)))
        .routes(needs(Permission::EditPrices, routes!(create_promotion)))
        .routes(needs(Permission::EditPrices, routes!(add_coupons)))
}

/// What a promotion is about.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum PromotionTargetBody {
    /// Every line.
    Everything,
    /// Products of a category, by its key.
    Category {
        /// `camisas`.
        category: String,
    },
    /// Products with a tag.
    Tag {
        /// Case and accents do not matter.
        tag: String,
    },
    /// These products, at most 100.
    Products {
        /// Which.
        #[schema(value_type = Vec<Id>)]
        products: Vec<ProductId>,
    },
    /// These variants, at most 100.
    Variants {
        /// Which.
        #[schema(value_type = Vec<Id>)]
        variants: Vec<VariantId>,
    },
}

/// What a promotion gives.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum OfferBody {
    /// A share off each line.
    Percentage {
        /// 1500 for 15 %.
        basis_points: i64,
    },
    /// So much off the lines together.
    Amount {
        /// How much.
        off: MoneyView,
    },
    /// Of every `take` pieces only `pay` are paid.
    NForM {
        /// Pieces of a group.
        take: i64,
        /// Pieces of it that are paid.
        pay: i64,
    },
    /// Pieces that cost nothing when they are in the cart.
    Gift {
        /// Which variant.
        #[schema(value_type = Id)]
        variant: VariantId,
        /// So many at most.
        units: i64,
    },
}

/// Something off a cart.
#[derive(Serialize, ToSchema)]
struct PromotionView {
    #[schema(value_type = Id)]
    id: PromotionId,
    /// Unique.
    code: String,
    name: LocalisedText,
    target: PromotionTargetBody,
    offer: OfferBody,
    /// The lines it is about must reach this sum before discounts.
    threshold: MoneyView,
    /// Higher comes first; of equal ones the first code.
    priority: i64,
    /// True when it shares no line with another.
    is_exclusive: bool,
    /// True when it must be asked for with a coupon.
    needs_coupon: bool,
    /// So often one customer may use its coupons; null is as often as they like.
    per_customer: Option<i64>,
    /// True while somebody keeps it from taking anything off.
    is_stopped: bool,
    #[schema(value_type = String, format = DateTime)]
    starts_at: Timestamp,
    /// The first moment after; null is never.
    #[schema(value_type = Option<String>, format = DateTime)]
    ends_at: Option<Timestamp>,
}

impl From<Promotion> for PromotionView {
    fn from(promotion: Promotion) -> Self {
        let target = match promotion.target {
            Target::Everything => PromotionTargetBody::Everything,
            Target::Category(category) => PromotionTargetBody::Category { category },
            Target::Tag(tag) => PromotionTargetBody::Tag { tag },
            Target::Products(products) => PromotionTargetBody::Products { products },
            Target::Variants(variants) => PromotionTargetBody::Variants { variants },
        };
        let offer = match promotion.offer {
            Offer::Percentage { basis_points } => OfferBody::Percentage { basis_points },
            Offer::Amount { off } => OfferBody::Amount { off: off.into() },
            Offer::NForM { take, pay } => OfferBody::NForM { take, pay },
            Offer::Gift { variant, units } => OfferBody::Gift { variant, units },
        };
        PromotionView {
            id: promotion.id,
            code: promotion.code,
            name: promotion.name.into(),
            target,
            offer,
            threshold: promotion.threshold.into(),
            priority: promotion.priority,
            is_exclusive: promotion.is_exclusive,
            needs_coupon: promotion.needs_coupon,
            per_customer: promotion.per_customer,
            is_stopped: promotion.is_stopped,
            starts_at: promotion.span.starts_at,
            ends_at: promotion.span.ends_at,
        }
    }
}

/// A promotion to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PromotionCreate {
    /// Unique.
    #[schema(example = "verano-3x2", max_length = 100)]
    code: String,
    name: LocalisedText,
    target: PromotionTargetBody,
    offer: OfferBody,
    /// The lines it is about must reach this sum before discounts; nothing when not given.
    threshold: Option<MoneyView>,
    /// Higher comes first; of equal ones the first code.
    #[serde(default)]
    priority: i64,
    /// True when it shares no line with another; true when not given.
    is_exclusive: Option<bool>,
    /// True when it must be asked for with a coupon.
    #[serde(default)]
    needs_coupon: bool,
    /// So often one customer may use its coupons.
    per_customer: Option<i64>,
    /// For ever when not given.
    #[schema(value_type = Option<String>, format = DateTime)]
    starts_at: Option<Timestamp>,
    /// The first moment after; for ever when not given.
    #[schema(value_type = Option<String>, format = DateTime)]
    ends_at: Option<Timestamp>,
}

impl TryFrom<PromotionCreate> for Promotion {
    type Error = ApiError;
    fn try_from(body: PromotionCreate) -> ApiResult<Self> {
        let target = match body.target {
            PromotionTargetBody::Everything => Target::Everything,
            PromotionTargetBody::Category { category } => Target::Category(category),
            PromotionTargetBody::Tag { tag } => Target::Tag(tag),
            PromotionTargetBody::Products { products } => Target::Products(products),
            PromotionTargetBody::Variants { variants } => Target::Variants(variants),
        };
        let offer = match body.offer {
            OfferBody::Percentage { basis_points } => Offer::Percentage { basis_points },
            OfferBody::Amount { off } => Offer::Amount { off: off.try_into()? },
            OfferBody::NForM { take, pay } => Offer::NForM { take, pay },
            OfferBody::Gift { variant, units } => Offer::Gift { variant, units },
        };
        let new = Promotion::new(&body.code, body.name.into(), target, offer);
        Ok(Promotion {
            threshold: body.threshold.map(Money::try_from).transpose()?.unwrap_or(new.threshold),
            priority: body.priority,
            is_exclusive: body.is_exclusive.unwrap_or(true),
            needs_coupon: body.needs_coupon,
            per_customer: body.per_customer,
            span: Span { starts_at: body.starts_at.unwrap_or(Span::ALWAYS.starts_at), ends_at: body.ends_at },
            ..new
        })
    }
}

/// Codes to make; case and spaces do not matter.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"codes": ["HOLA10"], "uses": 500}))]
struct CouponsCreate {
    #[schema(min_items = 1, max_items = 1000)]
    codes: Vec<String>,
    /// How often each may be used; 1 when not given.
    #[schema(minimum = 1)]
    uses: Option<i64>,
}

/// The codes as they are compared.
#[derive(Serialize, ToSchema)]
struct CouponsView {
    codes: Vec<String>,
}

/// List the promotions that are open to everybody without a coupon, in the order in which they are looked at.
#[utoipa::path(get, path = "/v1/promotions", tag = "prices", operation_id = "list_promotions", responses((status = 200, body = List<PromotionView>)))]
async fn open_promotions(State(app): State<ApiState>) -> ApiResult<Json<List<PromotionView>>> {
    let open = app.read(|tx| Ok(pricing::open_promotions(tx, Currency::EUR, tx.now())?)).await?;
    Ok(Json(List::whole(open.into_iter().map(PromotionView::from).collect())))
}

/// Make a promotion. 409 `pricing.code_taken`.
#[utoipa::path(post, path = "/v1/promotions", tag = "prices", operation_id = "create_promotion", request_body = PromotionCreate, responses((status = 201, body = PromotionView)))]
async fn create_promotion(State(app): State<ApiState>, caller: Caller, post: Post<PromotionCreate>) -> ApiResult<Reply> {
    let new = Promotion::try_from(post.body)?;
    let command = move |tx: &mut Tx<'_>, _: &Once| Ok(PromotionView::from(pricing::create_promotion(tx, &caller, new.clone())?));
    post.once.create(&app, "pricing.create_promotion", command).await
}

/// Give a promotion coupons, all or none. 404 `pricing.unknown_promotion`; 409 `pricing.code_taken`.
#[utoipa::path(post, path = "/v1/promotions/{promotion}/coupons", tag = "prices", operation_id = "add_coupons", params(("promotion" = String, Path, description = "Its code.")), request_body = CouponsCreate, responses((status = 201, body = CouponsView)))]
async fn add_coupons(
    State(app): State<ApiState>,
    caller: Caller,
    InPath(promotion): InPath<String>,
    post: Post<CouponsCreate>,
) -> ApiResult<Reply> {
    let CouponsCreate { codes, uses } = post.body;
    let command = move |tx: &mut Tx<'_>, _: &Once| {
        Ok(CouponsView { codes: pricing::add_coupons(tx, &caller, &promotion, &codes, uses.unwrap_or(1))? })
    };
    post.once.create(&app, "pricing.add_coupons", command).await
}
