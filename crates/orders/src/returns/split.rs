//! Exact shares of an amount: no cent is made, none is lost.

use kernel::Quantity;

/// What `count` units give back of a line of which `left` units, worth `left_amount` minor units, have not come back yet.
/// Rounded down, so that the last unit takes the remainder.
pub fn share_of_line(left_amount: i64, left: Quantity, count: Quantity) -> i64 {
    if left.0 <= 0 || count.0 >= left.0 {
        return left_amount;
    }
    let share = i128::from(left_amount) * i128::from(count.0.max(0)) / i128::from(left.0);
    i64::try_from(share).expect("a share is no larger than the whole")
}

/// Divide an amount in minor units over quantities, such as one quoted line over the places that supply it. The parts add up
/// to `amount` exactly; the last takes the remainder. All quantities are positive.
pub fn split_amount(amount: i64, quantities: &[Quantity]) -> Vec<i64> {
    let mut left = Quantity(quantities.iter().map(|q| q.0).sum());
    let mut left_amount = amount;
    let mut parts = Vec::with_capacity(quantities.len());
    for count in quantities {
        let part = share_of_line(left_amount, left, *count);
        parts.push(part);
        left_amount -= part;
        left.0 -= count.0;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_last_unit_takes_the_remainder() {
        assert_eq!(split_amount(100, &[Quantity(1), Quantity(1), Quantity(1)]), [33, 33, 34]);
        assert_eq!(split_amount(1999, &[Quantity(2), Quantity(1)]), [1332, 667]);
        assert_eq!(split_amount(-7, &[Quantity(1), Quantity(1)]), [-3, -4]);
        assert_eq!(split_amount(5, &[]), Vec::<i64>::new());
    }

    proptest! {
        #[test]
        fn parts_add_up(amount in 0i64..10_000_000_000, counts in proptest::collection::vec(1i64..1000, 1..20)) {
            let quantities: Vec<_> = counts.into_iter().map(Quantity).collect();
            let parts = split_amount(amount, &quantities);
            prop_assert_eq!(parts.iter().sum::<i64>(), amount);
            prop_assert!(parts.iter().all(|part| *part >= 0));
        }
    }
}
