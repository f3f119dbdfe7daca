//! Gather what the contact policy rests on, from whichever room knows it, and decide. Bounded reads, each by an index.

use conversations::{Account, AccountId, ConversationError, MatterState};
use customers::policy::{Contact, Context, Decision, Facts, Shut, Urgency, Way, decide, zone, zone_name};
use customers::{Identifier, IdentifierKind, KnownIdentifier, Person, PersonId, Purpose};
use kernel::{Channel, Fault, ProfileId, ReadTx, Timestamp};

/// In this order are channels tried that nobody said they prefer. One that needs the person to be looking comes last.
const ORDER: [Channel; 9] = [
    Channel::Email,
    Channel::Whatsapp,
    Channel::Sms,
    Channel::Push,
    Channel::Telegram,
    Channel::Messenger,
    Channel::Instagram,
    Channel::X,
    Channel::Webchat,
];

/// What somebody wants to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ask {
    /// What for.
    pub purpose: Purpose,
    /// Whether it can wait.
    pub urgency: Urgency,
    /// True when it goes as an approved text, which some channels carry when free text may not be sent.
    pub templated: bool,
}

impl Ask {
    /// A message that can wait, in free words.
    pub const fn about(purpose: Purpose) -> Self {
        Ask { purpose, urgency: Urgency::Normal, templated: false }
    }
    /// About something that happens now.
    pub const fn urgent(self) -> Self {
        Ask { urgency: Urgency::Urgent, ..self }
    }
}

/// A way to write, with the account it goes through and whose address it is.
#[derive(Debug, Clone)]
pub(crate) struct Route {
    pub(crate) way: Way,
    pub(crate) account: AccountId,
    pub(crate) profile: ProfileId,
}

/// May this person be written to at `now` (usually `tx.now()`), by which channel, and why: **every** program that writes asks here. An id
/// from before a join leads to the person of today; nobody can be reached who is not known.
pub fn may_contact(tx: &ReadTx<'_>, person: PersonId, ask: Ask, now: Timestamp) -> Result<Decision, Fault> {
    let Some(person) = customers::person(tx, person)? else { return Ok(decide(&blank(ask, now))) };
    Ok(weigh(tx, &person, ask, now, |_| {})?.decision)
}

/// The ways to a person, and what the contact policy makes of them.
pub(crate) struct Weighed {
    pub(crate) routes: Vec<Route>,
    pub(crate) decision: Decision,
}

impl Weighed {
    /// The way that the policy chose; `None` when it says to wait, or not at all.
    pub(crate) fn chosen(&self) -> Result<Option<&Route>, Fault> {
        chosen(&self.routes, &self.decision.contact)
    }
}

/// Ask the policy about the ways to a person, as `shape` leaves and orders them.
pub(crate) fn weigh(
    tx: &ReadTx<'_>,
    person: &Person,
    ask: Ask,
    now: Timestamp,
    shape: impl FnOnce(&mut Vec<Route>),
) -> Result<Weighed, Fault> {
    let accounts = conversations::accounts(tx)?;
    let mut routes = routes(tx, person, &accounts, ask, now)?;
    shape(&mut routes);
    let decision = decide(&facts(tx, person, &accounts, &routes, ask, now)?);
    Ok(Weighed { routes, decision })
}

pub(crate) fn chosen<'a>(routes: &'a [Route], contact: &Contact) -> Result<Option<&'a Route>, Fault> {
    let Contact::Send { channel, address } = contact else { return Ok(None) };
    let fits = |route: &&Route| matches!(&route.way, Way { channel: by, address: to, shut: None } if by == channel && to == address);
    routes.iter().find(fits).map(Some).ok_or_else(|| Fault::data(format!("the policy chose {channel}, which nobody offered")))
}

fn blank(ask: Ask, now: Timestamp) -> Facts {
    Facts {
        now,
        purpose: ask.purpose,
        urgency: ask.urgency,
        preferred: Vec::new(),
        connected: Vec::new(),
        ways: Vec::new(),
        answers: Vec::new(),
        quiet: Default::default(),
        zone: zone("UTC"),
        sent: Vec::new(),
        cap: Default::default(),
        pauses: Vec::new(),
    }
}

/// All but the ways that are the caller's own.
pub(crate) fn facts(
    tx: &ReadTx<'_>,
    person: &Person,
    accounts: &[Account],
    routes: &[Route],
    ask: Ask,
    now: Timestamp,
) -> Result<Facts, Fault> {
    let rule = customers::contact_rule(tx)?;
    let setting = customers::contact_setting(tx, person.id)?;
    let postcodes: Vec<&str> = person.profiles.iter().map(|profile| profile.postcode.as_str()).collect();
    let phones: Vec<&str> = person.of_kind(IdentifierKind::Phone).map(|known| known.identifier.value()).collect();
    let told = setting.as_ref().map_or("", |setting| setting.zone.as_str());
    let of_purpose = person.consents.iter().filter(|consent| consent.purpose == ask.purpose);
    Ok(Facts {
        preferred: person.preferred_channels.clone(),
        connected: accounts.iter().filter(|account| account.active).map(|account| account.channel).collect(),
        ways: routes.iter().map(|route| route.way.clone()).collect(),
        answers: of_purpose.map(|consent| (consent.channel, consent.state)).collect(),
        quiet: setting.as_ref().map_or(rule.quiet, |setting| setting.quiet),
        zone: zone(zone_name(told, &postcodes, &phones, &rule.zone)),
        sent: customers::contacts_since(tx, person.id, now.minus(rule.cap.span()))?,
        cap: rule.cap,
        pauses: pauses(tx, person.id)?,
        ..blank(ask, now)
    })
}

