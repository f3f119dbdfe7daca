//! Which ways of paying a cart has. They are the same at every door; where one is missing, a written rule says why.

use crate::Method;
use kernel::{Channel, Currency, Money};

/// Law 7/2012, article 7, as amended by law 11/2021: nobody pays a business 1,000 euros or more in cash.
const MOST_CASH: Money = Money::new(99_999, Currency::EUR);

/// What a way of paying depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paying {
    /// How much.
    pub amount: Money,
    /// All of it is handed over in a shop: collected, or carried out.
    pub is_handed_over: bool,
    /// Where.
    pub channel: Channel,
}

/// Why a way of paying is not offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaymentRule {
    /// So much may be paid in cash, and no more.
    CashLimit {
        /// The largest sum.
        most: Money,
    },
    /// Cash and the terminal are in a shop: somebody who is sent everything and stands at no till cannot reach them.
    NeedsShop,
}

impl PaymentRule {
    /// Its name for programs and texts.
    pub const fn as_str(self) -> &'static str {
        match self {
            PaymentRule::CashLimit { .. } => "cash_limit",
            PaymentRule::NeedsShop => "needs_shop",
        }
    }
}

/// A way of paying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaymentOption {
    /// Which. A pay link is the gateway's, sent.
    pub method: Method,
    /// Why not; `None` when it is offered.
    pub rule: Option<PaymentRule>,
}

/// Every way of paying, always in this order: by the gateway, with a gift card, at the shop's terminal, in cash.
pub fn payment_options(paying: Paying) -> [PaymentOption; 4] {
    let reaches_shop = paying.is_handed_over || paying.channel == Channel::Till;
    let in_shop = (!reaches_shop).then_some(PaymentRule::NeedsShop);
    [(Method::Gateway, None), (Method::GiftCard, None), (Method::CardTerminal, in_shop), (Method::Cash, in_shop.or(cash(paying.amount)))]
        .map(|(method, rule)| PaymentOption { method, rule })
}

/// Whether so much may be paid in cash.
pub(crate) fn cash(amount: Money) -> Option<PaymentRule> {
    let is_beyond = amount.currency == MOST_CASH.currency && amount.minor > MOST_CASH.minor;
    is_beyond.then_some(PaymentRule::CashLimit { most: MOST_CASH })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(minor: i64, is_handed_over: bool, channel: Channel) -> [Option<PaymentRule>; 4] {
        payment_options(Paying { amount: Money::eur(minor), is_handed_over, channel }).map(|option| option.rule)
    }

    #[test]
    fn the_same_everywhere_but_for_two_rules() {
        let limit = Some(PaymentRule::CashLimit { most: Money::eur(99_999) });
        for channel in Channel::ALL.iter().copied() {
            assert_eq!(rules(99_999, true, channel), [None; 4], "{channel}");
            assert_eq!(rules(100_000, true, channel), [None, None, None, limit], "{channel}");
        }
        let shop = Some(PaymentRule::NeedsShop);
        assert_eq!(rules(1, false, Channel::Till), [None; 4]);
        assert_eq!(rules(100_000, false, Channel::Till), [None, None, None, limit]);
        assert_eq!(rules(1, false, Channel::Web), [None, None, shop, shop]);
        let dollars =
            Paying { amount: Money::new(100_000, "USD".parse().expect("a currency")), is_handed_over: true, channel: Channel::Web };
        assert_eq!(payment_options(dollars)[3].rule, None, "another law");
    }
}
