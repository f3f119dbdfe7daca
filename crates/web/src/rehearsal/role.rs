//! Whom you play, and where the phone and the desk stand: all of it in the address, so that a reload loses nothing.

use crate::ui::{Icon, channel_icon, icon};
use customers::{Identifier, IdentifierKind};
use kernel::{Channel, Timestamp};
use serde::Deserialize;

kernel::db_enum! {
    /// What the phone shows.
    pub(super) enum Tab {
        /// A mail programme.
        Email = "email",
        /// WhatsApp.
        Whatsapp = "whatsapp",
        /// Text messages.
        Sms = "sms",
        /// The telephone.
        Phone = "phone",
        /// Facebook Messenger.
        Messenger = "messenger",
        /// Instagram direct.
        Instagram = "instagram",
        /// Telegram.
        Telegram = "telegram",
        /// X.
        X = "x",
        /// Notices of the browser.
        Push = "push",
        /// The chat of the web shop.
        Webchat = "webchat",
        /// The web shop itself.
        Shop = "shop",
    }
}

/// Whom you play.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub(super) struct Role {
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their number.
    pub phone: String,
    /// What the phone shows.
    pub tab: String,
    /// When the story began, in microseconds.
    pub since: i64,
}

impl Tab {
    /// Its sign.
    pub fn icon(self) -> Icon {
        match self {
            Tab::Email => channel_icon(Channel::Email),
            Tab::Shop => icon("shopping-bag"),
            Tab::Webchat => channel_icon(Channel::Webchat),
            Tab::Push => channel_icon(Channel::Push),
            Tab::Phone => channel_icon(Channel::Phone),
            network => channel_icon(network.network().unwrap_or(Channel::Whatsapp)),
        }
    }
    /// The network whose simulated provider the tab shows, beside mail and telephone.
    pub fn network(self) -> Option<Channel> {
        match self {
            Tab::Whatsapp => Some(Channel::Whatsapp),
            Tab::Sms => Some(Channel::Sms),
            Tab::Messenger => Some(Channel::Messenger),
            Tab::Instagram => Some(Channel::Instagram),
            Tab::Telegram => Some(Channel::Telegram),
            Tab::X => Some(Channel::X),
            Tab::Email | Tab::Phone | Tab::Push | Tab::Webchat | Tab::Shop => None,
        }
    }
}

impl Role {
    /// Their number on every network: the digits of their phone.
    pub fn number(&self) -> Option<String> {
        self.phone_identifier().map(|phone| phone.value().trim_start_matches('+').to_owned())
    }
    /// True when there is somebody to play.
    pub fn is_cast(&self) -> bool {
        !self.name.is_empty() && (self.email_identifier().is_some() || self.phone_identifier().is_some())
    }
    /// What the phone shows.
    pub fn tab(&self) -> Tab {
        self.tab.parse().unwrap_or(Tab::Email)
    }
    /// When the story began.
    pub fn since(&self) -> Timestamp {
        Timestamp::from_micros(self.since)
    }
    /// Their address in normal form.
    pub fn email_identifier(&self) -> Option<Identifier> {
        Identifier::new(IdentifierKind::Email, &self.email).ok()
    }
    /// Their number in normal form.
    pub fn phone_identifier(&self) -> Option<Identifier> {
        Identifier::new(IdentifierKind::Phone, &self.phone).ok()
    }
    /// The query that leads to this role with another tab.
    pub fn query(&self, tab: Tab) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("tab", tab.as_str()).append_pair("name", &self.name).append_pair("email", &self.email);
        query.append_pair("phone", &self.phone).append_pair("since", &self.since.to_string());
        query.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_says_it_all() {
        let role = Role {
            name: "Lucía Prueba".into(),
            email: "Lucia@Example.test".into(),
            phone: "600 123 456".into(),
            tab: "whatsapp".into(),
            since: 7,
        };
        assert!(role.is_cast() && role.tab() == Tab::Whatsapp);
        assert_eq!(role.query(Tab::Email), "tab=email&name=Luc%C3%ADa+Prueba&email=Lucia%40Example.test&phone=600+123+456&since=7");
        assert_eq!(role.phone_identifier().map(|i| i.value().to_owned()), Some("+34600123456".into()));
        assert!(!Role { name: "X".into(), ..Role::default() }.is_cast());
    }
}
