//! The one quote: what a cart costs, line by line and with reasons. Every channel asks here, and none is asked about.

use crate::model::{tax_upon, tax_within};
use crate::promote::{Cut, Goods, promote};
use crate::{
    CouponAnswer, CouponOutcome, EnteredCoupon, PriceContext, Promotion, TaxRegion, VariantPrice, Why, check_coupon, coupon_code, store,
    variant_prices,
};
use catalogue::{TaxCategory, VariantCard, VariantId};
use kernel::{Currency, Fault, Kind, Money, MoneyError, Problem, Quantity, ReadTx, Timestamp};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// What shall be priced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuoteRequest {
    /// Variants, how many of each, and where they go; at most 500 lines.
    pub lines: Vec<(VariantId, Quantity, TaxRegion)>,
    /// In which currency.
    pub currency: Currency,
    /// At which moment.
    pub at: Timestamp,
    /// Whose prices besides everybody's.
    pub audience: Option<String>,
    /// The code that was entered, if one was.
    pub coupon: Option<EnteredCoupon>,
    /// Lines by their place, and what a unit of each was let go for. Where the list is lower, the list holds.
    pub matches: Vec<(usize, Money)>,
}

/// Something taken off a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Discount {
    /// The promotion.
    pub code: String,
    /// How much less; never negative.
    pub amount: Money,
}

/// One line, priced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuoteLine {
    /// Of what.
    pub variant: VariantId,
    /// How many.
    pub quantity: Quantity,
    /// One unit, as the list says.
    pub unit_price: Money,
    /// What a unit cost before.
    pub compare_at: Option<Money>,
    /// Unit price times quantity.
    pub subtotal: Money,
    /// What is taken off.
    pub discounts: Vec<Discount>,
    /// Without tax.
    pub net: Money,
    /// The tax.
    pub tax: Money,
    /// Its rate: 2100 for 21 %.
    pub tax_basis_points: i64,
    /// True when unit price and subtotal include the tax.
    pub is_tax_included: bool,
    /// What is paid: net plus tax.
    pub total: Money,
    /// The reasons, in order.
    pub why: Vec<Why>,
    /// Work and not a thing: no parcel brings it.
    #[serde(skip)]
    pub is_service: bool,
}

/// Tax of one rate over all lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct TaxSum {
    /// 2100 for 21 %.
    pub basis_points: i64,
    /// What it is taken of.
    pub net: Money,
    /// The tax.
    pub tax: Money,
}

/// What it all costs. Each sum is the sum of its lines, to the cent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Quote {
    /// Of every amount.
    pub currency: Currency,
    /// Priced, in the order asked.
    pub lines: Vec<QuoteLine>,
    /// Before discounts, as the lists say.
    pub subtotal: Money,
    /// What is taken off.
    pub discount: Money,
    /// Without tax.
    pub net: Money,
    /// By rate, lowest first.
    pub taxes: Vec<TaxSum>,
    /// All tax.
    pub tax: Money,
    /// What is paid.
    pub total: Money,
    /// What became of the entered code.
    #[serde(skip)]
    pub coupon: Option<CouponAnswer>,
}

