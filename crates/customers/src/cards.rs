//! A person in one line, for lists and queues: two statements for up to fifty of them.

use crate::naming::{BestName, Candidate, best_name};
use crate::store::search::{self, BATCH, CardIdentifier, CardRow};
use crate::{IdentifierKind, PersonId};
use kernel::{Fault, ProfileId, ReadTx, Timestamp};
use serde::Serialize;
use std::collections::HashMap;

/// A person in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonCard {
    /// Who.
    pub person: PersonId,
    /// What to call them.
    pub name: BestName,
    /// Their best e-mail address.
    pub email: Option<String>,
    /// Their best phone number.
    pub phone: Option<String>,
    /// How many profiles make them up.
    pub profiles: usize,
    /// When they were first seen.
    pub since: Timestamp,
}

/// The cards of these persons, in the order given; unknown ones are left out.
pub fn cards(tx: &ReadTx<'_>, persons: &[PersonId]) -> Result<Vec<PersonCard>, Fault> {
    let mut found = Vec::with_capacity(persons.len());
    for batch in persons.chunks(BATCH) {
        let mut rows: HashMap<PersonId, Vec<CardRow>> = HashMap::new();
        for row in search::card_rows(tx, batch)? {
            rows.entry(row.person).or_default().push(row);
        }
        let mut identifiers: HashMap<PersonId, Vec<CardIdentifier>> = HashMap::new();
        for identifier in search::card_identifiers(tx, batch)? {
            identifiers.entry(identifier.person).or_default().push(identifier);
        }
        found.extend(batch.iter().filter_map(|person| {
            let rows = rows.get(person)?;
            Some(card(*person, rows, identifiers.get(person).map_or(&[], Vec::as_slice)))
        }));
    }
    Ok(found)
}

/// The person's card for each of these profiles: what a queue of matters or orders needs.
pub fn cards_of_profiles(tx: &ReadTx<'_>, profiles: &[ProfileId]) -> Result<HashMap<ProfileId, PersonCard>, Fault> {
    let mut owners = Vec::with_capacity(profiles.len());
    for batch in profiles.chunks(BATCH) {
        owners.extend(search::persons_of(tx, batch)?);
    }
    let mut persons: Vec<PersonId> = owners.iter().map(|(_, person)| *person).collect();
    persons.sort_unstable();
    persons.dedup();
    let cards: HashMap<PersonId, PersonCard> = cards(tx, &persons)?.into_iter().map(|c| (c.person, c)).collect();
    Ok(owners.into_iter().filter_map(|(profile, person)| Some((profile, cards.get(&person)?.clone()))).collect())
}

fn card(person: PersonId, rows: &[CardRow], identifiers: &[CardIdentifier]) -> PersonCard {
    let first = |kind| identifiers.iter().find(|i| i.kind == kind).map(|i| i.display.clone());
    let candidates: Vec<Candidate> = rows
        .iter()
        .map(|row| {
            let parts = format!("{} {}", row.given_name, row.family_name);
            let name = [row.full_name.as_str(), parts.trim(), row.display_name.as_str()].into_iter().find(|n| !n.is_empty());
            Candidate {
                profile: row.profile,
                name: name.unwrap_or_default().to_owned(),
                proven: identifiers.iter().any(|i| i.profile == row.profile && i.verified),
                updated_at: row.updated_at,
            }
        })
        .collect();
    PersonCard {
        person,
        name: best_name(&candidates, identifiers.first().map(|i| i.display.as_str())),
        email: first(IdentifierKind::Email),
        phone: first(IdentifierKind::Phone),
        profiles: rows.len(),
        since: rows.iter().map(|r| r.created_at).min().unwrap_or_default(),
    }
}
