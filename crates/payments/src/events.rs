//! What this room announces, on the payer's thread.

use crate::gateway::Verb;
use crate::{GiftCard, GiftCardId, GiftCardOrigin, Method, PayLink, PayLinkId, PayLinkState, Payment, PaymentId, PaymentState};
use kernel::{Actor, Event, Fault, Money, Timestamp, Tx};
use serde::{Deserialize, Serialize};

/// The money is promised.
pub const PAYMENT_AUTHORISED: &str = "payment.authorised";
/// The money is ours.
pub const PAYMENT_CAPTURED: &str = "payment.captured";
/// An attempt was declined.
pub const PAYMENT_FAILED: &str = "payment.failed";
/// Money went back.
pub const PAYMENT_REFUNDED: &str = "payment.refunded";
/// Called off before capture.
pub const PAYMENT_VOIDED: &str = "payment.voided";
/// The gateway would not do what it was told, or nobody can tell whether it did: a person has to look.
pub const PAYMENT_CALL_FAILED: &str = "payment.call_failed";
/// A contract with a gateway was written down; hidden.
pub const GATEWAY_SAVED: &str = "gateway.saved";
/// A gift card was made.
pub const GIFT_CARD_ISSUED: &str = "gift_card.issued";
/// A card was stopped, or may be spent again; hidden.
pub const GIFT_CARD_BLOCKED: &str = "gift_card.blocked";
/// A link was made.
pub const PAY_LINK_CREATED: &str = "pay_link.created";
/// A link was paid; hidden on the timeline, where `payment.captured` says it.
pub const PAY_LINK_PAID: &str = "pay_link.paid";
/// A link's time is over.
pub const PAY_LINK_EXPIRED: &str = "pay_link.expired";
/// A link was withdrawn.
pub const PAY_LINK_CANCELLED: &str = "pay_link.cancelled";

/// Body of the `payment.*` events; their subject is the payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentEvent {
    /// The payment.
    pub payment: PaymentId,
    /// What is paid for.
    pub subject: String,
    /// What was authorised, captured, refunded this time ...
    pub amount: Money,
    /// How.
    pub method: Method,
    /// Where the payment stands now.
    pub state: PaymentState,
    /// Why it was declined.
    pub failure: Option<String>,
    /// The link it came by.
    pub link: Option<PayLinkId>,
}

/// Body of [`PAYMENT_CALL_FAILED`]; its subject is the payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentCallFailed {
    /// The payment.
    pub payment: PaymentId,
    /// What is paid for.
    pub subject: String,
    /// What was asked.
    pub verb: Verb,
    /// How much.
    pub amount: Money,
    /// In the gateway's words.
    pub detail: String,
}

/// Body of the `pay_link.*` events; their subject is the link. The address is not in it: whoever has it may pay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayLinkEvent {
    /// The link.
    pub link: PayLinkId,
    /// What is paid for.
    pub subject: String,
    /// How much.
    pub amount: Money,
    /// Where the link stands now.
    pub state: PayLinkState,
    /// The matter it was sent in.
    pub matter: Option<String>,
    /// When it ends by itself.
    pub expires_at: Timestamp,
}

/// Body of the `gift_card.*` events; their subject is the card. The code is not in it: whoever has it may spend it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GiftCardEvent {
    /// The card.
    pub card: GiftCardId,
    /// Why it is there.
    pub origin: GiftCardOrigin,
    /// What it was given for.
    pub subject: String,
    /// What was on it first.
    pub amount: Money,
    /// The last characters of its code.
    pub ending: String,
    /// Nobody spends it.
    pub is_blocked: bool,
}

impl GiftCardEvent {
    pub(crate) fn of(card: &GiftCard) -> Self {
        GiftCardEvent {
            card: card.id,
            origin: card.origin,
            subject: card.subject.clone(),
            amount: card.issued,
            ending: card.ending().to_owned(),
            is_blocked: card.is_blocked,
        }
    }
}

/// Tell of `payment` as it stands after the change.
pub(crate) fn tell(tx: &mut Tx<'_>, actor: &Actor, kind: &'static str, payment: &Payment, amount: Money) -> Result<(), Fault> {
    let body = PaymentEvent {
        payment: payment.id,
        subject: payment.subject.clone(),
        amount,
        method: payment.method,
        state: payment.state,
        failure: payment.failure.clone(),
        link: payment.link,
    };
    tx.announce(Event::new(kind, payment.id).profile(payment.profile).channel(payment.channel).by(actor).body(&body))
}

/// Tell of `link` as it stands after the change.
pub(crate) fn tell_link(tx: &mut Tx<'_>, actor: &Actor, kind: &'static str, link: &PayLink) -> Result<(), Fault> {
    let body = PayLinkEvent {
        link: link.id,
        subject: link.subject.clone(),
        amount: link.amount,
        state: link.state,
        matter: link.matter.clone(),
        expires_at: link.expires_at,
    };
    let event = Event::new(kind, link.id).profile(link.profile).channel(link.channel).by(actor).body(&body);
    tx.announce(if kind == PAY_LINK_PAID { event.hidden() } else { event })
}
