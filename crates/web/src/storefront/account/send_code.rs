//! Getting a sign-in code to the address that asked for it, by a channel that is connected.

use conversations::{Account, ConversationError, Reply};
use customers::{Identifier, IdentifierKind, Recognise};
use kernel::{Actor, Channel, Fault, Locale, Problem, Tx};
use std::time::Duration;

/// What became of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sent {
    /// It is on its way by this channel.
    By(Channel),
    /// No connected channel reaches that address now.
    Nowhere,
}

/// Queue the code as an automatic message. It goes to the address itself, whoever it turns out to belong to.
pub(super) fn send_code(tx: &mut Tx<'_>, to: &Identifier, text: &str, subject: &str, locale: Locale) -> Result<Sent, Fault> {
    let channels: &[Channel] = match to.kind() {
        IdentifierKind::Email => &[Channel::Email],
        _ => &[Channel::Sms, Channel::Whatsapp],
    };
    let accounts = conversations::accounts(tx)?;
    for channel in channels {
        let Some(account) = accounts.iter().find(|account| account.channel == *channel && account.active) else { continue };
        if is_open(tx, account, to.value())? {
            queue(tx, account, to.value(), to, (text, subject), locale)?;
            return Ok(Sent::By(*channel));
        }
    }
    Ok(Sent::Nowhere)
}

fn is_open(tx: &Tx<'_>, account: &Account, address: &str) -> Result<bool, Fault> {
    let point = conversations::contact_point(tx, account.id, address)?;
    Ok(match point {
        Some(point) => point.may_write(account.window_hours, tx.now(), false).is_ok(),
        None => account.window_hours.is_none(),
    })
}

fn queue(
    tx: &mut Tx<'_>,
    account: &Account,
    address: &str,
    to: &Identifier,
    (text, subject): (&str, &str),
    locale: Locale,
) -> Result<(), Fault> {
    let system = Actor::system();
    let who = Recognise { identifiers: vec![to.clone()], name: None, locale: Some(locale), channel: Channel::Web, verified: false };
    let who = customers::recognise(tx, &system, who).map_err(|error| Fault::outside("recognising who asks for a code", error))?;
    conversations::know_address(tx, account.id, address, who.profile)?;
    let open =
        conversations::matters_of(tx, &[who.profile], 1)?.pop().filter(|matter| matter.state != conversations::MatterState::Resolved);
    let matter = conversations::open_for(tx, &[who.profile], who.profile, account.channel, subject)?;
    let key = format!("sign-in-code/{:016x}", tx.random_u64());
    let reply = Reply {
        matter,
        account: account.id,
        address: address.to_owned(),
        text: text.to_owned(),
        subject: Some(subject.to_owned()),
        extras: None,
        automatic: true,
        undo: Duration::ZERO,
        key,
    };
    conversations::reply(tx, &system, &reply).map_err(outside)?;
    if open.is_none() {
        // Nobody needs to look after a code.
        conversations::resolve(tx, &system, matter).map_err(outside)?;
    }
    Ok(())
}

fn outside(error: ConversationError) -> Fault {
    tracing::warn!(code = error.code(), "a sign-in code could not be queued");
    Fault::outside("queuing a sign-in code", error)
}
