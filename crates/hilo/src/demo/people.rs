//! Customers from the seed: who they are, where they live, how they are reached.

use super::brand::{Area, Habit, Named, People, Weighted};
use super::chance::Chance;
use super::world::{Progress, World};
use anyhow::Result;
use customers::{ConsentState, Identifier, ProfileChange, Purpose, Recognise, SetConsent};
use kernel::{Actor, Channel, Locale, ProfileId, Tx};
use orders::{Address, Contact};
use std::collections::BTreeSet;

/// Customers put into one transaction.
const CHUNK: usize = 20;

/// Somebody who buys and writes.
#[derive(Debug, Clone)]
pub struct Customer {
    /// Of the people of the story.
    pub code: Option<String>,
    pub given: String,
    pub surnames: String,
    pub locale: Locale,
    pub email: Option<String>,
    pub phone: Option<String>,
    /// False when the brand does not know their phone yet: a message from it makes a second profile.
    pub phone_is_known: bool,
    pub card: Option<String>,
    /// Their browser.
    pub device: Option<String>,
    /// Code of their shop.
    pub place: String,
    pub address: Address,
    /// Code of their habit; `historia` for the people of the story.
    pub habit: String,
    pub channels: Vec<Channel>,
    pub wants_news: bool,
    pub note: String,
    /// Once loaded.
    pub profile: ProfileId,
}

impl Customer {
    /// Whole name.
    pub fn name(&self) -> String {
        format!("{} {}", self.given, self.surnames)
    }
    /// Whom an order is for.
    pub fn contact(&self) -> Contact {
        Contact { name: self.name(), email: self.email.clone().unwrap_or_default(), phone: self.phone.clone().unwrap_or_default() }
    }
    /// True when they can be written to there.
    pub fn is_reached_by(&self, channel: Channel) -> bool {
        match channel {
            Channel::Email => self.email.is_some(),
            Channel::Whatsapp => self.phone.is_some(),
            Channel::Webchat => self.device.is_some(),
            _ => false,
        }
    }
    fn identifiers(&self) -> Result<Vec<Identifier>> {
        let mut all = Vec::new();
        if let Some(email) = &self.email {
            all.push(Identifier::email(email)?);
        }
        if let Some(phone) = self.phone.as_ref().filter(|_| self.phone_is_known) {
            all.push(Identifier::phone(phone, customers::HOME_REGION)?);
        }
        if let Some(card) = &self.card {
            all.push(Identifier::card(card)?);
        }
        Ok(all)
    }
    /// Where the brand met them first.
    fn source(&self) -> Channel {
        match self.channels.first() {
            Some(Channel::Till | Channel::Phone) => Channel::Till,
            _ => Channel::Web,
        }
    }
}

/// The people of the story, then `count` from the seed. The same seed gives the same people.
pub fn draw(people: &People, seed: u64, count: usize) -> Vec<Customer> {
    let mut chance = Chance::of(seed, "people");
    // Whoever shares somebody's phone comes first, so that the phone is theirs.
    let (second, first): (Vec<_>, Vec<_>) = people.person.iter().partition(|person| person.same_person_as.is_some());
    let mut all: Vec<Customer> = second.into_iter().chain(first).map(|person| named(person, &mut chance)).collect();
    let mut taken = BTreeSet::new();
    for n in 0..count {
        let customer = one(people, n, &mut chance, &mut taken);
        all.push(customer);
    }
    all
}

fn named(person: &Named, chance: &mut Chance) -> Customer {
    let is_second = person.same_person_as.is_some();
    let name = format!("{} {}", person.given, person.surnames);
    Customer {
        code: Some(person.code.clone()),
        given: person.given.clone(),
        surnames: person.surnames.clone(),
        locale: person.locale,
        email: person.email.clone(),
        phone: person.phone.clone(),
        // Ana's mobile stands on the card made at the till: the desk shall offer to join the two.
        phone_is_known: is_second || person.code != "ana",
        card: is_second.then(|| "ALM400001".into()),
        device: (!is_second).then(|| chance.token()),
        place: person.location.clone(),
        address: address(&name, &person.address, &person.postcode, &person.city, &person.province),
        habit: "historia".into(),
        channels: person.channels.clone(),
        wants_news: !is_second,
        note: person.es.clone(),
        profile: ProfileId::nil(),
    }
}

fn one(people: &People, n: usize, chance: &mut Chance, taken: &mut BTreeSet<String>) -> Customer {
    let area = chance.weighted(&people.area, |area| area.weight);
    let habit = chance.weighted(&people.habit, |habit| habit.share);
    let (given, surnames, locale) = name(people, chance);
    let mail = chance.weighted(&people.email_domains, |domain| domain.weight);
    let mut email = format!("{}.{}@{}", plain(&given), plain(surnames.split(' ').next().unwrap_or_default()), mail.name);
    if !taken.insert(email.clone()) {
        email = email.replace('@', &format!("{}@", n + 1));
        taken.insert(email.clone());
    }
    let number: i64 = people.phone_from.trim_start_matches('+').parse().unwrap_or(34_700_500_000);
    let (has_email, has_phone, forgot_phone) = (chance.happens(0.9), chance.happens(0.85), chance.happens(0.25));
    let is_online = !habit.channels.iter().all(|channel| *channel == Channel::Till);
    let (card, wants_news) = (chance.happens(if is_online { 0.3 } else { 0.8 }), chance.happens(0.55));
    let device = chance.token();
    Customer {
        code: None,
        address: home(area, &format!("{given} {surnames}"), chance),
        given,
        surnames,
        locale,
        phone: (has_phone || !has_email).then(|| format!("+{}", number + n as i64)),
        email: has_email.then_some(email),
        phone_is_known: !(has_email && forgot_phone),
        card: card.then(|| format!("ALM{:06}", 500_000 + n)),
        device: is_online.then_some(device),
        place: area.location.clone(),
        channels: preferred(habit, has_email),
        habit: habit.code.clone(),
        wants_news,
        note: String::new(),
        profile: ProfileId::nil(),
    }
}

