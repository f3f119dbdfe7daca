//! What every gateway's adapter does.

use crate::GatewayAccount;
use crate::{adyen::Adyen, redsys::Redsys, stripe::Stripe};
use channels::{HttpRequest, NotConfigured, WireReply};
use kernel::{Locale, Money, Timestamp};
use payments::{GatewayCallId, PaymentId, Provider, ProviderEvent, Verb, WebhookError};

/// How a customer pays on a gateway's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Whatever the gateway offers there.
    Any,
    /// By card.
    Card,
    /// By Bizum.
    Bizum,
}

impl Way {
    /// Its name in forms and texts.
    pub const fn as_str(self) -> &'static str {
        match self {
            Way::Any => "any",
            Way::Card => "card",
            Way::Bizum => "bizum",
        }
    }
}

/// A page that the gateway shall make.
#[derive(Debug, Clone)]
pub struct Ask {
    /// For which payment.
    pub payment: PaymentId,
    /// How much.
    pub amount: Money,
    /// Only promise the money.
    pub capture_later: bool,
    /// What the customer reads there, such as an order's number.
    pub title: String,
    /// The language of the page.
    pub locale: Locale,
    /// Where the customer comes back to.
    pub back: String,
    /// Where the gateway tells us.
    pub notices: String,
    /// Which try this is: a new word each time, where a gateway never takes the same name twice.
    pub attempt: String,
}

/// How the customer gets to the gateway.
#[derive(Debug, Clone, PartialEq)]
pub enum Opening {
    /// The gateway is asked for an address first.
    Call(HttpRequest),
    /// The customer's browser brings this form there.
    Form {
        /// Where it goes.
        action: String,
        /// Names and values.
        fields: Vec<(&'static str, String)>,
        /// The gateway's name for this try.
        reference: String,
    },
}

/// A page that the gateway made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// Its name there.
    pub reference: String,
    /// Where it lies.
    pub url: String,
}

/// What a gateway is to be told about a payment.
#[derive(Debug, Clone)]
pub struct Calling {
    /// Its name: the gateway acts once however often it is made.
    pub id: GatewayCallId,
    /// Our payment.
    pub payment: PaymentId,
    /// What is asked.
    pub verb: Verb,
    /// How much.
    pub amount: Money,
    /// The gateway's name for the money; empty while nothing was paid.
    pub paid_as: String,
    /// The gateway's name for the page.
    pub page: String,
}

/// What became of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Done, or taken on: a notice follows when it fails later.
    Done,
    /// To be made again.
    Again,
    /// It will not be done, or nobody can tell whether it was: in words for staff.
    Refused(String),
}

/// What came in at the door, as it came.
#[derive(Debug, Clone, Default)]
pub struct RawNotice {
    /// The body's bytes.
    pub body: Vec<u8>,
    /// Value of the header that carries a signature, where the gateway uses one.
    pub signature: String,
}

/// One gateway's contract.
pub trait Adapter: Sync {
    /// The ways that a customer chooses among on our page.
    fn ways(&self, account: &GatewayAccount) -> Vec<Way>;
    /// Lead the customer there.
    fn open(&self, account: &GatewayAccount, ask: &Ask, way: Way) -> Result<Opening, NotConfigured>;
    /// The answer to [`Opening::Call`]; an error says what to tell staff.
    fn opened(&self, reply: &WireReply) -> Result<Opened, String>;
    /// The request for a call; `None` where there is nothing to tell.
    fn call(&self, account: &GatewayAccount, calling: &Calling) -> Result<Option<HttpRequest>, NotConfigured>;
    /// What the gateway answered to it.
    fn called(&self, account: &GatewayAccount, calling: &Calling, reply: &WireReply) -> Verdict;
    /// Whether a call may be made again when nobody knows whether it arrived.
    fn is_repeatable(&self) -> bool {
        true
    }
    /// Read a notice: verified over its bytes before anything looks into it. Events about what is not ours are left out.
    fn notices(&self, account: &GatewayAccount, raw: &RawNotice, now: Timestamp) -> Result<Vec<ProviderEvent>, WebhookError>;
    /// What the gateway wants to hear when its notice was stored.
    fn thanks(&self) -> &'static str {
        ""
    }
    /// Ask what became of a payment whose notice may be lost.
    fn inquire(&self, account: &GatewayAccount, page: &str) -> Result<Option<HttpRequest>, NotConfigured>;
    /// The answer to that; nothing while the customer has not paid.
    fn inquired(&self, reply: &WireReply, now: Timestamp) -> Option<ProviderEvent>;
}

/// The adapter for a provider.
pub fn adapter(provider: Provider) -> &'static dyn Adapter {
    match provider {
        Provider::Stripe => &Stripe,
        Provider::Adyen => &Adyen,
        Provider::Redsys => &Redsys,
    }
}

/// What an answer over HTTP says of a call whose name makes it act once.
pub(crate) fn verdict(reply: &WireReply, why: impl Fn(&[u8]) -> String) -> Verdict {
    match reply {
        WireReply::Http { status: 200..=299, .. } => Verdict::Done,
        WireReply::Http { status: 408 | 409 | 425 | 429 | 500..=599, .. }
        | WireReply::Unreachable { .. }
        | WireReply::Unanswered { .. } => Verdict::Again,
        WireReply::Http { status, body, .. } => Verdict::Refused(format!("{status}: {}", why(body))),
        _ => Verdict::Refused("no gateway is asked that way".to_owned()),
    }
}

/// The body of a good answer, or what to tell staff.
pub(crate) fn good(reply: &WireReply, why: impl Fn(&[u8]) -> String) -> Result<&[u8], String> {
    match reply {
        WireReply::Http { status: 200..=299, body, .. } => Ok(body),
        WireReply::Http { status, body, .. } => Err(format!("{status}: {}", why(body))),
        WireReply::Unreachable { detail } | WireReply::Unanswered { detail } => Err(detail.clone()),
        _ => Err("no gateway is asked that way".to_owned()),
    }
}
