//! What the files of `demo/` say, typed.

use super::files;
use inventory::LocationKind;
use kernel::{Channel, Locale};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The whole brand.
pub struct Brand {
    /// `brand.toml`.
    pub about: About,
    /// `locations.toml`.
    pub locations: Vec<Location>,
    /// `staff.toml`.
    pub staff: Staff,
    /// `stock.toml`.
    pub stock: StockRules,
    /// `people.toml`.
    pub people: People,
    /// `conversations.toml`.
    pub talk: Talk,
}

/// One text in both languages.
#[derive(Debug, Clone, Deserialize)]
pub struct Words {
    pub es: String,
    pub en: String,
}

#[derive(Deserialize)]
pub struct About {
    pub name: String,
    pub slogan: Words,
    pub currency: String,
    pub time_zone: String,
    pub contact: Contact,
    pub mailbox: Vec<Mailbox>,
}

#[derive(Deserialize)]
pub struct Contact {
    pub phone: String,
    pub whatsapp: String,
    pub email: String,
}

#[derive(Deserialize)]
pub struct Mailbox {
    pub address: String,
    pub team: String,
    pub es: String,
}

#[derive(Deserialize)]
pub struct Location {
    pub code: String,
    pub name: String,
    pub kind: LocationKind,
    pub address: String,
    pub postcode: String,
    pub city: String,
    pub province: String,
    pub country: String,
    pub latitude: f64,
    pub longitude: f64,
    pub time_zone: String,
    pub tax_zone: String,
    pub phone: String,
    pub email: String,
    pub collect: bool,
    pub ships: bool,
    pub holidays: Vec<String>,
    pub hours: serde_json::Value,
}

#[derive(Deserialize)]
pub struct Staff {
    pub password: String,
    pub tags: Vec<String>,
    pub reply: Vec<SavedReply>,
    pub team: Vec<Team>,
    pub staff: Vec<Member>,
}

/// A saved reply, for one team or for all.
#[derive(Clone, Deserialize)]
pub struct SavedReply {
    pub name: String,
    pub team: Option<String>,
    pub es: String,
    pub en: String,
}

#[derive(Clone, Deserialize)]
pub struct Team {
    pub code: String,
    pub es: String,
    /// What its members must know, where customers may ask for it.
    pub skill: Option<String>,
    #[serde(default)]
    pub title_es: String,
    #[serde(default)]
    pub title_en: String,
    /// The team that takes over.
    pub fallback: Option<String>,
}

#[derive(Deserialize)]
pub struct Member {
    pub name: String,
    pub email: String,
    pub role: String,
    pub team: Option<String>,
    pub location: Option<String>,
    pub locale: Locale,
    #[serde(default)]
    pub skills: Vec<String>,
    /// Languages served in; none named is all.
    #[serde(default)]
    pub languages: Vec<String>,
}

#[derive(Deserialize)]
pub struct StockRules {
    /// Least and greatest random factor.
    pub spread: [f64; 2],
    pub base: BTreeMap<String, f64>,
    pub size: BTreeMap<String, f64>,
    pub location: BTreeMap<String, f64>,
    pub lean: Vec<Lean>,
    pub scarcity: Scarcity,
    pub fixed: Vec<Fixed>,
    pub ahead: Vec<Ahead>,
}

#[derive(Deserialize)]
pub struct Lean {
    pub location: String,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub tag: Option<String>,
    pub factor: f64,
}

#[derive(Deserialize)]
pub struct Scarcity {
    pub sold_out: f64,
    pub last_one: f64,
}

#[derive(Deserialize)]
pub struct Fixed {
    pub handle: String,
    pub sku_ends_with: Option<String>,
    pub location: Option<String>,
    #[serde(default)]
    pub locations: Vec<String>,
    pub units: i64,
}

/// What a supplier brings, sold before it is there.
#[derive(Deserialize)]
pub struct Ahead {
    pub handle: String,
    pub sku_ends_with: Option<String>,
    pub policy: inventory::StockPolicy,
    pub supplier: String,
    pub reference: String,
    pub location: String,
    pub units: i64,
    /// From today.
    pub days: i64,
}