fn preferred(habit: &Habit, has_email: bool) -> Vec<Channel> {
    habit.channels.iter().copied().filter(|channel| *channel != Channel::Email || has_email).collect()
}

fn name(people: &People, chance: &mut Chance) -> (String, String, Locale) {
    let luck = chance.fraction();
    let mut share = 0.0;
    for visitors in &people.visitors {
        share += visitors.share;
        if luck < share {
            return (chance.pick(&visitors.given).clone(), chance.pick(&visitors.surnames).clone(), visitors.locale);
        }
    }
    let list = if chance.happens(0.68) { &people.given_women } else { &people.given_men };
    let mut drawn = |list: &[Weighted]| chance.weighted(list, |name| name.weight).name.clone();
    let given = drawn(list);
    let (first, second) = (drawn(&people.surnames), drawn(&people.surnames));
    (given, format!("{first} {second}"), Locale::Es)
}

fn home(area: &Area, name: &str, chance: &mut Chance) -> Address {
    let town = chance.pick(&area.places);
    let street = format!("{}, {}", chance.pick(&area.streets), chance.between(1, 120));
    address(name, &street, &town.postcode, &town.city, &area.province)
}

fn address(name: &str, street: &str, postcode: &str, city: &str, region: &str) -> Address {
    Address {
        name: name.to_owned(),
        street: if street.is_empty() { "-".into() } else { street.to_owned() },
        postcode: postcode.to_owned(),
        city: city.to_owned(),
        region: region.to_owned(),
        country: "ES".into(),
    }
}

/// Small letters without accents and gaps, for mail addresses.
fn plain(name: &str) -> String {
    catalogue::fold(name).chars().filter(char::is_ascii_alphanumeric).collect()
}

/// Make their profiles, with identifiers, language, consents and preferences.
pub fn load(world: &mut World, progress: &dyn Progress) -> Result<()> {
    let mut people = draw(&world.brand.people, world.plan.seed, world.plan.customers);
    progress.part("customers", people.len() as u64);
    for chunk in people.chunks_mut(CHUNK) {
        let group = chunk.to_vec();
        let profiles =
            world.write("demo.people", move |tx| group.iter().map(|customer| enter(tx, customer)).collect::<Result<Vec<_>>>())?;
        for (customer, profile) in chunk.iter_mut().zip(profiles) {
            customer.profile = profile;
        }
        progress.done(chunk.len() as u64);
    }
    world.people = people;
    Ok(())
}

fn enter(tx: &mut Tx<'_>, customer: &Customer) -> Result<ProfileId> {
    let (system, source) = (Actor::system(), customer.source());
    let cmd = Recognise {
        identifiers: customer.identifiers()?,
        name: Some(customer.name()),
        locale: Some(customer.locale),
        channel: source,
        verified: false,
    };
    let profile = customers::recognise(tx, &system, cmd)?.profile;
    if let Some(device) = &customer.device {
        customers::add_identifier(tx, &system, profile, &Identifier::device(device)?, Channel::Web)?;
    }
    if let Some(phone) = customer.phone.as_ref().filter(|_| customer.code.is_some() && !customer.phone_is_known) {
        // They gave it with an order; it is somebody else's so far, and that is a hint.
        customers::add_identifier(tx, &system, profile, &Identifier::phone(phone, customers::HOME_REGION)?, Channel::Web)?;
    }
    let change = ProfileChange {
        given_name: Some(customer.given.clone()),
        family_name: Some(customer.surnames.clone()),
        postcode: Some(customer.address.postcode.clone()),
        preferred_channels: Some(customer.channels.clone()),
        note: Some(customer.note.clone()).filter(|note| !note.is_empty()),
        ..ProfileChange::default()
    };
    customers::update_profile(tx, &system, profile, change)?;
    let own = Actor::customer(profile);
    let channels = [Channel::Email, Channel::Whatsapp].into_iter().filter(|channel| customer.is_reached_by(*channel));
    for channel in channels {
        let state = if customer.wants_news { ConsentState::Granted } else { ConsentState::Refused };
        let evidence =
            if customer.locale == Locale::Es { "Casilla del alta: «Quiero novedades»" } else { "Sign-up box: “Send me news”" };
        let cmd = SetConsent { profile, purpose: Purpose::Marketing, channel, state, evidence: evidence.into(), source };
        customers::set_consent(tx, &own, cmd)?;
    }
    Ok(profile)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::brand::Brand;

    #[test]
    fn the_same_seed_makes_the_same_people_and_every_identifier_is_one_persons() {
        let people = Brand::read().expect("understood").people;
        let (a, again, other) = (draw(&people, 7, 200), draw(&people, 7, 200), draw(&people, 8, 200));
        let names = |list: &[Customer]| list.iter().map(Customer::name).collect::<Vec<_>>();
        assert_eq!((a.len(), names(&a)), (207, names(&again)));
        assert_ne!(names(&a), names(&other));
        assert_eq!(a[0].code.as_deref(), Some("ana-tarjeta"));
        let mut seen = BTreeSet::new();
        for identifier in a.iter().flat_map(|c| c.identifiers().expect("well formed")) {
            assert!(seen.insert(identifier.to_string()), "{identifier} twice");
        }
        assert!(a.iter().all(|c| !c.identifiers().expect("well formed").is_empty()));
        let english = a.iter().filter(|c| c.locale == Locale::En).count();
        assert!((6..40).contains(&english), "{english}");
    }
}
