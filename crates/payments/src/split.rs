//! How a refund is spread over the tenders that paid.

use crate::Payment;
use kernel::Money;

/// How [`crate::refund_subject`] would give `amount` back over the payments of a subject: to be shown before it happens.
/// `None` when it is more than can be given back.
pub fn split_refund(amount: Money, payments: &[Payment]) -> Option<Vec<(&Payment, Money)>> {
    let parts = split(amount.minor, payments)?;
    Some(parts.into_iter().map(|(payment, minor)| (payment, Money::new(minor, amount.currency))).collect())
}

/// What to give back on each payment, so that it makes `amount` minor units: first where the money moves by itself, then
/// the terminal, cash last (a card payment is not turned into cash); newest first within each. `None` when it is too much.
pub(crate) fn split(amount: i64, payments: &[Payment]) -> Option<Vec<(&Payment, i64)>> {
    let mut order: Vec<_> = payments.iter().filter(|p| p.refundable().is_positive()).collect();
    order.sort_by_key(|p| (p.method.refund_order(), std::cmp::Reverse(p.id)));
    let mut left = amount;
    let mut parts = Vec::new();
    for payment in order {
        let part = payment.refundable().minor.min(left);
        if part > 0 {
            parts.push((payment, part));
            left -= part;
        }
    }
    (left == 0).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Method, PaymentId, PaymentState};
    use kernel::{Channel, Money, Timestamp};
    use proptest::prelude::*;

    fn paid(number: u64, method: Method, captured: i64, refunded: i64) -> Payment {
        Payment {
            id: PaymentId::from_parts(number, 0),
            subject: "order:1".into(),
            profile: None,
            channel: Channel::Till,
            method,
            amount: Money::eur(captured.max(1)),
            captured: Money::eur(captured),
            refunded: Money::eur(refunded),
            state: PaymentState::Captured,
            capture_later: false,
            reference: String::new(),
            failure: None,
            link: None,
            created_at: Timestamp::default(),
            changed_at: Timestamp::default(),
        }
    }

    #[test]
    fn money_goes_back_the_way_it_came_cash_last() {
        let payments = [
            paid(1, Method::Cash, 1000, 0),
            paid(2, Method::Gateway, 500, 100),
            paid(3, Method::CardTerminal, 300, 0),
            paid(4, Method::PayLink, 200, 0),
            paid(5, Method::Gateway, 0, 0),
        ];
        let parts = |amount| split(amount, &payments).map(|p| p.into_iter().map(|(p, part)| (p.id, part)).collect::<Vec<_>>());
        let id = |n| PaymentId::from_parts(n, 0);
        assert_eq!(parts(150), Some(vec![(id(4), 150)]));
        assert_eq!(parts(1000), Some(vec![(id(4), 200), (id(2), 400), (id(3), 300), (id(1), 100)]));
        assert_eq!(parts(1900), Some(vec![(id(4), 200), (id(2), 400), (id(3), 300), (id(1), 1000)]));
        assert_eq!(parts(1901), None);
    }

    proptest! {
        #[test]
        fn the_parts_make_the_whole(amount in 1i64..5000, tenders in proptest::collection::vec((0usize..5, 0i64..1500, 0i64..500), 0..6)) {
            let payments: Vec<_> = tenders.iter().enumerate()
                .map(|(n, (method, captured, refunded))| paid(n as u64, Method::ALL[*method], *captured, (*refunded).min(*captured)))
                .collect();
            let total: i64 = payments.iter().map(|p| p.refundable().minor).sum();
            match split(amount, &payments) {
                None => prop_assert!(amount > total),
                Some(parts) => {
                    prop_assert_eq!(parts.iter().map(|(_, part)| part).sum::<i64>(), amount);
                    prop_assert!(parts.iter().all(|(p, part)| *part > 0 && *part <= p.refundable().minor));
                }
            }
        }
    }
}
