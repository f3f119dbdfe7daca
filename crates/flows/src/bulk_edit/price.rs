//! The sums of a bulk edit of prices. Whole minor units, halves away from zero.

use catalogue::VariantId;
use serde::{Deserialize, Serialize};

/// By which sum a price is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum PriceHow {
    /// All cost this; those that had no price on the list too.
    Set {
        /// Minor units.
        minor: i64,
    },
    /// So much more, or less below zero.
    Percent {
        /// Hundredths of a percent: -1250 is 12.5 % off.
        hundredths: i64,
    },
    /// So much more, or less below zero.
    Amount {
        /// Minor units.
        minor: i64,
    },
}

kernel::db_enum! {
    /// What a changed price ends in.
    pub enum Rounding {
        /// As the sum has it.
        None = "none",
        /// The nearest amount that ends in 95 hundredths.
        To95 = "95",
        /// The nearest amount that ends in 99 hundredths.
        To99 = "99",
    }
}

/// What a variant costs on the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceOf {
    /// Which.
    pub variant: VariantId,
    /// Minor units; `None` when it is not on the list.
    pub price: Option<i64>,
    /// What it cost before, in minor units.
    pub compare_at: Option<i64>,
}

/// As far as `pricing::set_prices` goes.
const MAX_MINOR: i64 = 100_000_000_000_000;

impl PriceHow {
    pub(super) fn check(self) -> Result<(), &'static str> {
        match self {
            PriceHow::Set { minor } if !(0..=MAX_MINOR).contains(&minor) => Err("a price is not negative, and below a trillion"),
            PriceHow::Percent { hundredths } if !(-10_000..=100_000).contains(&hundredths) => {
                Err("a percentage between -100 and 1000 is expected")
            }
            PriceHow::Amount { minor } if !(-MAX_MINOR..=MAX_MINOR).contains(&minor) => Err("the amount is too large"),
            _ => Ok(()),
        }
    }

    /// The new price; `None` when there is none to begin with. `Err` when it would be below zero or too large.
    pub(super) fn of(self, price: Option<i64>, rounding: Rounding, decimals: u32) -> Result<Option<i64>, &'static str> {
        let sum = match (self, price) {
            (PriceHow::Set { minor }, _) => minor,
            (_, None) => return Ok(None),
            (PriceHow::Amount { minor }, Some(price)) => price + minor,
            (PriceHow::Percent { hundredths }, Some(price)) => {
                let product = i128::from(price) * i128::from(10_000 + hundredths);
                i64::try_from((product + 5_000).div_euclid(10_000)).map_err(|_| "below_zero")?
            }
        };
        if !(0..=MAX_MINOR).contains(&sum) {
            return Err("below_zero");
        }
        Ok(Some(rounding.of(sum, decimals)))
    }
}

impl Rounding {
    /// The nearest amount with this ending; between two, the higher. A currency without hundredths has none.
    fn of(self, minor: i64, decimals: u32) -> i64 {
        let ending = match self {
            Rounding::None => return minor,
            Rounding::To95 => 95,
            Rounding::To99 => 99,
        };
        if decimals != 2 {
            return minor;
        }
        let below = (minor - ending).div_euclid(100) * 100 + ending;
        let nearest = if minor - below >= 50 { below + 100 } else { below };
        nearest.max(ending)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_exact() {
        let percent = |price, hundredths| PriceHow::Percent { hundredths }.of(Some(price), Rounding::None, 2);
        assert_eq!(percent(1995, 1000), Ok(Some(2195)), "2194.5 goes up");
        assert_eq!(percent(1990, -1250), Ok(Some(1741)));
        assert_eq!(percent(1990, -10_000), Ok(Some(0)));
        let amount = |price, minor| PriceHow::Amount { minor }.of(Some(price), Rounding::None, 2);
        assert_eq!((amount(500, -500), amount(500, -501)), (Ok(Some(0)), Err("below_zero")));
        assert_eq!(PriceHow::Amount { minor: 100 }.of(None, Rounding::None, 2), Ok(None));
        assert_eq!(PriceHow::Set { minor: 900 }.of(None, Rounding::None, 2), Ok(Some(900)));
    }

    #[test]
    fn endings_are_the_nearest() {
        let to = |rounding: Rounding, minor| rounding.of(minor, 2);
        assert_eq!([to(Rounding::To95, 2044), to(Rounding::To95, 2045), to(Rounding::To95, 1995)], [1995, 2095, 1995]);
        assert_eq!([to(Rounding::To99, 2048), to(Rounding::To99, 2049), to(Rounding::To99, 2100)], [1999, 2099, 2099]);
        assert_eq!([to(Rounding::To95, 10), to(Rounding::To99, 0)], [95, 99], "never below zero");
        assert_eq!(Rounding::To95.of(2044, 0), 2044, "yen have no hundredths");
    }
}