/// Why there is no quote.
#[derive(Debug, thiserror::Error)]
pub enum QuoteError {
    /// More lines than a cart has.
    #[error("a quote has at most {MAX_LINES} lines")]
    TooManyLines,
    /// Nothing, or less than nothing.
    #[error("a quantity of {quantity} cannot be priced")]
    BadQuantity {
        /// Which line.
        variant: VariantId,
        /// As given.
        quantity: Quantity,
    },
    /// No such variant.
    #[error("there is no such variant: {0}")]
    UnknownVariant(VariantId),
    /// No open list has a price for it.
    #[error("{sku} has no price in {currency}")]
    NoPrice {
        /// Which line.
        variant: VariantId,
        /// Its SKU.
        sku: String,
        /// In which currency.
        currency: Currency,
    },
    /// No rate is known for the region at that time.
    #[error("there is no {category} tax rate for {region} at that time")]
    NoTaxRate {
        /// Where.
        region: TaxRegion,
        /// For what.
        category: TaxCategory,
    },
    /// Beyond 64 bits.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// The database.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for QuoteError {
    fn kind(&self) -> Kind {
        match self {
            QuoteError::TooManyLines => Kind::TooLarge,
            QuoteError::BadQuantity { .. } | QuoteError::Money(_) => Kind::Invalid,
            QuoteError::UnknownVariant(_) => Kind::NotFound,
            QuoteError::NoPrice { .. } | QuoteError::NoTaxRate { .. } => Kind::Conflict,
            QuoteError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            QuoteError::TooManyLines => "pricing.too_many_lines",
            QuoteError::BadQuantity { .. } => "pricing.bad_quantity",
            QuoteError::UnknownVariant(_) => "pricing.unknown_variant",
            QuoteError::NoPrice { .. } => "pricing.no_price",
            QuoteError::NoTaxRate { .. } => "pricing.no_tax_rate",
            QuoteError::Money(_) => "pricing.too_large",
            QuoteError::Fault(fault) => fault.code(),
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        match self {
            QuoteError::BadQuantity { variant, .. } | QuoteError::UnknownVariant(variant) | QuoteError::NoPrice { variant, .. } => {
                vec![("variant", variant.to_string().into())]
            }
            _ => Vec::new(),
        }
    }
}

const MAX_LINES: usize = 500;

/// Price a cart. Four statements for up to 24 different variants, two more for every further 24, one for a second
/// tax region, and one or, where customers are counted, two for a coupon; a coupon that may not be used takes nothing off and is no error. Whether a variant may be sold now is not asked here.
///
/// Prices that include tax stay the same wherever the goods go; the tax inside them is that of the destination. Promotions look at
/// the whole cart, wherever its lines go. Tax is rounded half up on each line, and sums add up the lines.
pub fn quote(tx: &ReadTx<'_>, request: &QuoteRequest) -> Result<Quote, QuoteError> {
    let ids: Vec<_> = request.lines.iter().map(|(variant, ..)| *variant).collect();
    quote_if(tx, request, &cards_of(tx, &ids)?, None)
}

/// The same for whoever has the cards of the variants at hand: a statement less for every 24 of them.
pub fn quote_of(tx: &ReadTx<'_>, request: &QuoteRequest, cards: &HashMap<VariantId, VariantCard>) -> Result<Quote, QuoteError> {
    quote_if(tx, request, cards, None)
}

/// The cards of these variants.
pub(crate) fn cards_of(tx: &ReadTx<'_>, ids: &[VariantId]) -> Result<HashMap<VariantId, VariantCard>, Fault> {
    let ids = &ids[..ids.len().min(MAX_LINES)];
    Ok(catalogue::variants(tx, ids)?.into_iter().map(|card| (card.id, card)).collect())
}

/// What the quote would be if this promotion were running, or were not there.
pub(crate) enum Trial<'a> {
    With(&'a Promotion),
    Without(&'a Promotion),
}

pub(crate) fn quote_if(
    tx: &ReadTx<'_>,
    request: &QuoteRequest,
    cards: &HashMap<VariantId, VariantCard>,
    trial: Option<Trial<'_>>,
) -> Result<Quote, QuoteError> {
    if request.lines.len() > MAX_LINES {
        return Err(QuoteError::TooManyLines);
    }
    let mut ids: Vec<_> = request.lines.iter().map(|(variant, ..)| *variant).collect();
    ids.sort_unstable();
    ids.dedup();
    let context = PriceContext { currency: request.currency, at: request.at, audience: request.audience.clone() };
    let prices = variant_prices(tx, &context, &ids)?;
    let mut rates = HashMap::new();
    for region in [TaxRegion::Spain, TaxRegion::Canaries] {
        if request.lines.iter().any(|(.., to)| *to == region) {
            rates.insert(region.as_str(), store::tax_rates(tx, region, request.at)?);
        }
    }
    let mut promotions = store::open_promotions(tx, request.currency, request.at)?;
    let asked = request.coupon.as_ref().map(|entered| check_coupon(tx, entered, request.currency, request.at)).transpose()?;
    if let Some(Ok(promotion)) = &asked {
        promotions.push(promotion.clone());
    }
    if let Some(Trial::With(tried) | Trial::Without(tried)) = trial {
        promotions.retain(|known| known.code != tried.code);
    }
    if let Some(Trial::With(tried)) = trial {
        promotions.push(tried.clone());
    }
    promotions.sort_by(|a, b| a.rank().cmp(&b.rank()));
    let mut lines = Vec::with_capacity(request.lines.len());
    for (at, (variant, quantity, region)) in request.lines.iter().enumerate() {
        let (variant, quantity, region) = (*variant, *quantity, *region);
        if !quantity.is_positive() {
            return Err(QuoteError::BadQuantity { variant, quantity });
        }
        let card = cards.get(&variant).ok_or(QuoteError::UnknownVariant(variant))?;
        let no_price = || QuoteError::NoPrice { variant, sku: card.sku.clone(), currency: request.currency };
        let price = prices.get(&variant).ok_or_else(no_price)?;
        let category = card.tax_category;
        let rate = rates.get(region.as_str()).and_then(|rates| rates.get(&category));
        let basis_points = *rate.ok_or(QuoteError::NoTaxRate { region, category })?;
        let matched = request.matches.iter().find(|(place, to)| *place == at && to.currency == request.currency);
        let unit = matched.map_or(price.price, |(_, to)| Money::new(price.price.minor.min(to.minor), request.currency));
        lines.push(Wanted { card, quantity, region, price, unit, basis_points, subtotal: unit.times(quantity.0)? });
    }
    let quote = add_up(request.currency, &lines, &promotions)?;
    let coupon = request.coupon.as_ref().zip(asked).map(|(entered, asked)| {
        let code = coupon_code(&entered.code).unwrap_or_else(|| entered.code.clone());
        let (name, outcome) = match asked {
            Ok(promotion) if quote.takes(&promotion.code) => (promotion.name, CouponOutcome::Applied),
            Ok(promotion) => (promotion.name, CouponOutcome::Idle),
            Err(refusal) => (Default::default(), CouponOutcome::Refused(refusal)),
        };
        CouponAnswer { code, name, outcome }
    });
    Ok(Quote { coupon, ..quote })
}

/// A line with all that its price depends on.
struct Wanted<'a> {
    card: &'a VariantCard,
    quantity: Quantity,
    region: TaxRegion,
    price: &'a VariantPrice,
    /// What one costs: as the list says, or less where a price was matched.
    unit: Money,
    basis_points: i64,
    subtotal: Money,
}

impl<'a> Wanted<'a> {
    fn goods(&self) -> Goods<'a> {
        Goods { card: self.card, quantity: self.quantity.0, unit: self.unit.minor, subtotal: self.subtotal.minor }
    }
}

