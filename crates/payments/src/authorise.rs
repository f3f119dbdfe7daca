//! The first verb: ask for the money, or note that it is promised.

use crate::accounts::check;
use crate::events::{PAYMENT_AUTHORISED, tell};
use crate::gateway::begin_session;
use crate::model::positive;
use crate::{Method, PayLinkId, Payment, PaymentError, PaymentId, PaymentState, mask_card_numbers, simulator, store};
use kernel::{Actor, Channel, Money, Permission, ProfileId, Tx};

/// Money to be asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authorise {
    /// The caller's name for this intent.
    pub key: String,
    /// What is paid for.
    pub subject: String,
    /// Who pays, if known.
    pub profile: Option<ProfileId>,
    /// Where.
    pub channel: Channel,
    /// How; links and gift cards have their own commands.
    pub method: Method,
    /// How much.
    pub amount: Money,
    /// Receipt number of the terminal; empty otherwise.
    pub reference: String,
    /// Gateway: only promise the money, and take it with [`crate::capture`].
    pub capture_later: bool,
}

/// The answer to [`authorise`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authorised {
    /// The payment as it stands.
    pub payment: Payment,
    /// Token of the hosted page where the customer pays; only for the gateway.
    pub page: Option<String>,
}

/// Begin a payment. Cash and terminal are authorised at once, by whoever takes payments; the gateway's stays pending until
/// its webhook says more, and anybody may begin it. Repeating the `key` answers the first payment as it stands now.
pub fn authorise(tx: &mut Tx<'_>, actor: &Actor, cmd: Authorise) -> Result<Authorised, PaymentError> {
    match cmd.method {
        Method::PayLink | Method::GiftCard => return Err(PaymentError::WrongMethod),
        Method::Gateway => {}
        Method::Cash | Method::CardTerminal => actor.require(Permission::TakePayment)?,
    }
    if cmd.method == Method::CardTerminal && cmd.reference.trim().is_empty() {
        return Err(PaymentError::MissingReference);
    }
    let (begun, is_new) = begin(tx, cmd, None)?;
    if is_new && begun.payment.state == PaymentState::Authorised {
        tell(tx, actor, PAYMENT_AUTHORISED, &begun.payment, begun.payment.amount)?;
    }
    Ok(begun)
}

/// As [`authorise`], also for links, unannounced; and whether the payment is new.
pub(crate) fn begin(tx: &mut Tx<'_>, cmd: Authorise, link: Option<PayLinkId>) -> Result<(Authorised, bool), PaymentError> {
    if let Some(payment) = store::payment_by_key(tx, &cmd.key)? {
        let page = match store::gateways::session(tx, payment.id)? {
            Some(session) => Some(session.token),
            None => simulator::page_token(tx, payment.id)?,
        };
        return Ok((Authorised { payment, page }, false));
    }
    positive(cmd.amount)?;
    check(tx, &cmd.subject, cmd.amount)?;
    let now = tx.now();
    let is_online = cmd.method.is_online();
    let payment = Payment {
        id: tx.new_id::<PaymentId>(),
        subject: cmd.subject,
        profile: cmd.profile,
        channel: cmd.channel,
        method: cmd.method,
        amount: cmd.amount,
        captured: Money::zero(cmd.amount.currency),
        refunded: Money::zero(cmd.amount.currency),
        state: if is_online { PaymentState::Pending } else { PaymentState::Authorised },
        capture_later: is_online && cmd.capture_later,
        reference: mask_card_numbers(cmd.reference.trim()).into_owned(),
        failure: None,
        link,
        created_at: now,
        changed_at: now,
    };
    store::insert_payment(tx, &cmd.key, &payment)?;
    if !is_online {
        return Ok((Authorised { payment, page: None }, true));
    }
    let page = match begin_session(tx, &payment)? {
        Some(token) => token,
        None => simulator::create_intent(tx, &payment)?,
    };
    Ok((Authorised { payment, page: Some(page) }, true))
}
