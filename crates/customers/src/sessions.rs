//! A signed-in customer's browser or app.

use crate::{PersonId, store};
use kernel::{Actor, Fault, ProfileId, ReadTx, Timestamp, Tx};
use sha2::{Digest, Sha256};
use std::time::Duration;

/// How long a session lasts.
pub const SESSION_LIFE: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The profile that signed in.
    pub profile: ProfileId,
    /// Its person now.
    pub person: PersonId,
    /// The browser's token, or empty.
    pub device: String,
    /// Since when.
    pub opened_at: Timestamp,
    /// Until when.
    pub expires_at: Timestamp,
}

impl Session {
    /// Who acts in this session.
    pub const fn actor(&self) -> Actor {
        Actor::customer(self.profile)
    }
}

/// Sign a profile in; answers the secret for the cookie, 64 hexadecimal digits. Only its hash is kept. `device` may be empty.
/// Who may sign in is the caller's business: see [`crate::sign_in`].
pub fn open_session(tx: &mut Tx<'_>, profile: ProfileId, device: &str) -> Result<String, Fault> {
    let secret = tx.random_bytes::<32>();
    let token: String = secret.iter().map(|byte| format!("{byte:02x}")).collect();
    let until = tx.now().plus(SESSION_LIFE);
    store::sessions::open(tx, &hash(&token), profile, device, until)?;
    Ok(token)
}

/// Who is signed in with this secret, if anybody still is.
pub fn session(tx: &ReadTx<'_>, token: &str) -> Result<Option<Session>, Fault> {
    let found = store::sessions::session(tx, &hash(token))?.filter(|s| tx.now() < s.expires_at);
    Ok(found.map(|s| Session { profile: s.profile, person: s.person, device: s.device, opened_at: s.opened_at, expires_at: s.expires_at }))
}

/// Sign out; answers whether anybody was signed in. Give the browser a new device token too: it may change hands now.
pub fn close_session(tx: &mut Tx<'_>, token: &str) -> Result<bool, Fault> {
    store::sessions::close(tx, &hash(token))
}

fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token).to_vec()
}
