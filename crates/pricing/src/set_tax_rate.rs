//! A tax rate that begins on a day.

use crate::events::TAX_RATE_SET;
use crate::{PriceError, TaxRegion, store};
use catalogue::TaxCategory;
use kernel::{Actor, Event, Permission, Timestamp, Tx};

/// From `from` on the rate is `basis_points` (2100 for 21 %); the rate before it ends there. Later rates stay.
/// Announces `tax_rate.set`.
pub fn set_tax_rate(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (region, category): (TaxRegion, TaxCategory),
    basis_points: i64,
    from: Timestamp,
) -> Result<(), PriceError> {
    actor.require(Permission::EditPrices)?;
    if !(0..=10_000).contains(&basis_points) {
        return Err(PriceError::invalid("basis_points", "a rate lies between 0 and 10000 basis points"));
    }
    store::put_tax_rate(tx, (region, category), basis_points, from)?;
    let body = serde_json::json!({ "region": region, "category": category, "basis_points": basis_points, "from": from });
    tx.announce(Event::new(TAX_RATE_SET, format!("{region}/{category}")).by(actor).body(&body))?;
    Ok(())
}
