//! Bundles in a basket: what is set aside for one is the stock of its parts.

use crate::delegate::problem;
use crate::sourcing::Source;
use catalogue::{BundlePart, EditError, Kinds, Product, VariantCard, VariantId};
use inventory::{LocationId, ReservationId};
use kernel::{Actor, Fault, Locale, Permission, Quantity, ReadTx, Tx};
use orders::LinePart;
use std::collections::{BTreeMap, HashMap};

/// Places whose stock of a variant is looked at before it becomes a bundle.
const MOST_PLACES: i64 = 500;

/// Why a variant is not made of what was named. Nothing is written.
#[derive(Debug, thiserror::Error)]
pub enum SetPartsError {
    /// It lies in shops by itself; that stock could not be sold any more.
    #[error("`{sku}` has stock of its own in {place}: a bundle has that of its parts only, so count it down to nothing first")]
    HasStock {
        /// The code of the variant.
        sku: String,
        /// The first place that has it.
        place: String,
    },
    /// The catalogue refuses.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// Not our caller's doing.
    #[error(transparent)]
    Fault(#[from] Fault),
}

problem!(SetPartsError { Edit, Fault } {
    SetPartsError::HasStock { sku, place } =>
        Conflict, "flows.bundle_has_stock", vec![("field", "parts".into()), ("sku", sku.as_str().into()), ("place", place.as_str().into())];
});

/// Make a variant a bundle of these parts, or of none: an ordinary variant again; answers its product. Refused while the variant has stock
/// of its own. Needs the permission to edit the catalogue. Announces `product.changed`.
pub fn set_parts(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (variant, if_version): (VariantId, Option<i64>),
    parts: Vec<BundlePart>,
) -> Result<Product, SetPartsError> {
    actor.require(Permission::EditCatalogue).map_err(EditError::from)?;
    if !parts.is_empty() {
        no_stock(tx, variant)?;
    }
    Ok(catalogue::set_parts(tx, actor, (variant, if_version), parts)?)
}

fn no_stock(tx: &ReadTx<'_>, variant: VariantId) -> Result<(), SetPartsError> {
    let stock = inventory::stock_by_place(tx, variant, MOST_PLACES)?;
    let Some(lies) = stock.into_iter().find(|place| place.level.on_hand != Quantity::ZERO || place.level.reserved != Quantity::ZERO) else {
        return Ok(());
    };
    let sku = catalogue::variant(tx, variant)?.ok_or(EditError::UnknownVariant)?.sku;
    Err(SetPartsError::HasStock { sku, place: lies.name })
}

/// What sets the variants of these cards apart.
pub(crate) fn kinds_of(cards: &HashMap<VariantId, VariantCard>) -> Kinds {
    let bundles = cards.values().filter(|card| !card.is_service && !card.parts.is_empty());
    Kinds {
        services: cards.values().filter(|card| card.is_service).map(|card| card.id).collect(),
        bundles: bundles.map(|card| (card.id, card.parts.clone())).collect(),
    }
}

/// The parts of the bundles among what is bought.
#[derive(Default)]
pub(crate) struct Parts {
    of: BTreeMap<VariantId, Vec<BundlePart>>,
    cards: HashMap<VariantId, VariantCard>,
}

impl Parts {
    /// One statement for every 24 parts, and none where there are no bundles; else the bundle that cannot be sold, since a part of it is
    /// not for sale.
    pub(crate) fn of(tx: &ReadTx<'_>, bundles: &BTreeMap<VariantId, Vec<BundlePart>>) -> Result<Result<Self, VariantId>, Fault> {
        if bundles.is_empty() {
            return Ok(Ok(Parts::default()));
        }
        let ids: Vec<_> = bundles.values().flatten().map(|part| part.variant).collect();
        let cards: HashMap<_, _> = catalogue::variants(tx, &ids)?.into_iter().map(|card| (card.id, card)).collect();
        let is_sold = |part: &BundlePart| cards.get(&part.variant).is_some_and(VariantCard::is_for_sale);
        match bundles.iter().find(|(_, parts)| !parts.iter().all(is_sold)) {
            Some((bundle, _)) => Ok(Err(*bundle)),
            None => Ok(Ok(Parts { of: bundles.clone(), cards })),
        }
    }

    /// Every piece of stock that the sources take: what, where, for which part of the order, line and piece of it, and how many.
    pub(crate) fn wanted<'a>(
        &'a self,
        sources: &'a [Source],
        variant: impl Fn(usize) -> VariantId + Copy + 'a,
    ) -> impl Iterator<Item = (VariantId, LocationId, Piece, Quantity)> + 'a {
        let of_line = move |part: usize, source: &'a Source, index: usize, quantity: Quantity| {
            pieces(&self.of, variant(index), quantity)
                .enumerate()
                .map(move |(piece, (variant, quantity))| (variant, source.location, (part, index, piece), quantity))
        };
        let of_source = move |(part, source): (usize, &'a Source)| {
            source.lines.iter().flat_map(move |(index, quantity)| of_line(part, source, *index, *quantity))
        };
        sources.iter().enumerate().flat_map(of_source)
    }

    /// The caller's name for setting one piece aside.
    pub(crate) fn key(&self, checkout: &str, variant: VariantId, (part, index, piece): Piece) -> String {
        if self.of.contains_key(&variant) { format!("{checkout}/{part}/{index}/{piece}") } else { format!("{checkout}/{part}/{index}") }
    }

    /// How many of what is bought are left, when so many of one of its pieces are.
    pub(crate) fn left(&self, variant: VariantId, (piece, left): (VariantId, Quantity)) -> Quantity {
        let part = self.of.get(&variant).and_then(|parts| parts.iter().find(|part| part.variant == piece));
        part.map_or(left, |part| Quantity(left.0 / part.quantity.max(1)))
    }

    /// What an order's line keeps of a bundle; nothing of what is sold as it is.
    pub(crate) fn kept(&self, bundle: VariantId, locale: Locale, reservation: impl Fn(usize) -> Option<ReservationId>) -> Vec<LinePart> {
        let parts = self.of.get(&bundle).into_iter().flatten().enumerate();
        let kept = parts.filter_map(|(piece, part)| {
            let card = self.cards.get(&part.variant)?;
            Some(LinePart {
                variant: part.variant,
                sku: card.sku.clone(),
                title: crate::compose::title(card, locale),
                each: Quantity(part.quantity),
                reservation: reservation(piece),
            })
        });
        kept.collect()
    }
}

/// Part of the order, line of the basket, and place in the list of what a bundle is made of; 0 for what is none.
pub(crate) type Piece = (usize, usize, usize);

/// The things that so many of a variant are.
pub(crate) fn pieces(
    bundles: &BTreeMap<VariantId, Vec<BundlePart>>,
    variant: VariantId,
    quantity: Quantity,
) -> impl Iterator<Item = (VariantId, Quantity)> {
    let parts = bundles.get(&variant).into_iter().flatten();
    let own = (!bundles.contains_key(&variant)).then_some((variant, quantity));
    own.into_iter().chain(parts.map(move |part| (part.variant, Quantity(part.quantity * quantity.0))))
}
