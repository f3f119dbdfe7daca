//! Our own page, or a program of the brand's, asks the machine for somebody.

use super::left::visitor;
use super::{is_helped, known};
use kernel::{Actor, Channel, Event, Fault, Locale, ProfileId, Tx};
use self_service::{Answer, Asker, Session, Step, Told, Words, turn};
use serde_json::json;

/// A turn of somebody on our own page, or in an app of the brand.
#[derive(Debug, Clone)]
pub struct SelfServe {
    /// The name of their browser or device.
    pub browser: String,
    /// Who is signed in there.
    pub signed_in: Option<ProfileId>,
    /// Where.
    pub channel: Channel,
    /// What they said; empty begins.
    pub heard: String,
    /// The language of the page.
    pub locale: Locale,
}

/// Answer one turn; whoever is signed in has it on their thread, and hears no machine while a person of ours helps them. Announces
/// `self_service.answered`.
pub fn self_serve(tx: &mut Tx<'_>, cmd: &SelfServe) -> Result<Told, Fault> {
    let who = visitor(&cmd.browser);
    let asker = match cmd.signed_in {
        Some(profile) => Asker { locale: Some(cmd.locale), ..known(tx, profile, cmd.channel, who)? },
        None => Asker { who, channel: cmd.channel, profiles: Vec::new(), name: String::new(), locale: Some(cmd.locale) },
    };
    if is_helped(tx, &asker.profiles)? {
        let session = self_service::session(tx, &asker.who, asker.channel)?;
        return Ok(Told { answer: Answer::HandOver, locale: cmd.locale, session: Session { step: Step::Handed, ..session } });
    }
    let told = turn(tx, &asker, &cmd.heard, &Words)?;
    if let Some(profile) = cmd.signed_in.filter(|_| !cmd.heard.trim().is_empty()) {
        tell(tx, profile, cmd.channel, &told)?;
    }
    Ok(told)
}

/// What was said, where it is no message: an entry on the thread.
pub(crate) fn tell(tx: &mut Tx<'_>, profile: ProfileId, channel: Channel, told: &Told) -> Result<(), Fault> {
    let heard = told.session.said.iter().rev().find(|said| said.by_customer).map_or("", |said| said.words.as_str());
    let body = json!({ "heard": heard, "text": told.text() });
    tx.announce(Event::new("self_service.answered", profile).profile(profile).channel(channel).by(&Actor::system()).body(&body))
}
