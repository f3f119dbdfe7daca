//! Keys for programs, each with the permissions it was given.

use crate::Secret;
use kernel::{Actor, ApiKeyId, Denied, Event, Fault, Json, Kind, Permission, Problem, ReadTx, Timestamp, Tx, params, sql};
use serde::Serialize;

/// A key as listed; its secret is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// Which.
    pub id: ApiKeyId,
    /// What it is for.
    pub name: String,
    /// Its first characters, to recognise it.
    pub hint: String,
    /// What it may do.
    pub permissions: Vec<Permission>,
    /// Since when.
    pub created_at: Timestamp,
    /// Since when it no longer works.
    pub revoked_at: Option<Timestamp>,
}

/// Make a key.
#[derive(Debug, Clone)]
pub struct CreateApiKey {
    /// What it is for.
    pub name: String,
    /// What it may do; nothing that its maker may not.
    pub permissions: Vec<Permission>,
}

/// A key just made: the only time its secret is seen.
#[derive(Debug)]
pub struct NewApiKey {
    /// Which.
    pub id: ApiKeyId,
    /// To be sent as `Authorization: Bearer ..`.
    pub secret: Secret,
}

/// The key was not made or withdrawn.
#[derive(Debug, thiserror::Error)]
pub enum ApiKeyError {
    /// No name or no permission.
    #[error("a key needs a name and at least one permission")]
    Empty,
    /// No such key.
    #[error("there is no such key")]
    Unknown,
    /// A program would lock itself out.
    #[error("a key cannot withdraw itself; let another key or a colleague do it")]
    OwnKey,
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Ours.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for ApiKeyError {
    fn kind(&self) -> Kind {
        match self {
            ApiKeyError::Empty => Kind::Invalid,
            ApiKeyError::Unknown => Kind::NotFound,
            ApiKeyError::OwnKey => Kind::Conflict,
            ApiKeyError::Denied(e) => e.kind(),
            ApiKeyError::Fault(e) => e.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            ApiKeyError::Empty => "access.empty_key",
            ApiKeyError::Unknown => "access.unknown_key",
            ApiKeyError::OwnKey => "access.own_key",
            ApiKeyError::Denied(e) => e.code(),
            ApiKeyError::Fault(e) => e.code(),
        }
    }
}

#[derive(Serialize)]
struct Made<'a> {
    name: &'a str,
    permissions: &'a [Permission],
}

/// Make a key. Announces `api_key.created`.
pub fn create_api_key(tx: &mut Tx<'_>, actor: &Actor, cmd: CreateApiKey) -> Result<NewApiKey, ApiKeyError> {
    actor.require(Permission::ManageApiKeys)?;
    cmd.permissions.iter().try_for_each(|p| actor.require(*p))?;
    let name = cmd.name.trim();
    if name.is_empty() || cmd.permissions.is_empty() {
        return Err(ApiKeyError::Empty);
    }
    let secret = Secret::new(tx, "hilo_");
    let id: ApiKeyId = tx.new_id();
    let hint: String = secret.reveal().chars().take(10).collect();
    let now = tx.now();
    tx.execute(
        sql!("INSERT INTO api_key (id, name, secret, hint, permissions, created_by, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"),
        params![id, name, secret.hash(), hint, Json(&cmd.permissions), actor.to_string(), now],
    )?;
    tx.announce(Event::new("api_key.created", id).by(actor).body(&Made { name, permissions: &cmd.permissions }))?;
    Ok(NewApiKey { id, secret })
}

/// Withdraw a key at once; never the one that acts. Announces `api_key.revoked`; withdrawing again changes nothing.
pub fn revoke_api_key(tx: &mut Tx<'_>, actor: &Actor, id: ApiKeyId) -> Result<(), ApiKeyError> {
    actor.require(Permission::ManageApiKeys)?;
    if matches!(actor, Actor::ApiKey { id: own, .. } if *own == id) {
        return Err(ApiKeyError::OwnKey);
    }
    let now = tx.now();
    if tx.execute(sql!("UPDATE api_key SET revoked_at = ?2 WHERE id = ?1 AND revoked_at IS NULL"), params![id, now])? == 1 {
        tx.announce(Event::new("api_key.revoked", id).by(actor))?;
        return Ok(());
    }
    let known = tx.query_opt(sql!("SELECT id FROM api_key WHERE id = ?1"), params![id], |row| row.get::<ApiKeyId>(0))?;
    known.map(drop).ok_or(ApiKeyError::Unknown)
}

/// The program that presents this secret, if its key holds.
pub fn actor_of_key(tx: &ReadTx<'_>, secret: &Secret) -> Result<Option<Actor>, Fault> {
    tx.query_opt(sql!("SELECT id, permissions FROM api_key WHERE secret = ?1 AND revoked_at IS NULL"), params![secret.hash()], |row| {
        Ok(Actor::api_key(row.get(0)?, row.get::<Json<Vec<Permission>>>(1)?.0))
    })
}

/// All keys, oldest first, at most 500.
pub fn api_keys(tx: &ReadTx<'_>, actor: &Actor) -> Result<Vec<ApiKey>, ApiKeyError> {
    actor.require(Permission::ManageApiKeys)?;
    Ok(tx.query(
        sql!("SELECT id, name, hint, permissions, created_at, revoked_at FROM api_key ORDER BY id LIMIT 500"),
        params![],
        |row| {
            Ok(ApiKey {
                id: row.get(0)?,
                name: row.get(1)?,
                hint: row.get(2)?,
                permissions: row.get::<Json<Vec<Permission>>>(3)?.0,
                created_at: row.get(4)?,
                revoked_at: row.get(5)?,
            })
        },
    )?)
}
