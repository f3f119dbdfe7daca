//! Payments and their states.

use crate::{GiftCardId, PayLinkId, PaymentError, PaymentId, RefundId};
use kernel::{Channel, Money, ProfileId, Timestamp};
use serde::{Deserialize, Serialize};

/// The largest amount of one payment, in minor units.
pub(crate) const MOST: i64 = 1_000_000_000_000;

kernel::db_enum! {
    /// A way of paying.
    pub enum Method {
        /// Coins and notes.
        Cash = "cash",
        /// A card at the shop's terminal, recorded by its receipt number.
        CardTerminal = "card_terminal",
        /// The gateway's hosted page, from the checkout.
        Gateway = "gateway",
        /// The gateway's hosted page, from a link sent to the customer.
        PayLink = "pay_link",
        /// A gift card, or one that was given for goods that came back.
        GiftCard = "gift_card",
    }
}

impl Method {
    /// True when the gateway moves the money.
    pub const fn is_online(self) -> bool {
        matches!(self, Method::Gateway | Method::PayLink)
    }
    /// Refunds go back first where money moves by itself, then onto the card that paid; cash last.
    pub(crate) const fn refund_order(self) -> u8 {
        match self {
            Method::Gateway | Method::PayLink => 0,
            Method::CardTerminal => 1,
            Method::GiftCard => 2,
            Method::Cash => 3,
        }
    }
}

kernel::db_enum! {
    /// Where a payment stands.
    pub enum PaymentState {
        /// The customer has not paid yet.
        Pending = "pending",
        /// The money is promised to us.
        Authorised = "authorised",
        /// The money is ours.
        Captured = "captured",
        /// Some of it went back.
        PartlyRefunded = "partly_refunded",
        /// All of it went back.
        Refunded = "refunded",
        /// The last attempt was declined; another may follow.
        Failed = "failed",
        /// Called off before capture.
        Voided = "voided",
    }
}

impl PaymentState {
    /// The states that may follow. A provider may tell late: money that came after a decline or a void is still recorded.
    pub const fn can_become(self, next: PaymentState) -> bool {
        use PaymentState::*;
        match self {
            Pending => matches!(next, Authorised | Captured | Failed | Voided),
            Authorised => matches!(next, Captured | Voided),
            Failed => matches!(next, Authorised | Captured | Failed | Voided),
            Voided => matches!(next, Captured),
            Captured | PartlyRefunded => matches!(next, PartlyRefunded | Refunded),
            Refunded => false,
        }
    }
    /// True once the money was ours, whether or not it went back.
    pub const fn was_captured(self) -> bool {
        matches!(self, PaymentState::Captured | PaymentState::PartlyRefunded | PaymentState::Refunded)
    }
}

/// One tender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// Its id.
    pub id: PaymentId,
    /// What is paid for, such as `order:ID`.
    pub subject: String,
    /// Who pays; nobody known at a shop's till.
    pub profile: Option<ProfileId>,
    /// Where.
    pub channel: Channel,
    /// How.
    pub method: Method,
    /// What was asked for.
    pub amount: Money,
    /// What was captured; zero before.
    pub captured: Money,
    /// What of it went back.
    pub refunded: Money,
    /// Where it stands.
    pub state: PaymentState,
    /// True when approval only promises the money, and [`crate::capture`] takes it.
    pub capture_later: bool,
    /// Receipt number of the terminal or name at the provider; may be empty.
    pub reference: String,
    /// Why the last attempt was declined.
    pub failure: Option<String>,
    /// The link it came by.
    pub link: Option<PayLinkId>,
    /// Since when.
    pub created_at: Timestamp,
    /// Last change of state.
    pub changed_at: Timestamp,
}

impl Payment {
    /// What can still be given back.
    pub const fn refundable(&self) -> Money {
        Money::new(self.captured.minor - self.refunded.minor, self.captured.currency)
    }
    /// Refuse a step that does not follow from the present state.
    pub(crate) const fn must_become(&self, next: PaymentState) -> Result<(), PaymentError> {
        if self.state.can_become(next) { Ok(()) } else { Err(PaymentError::NotNow { state: self.state, next }) }
    }
}

/// Money that went back on one payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundRecord {
    /// Its id.
    pub id: RefundId,
    /// On which payment.
    pub payment: PaymentId,
    /// By the way it came, or onto a gift card.
    pub method: Method,
    /// How much.
    pub amount: Money,
    /// Why, in the words of whoever gave it.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// The card that was made for it, when it did not go back the way it came.
    pub card: Option<GiftCardId>,
}

/// How a subject's account stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// What it costs, less credits.
    pub billed: Money,
    /// What was captured, less refunds.
    pub captured: Money,
    /// What is promised and not captured.
    pub authorised: Money,
    /// Billed less captured; below zero what we owe.
    pub outstanding: Money,
}

impl Due {
    /// True when nothing is left to pay, counting what is promised.
    pub const fn is_covered(&self) -> bool {
        self.outstanding.minor <= self.authorised.minor
    }
}

/// `amount` when it is one to pay or give back.
pub(crate) fn positive(amount: Money) -> Result<Money, PaymentError> {
    if (1..=MOST).contains(&amount.minor) { Ok(amount) } else { Err(PaymentError::InvalidAmount { most: MOST }) }
}

#[cfg(test)]
mod tests {
    use super::PaymentState::{self, *};

    #[test]
    fn states_follow_each_other_as_the_table_says() {
        let followers = |state: PaymentState| PaymentState::ALL.iter().copied().filter(|next| state.can_become(*next)).collect::<Vec<_>>();
        assert_eq!(followers(Pending), [Authorised, Captured, Failed, Voided]);
        assert_eq!(followers(Authorised), [Captured, Voided]);
        assert_eq!(followers(Captured), [PartlyRefunded, Refunded]);
        assert_eq!(followers(PartlyRefunded), [PartlyRefunded, Refunded]);
        assert_eq!(followers(Refunded), []);
        assert_eq!(followers(Failed), [Authorised, Captured, Failed, Voided]);
        assert_eq!(followers(Voided), [Captured]);
    }
}
