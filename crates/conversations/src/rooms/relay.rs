//! How two browsers find each other: the brand's own relay, and a password to it that lasts for one talk.
//!
//! A relay (coturn with `use-auth-secret`) takes a user name that begins with the second at which it ends, and as password the base64 of
//! HMAC-SHA1 over that name: draft-uberti-behave-turn-rest-00, section 2.2; read 2026-11.

use super::RoomError;
use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use kernel::{Actor, Event, Fault, Json, Permission, ReadTx, Timestamp, Tx, params, sql};
use serde::{Deserialize, Serialize};
use sha1::Sha1;

/// Seconds that a password to the relay lasts: as long as the longest talk.
const PASSWORD_SECONDS: i64 = 8 * 3600;
/// Addresses that a browser is given.
const MOST: usize = 8;

/// The relay of the brand. Without one, video works where networks let browsers reach each other.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RelayRules {
    /// Addresses: `stun:turn.example.com`, `turn:turn.example.com`, `turns:turn.example.com:443?transport=tcp`.
    pub addresses: Vec<String>,
    /// What we share with the relay (`static-auth-secret` of coturn).
    pub secret: String,
    /// Send everything through the relay, so that nobody learns where the other is.
    pub only_relay: bool,
}

/// What a browser is told, in the words of `RTCConfiguration`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Ice {
    /// Where to ask.
    pub ice_servers: Vec<IceServer>,
    /// `all` or `relay`.
    pub ice_transport_policy: &'static str,
}

/// One entry of [`Ice`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IceServer {
    /// Addresses.
    pub urls: Vec<String>,
    /// For a relay.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// Its password.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credential: Option<String>,
}

/// The brand's relay.
pub fn relay_rules(tx: &ReadTx<'_>) -> Result<RelayRules, Fault> {
    let found = tx.query_opt(sql!("SELECT body FROM work_rule WHERE name = 'video'"), params![], |row| row.get::<Json<RelayRules>>(0))?;
    Ok(found.map(|found| found.0).unwrap_or_default())
}

/// Change it. Announces `work.rules_changed`, without the secret.
pub fn save_relay_rules(tx: &mut Tx<'_>, actor: &Actor, rules: &RelayRules) -> Result<(), RoomError> {
    actor.require(Permission::ManageChannels)?;
    let is_address = |address: &&String| ["stun:", "stuns:", "turn:", "turns:"].iter().any(|scheme| address.starts_with(scheme));
    if let Some(wrong) = rules.addresses.iter().find(|address| !is_address(address) || address.contains(char::is_whitespace)) {
        return Err(RoomError::NotARelay(wrong.clone()));
    }
    let has_relay = rules.addresses.iter().any(|address| address.starts_with("turn"));
    if (has_relay && rules.secret.is_empty()) || (rules.only_relay && !has_relay) {
        return Err(RoomError::NoSecret);
    }
    tx.execute(
        sql!("INSERT INTO work_rule (name, body) VALUES ('video', ?1) ON CONFLICT (name) DO UPDATE SET body = excluded.body"),
        params![Json(rules)],
    )?;
    let told = RelayRules { secret: String::new(), ..rules.clone() };
    Ok(tx.announce(Event::new("work.rules_changed", "video").by(actor).body(&told))?)
}

/// What a browser is told now, for this room or whatever else it talks in.
pub fn ice(rules: &RelayRules, talk: impl std::fmt::Display, now: Timestamp) -> Ice {
    let (relays, others): (Vec<String>, Vec<String>) =
        rules.addresses.iter().take(MOST).cloned().partition(|address| address.starts_with("turn"));
    let mut ice_servers = Vec::new();
    if !others.is_empty() {
        ice_servers.push(IceServer { urls: others, username: None, credential: None });
    }
    if !relays.is_empty() {
        let username = format!("{}:{talk}", now.as_micros() / 1_000_000 + PASSWORD_SECONDS);
        let credential = password(&rules.secret, &username);
        ice_servers.push(IceServer { urls: relays, username: Some(username), credential: Some(credential) });
    }
    Ice { ice_servers, ice_transport_policy: if rules.only_relay { "relay" } else { "all" } }
}

fn password(secret: &str, username: &str) -> String {
    let mut mac = <Hmac<Sha1> as KeyInit>::new_from_slice(secret.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(username.as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RoomId;

    #[test]
    fn a_password_is_the_one_that_coturn_reckons() {
        // echo -n 1767225600:hilo | openssl dgst -binary -sha1 -hmac north | base64
        assert_eq!(password("north", "1767225600:hilo"), "4LuT6IKzIUd18uAHToPGrAgQQV0=");
    }

    #[test]
    fn a_relay_has_a_password_and_the_rest_has_none() {
        let rules = RelayRules {
            addresses: vec!["stun:relay.example".into(), "turn:relay.example".into()],
            secret: "north".into(),
            only_relay: true,
        };
        let told = ice(&rules, RoomId::nil(), Timestamp::from_seconds(1_000));
        assert_eq!(told.ice_transport_policy, "relay");
        assert_eq!(told.ice_servers[0], IceServer { urls: vec!["stun:relay.example".into()], username: None, credential: None });
        assert_eq!(told.ice_servers[1].username, Some(format!("29800:{}", RoomId::nil())));
        assert_eq!(ice(&RelayRules::default(), RoomId::nil(), Timestamp::from_seconds(0)).ice_servers, []);
    }
}
