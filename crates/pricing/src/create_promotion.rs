//! A percentage off part of a cart.

use crate::events::PROMOTION_CREATED;
use crate::{PriceError, PromotionId, Span, store};
use catalogue::{Localised, VariantCard, fold, slug};
use kernel::{Actor, Event, Money, Permission, Tx};
use serde::Serialize;

/// What a promotion is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Target {
    /// Every line.
    Everything,
    /// Products of a category, by its key: `camisas`.
    Category(String),
    /// Products with a tag; case and accents do not matter.
    Tag(String),
}

impl Target {
    pub(crate) fn columns(&self) -> (&'static str, &str) {
        match self {
            Target::Everything => ("everything", ""),
            Target::Category(key) => ("category", key),
            Target::Tag(tag) => ("tag", tag),
        }
    }
    pub(crate) fn from_columns(kind: &str, value: String) -> Result<Self, kernel::Fault> {
        match kind {
            "everything" => Ok(Target::Everything),
            "category" => Ok(Target::Category(value)),
            "tag" => Ok(Target::Tag(value)),
            other => Err(kernel::Fault::data(format!("`{other}` is no kind of promotion target"))),
        }
    }
    pub(crate) fn fits(&self, card: &VariantCard) -> bool {
        match self {
            Target::Everything => true,
            Target::Category(key) => slug(&card.category) == *key,
            Target::Tag(tag) => card.tags.iter().any(|known| fold(known) == fold(tag)),
        }
    }
}

/// A percentage off the lines it fits, once they reach a sum. Of several that fit a line the one that takes most off is used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Promotion {
    /// Its id.
    pub id: PromotionId,
    /// Unique.
    pub code: String,
    /// For customers.
    pub name: Localised,
    /// What it is about.
    pub target: Target,
    /// 1500 for 15 %.
    pub basis_points: i64,
    /// The lines it fits must reach this sum before discounts; its currency is that of the carts it is for.
    pub threshold: Money,
    /// When it is open.
    pub span: Span,
}

/// Make a promotion; `id` is given here. Repeating it with the same code and content returns the first.
/// Announces `promotion.created`.
pub fn create_promotion(tx: &mut Tx<'_>, actor: &Actor, mut new: Promotion) -> Result<Promotion, PriceError> {
    actor.require(Permission::EditPrices)?;
    if new.code.trim().is_empty() || new.name.is_empty() {
        return Err(PriceError::invalid("code", "a code and a name are needed"));
    }
    if !(1..=10_000).contains(&new.basis_points) || new.threshold.minor < 0 || !new.span.is_sound() {
        return Err(PriceError::invalid("basis_points", "a promotion takes 1 to 10000 basis points off, and ends after it starts"));
    }
    let known = store::promotion_by_code(tx, &new.code)?;
    new.id = known.as_ref().map_or_else(|| tx.new_id(), |known| known.id);
    match known {
        Some(known) if known == new => Ok(known),
        Some(_) => Err(PriceError::CodeTaken(new.code)),
        None => {
            store::insert_promotion(tx, &new)?;
            tx.announce(Event::new(PROMOTION_CREATED, new.id).by(actor).body(&new))?;
            Ok(new)
        }
    }
}
