//! What this room refuses.

use crate::{PayLinkState, PaymentState};
use kernel::{Currency, Denied, Fault, Kind, Money, Problem};
use ledger::LedgerError;

/// Why no money was promised, taken or given back. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum PaymentError {
    /// No such payment.
    #[error("there is no such payment")]
    UnknownPayment,
    /// Zero, below zero, or too much.
    #[error("the amount must be between 1 and {most} minor units")]
    InvalidAmount {
        /// What would be taken at most.
        most: i64,
    },
    /// Not a name such as `order:ID`.
    #[error("the subject must be 1 to 100 letters, digits, `:`, `_` or `-`")]
    InvalidSubject,
    /// The subject or payment is kept in another currency.
    #[error("this is kept in {currency}")]
    OtherCurrency {
        /// Which.
        currency: Currency,
    },
    /// The method cannot be used this way.
    #[error("this way of paying begins elsewhere")]
    WrongMethod,
    /// A card payment at the terminal needs its receipt number.
    #[error("the terminal's receipt number is missing")]
    MissingReference,
    /// The state forbids it.
    #[error("a payment that is {state} cannot become {next}")]
    NotNow {
        /// Where it stands.
        state: PaymentState,
        /// What was wanted.
        next: PaymentState,
    },
    /// More than was captured and not given back yet.
    #[error("only {} minor units can be given back", left.minor)]
    TooMuch {
        /// What can be given back.
        left: Money,
    },
    /// No such gateway.
    #[error("there is no such gateway")]
    UnknownGateway,
    /// Nothing failed under this name.
    #[error("there is no such failed call of a gateway")]
    UnknownCall,
    /// A name is missing or too long.
    #[error("the name must have 1 to {longest} characters")]
    InvalidName {
        /// How long it may be.
        longest: usize,
    },
    /// The law lets no more be paid in cash.
    #[error("at most {} may be paid in cash", .most.decimal())]
    CashLimit {
        /// All cash of the subject together.
        most: Money,
    },
    /// No card has this code, or it was stopped.
    #[error("no gift card with this code can be spent: look at the code again")]
    UnknownGiftCard,
    /// All of it was spent.
    #[error("there is nothing left on this gift card")]
    EmptyGiftCard,
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Ours to mend.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<LedgerError> for PaymentError {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::Fault(fault) => PaymentError::Fault(fault),
            other => PaymentError::Fault(Fault::outside("posting money", other)),
        }
    }
}

impl Problem for PaymentError {
    fn kind(&self) -> Kind {
        use PaymentError::*;
        match self {
            UnknownPayment | UnknownGateway | UnknownCall | UnknownGiftCard => Kind::NotFound,
            InvalidAmount { .. }
            | InvalidSubject
            | OtherCurrency { .. }
            | WrongMethod
            | MissingReference
            | InvalidName { .. }
            | CashLimit { .. } => Kind::Invalid,
            NotNow { .. } | TooMuch { .. } | EmptyGiftCard => Kind::Conflict,
            Denied(denied) => denied.kind(),
            Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        use PaymentError::*;
        match self {
            UnknownPayment => "payments.unknown_payment",
            InvalidAmount { .. } => "payments.invalid_amount",
            InvalidSubject => "payments.invalid_subject",
            OtherCurrency { .. } => "payments.other_currency",
            WrongMethod => "payments.wrong_method",
            MissingReference => "payments.missing_reference",
            NotNow { .. } => "payments.not_now",
            TooMuch { .. } => "payments.too_much",
            UnknownGateway => "payments.unknown_gateway",
            UnknownCall => "payments.unknown_call",
            CashLimit { .. } => "payments.cash_limit",
            UnknownGiftCard => "payments.unknown_gift_card",
            EmptyGiftCard => "payments.empty_gift_card",
            InvalidName { .. } => "payments.invalid_name",
            Denied(denied) => denied.code(),
            Fault(fault) => fault.code(),
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        match self {
            PaymentError::CashLimit { most } => vec![("most_minor", most.minor.into())],
            PaymentError::InvalidAmount { most } => vec![("most_minor", (*most).into())],
            PaymentError::OtherCurrency { currency } => vec![("currency", currency.code().into())],
            PaymentError::NotNow { state, next } => vec![("state", state.as_str().into()), ("next", next.as_str().into())],
            PaymentError::TooMuch { left } => vec![("left_minor", left.minor.into())],
            PaymentError::InvalidName { longest } => vec![("longest", (*longest).into())],
            PaymentError::Denied(denied) => denied.fields(),
            _ => Vec::new(),
        }
    }
}

/// Why a link was not made, opened or withdrawn.
#[derive(Debug, thiserror::Error)]
pub enum PayLinkError {
    /// No such link.
    #[error("there is no such link")]
    UnknownLink,
    /// It is over.
    #[error("the link is {state}")]
    Ended {
        /// How it ended.
        state: PayLinkState,
    },
    /// It would be over before it began, or last beyond 90 days.
    #[error("a link lasts until a moment within the next 90 days")]
    InvalidExpiry,
    /// The payment itself was refused.
    #[error(transparent)]
    Payment(#[from] PaymentError),
}

impl From<Fault> for PayLinkError {
    fn from(fault: Fault) -> Self {
        PayLinkError::Payment(fault.into())
    }
}
impl From<Denied> for PayLinkError {
    fn from(denied: Denied) -> Self {
        PayLinkError::Payment(denied.into())
    }
}

impl Problem for PayLinkError {
    fn kind(&self) -> Kind {
        match self {
            PayLinkError::UnknownLink => Kind::NotFound,
            PayLinkError::Ended { .. } => Kind::Conflict,
            PayLinkError::InvalidExpiry => Kind::Invalid,
            PayLinkError::Payment(error) => error.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            PayLinkError::UnknownLink => "payments.unknown_link",
            PayLinkError::Ended { .. } => "payments.link_ended",
            PayLinkError::InvalidExpiry => "payments.invalid_expiry",
            PayLinkError::Payment(error) => error.code(),
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        match self {
            PayLinkError::Ended { state } => vec![("state", state.as_str().into())],
            PayLinkError::Payment(error) => error.fields(),
            _ => Vec::new(),
        }
    }
}

/// Why a provider's event was turned away.
#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    /// It is not signed with our secret.
    #[error("the signature does not fit")]
    BadSignature,
    /// Its signature is older or newer than five minutes.
    #[error("the signature is not of this moment")]
    Stale,
    /// It is not one of the provider's events, or does not fit the payment it names.
    #[error("the event cannot be read: {0}")]
    Malformed(String),
    /// Ours to mend.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<PaymentError> for WebhookError {
    fn from(error: PaymentError) -> Self {
        match error {
            PaymentError::Fault(fault) => WebhookError::Fault(fault),
            other => WebhookError::Malformed(other.to_string()),
        }
    }
}

impl Problem for WebhookError {
    fn kind(&self) -> Kind {
        match self {
            WebhookError::BadSignature | WebhookError::Stale => Kind::Unauthorised,
            WebhookError::Malformed(_) => Kind::Invalid,
            WebhookError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            WebhookError::BadSignature => "payments.bad_signature",
            WebhookError::Stale => "payments.stale_signature",
            WebhookError::Malformed(_) => "payments.malformed_event",
            WebhookError::Fault(fault) => fault.code(),
        }
    }
}
