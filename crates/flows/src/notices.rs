//! Notices on a customer's device.

use conversations::AccountId;
use customers::{Identifier, Recognise, RecogniseError};
use kernel::{Actor, Channel, Fault, ProfileId, Tx};

/// The owner of a browser wants notices there: from now on it is a way to reach them. `profile` is theirs, if they are known; else the browser's own name
/// makes them known. What was switched off is on again; a browser that somebody else used before is theirs now. Announces what [`customers::recognise`] does.
pub fn want_notices(
    tx: &mut Tx<'_>,
    account: AccountId,
    address: &str,
    (profile, browser): (Option<ProfileId>, &str),
) -> Result<(), Fault> {
    let owner = match profile {
        Some(profile) => profile,
        None => of_browser(tx, browser)?,
    };
    conversations::own_address(tx, account, address, owner)?;
    conversations::allow_address(tx, account, address)
}

fn of_browser(tx: &mut Tx<'_>, browser: &str) -> Result<ProfileId, Fault> {
    let device = Identifier::device(browser).map_err(|error| Fault::data(error.to_string()))?;
    let cmd = Recognise { identifiers: vec![device], name: None, locale: None, channel: Channel::Webchat, verified: true };
    match customers::recognise(tx, &Actor::system(), cmd) {
        Ok(who) => Ok(who.profile),
        Err(RecogniseError::Fault(fault)) => Err(fault),
        Err(error) => Err(Fault::data(error.to_string())),
    }
}
