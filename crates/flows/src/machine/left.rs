//! Where somebody left the machine: whoever of ours goes on begins there, and asks nothing again.

use conversations::{MatterId, MessageId};
use kernel::{Channel, Fault, Locale, ProfileId, ReadTx, Tx};
use self_service::Session;

/// A dialogue that was left.
pub(crate) struct Left {
    /// What it is kept under.
    pub who: String,
    /// Where it was held.
    pub channel: Channel,
    /// How it stands.
    pub session: Session,
}

impl Left {
    /// In one line.
    pub fn about(&self, locale: Locale) -> String {
        self.session.where_it_stands(locale)
    }
}

/// The dialogue at which they are stuck, by their profiles or by the name of their browser; not the one that they are holding now.
pub(crate) fn left_elsewhere(tx: &ReadTx<'_>, profiles: &[ProfileId], browser: &str, now: (&str, Channel)) -> Result<Option<Left>, Fault> {
    let found = self_service::latest_session(tx, profiles, &visitor(browser))?;
    let stuck = found.filter(|(who, channel, session)| (who.as_str(), *channel) != now && session.is_stuck());
    Ok(stuck.map(|(who, channel, session)| Left { who, channel, session }))
}

/// What a browser's dialogue is kept under.
pub(super) fn visitor(browser: &str) -> String {
    format!("visitor:{browser}")
}

/// A person goes on: the matter keeps where it stood, and the machine forgets. `last` is the machine's word that it gives up, if it said one.
pub(crate) fn go_on(tx: &mut Tx<'_>, matter: MatterId, last: Option<MessageId>, left: &Left, locale: Locale) -> Result<(), Fault> {
    let Some(found) = conversations::matter(tx, matter)? else { return Ok(()) };
    self_service::keep_hand_over(tx, &found, left.channel, &left.session)?;
    self_service::forget_session(tx, &left.who, left.channel)?;
    conversations::give_to_people(tx, matter, last, (left.channel, &left.about(locale)))
}
