//! What a cart would cost, line by line and with reasons.

use super::Routes;
use super::shared::Locale;
use crate::ApiState;
use crate::http::{ApiResult, Id, MoneyView, Post, named, needs};
use axum::Json;
use axum::extract::State;
use catalogue::VariantId;
use kernel::{Currency, Permission, Quantity};
use pricing::{EnteredCoupon, Quote, QuoteLine, QuoteRequest};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::default().routes(needs(Permission::Sell, routes!(quote)))
}

named! { TaxRegion = pricing::TaxRegion; }

/// What shall be priced.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct QuoteCreate {
    #[schema(max_items = 500)]
    lines: Vec<QuoteLineCreate>,
    /// EUR when not given.
    #[schema(value_type = Option<String>, pattern = "^[A-Z]{3}$", example = "EUR")]
    currency: Option<Currency>,
    /// Where the goods go; mainland Spain when not given.
    #[schema(value_type = Option<TaxRegion>)]
    region: Option<pricing::TaxRegion>,
    /// Whose prices besides everybody's.
    audience: Option<String>,
    /// The code of a coupon; one that may not be used takes nothing off.
    #[schema(max_length = 100)]
    coupon: Option<String>,
    /// Language of the reasons; Spanish when not given.
    #[schema(value_type = Option<Locale>)]
    locale: Option<kernel::Locale>,
}

/// So many of a variant.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct QuoteLineCreate {
    #[schema(value_type = Id)]
    variant: VariantId,
    #[schema(minimum = 1, example = 2)]
    quantity: i64,
}

/// What it all costs. Each sum is the sum of its lines, to the cent.
#[derive(Serialize, ToSchema)]
struct QuoteView {
    lines: Vec<QuoteLineView>,
    /// Before discounts.
    subtotal: MoneyView,
    discount: MoneyView,
    /// Without tax.
    net: MoneyView,
    tax: MoneyView,
    /// By rate, lowest first.
    taxes: Vec<TaxView>,
    /// What is paid.
    total: MoneyView,
}

/// One line, priced.
#[derive(Serialize, ToSchema)]
struct QuoteLineView {
    #[schema(value_type = Id)]
    variant: VariantId,
    quantity: i64,
    unit_price: MoneyView,
    /// What a unit cost before.
    compare_at: Option<MoneyView>,
    subtotal: MoneyView,
    discounts: Vec<DiscountView>,
    net: MoneyView,
    tax: MoneyView,
    /// 2100 for 21 %.
    tax_basis_points: i64,
    total: MoneyView,
    /// The reasons, in sentences.
    why: Vec<String>,
}

/// Something taken off.
#[derive(Serialize, ToSchema)]
struct DiscountView {
    /// The promotion.
    code: String,
    amount: MoneyView,
}

/// Tax of one rate over all lines.
#[derive(Serialize, ToSchema)]
struct TaxView {
    /// 2100 for 21 %.
    basis_points: i64,
    net: MoneyView,
    tax: MoneyView,
}

impl QuoteView {
    fn of(quote: Quote, locale: kernel::Locale) -> Self {
        let tax = |t: pricing::TaxSum| TaxView { basis_points: t.basis_points, net: t.net.into(), tax: t.tax.into() };
        QuoteView {
            lines: quote.lines.into_iter().map(|line| QuoteLineView::of(line, locale)).collect(),
            subtotal: quote.subtotal.into(),
            discount: quote.discount.into(),
            net: quote.net.into(),
            tax: quote.tax.into(),
            taxes: quote.taxes.into_iter().map(tax).collect(),
            total: quote.total.into(),
        }
    }
}

impl QuoteLineView {
    fn of(line: QuoteLine, locale: kernel::Locale) -> Self {
        let discount = |d: pricing::Discount| DiscountView { code: d.code, amount: d.amount.into() };
        QuoteLineView {
            variant: line.variant,
            quantity: line.quantity.0,
            unit_price: line.unit_price.into(),
            compare_at: line.compare_at.map(MoneyView::from),
            subtotal: line.subtotal.into(),
            discounts: line.discounts.into_iter().map(discount).collect(),
            net: line.net.into(),
            tax: line.tax.into(),
            tax_basis_points: line.tax_basis_points,
            total: line.total.into(),
            why: line.why.iter().map(|why| why.sentence(locale)).collect(),
        }
    }
}

/// Price a cart, as every channel would. Nothing is kept. 409 `pricing.no_price`.
#[utoipa::path(post, path = "/v1/quotes", tag = "prices", operation_id = "quote", request_body = QuoteCreate, responses((status = 200, body = QuoteView)))]
async fn quote(State(app): State<ApiState>, post: Post<QuoteCreate>) -> ApiResult<Json<QuoteView>> {
    let QuoteCreate { lines, currency, region, audience, coupon, locale } = post.body;
    let coupon = coupon.map(|code| EnteredCoupon { code, profiles: Vec::new() });
    let (currency, region) = (currency.unwrap_or(Currency::EUR), region.unwrap_or(pricing::TaxRegion::Spain));
    let lines: Vec<_> = lines.into_iter().map(|line| (line.variant, Quantity(line.quantity), region)).collect();
    let quote = app.read(move |tx| {
        let request = QuoteRequest {
            lines: lines.clone(),
            currency,
            at: tx.now(),
            audience: audience.clone(),
            coupon: coupon.clone(),
            matches: Vec::new(),
        };
        Ok(pricing::quote(tx, &request)?)
    });
    Ok(Json(QuoteView::of(quote.await?, locale.unwrap_or(kernel::Locale::Es))))
}
