//! What a promotion would do to a cart: three products it is about, or what the editor chooses.

use crate::{App, Form, Page};
use catalogue::{ListFilter, Sort, StaffFilter, Status, VariantCard, VariantId};
use kernel::{Actor, Currency, Fault, Quantity, ReadTx};
use pricing::{Effect, Offer, Preview, PriceContext, Promotion, QuoteError, QuoteRequest, Target, TaxRegion};

/// Lines that the editor may fill.
pub(super) const LINES: usize = 4;
/// Products that are shown when the editor chooses none.
const SAMPLE: usize = 3;
const MOST_UNITS: i64 = 999;

/// A line of the trial.
pub(super) struct TrialLine {
    pub(super) title: String,
    pub(super) sku: String,
    pub(super) units: i64,
    pub(super) before: String,
    pub(super) after: String,
    pub(super) is_less: bool,
    pub(super) effect: String,
    pub(super) why: Vec<String>,
}

/// The trial as it is shown.
#[derive(Default)]
pub(super) struct Trial {
    pub(super) lines: Vec<TrialLine>,
    pub(super) before: String,
    pub(super) after: String,
    pub(super) saved: String,
    /// Why there is none; empty when there is one.
    pub(super) says: String,
}

/// What was read for it.
pub(super) enum Tried {
    Cart(Vec<VariantCard>, Box<Preview>),
    /// Nothing is for sale, or none of it has a price.
    Nothing,
    /// The numbers of the editor's lines that name nothing with a price.
    Unknown(Vec<usize>),
}

/// Try it on the cart in the form, or on three products.
pub(super) fn try_out(
    tx: &ReadTx<'_>,
    actor: &Actor,
    form: &Form,
    promotion: &Promotion,
    currency: Currency,
) -> Result<Tried, super::ReadError> {
    let at = tx.now().max(promotion.span.starts_at);
    let context = PriceContext::at(currency, at);
    let (mut cards, mut units, mut unknown) = (Vec::new(), Vec::new(), Vec::new());
    for n in 1..=LINES {
        let sku = form.value(&format!("sku-{n}"));
        if sku.is_empty() {
            continue;
        }
        match catalogue::by_sku(tx, sku)? {
            Some(card) if !pricing::variant_prices(tx, &context, &[card.id])?.is_empty() => {
                units.push(form.value(&format!("units-{n}")).parse().unwrap_or(1).clamp(1, MOST_UNITS));
                cards.push(card);
            }
            _ => unknown.push(n),
        }
    }
    if !unknown.is_empty() {
        return Ok(Tried::Unknown(unknown));
    }
    if cards.is_empty() {
        cards = sample(tx, actor, promotion, &context)?;
        units = vec![1; cards.len()];
        if let (Offer::NForM { take, .. }, Some(first)) = (&promotion.offer, units.first_mut()) {
            *first = *take;
        }
    }
    let line = |(card, units): (&VariantCard, &i64)| (card.id, Quantity(*units), TaxRegion::Spain);
    let lines: Vec<_> = cards.iter().zip(&units).map(line).collect();
    if lines.is_empty() {
        return Ok(Tried::Nothing);
    }
    match pricing::preview(tx, promotion, &QuoteRequest { lines, currency, at, audience: None, coupon: None }) {
        Ok(preview) => Ok(Tried::Cart(cards, Box::new(preview))),
        Err(QuoteError::Fault(fault)) => Err(fault.into()),
        // Such as a region without a tax rate: then there is nothing to show.
        Err(_) => Ok(Tried::Nothing),
    }
}

