//! Keeping members as products are: within the save of a product.

use super::rule::Facts;
use super::store;
use crate::{Product, Status};
use kernel::{Fault, Tx};

/// Move a product that was just saved. Costs nothing when nothing changed that a rule can look at.
pub(crate) fn keep(tx: &mut Tx<'_>, before: Option<&Product>, after: &Product) -> Result<(), Fault> {
    let facts = Facts::of(after);
    let was_on_sale = before.is_some_and(Product::is_visible);
    if (!was_on_sale && !after.is_visible()) || before.is_some_and(|before| Facts::of(before) == facts) {
        return Ok(());
    }
    stand(tx, &facts)
}

/// A product stands afterwards exactly where it belongs.
pub(super) fn stand(tx: &mut Tx<'_>, facts: &Facts) -> Result<(), Fault> {
    let now = tx.now();
    let mut wanted = Vec::new();
    if facts.status == Status::Active {
        let pinned = store::pinned_in(tx, facts.id)?;
        let by_rule = store::ruled_by(tx, &facts.keys())?.into_iter().filter(|(id, _)| pinned.iter().all(|(known, ..)| known != id));
        wanted.extend(by_rule.filter_map(|(id, rule)| rule.member(id, facts, None, now)));
        wanted.extend(pinned.iter().filter_map(|(id, rule, place)| rule.member(*id, facts, Some(*place), now)));
    }
    let present = store::memberships(tx, facts.id)?;
    for gone in present.iter().filter(|old| wanted.iter().all(|new| new.collection != old.collection)) {
        store::take_out(tx, gone.collection, facts.id)?;
    }
    for new in wanted.iter().filter(|new| !present.contains(new)) {
        store::put(tx, new)?;
    }
    Ok(())
}