/// A complaint lasts as long as its matter is open; the others until whoever opened them ends them.
fn pauses(tx: &ReadTx<'_>, person: PersonId) -> Result<Vec<Context>, Fault> {
    let mut found = Vec::new();
    for (context, subject) in customers::contact_pauses(tx, person)? {
        let is_over = match (context, subject.parse()) {
            (Context::Complaint, Ok(matter)) => {
                conversations::matter(tx, matter)?.is_none_or(|matter| matter.state == MatterState::Resolved)
            }
            _ => false,
        };
        if !is_over && !found.contains(&context) {
            found.push(context);
        }
    }
    Ok(found)
}

/// Every address of theirs on every account that could carry it: places they wrote from, then identifiers.
fn routes(tx: &ReadTx<'_>, person: &Person, accounts: &[Account], ask: Ask, now: Timestamp) -> Result<Vec<Route>, Fault> {
    let profiles: Vec<ProfileId> = person.profiles.iter().map(|profile| profile.id).collect();
    let mut routes = Vec::new();
    for option in conversations::reply_options(tx, &profiles)? {
        let shut = match &option.closed {
            Some(ConversationError::WindowClosed(_)) if ask.templated => None,
            Some(ConversationError::WindowClosed(_)) => Some(Shut::Window),
            Some(ConversationError::OptedOut(_)) => Some(Shut::OptedOut),
            Some(ConversationError::Undeliverable(_)) => Some(Shut::Undeliverable),
            Some(_) => Some(Shut::SwitchedOff),
            None => None,
        };
        let owner = conversations::contact_point(tx, option.account.id, &option.address)?.map_or(profiles[0], |point| point.profile);
        let way = Way { channel: option.account.channel, address: option.address, shut };
        routes.push(Route { way, account: option.account.id, profile: owner });
    }
    for known in &person.identifiers {
        for account in accounts.iter().filter(|account| carries(account.channel, known.identifier.kind())) {
            let is_there = |route: &&Route| route.account == account.id && route.way.address == known.identifier.value();
            if routes.iter().find(is_there).is_none() {
                routes.push(of_identifier(tx, known, account, ask, now)?);
            }
        }
    }
    let place = |route: &Route| ORDER.iter().position(|channel| *channel == route.way.channel).unwrap_or(ORDER.len());
    routes.sort_by_key(|route| (place(route), route.way.shut.is_some()));
    Ok(routes)
}

/// An address that may never have written. What was only typed serves for service messages, not for what nobody asked for.
fn of_identifier(tx: &ReadTx<'_>, known: &KnownIdentifier, account: &Account, ask: Ask, now: Timestamp) -> Result<Route, Fault> {
    let typed_only = known.verified_at.is_none() && !known.vouched;
    let shut = if !account.active {
        Some(Shut::SwitchedOff)
    } else if (typed_only || known.shared) && ask.purpose != Purpose::Service {
        Some(Shut::Unproven)
    } else {
        closed(tx, account, known.identifier.value(), ask.templated, now)?
    };
    let way = Way { channel: account.channel, address: known.identifier.value().to_owned(), shut };
    Ok(Route { way, account: account.id, profile: known.profile })
}

/// Why an address on an account cannot be written to, if so; it need not be known there.
pub(crate) fn closed(tx: &ReadTx<'_>, account: &Account, address: &str, templated: bool, now: Timestamp) -> Result<Option<Shut>, Fault> {
    let point = conversations::contact_point(tx, account.id, address)?;
    Ok(match point.map(|point| point.may_write(account.window_hours, now, templated)) {
        Some(Ok(())) => None,
        Some(Err(ConversationError::OptedOut(_))) => Some(Shut::OptedOut),
        Some(Err(ConversationError::Undeliverable(_))) => Some(Shut::Undeliverable),
        Some(Err(_)) => Some(Shut::Window),
        None => (account.window_hours.is_some() && !templated).then_some(Shut::Window),
    })
}

/// True when an account of this channel reaches identifiers of this kind by themselves.
pub(crate) fn carries(channel: Channel, kind: IdentifierKind) -> bool {
    matches!((channel, kind), (Channel::Email, IdentifierKind::Email) | (Channel::Sms | Channel::Whatsapp, IdentifierKind::Phone))
}

/// The ways to one address, whoever it belongs to: for what somebody asked to be sent there.
pub(crate) fn routes_to(
    tx: &ReadTx<'_>,
    to: &Identifier,
    owner: ProfileId,
    accounts: &[Account],
    now: Timestamp,
) -> Result<Vec<Route>, Fault> {
    let mut routes = Vec::new();
    // A text message arrives without an application, so it comes before what needs one.
    for channel in [Channel::Email, Channel::Sms, Channel::Whatsapp] {
        for account in accounts.iter().filter(|account| account.channel == channel && carries(channel, to.kind())) {
            let shut = if account.active { closed(tx, account, to.value(), false, now)? } else { Some(Shut::SwitchedOff) };
            routes.push(Route { way: Way { channel, address: to.value().to_owned(), shut }, account: account.id, profile: owner });
        }
    }
    Ok(routes)
}
