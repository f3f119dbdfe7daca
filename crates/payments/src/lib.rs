//! Money for an order or a cart: tenders, the four verbs, refunds, gift cards, pay links, and a simulated gateway.
//!
//! What is paid for is an opaque `subject` such as `order:ID`. What a subject owes and what was received for it are accounts
//! of the ledger, so that every cent has its other side. Card numbers are never stored: see [`mask_card_numbers`].

mod accounts;
mod authorise;
mod bill;
mod cancel_pay_link;
mod capture;
mod cards;
mod create_pay_link;
mod error;
mod events;
mod expire_pay_link;
mod gateway;
mod gift_card;
mod ids;
mod link;
mod model;
mod open_pay_link;
mod options;
mod privacy;
mod provider_event;
mod queries;
mod refund;
mod refund_subject;
mod signature;
pub mod simulator;
mod split;
mod store;
mod take_payment;
mod void;
mod webhook;

pub use authorise::{Authorise, Authorised, authorise};
pub use bill::{Bill, bill};
pub use cancel_pay_link::cancel_pay_link;
pub use capture::capture;
pub use cards::mask_card_numbers;
pub use create_pay_link::{CreatePayLink, create_pay_link};
pub use error::{PayLinkError, PaymentError, WebhookError};
pub use events::{
    GATEWAY_SAVED, GIFT_CARD_BLOCKED, GIFT_CARD_ISSUED, GiftCardEvent, PAY_LINK_CANCELLED, PAY_LINK_CREATED, PAY_LINK_EXPIRED,
    PAY_LINK_PAID, PAYMENT_AUTHORISED, PAYMENT_CALL_FAILED, PAYMENT_CAPTURED, PAYMENT_FAILED, PAYMENT_REFUNDED, PAYMENT_VOIDED,
    PayLinkEvent, PaymentCallFailed, PaymentEvent,
};
pub use expire_pay_link::TIMERS;
pub use gateway::{
    CallState, Gateway, GatewayCall, GatewaySession, GatewaySettings, Provider, SaveGateway, Verb, call_answered, failed_calls, gateway,
    gateways, next_asked, next_call, note_opened, repeat_call, save_gateway, session_by_token, session_of, settle_call, take_asked,
    take_calls,
};
pub use gift_card::{
    GiftCard, GiftCardOrigin, IssueGiftCard, SpendGiftCard, block_gift_card, gift_card, gift_card_by_code, gift_cards_for, gift_cards_of,
    issue_gift_card, spend_gift_card,
};
pub use ids::{GatewayCallId, GatewayId, GiftCardId, PayLinkId, PaymentId, RefundId};
pub use link::{PayLink, PayLinkState};
pub use model::{Due, Method, Payment, PaymentState, RefundRecord};
pub use open_pay_link::{OpenedPayLink, open_pay_link};
pub use options::{Paying, PaymentOption, PaymentRule, payment_options};
pub use privacy::{export_payments, forget_payer};
pub use provider_event::{ProviderEvent, ProviderEventKind};
pub use queries::{due, pay_link, pay_link_by_token, pay_links_of, payment, payments_of, refunds_of};
pub use refund::{Refund, refund};
pub use refund_subject::{RefundSubject, refund_subject};
pub use split::split_refund;
pub use take_payment::{TakePayment, take_payment};
pub use void::void;
pub use webhook::{WebhookOutcome, read_webhook, take_event};

/// The tables of this room.
pub const MIGRATIONS: kernel::Migrations = kernel::migrations!("payments", ["0001_payments", "0002_gateways", "0003_gift_cards"]);
