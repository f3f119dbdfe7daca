//! Who asks the machine, as far as the channel vouches for them.

use crate::calls::{first_name_of, person_with};
use kernel::{Channel, Fault, ProfileId, Tx};
use self_service::Asker;

/// Somebody whom the channel vouches for, with everything that their person bought.
pub(crate) fn known(tx: &Tx<'_>, profile: ProfileId, channel: Channel, who: String) -> Result<Asker, Fault> {
    let person = person_with(tx, profile)?;
    let profiles = person.as_ref().map_or_else(|| vec![profile], |person| person.profiles.iter().map(|profile| profile.id).collect());
    Ok(Asker {
        who,
        channel,
        profiles,
        name: person.as_ref().map_or_else(String::new, first_name_of),
        locale: person.and_then(|person| person.locale),
    })
}
