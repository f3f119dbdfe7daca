//! One configured number, page or mailbox.

use crate::Secret;
use serde::Deserialize;
use std::collections::BTreeMap;

/// One configured number, page or mailbox of a channel.
///
/// Which settings and secrets a kind needs is written in its folder's README; asking for one that is missing names it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChannelAccount {
    /// Our name for it, as in its webhook address.
    pub id: String,
    /// Which adapter speaks for it.
    pub kind: kernel::Channel,
    /// What customers write to: the phone number in E.164, the mail address, the site's name.
    pub address: String,
    /// The name customers see.
    #[serde(default)]
    pub display_name: String,
    /// What is not secret.
    #[serde(default)]
    pub settings: BTreeMap<String, String>,
    /// What is.
    #[serde(default)]
    pub secrets: BTreeMap<String, Secret>,
}

impl ChannelAccount {
    /// An account without settings, to be completed with [`Self::with`] and [`Self::with_secret`].
    pub fn new(id: impl Into<String>, kind: kernel::Channel, address: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            kind,
            address: address.into(),
            display_name: String::new(),
            settings: BTreeMap::new(),
            secrets: BTreeMap::new(),
        }
    }

    /// With one setting more.
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.settings.insert(name.to_owned(), value.into());
        self
    }

    /// With one secret more.
    pub fn with_secret(mut self, name: &str, value: impl Into<String>) -> Self {
        self.secrets.insert(name.to_owned(), Secret::new(value));
        self
    }

    /// A setting that the channel cannot do without.
    pub fn setting(&self, name: &'static str) -> Result<&str, NotConfigured> {
        self.optional(name).ok_or(NotConfigured { name })
    }

    /// A setting that has a default.
    pub fn optional(&self, name: &str) -> Option<&str> {
        self.settings.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// A secret that the channel cannot do without.
    pub fn secret(&self, name: &'static str) -> Result<&Secret, NotConfigured> {
        self.secrets.get(name).filter(|secret| !secret.expose().is_empty()).ok_or(NotConfigured { name })
    }
}

/// A setting or secret is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the channel account has no `{name}`")]
pub struct NotConfigured {
    /// Which.
    pub name: &'static str,
}