fn add_up(currency: Currency, wanted: &[Wanted<'_>], promotions: &[Promotion]) -> Result<Quote, MoneyError> {
    let goods: Vec<_> = wanted.iter().map(Wanted::goods).collect();
    let cuts = promote(&goods, promotions);
    let lines = wanted.iter().zip(&cuts).map(|(line, cuts)| priced(line, cuts, promotions)).collect::<Result<Vec<_>, _>>()?;
    let sum = |part: fn(&QuoteLine) -> Money| Money::sum(currency, lines.iter().map(part));
    let mut by_rate: BTreeMap<i64, (Money, Money)> = BTreeMap::new();
    for line in &lines {
        let (net, tax) = by_rate.entry(line.tax_basis_points).or_insert((Money::zero(currency), Money::zero(currency)));
        (*net, *tax) = (net.add(line.net)?, tax.add(line.tax)?);
    }
    Ok(Quote {
        currency,
        subtotal: sum(|line| line.subtotal)?,
        discount: Money::sum(currency, lines.iter().flat_map(|line| &line.discounts).map(|discount| discount.amount))?,
        net: sum(|line| line.net)?,
        taxes: by_rate.into_iter().map(|(basis_points, (net, tax))| TaxSum { basis_points, net, tax }).collect(),
        tax: sum(|line| line.tax)?,
        total: sum(|line| line.total)?,
        lines,
        coupon: None,
    })
}

impl Quote {
    /// Whether a promotion takes anything off.
    fn takes(&self, code: &str) -> bool {
        self.lines.iter().flat_map(|line| &line.discounts).any(|discount| discount.code == code)
    }
}

fn priced(line: &Wanted<'_>, cuts: &[Cut], promotions: &[Promotion]) -> Result<QuoteLine, MoneyError> {
    let currency = line.subtotal.currency;
    let mut why = vec![Why::List { list: line.price.list.clone() }];
    if line.unit != line.price.price {
        why.push(Why::Matched { from: line.price.price, to: line.unit });
    }
    let mut discounts = Vec::new();
    let mut left = line.subtotal;
    for (promotion, cut) in cuts.iter().filter_map(|cut| Some((promotions.get(cut.promotion)?, cut))) {
        let amount = Money::new(cut.amount, currency);
        left = left.sub(amount)?;
        discounts.push(Discount { code: promotion.code.clone(), amount });
        why.push(Why::Promotion { code: promotion.code.clone(), name: promotion.name.clone(), offer: promotion.offer.clone() });
    }
    let is_included = line.price.is_tax_included;
    let (net, tax) = if is_included {
        let tax = Money::new(tax_within(left.minor, line.basis_points), currency);
        (left.sub(tax)?, tax)
    } else {
        (left, Money::new(tax_upon(left.minor, line.basis_points), currency))
    };
    why.push(Why::Tax { region: line.region, basis_points: line.basis_points, is_included });
    Ok(QuoteLine {
        variant: line.card.id,
        quantity: line.quantity,
        unit_price: line.unit,
        compare_at: line.price.compare_at.or_else(|| Some(line.price.price).filter(|listed| *listed != line.unit)),
        subtotal: line.subtotal,
        discounts,
        net,
        tax,
        tax_basis_points: line.basis_points,
        is_tax_included: is_included,
        total: net.add(tax)?,
        why,
        is_service: line.card.is_service,
    })
}
