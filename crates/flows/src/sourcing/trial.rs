//! Where a parcel would leave from, without selling anything: what weights come to, before they are written.

use super::{NoSource, sources};
use crate::basket::BasketLine;
use crate::delegate::problem;
use catalogue::VariantId;
use kernel::{Fault, Quantity, ReadTx};
use orders::{Address, Sourced, Way};
use pricing::SourcingWeights;

/// One parcel of a trial.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// The place that would send.
    pub place: String,
    /// What it would send.
    pub lines: Vec<(VariantId, Quantity)>,
    /// Why.
    pub sourced: Option<Sourced>,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum TrialError {
    /// All places together have too few.
    #[error("only {available} of it are left in all places that send")]
    TooFew {
        /// Of what.
        variant: VariantId,
        /// So many can be had.
        available: Quantity,
    },
    /// Not our caller's doing.
    #[error(transparent)]
    Fault(#[from] Fault),
}

problem!(TrialError { Fault } {
    TrialError::TooFew { variant, available } =>
        Conflict, "inventory.out_of_stock", vec![("variant", variant.to_string().into()), ("available", available.0.into())];
});

/// The parcels that these items would make to a postcode in Spain, by these weights.
pub fn trial(tx: &ReadTx<'_>, items: &[(VariantId, Quantity)], postcode: &str, weights: SourcingWeights) -> Result<Vec<Trial>, TrialError> {
    let empty = String::new;
    let address =
        Address { name: empty(), street: empty(), postcode: postcode.into(), city: empty(), region: empty(), country: "ES".into() };
    let way = Way::Deliver { address: Some(address) };
    let line = |(variant, quantity): &(VariantId, Quantity)| BasketLine { variant: *variant, quantity: *quantity, way: way.clone() };
    let lines: Vec<_> = items.iter().map(line).collect();
    let kinds = catalogue::kinds_among(tx, &items.iter().map(|(variant, _)| *variant).collect::<Vec<_>>())?;
    let found = sources(tx, &lines, &kinds, &weights, true).map_err(|why| match why {
        NoSource::TooFew { variant, available } => TrialError::TooFew { variant, available },
        NoSource::Place(place) => Fault::data(format!("a place sends and is none: {place}")).into(),
        NoSource::Fault(fault) => fault.into(),
    })?;
    let sent = |source: super::Source| Trial {
        place: source.place,
        lines: source.lines.iter().map(|(index, quantity)| (lines[*index].variant, *quantity)).collect(),
        sourced: source.sourced,
    };
    Ok(found.into_iter().map(sent).collect())
}