/// A variant each of three products on sale: first of those it is about. A gift comes besides.
fn sample(tx: &ReadTx<'_>, actor: &Actor, promotion: &Promotion, context: &PriceContext) -> Result<Vec<VariantCard>, super::ReadError> {
    let mut wanted: Vec<VariantId> = Vec::new();
    let mut products = Vec::new();
    let staff = |category: Option<String>| StaffFilter { status: Some(Status::Active), category, text: None };
    match &promotion.target {
        Target::Everything => {}
        Target::Category(key) => products.extend(catalogue::staff_list(tx, actor, &staff(Some(key.clone())), None, SAMPLE)?.items),
        Target::Tag(tag) => {
            let filter = ListFilter { tag: Some(tag.clone()), ..ListFilter::default() };
            products.extend(catalogue::list(tx, &filter, Sort::Newest, None, SAMPLE)?.items);
        }
        Target::Products(ids) => products.extend(catalogue::cards(tx, &ids[..ids.len().min(SAMPLE)])?),
        Target::Variants(ids) => wanted.extend(ids.iter().take(SAMPLE)),
    }
    if products.len() + wanted.len() < SAMPLE {
        products.extend(catalogue::staff_list(tx, actor, &staff(None), None, 2 * SAMPLE)?.items);
    }
    for product in products {
        let Some(known) = catalogue::product(tx, product.id)? else { continue };
        let active: Vec<_> = known.variants.iter().filter(|variant| variant.is_active).map(|variant| variant.id).take(24).collect();
        let priced = pricing::variant_prices(tx, context, &active)?;
        wanted.extend(active.into_iter().find(|id| priced.contains_key(id) && !wanted.contains(id)));
    }
    let priced = pricing::variant_prices(tx, context, &wanted)?;
    wanted.retain(|id| priced.contains_key(id));
    wanted.truncate(SAMPLE);
    if let Offer::Gift { variant, .. } = &promotion.offer
        && !wanted.contains(variant)
        && !pricing::variant_prices(tx, context, &[*variant])?.is_empty()
    {
        wanted.push(*variant);
    }
    let cards = catalogue::variants(tx, &wanted)?;
    Ok(wanted.iter().filter_map(|id| cards.iter().find(|card| card.id == *id).cloned()).collect())
}

/// In words.
pub(super) fn shown(page: &Page, cards: &[VariantCard], preview: &Preview) -> Trial {
    let lines = preview.with.lines.iter().zip(&preview.without.lines).zip(&preview.effects);
    let line = |((with, without), effect): ((&pricing::QuoteLine, &pricing::QuoteLine), &Effect)| {
        let card = cards.iter().find(|card| card.id == with.variant);
        TrialLine {
            title: card.map_or_else(String::new, |card| named(page, card)),
            sku: card.map_or_else(String::new, |card| card.sku.clone()),
            units: with.quantity.0,
            before: page.money(&without.total),
            after: page.money(&with.total),
            is_less: with.total.minor < without.total.minor,
            effect: effect_says(page, *effect),
            why: with.why.iter().map(|why| why.sentence(page.locale)).collect(),
        }
    };
    let saved = kernel::Money::new(preview.without.total.minor - preview.with.total.minor, preview.with.currency);
    Trial {
        lines: lines.map(line).collect(),
        before: page.money(&preview.without.total),
        after: page.money(&preview.with.total),
        saved: page.money(&saved),
        says: String::new(),
    }
}

/// `Camisa de lino · Azul / M`.
pub(super) fn named(page: &Page, card: &VariantCard) -> String {
    let (title, label) = (card.title.get(page.locale), card.label());
    if label.is_empty() { title.to_owned() } else { format!("{title} · {label}") }
}

fn effect_says(page: &Page, effect: Effect) -> String {
    match effect {
        Effect::Takes(amount) => page.tv("promo-effect-takes", page.money(&amount)),
        Effect::NotAbout => page.t("promo-effect-not-about"),
        Effect::Missing(amount) => page.tv("promo-effect-missing", page.money(&amount)),
        Effect::TooFew(n) => page.tn("promo-effect-too-few", n),
        Effect::EarnsGift => page.t("promo-effect-earns-gift"),
        Effect::Nothing => page.t("promo-effect-nothing"),
    }
}

/// SKUs with their names, to choose a line of the trial or a gift from: the variants of the products touched last.
pub(super) fn known_skus(tx: &ReadTx<'_>, actor: &Actor) -> Result<Vec<VariantCard>, super::ReadError> {
    let filter = StaffFilter { status: Some(Status::Active), ..StaffFilter::default() };
    let products = catalogue::staff_list(tx, actor, &filter, None, 12)?.items;
    variants_of(tx, products.iter().map(|product| product.id), 60).map_err(Into::into)
}

/// The variants on sale of products, so many at most.
pub(super) fn variants_of(
    tx: &ReadTx<'_>,
    products: impl Iterator<Item = catalogue::ProductId>,
    most: usize,
) -> Result<Vec<VariantCard>, Fault> {
    let mut ids = Vec::new();
    for product in products {
        let Some(known) = catalogue::product(tx, product)? else { continue };
        ids.extend(known.variants.iter().filter(|variant| variant.is_active).map(|variant| variant.id));
        if ids.len() >= most {
            break;
        }
    }
    ids.truncate(most);
    catalogue::variants(tx, &ids)
}

impl Trial {
    /// Why there is none.
    pub(super) fn none(says: String) -> Self {
        Trial { says, ..Trial::default() }
    }
}

/// The currency and the zone of the brand.
pub(super) fn here(app: &App) -> (Currency, &str) {
    (app.brand.currency, app.brand.zone.as_str())
}
