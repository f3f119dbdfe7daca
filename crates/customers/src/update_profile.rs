//! Change what a profile says of somebody.

use crate::permission::may_edit;
use crate::recognise::{NAME_LENGTH, tidy};
use crate::{EditError, Profile, events, record, store};
use kernel::{Actor, Channel, Event, Locale, ProfileId, Tx};

const NOTE_LENGTH: usize = 4000;
const POSTCODE_LENGTH: usize = 16;

/// The fields to change; `None` leaves one as it is, an empty text clears it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProfileChange {
    /// Given name.
    pub given_name: Option<String>,
    /// Family names.
    pub family_name: Option<String>,
    /// The whole name as written.
    pub full_name: Option<String>,
    /// What they want to be called.
    pub display_name: Option<String>,
    /// Their language.
    pub locale: Option<Locale>,
    /// Postcode.
    pub postcode: Option<String>,
    /// Channels they prefer, best first; repeats are dropped.
    pub preferred_channels: Option<Vec<Channel>>,
    /// What staff should know; only staff may change it.
    pub note: Option<String>,
}

/// Change fields of one profile; staff, or the customer themselves. Announces `customer.updated` when anything changed.
pub fn update_profile(tx: &mut Tx<'_>, actor: &Actor, id: ProfileId, change: ProfileChange) -> Result<Profile, EditError> {
    may_edit(tx, actor, id)?;
    let before = store::profiles::by_id(tx, id)?.ok_or(EditError::UnknownProfile(id))?;
    let mut after = before.clone();
    set_name(&mut after.given_name, "given name", change.given_name)?;
    set_name(&mut after.family_name, "family name", change.family_name)?;
    set_name(&mut after.full_name, "full name", change.full_name)?;
    set_name(&mut after.display_name, "display name", change.display_name)?;
    if let Some(postcode) = change.postcode {
        after.postcode = postcode.split_whitespace().collect::<String>().to_uppercase();
        short_enough("postcode", &after.postcode, POSTCODE_LENGTH)?;
    }
    if let Some(note) = change.note {
        actor.require(kernel::Permission::EditCustomers)?;
        short_enough("note", &note, NOTE_LENGTH)?;
        after.note = note;
    }
    if let Some(channels) = change.preferred_channels {
        after.preferred_channels = Vec::new();
        for channel in channels {
            if !after.preferred_channels.contains(&channel) {
                after.preferred_channels.push(channel);
            }
        }
    }
    after.locale = change.locale.or(after.locale);
    if after != before {
        after.updated_at = tx.now();
        store::profiles::save(tx, &after)?;
        record::replace(tx, actor, &before, &after)?;
        tx.announce(Event::new(events::UPDATED, id).profile(id).by(actor))?;
    }
    Ok(after)
}

fn set_name(field: &mut String, name: &'static str, value: Option<String>) -> Result<(), EditError> {
    if let Some(value) = value {
        short_enough(name, &value, NAME_LENGTH)?;
        *field = tidy(Some(&value));
    }
    Ok(())
}

fn short_enough(field: &'static str, value: &str, most: usize) -> Result<(), EditError> {
    if value.chars().count() > most { Err(EditError::TooLong { field, most }) } else { Ok(()) }
}
