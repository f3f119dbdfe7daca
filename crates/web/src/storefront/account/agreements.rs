//! What a customer allows, purpose by purpose and channel by channel: the same switches in the account and behind a signed link.

use super::view::CHANNELS;
use crate::ui::Moment;
use crate::{Form, Page};
use askama::{Template, filters::HtmlSafe};
use customers::{Consent, ConsentState, EditError, Person, Purpose, SetConsent};
use kernel::{Actor, Channel, ProfileId, Tx};

/// What customers are asked about, and on which channels. Personalisation has no channel: its answer is kept under the web's.
const ASKED: [(Purpose, &[Channel]); 4] = [
    (Purpose::Service, &CHANNELS),
    (Purpose::Marketing, &CHANNELS),
    (Purpose::Reviews, &CHANNELS),
    (Purpose::Personalisation, &[Channel::Web]),
];

/// The switches; they stand inside a form.
#[derive(Template, Debug, Clone)]
#[template(path = "storefront/_agreements.html")]
pub(in super::super) struct AgreementsView {
    page: Page,
    purposes: Vec<Agreement>,
}
impl HtmlSafe for AgreementsView {}

/// One purpose with its switches by channel.
#[derive(Debug, Clone)]
struct Agreement {
    value: &'static str,
    title: String,
    text: String,
    switches: Vec<Switch>,
    last: String,
}

#[derive(Debug, Clone)]
struct Switch {
    name: String,
    words: String,
    is_on: bool,
}

impl AgreementsView {
    /// As the person's answers stand.
    pub(in super::super) fn new(page: &Page, person: &Person) -> Self {
        let purposes = ASKED.iter().map(|(purpose, channels)| agreement(page, &person.consents, *purpose, channels));
        AgreementsView { purposes: purposes.collect(), page: page.clone() }
    }
}

fn agreement(page: &Page, consents: &[Consent], purpose: Purpose, channels: &[Channel]) -> Agreement {
    let switch = |channel: &Channel| Switch {
        name: field(purpose, *channel),
        words: if *channel == Channel::Web { page.t("consent-yes") } else { page.t(&format!("channel-{}", channel.as_str())) },
        is_on: stands(consents, purpose, *channel) == ConsentState::Granted,
    };
    let newest = consents.iter().filter(|consent| consent.purpose == purpose).max_by_key(|consent| consent.at);
    Agreement {
        value: purpose.as_str(),
        title: page.t(&format!("consent-{}", purpose.as_str())),
        text: page.t(&format!("consent-{}-text", purpose.as_str())),
        switches: channels.iter().map(switch).collect(),
        last: newest.map_or_else(String::new, |consent| page.tv("consent-last", Moment::date(consent.at, page.now, page.locale).text())),
    }
}

/// The answer in force: without one, service messages may come, and nothing else.
fn stands(consents: &[Consent], purpose: Purpose, channel: Channel) -> ConsentState {
    let given = consents.iter().find(|known| known.purpose == purpose && known.channel == channel).map(|known| known.state);
    given.unwrap_or(if purpose == Purpose::Service { ConsentState::Granted } else { ConsentState::Refused })
}

/// The form's name for one switch.
fn field(purpose: Purpose, channel: Channel) -> String {
    format!("{}-{}", purpose.as_str(), channel.as_str())
}

/// Record what differs from before, with the words it was given under. Only purposes that the form showed (`asked`) are looked at.
pub(in super::super) fn save_answers(tx: &mut Tx<'_>, page: &Page, profile: ProfileId, form: &Form) -> Result<(), EditError> {
    let person = customers::person_of(tx, profile)?.ok_or(EditError::UnknownProfile(profile))?;
    let known = customers::person(tx, person)?.map_or_else(Vec::new, |person| person.consents);
    for (purpose, channels) in ASKED.iter().filter(|(purpose, _)| form.is("asked", purpose.as_str())) {
        for channel in *channels {
            let state = if form.is(&field(*purpose, *channel), "yes") { ConsentState::Granted } else { ConsentState::Refused };
            if state != stands(&known, *purpose, *channel) {
                answer(tx, page, profile, (*purpose, *channel), state)?;
            }
        }
    }
    Ok(())
}

/// Say no to everything that nobody asked for, whatever was said before.
pub(in super::super) fn stop_all(tx: &mut Tx<'_>, page: &Page, profile: ProfileId) -> Result<(), EditError> {
    let unasked = ASKED.iter().filter(|(purpose, _)| matches!(purpose, Purpose::Marketing | Purpose::Reviews));
    for (purpose, channels) in unasked {
        for channel in *channels {
            answer(tx, page, profile, (*purpose, *channel), ConsentState::Refused)?;
        }
    }
    Ok(())
}

fn answer(
    tx: &mut Tx<'_>,
    page: &Page,
    profile: ProfileId,
    (purpose, channel): (Purpose, Channel),
    state: ConsentState,
) -> Result<(), EditError> {
    let evidence = page.t(&format!("consent-{}-text", purpose.as_str()));
    let cmd = SetConsent { profile, purpose, channel, state, evidence, source: Channel::Web };
    customers::set_consent(tx, &Actor::customer(profile), cmd).map(drop)
}