#[derive(Deserialize)]
pub struct People {
    pub email_domains: Vec<Weighted>,
    pub phone_from: String,
    pub given_women: Vec<Weighted>,
    pub given_men: Vec<Weighted>,
    pub surnames: Vec<Weighted>,
    pub visitors: Vec<Visitors>,
    pub area: Vec<Area>,
    pub habit: Vec<Habit>,
    pub person: Vec<Named>,
}

#[derive(Deserialize)]
pub struct Weighted {
    pub name: String,
    pub weight: f64,
}

#[derive(Deserialize)]
pub struct Visitors {
    pub locale: Locale,
    pub share: f64,
    pub given: Vec<String>,
    pub surnames: Vec<String>,
}

#[derive(Deserialize)]
pub struct Area {
    pub location: String,
    pub weight: f64,
    pub province: String,
    pub places: Vec<Town>,
    pub streets: Vec<String>,
}

#[derive(Deserialize)]
pub struct Town {
    pub postcode: String,
    pub city: String,
}

#[derive(Deserialize)]
pub struct Habit {
    pub code: String,
    pub share: f64,
    /// Least and most orders in the month.
    pub orders: [i64; 2],
    pub channels: Vec<Channel>,
    pub conversation: f64,
}

/// Somebody of the story.
#[derive(Deserialize)]
pub struct Named {
    pub code: String,
    pub given: String,
    pub surnames: String,
    pub locale: Locale,
    #[serde(default)]
    pub email: Option<String>,
    #[serde(default)]
    pub phone: Option<String>,
    pub location: String,
    #[serde(default)]
    pub address: String,
    pub postcode: String,
    pub city: String,
    pub province: String,
    pub channels: Vec<Channel>,
    pub bought: Vec<String>,
    #[serde(default)]
    pub same_person_as: Option<String>,
    pub es: String,
}

#[derive(Deserialize)]
pub struct Talk {
    pub topic: Vec<Topic>,
    pub conversation: Vec<Script>,
}

#[derive(Deserialize)]
pub struct Topic {
    pub code: String,
    pub weight: f64,
}

/// One conversation as it goes.
#[derive(Deserialize)]
pub struct Script {
    pub code: String,
    pub topic: String,
    pub team: String,
    pub locale: Locale,
    pub channel: Channel,
    #[serde(default)]
    pub subject: Option<String>,
    pub needs: Vec<String>,
    pub ends: Ends,
    pub turns: Vec<Turn>,
}

/// How a conversation's matter stands in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ends {
    Resolved,
    Open,
    Waiting,
    New,
}

#[derive(Deserialize)]
pub struct Turn {
    pub by: By,
    /// Minutes since the turn before.
    pub after: i64,
    #[serde(default)]
    pub channel: Option<Channel>,
    pub text: String,
}

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    Customer,
    Agent,
    Note,
}

#[derive(Deserialize)]
struct Locations {
    location: Vec<Location>,
}

impl Brand {
    /// Read the files.
    pub fn read() -> Result<Self, toml::de::Error> {
        Ok(Brand {
            about: toml::from_str(files::BRAND)?,
            locations: toml::from_str::<Locations>(files::LOCATIONS)?.location,
            staff: toml::from_str(files::STAFF)?,
            stock: toml::from_str(files::STOCK)?,
            people: toml::from_str(files::PEOPLE)?,
            talk: toml::from_str(files::CONVERSATIONS)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_are_understood_and_agree() {
        let brand = Brand::read().expect("understood");
        let known = |code: &str| brand.locations.iter().any(|l| l.code == code);
        assert_eq!(
            (brand.locations.len(), brand.staff.staff.len(), brand.people.person.len(), brand.talk.conversation.len()),
            (7, 22, 7, 41)
        );
        assert!(brand.people.area.iter().all(|a| known(&a.location)) && brand.stock.location.keys().all(|code| known(code)));
        assert!(brand.staff.staff.iter().all(|m| m.location.as_deref().is_none_or(known)));
        let team = |code: &str| brand.staff.team.iter().any(|t| t.code == code);
        assert!(brand.talk.conversation.iter().all(|s| team(&s.team) && brand.talk.topic.iter().any(|t| t.code == s.topic)));
    }
}
