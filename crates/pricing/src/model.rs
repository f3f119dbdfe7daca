//! Price lists, tax regions and the arithmetic of tax. No transaction, clock or chance.

use crate::PriceListId;
use kernel::{Currency, Timestamp};
use serde::Serialize;

kernel::db_enum! {
    /// Where the goods go, as far as tax is concerned.
    pub enum TaxRegion {
        /// Spain without the Canaries, Ceuta and Melilla: IVA.
        Spain = "es",
        /// The Canary Islands: IGIC.
        Canaries = "es-cn",
    }
}

impl TaxRegion {
    /// The region of an address: ISO country and postcode. `None` where we have no rates (abroad, Ceuta, Melilla) and
    /// for what is no postcode.
    pub fn of(country: &str, postcode: &str) -> Option<Self> {
        if !country.eq_ignore_ascii_case("ES") {
            return None;
        }
        let postcode = postcode.trim();
        if postcode.len() != 5 || !postcode.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        match &postcode[..2] {
            "35" | "38" => Some(TaxRegion::Canaries),
            "51" | "52" => None,
            _ => Some(TaxRegion::Spain),
        }
    }
}

/// From when to when; the end is exclusive, `None` means never.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Span {
    /// From this moment on.
    pub starts_at: Timestamp,
    /// Until just before this moment.
    pub ends_at: Option<Timestamp>,
}

impl Span {
    /// From the beginning for ever.
    pub const ALWAYS: Self = Span { starts_at: Timestamp::from_micros(0), ends_at: None };

    /// The end as it is stored.
    pub(crate) fn end(self) -> Timestamp {
        self.ends_at.unwrap_or(Timestamp::from_micros(i64::MAX))
    }
    pub(crate) fn from_columns(starts_at: Timestamp, ends_at: Timestamp) -> Self {
        Span { starts_at, ends_at: Some(ends_at).filter(|end| end.as_micros() < i64::MAX) }
    }
    /// True when it ends after it starts.
    pub(crate) fn is_sound(self) -> bool {
        self.starts_at < self.end()
    }
}

/// A set of prices. Of those that are open and have a price for a variant, the highest priority wins; then the one that
/// started last; then the code that comes first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PriceList {
    /// Its id.
    pub id: PriceListId,
    /// Unique: `base`, `rebajas-verano`.
    pub code: String,
    /// For staff.
    pub name: String,
    /// Of all its prices.
    pub currency: Currency,
    /// True when its prices include tax, as prices for consumers must.
    pub is_tax_included: bool,
    /// Higher wins.
    pub priority: i64,
    /// When it is open.
    pub span: Span,
    /// Only for this audience (`staff`, `wholesale`); `None` for everybody.
    pub audience: Option<String>,
}

/// `amount * numerator / denominator`, half a unit rounded up. Amounts are never negative here.
pub(crate) fn share(amount: i64, numerator: i64, denominator: i64) -> i64 {
    let (amount, numerator, denominator) = (i128::from(amount), i128::from(numerator), i128::from(denominator));
    // A share of 100 % or less of a 64-bit amount fits 64 bits.
    ((2 * amount * numerator + denominator) / (2 * denominator)) as i64
}

/// The tax inside an amount that includes it.
pub(crate) fn tax_within(total: i64, basis_points: i64) -> i64 {
    share(total, basis_points, 10_000 + basis_points)
}

/// The tax that comes on top of an amount without it.
pub(crate) fn tax_upon(net: i64, basis_points: i64) -> i64 {
    share(net, basis_points, 10_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tax_is_rounded_half_up_per_amount() {
        assert_eq!((tax_within(1990, 2100), tax_within(121, 2100), tax_within(0, 2100)), (345, 21, 0));
        assert_eq!((tax_upon(50, 2100), tax_upon(5, 1000), tax_upon(4, 1000)), (11, 1, 0));
        assert_eq!(tax_within(i64::MAX, 0), 0);
    }

    #[test]
    fn a_postcode_says_which_tax_applies() {
        assert_eq!(TaxRegion::of("es", "28013"), Some(TaxRegion::Spain));
        assert_eq!((TaxRegion::of("ES", "35001"), TaxRegion::of("ES", "38400")), (Some(TaxRegion::Canaries), Some(TaxRegion::Canaries)));
        assert_eq!((TaxRegion::of("ES", "51001"), TaxRegion::of("FR", "75001"), TaxRegion::of("ES", "é")), (None, None, None));
    }
}
