//! What a delivery costs and when it arrives: one answer for the product's page, the cart, the checkout, the till, the desk and the API.

mod options;
mod promise;

pub(crate) use options::sent_lines;
pub use options::{Delivered, DeliveryOption, cart_with_delivery, delivery_options};
pub use promise::{picked, ready_to_collect};
pub(crate) use promise::{promise_again, promise_when_expected, promised_of};

use crate::basket::BasketError;
use kernel::{Currency, Money, MoneyError, ReadTx};
use orders::Address;
use pricing::{DeliveryMethod, DeliveryZone, QuoteLine};

/// What is charged for the parcels of a basket.
#[derive(Debug)]
pub(crate) struct Charge {
    pub(crate) method: Option<DeliveryMethod>,
    pub(crate) fee: Money,
    pub(crate) tax: Money,
}

/// A line that is sent: where to, and its price.
pub(crate) type SentLine<'a> = (Option<&'a Address>, &'a QuoteLine);

/// The fee by the way that was chosen, else by the first that reaches all addresses.
pub(crate) fn charge(tx: &ReadTx<'_>, currency: Currency, sent: &[SentLine<'_>], chosen: Option<&str>) -> Result<Charge, BasketError> {
    if sent.is_empty() {
        return Ok(Charge { method: None, fee: Money::zero(currency), tax: Money::zero(currency) });
    }
    let methods = pricing::delivery_methods(tx)?;
    let method = match chosen {
        Some(code) => {
            let known = methods.into_iter().find(|method| method.code == code && method.is_active);
            known.ok_or_else(|| BasketError::DeliveryGone { method: code.to_owned() })?
        }
        None => {
            let fits = |method: &DeliveryMethod| method.is_active && fee(method, currency, sent).is_ok_and(|fee| fee.is_some());
            methods.into_iter().find(fits).ok_or_else(|| unreached(sent))?
        }
    };
    let Some((fee, tax)) = fee(&method, currency, sent)? else {
        return Err(BasketError::DeliveryNotReached { method: method.code, postcode: far(sent).1 });
    };
    Ok(Charge { method: Some(method), fee, tax })
}

fn unreached(sent: &[SentLine<'_>]) -> BasketError {
    let (country, postcode) = far(sent);
    BasketError::NoDelivery { country, postcode }
}

/// The first address that was said.
fn far(sent: &[SentLine<'_>]) -> (String, String) {
    let said = sent.iter().find_map(|(to, _)| *to);
    said.map_or_else(|| ("ES".to_owned(), String::new()), |to| (to.country.clone(), to.postcode.clone()))
}

/// The zone of an address; where nobody has said where, the mainland.
pub(crate) fn zone_of<'a>(method: &'a DeliveryMethod, to: Option<&Address>) -> Option<&'a DeliveryZone> {
    to.map_or_else(|| method.zone("ES", ""), |to| method.zone(&to.country, &to.postcode))
}

/// The fee and the tax within it; `None` where it does not reach. Parcels to several addresses are one delivery, at the dearest of their fees.
/// What is brought along is taxed like what it brings: at the highest rate among the goods.
pub(crate) fn fee(method: &DeliveryMethod, currency: Currency, sent: &[SentLine<'_>]) -> Result<Option<(Money, Money)>, MoneyError> {
    let goods = Money::sum(currency, sent.iter().map(|(_, line)| line.total))?;
    let mut dearest = Money::zero(currency);
    for (to, _) in sent {
        let Some(fee) = zone_of(method, *to).and_then(|zone| zone.fee(goods)) else { return Ok(None) };
        if fee.minor > dearest.minor {
            dearest = fee;
        }
    }
    let rate = sent.iter().map(|(_, line)| line.tax_basis_points).max().unwrap_or_default();
    // Half a unit rounded up, as on the lines.
    let tax = (2 * dearest.minor * rate + 10_000 + rate) / (2 * (10_000 + rate));
    Ok(Some((dearest, Money::new(if dearest.is_zero() { 0 } else { tax }, currency))))
}
