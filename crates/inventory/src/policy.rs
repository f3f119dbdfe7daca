//! Whether a variant is sold before it is there.

use crate::StockError;
use crate::supply_store as store;
use catalogue::VariantId;
use kernel::{Actor, Fault, Permission, ReadTx, Tx};
use std::collections::BTreeMap;

kernel::db_enum! {
    /// What happens when none is left of a variant.
    pub enum StockPolicy {
        /// It is sold out.
        Deny = "deny",
        /// What is on its way is sold, with the day it comes.
        Backorder = "backorder",
        /// The same, for what has not come out yet.
        Preorder = "preorder",
    }
}

/// Sell a variant before it is there, or no more; what was promised stays promised.
pub fn set_stock_policy(tx: &mut Tx<'_>, actor: &Actor, variant: VariantId, policy: StockPolicy) -> Result<(), StockError> {
    actor.require(Permission::AdjustStock)?;
    if stock_policies(tx, &[variant])?.get(&variant).copied().unwrap_or(StockPolicy::Deny) == policy {
        return Ok(());
    }
    store::set_policy(tx, variant, policy)?;
    Ok(crate::events::tell_policy(tx, actor, variant)?)
}

/// The policies of those of these variants that are sold ahead; the others are sold only where they lie. One statement.
pub fn stock_policies(tx: &ReadTx<'_>, variants: &[VariantId]) -> Result<BTreeMap<VariantId, StockPolicy>, Fault> {
    store::policies(tx, variants)
}
