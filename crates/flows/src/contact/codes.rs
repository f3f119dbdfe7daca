//! One-time codes: an urgent service message to the very address that asked for it, and what follows when the code is right.

use super::gather::{Ask, chosen, facts, routes_to};
use super::send::{Words, queue};
use conversations::OutboundExtras;
use customers::policy::decide;
use customers::{CodeRefused, Identifier, Proved, Purpose, Recognise};
use kernel::{Actor, Channel, Fault, Locale, ProfileId, Tx};

/// What became of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeSent {
    /// It is on its way by this channel.
    By(Channel),
    /// No connected channel reaches that address now.
    Nowhere,
}

/// Queue a code that was asked for. It goes to the address itself, whoever it turns out to belong to, at any hour; only a closed window
/// or an address that told us to stop holds it.
pub fn send_code(tx: &mut Tx<'_>, to: &Identifier, text: &str, subject: &str, locale: Locale) -> Result<CodeSent, Fault> {
    let (now, accounts) = (tx.now(), conversations::accounts(tx)?);
    // Nobody becomes a customer by asking for a code that cannot be sent.
    if routes_to(tx, to, ProfileId::nil(), &accounts, now)?.iter().all(|route| route.way.shut.is_some()) {
        return Ok(CodeSent::Nowhere);
    }
    let system = Actor::system();
    let who = Recognise { identifiers: vec![to.clone()], name: None, locale: Some(locale), channel: Channel::Web, verified: false };
    let who = customers::recognise(tx, &system, who).map_err(|error| Fault::outside("recognising who asks for a code", error))?;
    let Some(person) = customers::person(tx, who.person)? else { return Ok(CodeSent::Nowhere) };
    let routes = routes_to(tx, to, who.profile, &accounts, now)?;
    let mut known = facts(tx, &person, &accounts, &routes, Ask::about(Purpose::Service).urgent(), now)?;
    // They are asking for it here and now: an earlier no to this channel does not lock them out of their account.
    known.answers.clear();
    let Some(route) = chosen(&routes, &decide(&known).contact)? else { return Ok(CodeSent::Nowhere) };
    let key = format!("one-time-code/{:016x}", tx.random_u64());
    let extras = Some(OutboundExtras { secret: true, ..OutboundExtras::default() });
    let words = Words { subject, text: text.to_owned(), extras, key: &key };
    queue(tx, route, words)?;
    customers::record_contact(tx, &key, who.profile, Purpose::Service, route.way.channel)?;
    Ok(CodeSent::By(route.way.channel))
}

/// As [`customers::prove_identifier`]; from then on the customer can be reached there. The inner refusal must be committed.
pub fn prove_identifier(
    tx: &mut Tx<'_>,
    profile: ProfileId,
    identifier: &Identifier,
    code: &str,
) -> Result<Result<Proved, CodeRefused>, Fault> {
    let proved = customers::prove_identifier(tx, profile, identifier, code, Channel::Web)?;
    if proved == Ok(Proved::Theirs) {
        for account in conversations::accounts(tx)? {
            if super::gather::carries(account.channel, identifier.kind()) {
                conversations::own_address(tx, account.id, identifier.value(), profile)?;
            }
        }
    }
    Ok(proved)
}
