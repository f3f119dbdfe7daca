//! How people are reached.

use serde::{Deserialize, Serialize};

/// How a person is reached or recognised on a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AddressKind {
    /// `name@host`, lower case.
    Email,
    /// E.164 with its plus sign.
    Phone,
    /// A name that only means something to one provider.
    Handle,
    /// A browser or app that we gave a number to.
    Device,
}

/// A kind of address and its value.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Address {
    /// What kind of value it is.
    pub kind: AddressKind,
    /// The value, in the normal form that its kind describes.
    pub value: String,
}

impl Address {
    /// An e-mail address; case is folded, as customers type it either way.
    pub fn email(value: &str) -> Self {
        Self { kind: AddressKind::Email, value: value.trim().to_lowercase() }
    }

    /// A phone number in international form, with or without plus, spaces and dashes.
    pub fn phone(value: &str) -> Self {
        let digits: String = value.chars().filter(char::is_ascii_digit).collect();
        Self { kind: AddressKind::Phone, value: format!("+{digits}") }
    }

    /// A browser or app.
    pub fn device(value: &str) -> Self {
        Self { kind: AddressKind::Device, value: value.to_owned() }
    }
}
