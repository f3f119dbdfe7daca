//! What promotions take off the lines of a cart, as a pure function.
//!
//! Each promotion is reckoned on the prices of the lists, whatever others take, and all of them together take a line to zero at
//! most. What an amount off cannot take where others have been, it takes from the lines where most is left. So one more stackable
//! promotion never makes a cart dearer, and the order of lines does not matter.

use crate::model::share;
use crate::{Offer, Promotion};
use catalogue::VariantCard;
use std::cmp::Reverse;

/// A line as promotions see it. Amounts in minor units.
pub(crate) struct Goods<'a> {
    pub(crate) card: &'a VariantCard,
    pub(crate) quantity: i64,
    pub(crate) unit: i64,
    pub(crate) subtotal: i64,
}

/// What one promotion takes off a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cut {
    /// Its place among the promotions.
    pub(crate) promotion: usize,
    /// More than zero.
    pub(crate) amount: i64,
}

/// Who has taken from a line.
#[derive(Clone, Copy, PartialEq)]
enum Touch {
    Nobody,
    Stackable,
    Exclusive(usize),
}

/// The cuts of each line, in the order of the promotions, which come by [`Promotion::rank`].
pub(crate) fn promote(goods: &[Goods<'_>], promotions: &[Promotion]) -> Vec<Vec<Cut>> {
    // Cents are divided in this order, whatever order the lines came in.
    let mut order: Vec<usize> = (0..goods.len()).collect();
    order.sort_by_key(|at| (goods[*at].card.id, goods[*at].quantity, goods[*at].unit));
    let mut work = Work {
        left: goods.iter().map(|line| line.subtotal).collect(),
        touched: vec![Touch::Nobody; goods.len()],
        cuts: vec![Vec::new(); goods.len()],
    };
    let mut owed: Vec<(usize, i64, Vec<usize>)> = Vec::new();
    for (number, promotion) in promotions.iter().enumerate() {
        let fitting: Vec<usize> = order.iter().copied().filter(|at| promotion.counts(&goods[*at])).collect();
        let reached: i128 = fitting.iter().map(|at| i128::from(goods[*at].subtotal)).sum();
        if fitting.is_empty() || reached < i128::from(promotion.threshold.minor) {
            continue;
        }
        let given = match &promotion.offer {
            Offer::Gift { variant, .. } => order.iter().copied().filter(|at| goods[*at].card.id == *variant).collect(),
            _ => fitting,
        };
        let open: Vec<usize> = given.into_iter().filter(|at| work.may_take(*at, number, promotion)).collect();
        let mut taken = 0;
        for (at, wish) in wishes(goods, &open, &promotion.offer) {
            taken += work.take(at, wish, number, promotion);
        }
        if let Offer::Amount { off } = &promotion.offer {
            owed.push((number, off.minor - taken, open));
        }
    }
    for (number, amount, mut lines) in owed {
        lines.retain(|at| work.may_take(*at, number, &promotions[number]));
        let left: Vec<i64> = lines.iter().map(|at| work.left[*at]).collect();
        for (at, wish) in lines.iter().zip(levelled(&left, amount)) {
            work.take(*at, wish, number, &promotions[number]);
        }
    }
    for cuts in &mut work.cuts {
        cuts.sort_by_key(|cut| cut.promotion);
    }
    work.cuts
}

impl Promotion {
    /// Whether a line counts towards the sum to be reached.
    fn counts(&self, line: &Goods<'_>) -> bool {
        let is_gift = matches!(&self.offer, Offer::Gift { variant, .. } if *variant == line.card.id);
        self.target.fits(line.card) && !is_gift
    }
}

struct Work {
    left: Vec<i64>,
    touched: Vec<Touch>,
    cuts: Vec<Vec<Cut>>,
}

impl Work {
    fn may_take(&self, at: usize, number: usize, promotion: &Promotion) -> bool {
        match self.touched[at] {
            Touch::Nobody => true,
            Touch::Stackable => !promotion.is_exclusive,
            Touch::Exclusive(owner) => owner == number,
        }
    }

    /// Take as much of the wish as the line still has; answers how much that was.
    fn take(&mut self, at: usize, wish: i64, number: usize, promotion: &Promotion) -> i64 {
        let amount = wish.min(self.left[at]);
        if amount <= 0 {
            return 0;
        }
        self.left[at] -= amount;
        self.touched[at] = if promotion.is_exclusive { Touch::Exclusive(number) } else { Touch::Stackable };
        match self.cuts[at].iter_mut().find(|cut| cut.promotion == number) {
            Some(cut) => cut.amount += amount,
            None => self.cuts[at].push(Cut { promotion: number, amount }),
        }
        amount
    }
}

/// What an offer would take off each of these lines if it were alone.
fn wishes(goods: &[Goods<'_>], lines: &[usize], offer: &Offer) -> Vec<(usize, i64)> {
    match offer {
        Offer::Percentage { basis_points } => lines.iter().map(|at| (*at, share(goods[*at].subtotal, *basis_points, 10_000))).collect(),
        Offer::Amount { off } => {
            let subtotals: Vec<i64> = lines.iter().map(|at| goods[*at].subtotal).collect();
            lines.iter().copied().zip(divided(off.minor, &subtotals)).collect()
        }
        Offer::NForM { take, pay } => {
            let mut dearest_first = lines.to_vec();
            dearest_first.sort_by_key(|at| Reverse(goods[*at].unit));
            let pieces: i64 = lines.iter().map(|at| goods[*at].quantity).fold(0, i64::saturating_add);
            let whole = pieces / take * take;
            // Free pieces among the first so many.
            let free = |count: i64| {
                let count = count.min(whole);
                count / take * (take - pay) + (count % take - pay).max(0)
            };
            let mut before = 0i64;
            let wish = |at: usize| {
                let after = before.saturating_add(goods[at].quantity);
                let gone = free(after) - free(before);
                before = after;
                // No more pieces than the line has, so no more than its subtotal.
                (at, gone * goods[at].unit)
            };
            dearest_first.into_iter().map(wish).collect()
        }
        Offer::Gift { units, .. } => {
            let mut left = *units;
            let wish = |at: &usize| {
                let given = left.min(goods[*at].quantity);
                left -= given;
                (*at, given * goods[*at].unit)
            };
            lines.iter().map(wish).collect()
        }
    }
}

/// An amount divided by weights, to the cent; no part is greater than its weight, and together they are the amount or all weights.
fn divided(amount: i64, weights: &[i64]) -> Vec<i64> {
    let all: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
    let amount = i128::from(amount).min(all);
    let (mut sum, mut given) = (0i128, 0i128);
    let part = |weight: &i64| {
        sum += i128::from(*weight);
        let upto = if all == 0 { 0 } else { amount * sum / all };
        let part = upto - given;
        given = upto;
        // A part is at most its weight, which is a 64-bit number.
        part as i64
    };
    weights.iter().map(part).collect()
}

/// What to take off each height so that `amount` is gone, always from the highest; of equal ones from the first.
fn levelled(heights: &[i64], amount: i64) -> Vec<i64> {
    if amount <= 0 {
        return vec![0; heights.len()];
    }
    let above = |level: i64| heights.iter().map(|height| i128::from((height - level).max(0))).sum::<i128>();
    // The lowest level that the amount reaches down to whole.
    let (mut low, mut high) = (0i64, heights.iter().copied().max().unwrap_or_default());
    while low < high {
        let middle = low + (high - low) / 2;
        if above(middle) <= i128::from(amount) { high = middle } else { low = middle + 1 }
    }
    let mut rest = i128::from(amount) - above(low);
    let take = |height: &i64| {
        let one = i64::from(rest > 0 && low > 0 && *height >= low);
        rest -= i128::from(one);
        (height - low).max(0) + one
    };
    heights.iter().map(take).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_divided_to_the_cent() {
        assert_eq!(divided(1000, &[1000, 1000, 1000]), [333, 333, 334]);
        assert_eq!(divided(1000, &[1, 2]), [1, 2]);
        assert_eq!((divided(5, &[0, 0]), divided(5, &[])), (vec![0, 0], vec![]));
        assert_eq!(divided(i64::MAX, &[i64::MAX, i64::MAX]).iter().sum::<i64>(), i64::MAX);
    }

    #[test]
    fn the_highest_gives_first() {
        assert_eq!(levelled(&[10, 4, 10], 5), [3, 0, 2]);
        assert_eq!(levelled(&[10, 4, 10], 14), [7, 1, 6]);
        assert_eq!(levelled(&[10, 4], 99), [10, 4]);
        assert_eq!((levelled(&[3], 0), levelled(&[], 7)), (vec![0], vec![]));
    }
}
