//! Signing in and staying in. The slow part, checking the password, lies between two transactions:
//! [`attempt`] (read), `PasswordHash::accepts` (no transaction), then [`open_session`] or [`record_failure`].

use crate::staff::{credentials, normal_email};
use crate::{PasswordHash, Secret, Staff};
use kernel::{Actor, Event, Fault, Kind, Problem, ReadTx, StaffId, Timestamp, Tx, params, sql};
use std::time::Duration;

/// A session ends this many hours after signing in.
pub const SESSION_HOURS: u64 = 12;
/// Failures before a pause is asked for.
const FREE_FAILURES: i64 = 5;
/// Failures are forgotten after this long without another; longer than the longest pause.
const REMEMBERED: Duration = Duration::from_secs(3600);

/// Somebody wants in: whose password to check.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// Normal form of what was typed.
    pub email: String,
    /// Who it may be.
    pub staff: Option<StaffId>,
    /// What the password must fit; a hash that fits nothing when nobody has this e-mail.
    pub password: PasswordHash,
}

/// A valid session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Who is signed in.
    pub staff: Staff,
    /// Until when.
    pub expires_at: Timestamp,
}

/// Signing in was refused.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// E-mail or password do not fit; which one is not told.
    #[error("e-mail or password do not fit")]
    Wrong,
    /// Too many failures.
    #[error("too many failed attempts; try again in {seconds} seconds")]
    Paused {
        /// How long to wait.
        seconds: u64,
    },
    /// Ours.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for SignInError {
    fn kind(&self) -> Kind {
        match self {
            SignInError::Wrong => Kind::Unauthorised,
            SignInError::Paused { .. } => Kind::TooMany,
            SignInError::Fault(fault) => fault.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            SignInError::Wrong => "access.wrong_credentials",
            SignInError::Paused { .. } => "access.sign_in_paused",
            SignInError::Fault(fault) => fault.code(),
        }
    }
}

/// First step: may this e-mail try now, and what must its password fit?
pub fn attempt(tx: &ReadTx<'_>, email: &str) -> Result<Attempt, SignInError> {
    let email = normal_email(email).map_err(|_| SignInError::Wrong)?;
    let failures = tx.query_opt(sql!("SELECT failures, last_at FROM failed_sign_in WHERE email = ?1"), params![email], |row| {
        Ok((row.get::<i64>(0)?, row.get::<Timestamp>(1)?))
    })?;
    if let Some((count, last)) = failures {
        let until = last.plus(pause_after(count));
        if until > tx.now() {
            return Err(SignInError::Paused { seconds: until.since(tx.now()).as_secs() + 1 });
        }
    }
    Ok(match credentials(tx, &email)? {
        Some((staff, password)) => Attempt { email, staff: Some(staff.id), password },
        None => Attempt { email, staff: None, password: PasswordHash::of_nobody() },
    })
}

/// Second step when the password fitted. Announces `staff.signed_in`. The secret is shown to its owner only.
pub fn open_session(tx: &mut Tx<'_>, staff: StaffId, email: &str) -> Result<Secret, Fault> {
    let secret = Secret::new(tx, "");
    let now = tx.now();
    tx.execute(
        sql!("INSERT INTO staff_session (secret, staff, created_at, expires_at) VALUES (?1, ?2, ?3, ?4)"),
        params![secret.hash(), staff, now, now.plus(Duration::from_secs(SESSION_HOURS * 3600))],
    )?;
    tx.execute(sql!("DELETE FROM failed_sign_in WHERE email = ?1"), params![email])?;
    tx.execute(sql!("DELETE FROM staff_session WHERE expires_at < ?1"), params![now])?;
    tx.announce(Event::new("staff.signed_in", staff).by(&Actor::staff(staff, &[])))?;
    Ok(secret)
}

/// Second step when it did not. Old failures go, so that guessing many names fills no table.
pub fn record_failure(tx: &mut Tx<'_>, email: &str) -> Result<(), Fault> {
    let now = tx.now();
    tx.execute(sql!("DELETE FROM failed_sign_in WHERE last_at < ?1"), params![now.minus(REMEMBERED)])?;
    tx.execute(
        sql!(
            "INSERT INTO failed_sign_in (email, failures, last_at) VALUES (?1, 1, ?2)
              ON CONFLICT (email) DO UPDATE SET failures = failed_sign_in.failures + 1, last_at = excluded.last_at"
        ),
        params![email, now],
    )
    .map(drop)
}

/// Whose session this is, if it still holds.
pub fn session(tx: &ReadTx<'_>, secret: &Secret) -> Result<Option<Session>, Fault> {
    let found = tx.query_opt(
        sql!("SELECT staff, expires_at FROM staff_session WHERE secret = ?1 AND expires_at > ?2"),
        params![secret.hash(), tx.now()],
        |row| Ok((row.get::<StaffId>(0)?, row.get::<Timestamp>(1)?)),
    )?;
    let Some((id, expires_at)) = found else { return Ok(None) };
    Ok(crate::staff_member(tx, id)?.filter(|staff| staff.active).map(|staff| Session { staff, expires_at }))
}

/// Sign out.
pub fn close_session(tx: &mut Tx<'_>, secret: &Secret) -> Result<(), Fault> {
    tx.execute(sql!("DELETE FROM staff_session WHERE secret = ?1"), params![secret.hash()]).map(drop)
}

/// Five tries are free, then 2, 4, 8 ... seconds, at most 15 minutes.
fn pause_after(failures: i64) -> Duration {
    match failures - FREE_FAILURES {
        n if n < 0 => Duration::ZERO,
        n => Duration::from_secs((2u64 << n.min(9)).min(900)),
    }
}
