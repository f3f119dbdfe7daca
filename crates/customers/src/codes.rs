//! One-time codes: six digits sent to an e-mail address or phone prove that it is theirs.

use crate::identifiers::{announce_identifier, attach, sighted};
use crate::recognise::new_profile;
use crate::store::sessions::StoredCode;
use crate::{Identifier, IdentifierKind, KnownIdentifier, Strength, events, store};
use kernel::{Actor, Channel, Event, Fault, Kind, Locale, Problem, ProfileId, Timer, TimerHandler, Timestamp, Tx};
use sha2::{Digest, Sha256};
use std::time::Duration;

/// How long a code serves.
pub const CODE_LIFE: Duration = Duration::from_secs(10 * 60);
/// Wrong answers that a code survives, less one.
const ATTEMPTS: u32 = 5;
/// Codes for one identifier in one window.
const SENT_MOST: u32 = 5;
const WINDOW: Duration = Duration::from_secs(60 * 60);

const FORGET: &str = "customers.forget_code";
pub(crate) const TIMER: TimerHandler = TimerHandler { kind: FORGET, run: forget_code };

/// Why no code is sent.
#[derive(Debug, thiserror::Error)]
pub enum RequestCodeError {
    /// Nothing can be sent to it.
    #[error("a code can be sent to an e-mail address or a phone, not to a {0}")]
    Unreachable(IdentifierKind),
    /// Too many codes in an hour.
    #[error("too many codes were asked for; try again later")]
    TooMany {
        /// When the next may be asked for.
        retry_at: Timestamp,
    },
    /// Everything else.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for RequestCodeError {
    fn kind(&self) -> Kind {
        match self {
            RequestCodeError::Unreachable(_) => Kind::Invalid,
            RequestCodeError::TooMany { .. } => Kind::TooMany,
            RequestCodeError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            RequestCodeError::Unreachable(_) => "customers.unreachable",
            RequestCodeError::TooMany { .. } => "customers.too_many_codes",
            RequestCodeError::Fault(fault) => fault.code(),
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        match self {
            RequestCodeError::TooMany { retry_at } => vec![("retry_at", retry_at.to_rfc3339().into())],
            _ => Vec::new(),
        }
    }
}

/// Why a code does not serve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeRefused {
    /// Not the code that was sent.
    #[error("that is not the code; {attempts_left} more attempts")]
    Wrong {
        /// Attempts before the code is void.
        attempts_left: u32,
    },
    /// No code, an old one, a used one, or too many wrong answers.
    #[error("there is no valid code; ask for a new one")]
    Void,
}

impl Problem for CodeRefused {
    fn kind(&self) -> Kind {
        Kind::Invalid
    }
    fn code(&self) -> &'static str {
        match self {
            CodeRefused::Wrong { .. } => "customers.wrong_code",
            CodeRefused::Void => "customers.void_code",
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        match self {
            CodeRefused::Wrong { attempts_left } => vec![("attempts_left", (*attempts_left).into())],
            CodeRefused::Void => Vec::new(),
        }
    }
}

/// Make a code for an e-mail address or phone, known or not (so that nobody learns who is a customer). It replaces an earlier one,
/// serves ten minutes and five attempts; five codes an hour. Sending it is the caller's business: it is kept only as a hash.
pub fn request_code(tx: &mut Tx<'_>, identifier: &Identifier) -> Result<String, RequestCodeError> {
    if !matches!(identifier.kind(), IdentifierKind::Email | IdentifierKind::Phone) {
        return Err(RequestCodeError::Unreachable(identifier.kind()));
    }
    let now = tx.now();
    let (window_from, sent) = match store::sessions::code(tx, identifier)? {
        Some(last) if now < last.window_from.plus(WINDOW) => (last.window_from, last.sent),
        _ => (now, 0),
    };
    if sent >= SENT_MOST {
        return Err(RequestCodeError::TooMany { retry_at: window_from.plus(WINDOW) });
    }
    let code = format!("{:06}", tx.random_u64() % 1_000_000);
    let salt = tx.random_bytes::<16>();
    let stored = StoredCode {
        hash: hash(&salt, &code),
        salt: salt.to_vec(),
        expires_at: now.plus(CODE_LIFE),
        attempts: 0,
        window_from,
        sent: sent + 1,
    };
    store::sessions::save_code(tx, identifier, &stored)?;
    tx.at(window_from.plus(WINDOW).plus(CODE_LIFE), FORGET, &identifier.to_string(), &())?;
    Ok(code)
}

