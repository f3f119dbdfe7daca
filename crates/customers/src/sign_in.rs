//! Sign in by code, and join what the browser did before.

use crate::codes::{CodeRefused, confirm_code};
use crate::identifiers::{attach, mark_shared, sighted};
use crate::join::{Join, join};
use crate::sessions::open_session;
use crate::{ClaimError, ClaimId, EditError, Identifier, KnownIdentifier, PersonId, events, store};
use kernel::{Actor, Channel, Event, Fault, Locale, ProfileId, Tx};

/// The reason on the claim that a sign-in makes.
pub const SIGN_IN_REASON: &str = "signed in on this device";

/// A code typed in a browser.
#[derive(Debug, Clone)]
pub struct SignIn {
    /// What the code was sent to.
    pub identifier: Identifier,
    /// The code as typed.
    pub code: String,
    /// The browser's visitor token, as an identifier.
    pub device: Option<Identifier>,
    /// The language of the page.
    pub locale: Option<Locale>,
    /// Where.
    pub channel: Channel,
}

/// What became of the browser's earlier visits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeviceOutcome {
    /// No browser token was given.
    None,
    /// The browser was new; it is theirs now.
    Added,
    /// It was theirs already.
    Known,
    /// Its visits were joined to them by this claim, which can be undone.
    Joined(ClaimId),
    /// Somebody else uses it: nothing was joined and it counts as shared. Give the browser a new token.
    Shared,
}

/// Somebody signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// The profile that signed in.
    pub profile: ProfileId,
    /// Its person, after any join.
    pub person: PersonId,
    /// The secret for the session's cookie.
    pub token: String,
    /// What became of the browser's earlier visits.
    pub device: DeviceOutcome,
}

/// Check the code, prove the identifier, open a session, and claim the browser's earlier visits as theirs.
///
/// The visits are joined only while nothing strong is known of whoever made them: when the browser belongs to a person with an
/// address, phone or card of their own, the browser is marked shared instead and nobody is joined.
/// The inner refusal must be committed, as for [`crate::check_code`]. Announces `customer.signed_in`.
pub fn sign_in(tx: &mut Tx<'_>, cmd: &SignIn) -> Result<Result<SignedIn, CodeRefused>, Fault> {
    let profile = match confirm_code(tx, &cmd.identifier, &cmd.code, cmd.locale, cmd.channel)? {
        Ok(profile) => profile,
        Err(refused) => return Ok(Err(refused)),
    };
    let device = match &cmd.device {
        Some(device) => claim_device(tx, profile, device, cmd.channel)?,
        None => DeviceOutcome::None,
    };
    let person = person_of(tx, profile)?;
    let token = open_session(tx, profile, cmd.device.as_ref().map_or("", Identifier::value))?;
    tx.announce(Event::new(events::SIGNED_IN, profile).profile(profile).channel(cmd.channel).by(&Actor::customer(profile)))?;
    Ok(Ok(SignedIn { profile, person, token, device }))
}

fn claim_device(tx: &mut Tx<'_>, profile: ProfileId, device: &Identifier, channel: Channel) -> Result<DeviceOutcome, Fault> {
    let system = Actor::system();
    let Some(known) = store::identifiers::find(tx, device)? else {
        attach(tx, &system, device, profile, channel, false, true)?;
        return Ok(DeviceOutcome::Added);
    };
    if known.person == person_of(tx, profile)? {
        return Ok(DeviceOutcome::Known);
    }
    if known.shared || store::identifiers::has_strong(tx, known.person)? {
        return share(tx, &known, profile);
    }
    let key = format!("sign_in/{device}/{profile}/{:016x}", tx.random_u64());
    let claim = Join { a: known.profile, b: profile, reason: SIGN_IN_REASON.to_owned(), confidence: 100, key };
    match join(tx, &system, claim) {
        Ok(claim) => Ok(DeviceOutcome::Joined(claim)),
        Err(ClaimError::KeptApart(_)) => share(tx, &known, profile),
        Err(ClaimError::Fault(fault)) => Err(fault),
        Err(other) => Err(Fault::outside("joining a browser's visits to who signed in", other)),
    }
}

fn share(tx: &mut Tx<'_>, known: &KnownIdentifier, profile: ProfileId) -> Result<DeviceOutcome, Fault> {
    sighted(tx, &known.identifier, profile)?;
    match mark_shared(tx, &Actor::system(), &known.identifier, true) {
        Ok(()) => Ok(DeviceOutcome::Shared),
        Err(EditError::Fault(fault)) => Err(fault),
        Err(other) => Err(Fault::outside("marking a browser as shared", other)),
    }
}

fn person_of(tx: &Tx<'_>, profile: ProfileId) -> Result<PersonId, Fault> {
    store::profiles::person_of(tx, profile)?.ok_or_else(|| Fault::data(format!("profile {profile} signed in and is gone")))
}
