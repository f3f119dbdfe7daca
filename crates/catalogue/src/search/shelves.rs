//! Where goods can be had, as the index is told: this room knows no stock.

use crate::VariantId;
use kernel::log::Logged;
use kernel::{Fault, ReadTx};
use std::collections::BTreeMap;

/// The key of [`super::Facet::Place`] for what can be sent.
pub const DELIVERY: &str = "delivery";

/// Whoever knows the stock.
pub trait Shelves: Send + Sync {
    /// Keys of the places where each of these can be had now, [`DELIVERY`] among them.
    fn places(&self, tx: &ReadTx<'_>, variants: &[VariantId]) -> Result<BTreeMap<VariantId, Vec<String>>, Fault>;
    /// What may lie in other places than before these events.
    fn touched(&self, tx: &ReadTx<'_>, events: &[Logged]) -> Result<Touched, Fault>;
}

/// What the index has to look at again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Touched {
    /// These.
    Variants(Vec<VariantId>),
    /// All: a place opened or closed.
    Everything,
}