/// See whether a code is the one sent; a right one is spent.
///
/// The inner refusal must be committed, because it counts the attempt: so it is no error of the transaction.
pub fn check_code(tx: &mut Tx<'_>, identifier: &Identifier, code: &str) -> Result<Result<(), CodeRefused>, Fault> {
    let now = tx.now();
    let Some(sent) = store::sessions::code(tx, identifier)? else { return Ok(Err(CodeRefused::Void)) };
    if now >= sent.expires_at || sent.attempts >= ATTEMPTS {
        return Ok(Err(CodeRefused::Void));
    }
    if hash(&sent.salt, code.trim()) != sent.hash {
        store::sessions::count_attempt(tx, identifier)?;
        let attempts_left = ATTEMPTS - 1 - sent.attempts;
        return Ok(Err(if attempts_left == 0 { CodeRefused::Void } else { CodeRefused::Wrong { attempts_left } }));
    }
    store::sessions::spend_code(tx, identifier, now)?;
    Ok(Ok(()))
}

/// As [`check_code`]; a right code proves the identifier, and answers the profile that owns it, made now if nobody did.
///
/// An identifier that was only typed into the profile of somebody who has proven another one does not open that account: it goes to a
/// new profile of whoever proved it, and the two are suggested as possibly the same.
pub fn confirm_code(
    tx: &mut Tx<'_>,
    identifier: &Identifier,
    code: &str,
    locale: Option<Locale>,
    channel: Channel,
) -> Result<Result<ProfileId, CodeRefused>, Fault> {
    if let Err(refused) = check_code(tx, identifier, code)? {
        return Ok(Err(refused));
    }
    let (system, now) = (Actor::system(), tx.now());
    let Some(known) = store::identifiers::find(tx, identifier)? else {
        let (profile, _) = new_profile(tx, &system, String::new(), locale, channel)?;
        attach(tx, &system, identifier, profile, channel, true, true)?;
        return Ok(Ok(profile));
    };
    if !opens_account(tx, &known)? {
        let (profile, _) = new_profile(tx, &system, String::new(), locale, channel)?;
        store::identifiers::hand_over(tx, identifier, profile, now)?;
        sighted(tx, identifier, known.profile)?;
        announce_identifier(tx, &system, events::IDENTIFIER_MOVED, identifier, profile, channel)?;
        let lost = events::OfIdentifier { identifier: identifier.to_string(), display: identifier.display().to_owned() };
        tx.announce(Event::new(events::IDENTIFIER_LOST, known.profile).profile(known.profile).body(&lost).hidden())?;
        return Ok(Ok(profile));
    }
    if store::identifiers::verify(tx, identifier, now)? {
        announce_identifier(tx, &system, events::IDENTIFIER_VERIFIED, identifier, known.profile, channel)?;
    }
    Ok(Ok(known.profile))
}

/// Proven or vouched for, or nobody has proven anything about this person yet.
fn opens_account(tx: &Tx<'_>, known: &KnownIdentifier) -> Result<bool, Fault> {
    if known.verified_at.is_some() || known.vouched {
        return Ok(true);
    }
    let others = store::identifiers::of_person(tx, known.person)?;
    Ok(!others.iter().any(|i| i.verified_at.is_some() && i.identifier.strength() == Strength::Strong))
}

fn hash(salt: &[u8], code: &str) -> Vec<u8> {
    Sha256::new().chain_update(salt).chain_update(code).finalize().to_vec()
}

fn forget_code(tx: &mut Tx<'_>, timer: &Timer) -> Result<(), Fault> {
    match timer.key.parse::<Identifier>() {
        Ok(identifier) => store::sessions::forget_code(tx, &identifier),
        Err(why) => Err(Fault::data(why.to_string())),
    }
}
