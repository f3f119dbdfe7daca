//! A contract with a provider, as its adapter reads it.

use channels::{NotConfigured, Secret};
use kernel::Fault;
use payments::{Gateway, GatewayId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a gateway's settings hold, as stored.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredKeys {
    /// What is not secret.
    #[serde(default)]
    pub settings: BTreeMap<String, String>,
    /// What is.
    #[serde(default)]
    pub secrets: BTreeMap<String, String>,
}

impl StoredKeys {
    /// Those of a gateway.
    pub fn of(gateway: &Gateway) -> Result<Self, Fault> {
        // The text of such an error could repeat a key, so it is not passed on.
        serde_json::from_str(&gateway.settings.0)
            .map_err(|_| Fault::data(format!("the settings of the gateway {} cannot be read", gateway.id)))
    }
}

/// The adapter's view of a gateway.
#[derive(Debug, Clone)]
pub struct GatewayAccount {
    /// Which.
    pub id: GatewayId,
    settings: BTreeMap<String, String>,
    secrets: BTreeMap<String, Secret>,
}

impl GatewayAccount {
    /// Of a stored gateway.
    pub fn of(gateway: &Gateway) -> Result<Self, Fault> {
        let StoredKeys { settings, secrets } = StoredKeys::of(gateway)?;
        Ok(Self { id: gateway.id, settings, secrets: secrets.into_iter().map(|(name, secret)| (name, Secret::new(secret))).collect() })
    }

    /// A setting that the adapter cannot do without.
    pub(crate) fn setting(&self, name: &'static str) -> Result<&str, NotConfigured> {
        self.optional(name).ok_or(NotConfigured { name })
    }

    /// A setting that has a default.
    pub(crate) fn optional(&self, name: &str) -> Option<&str> {
        self.settings.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// A key that the adapter cannot do without.
    pub(crate) fn secret(&self, name: &'static str) -> Result<&Secret, NotConfigured> {
        self.secrets.get(name).filter(|secret| !secret.expose().is_empty()).ok_or(NotConfigured { name })
    }
}
