//! A person of ours has served a customer: some time after it was resolved, they are asked how it was, and what they answer is kept.

use crate::calls::person_with;
use crate::contact::{Ask, weigh};
use conversations::{Account, BEST_SCORE, Choice, Choices, ConversationError, InboundMessage, Matter, MatterState, OutboundExtras, Part};
use conversations::{Receive, Received, Reply, Survey, SurveyError};
use customers::policy::Contact;
use customers::{ConsentState, Purpose};
use kernel::{Actor, Channel, Fault, Locale, Logged, ProfileId, Reaction, Timer, Tx};
use serde::Deserialize;
use std::time::Duration;

/// The timer that asks.
pub(crate) const SURVEY: &str = "flows.survey";
/// What starts it.
pub(crate) const REACTION: Reaction = Reaction { name: "flows.survey", kinds: &["matter.resolved"], folds: false, react: wait };
/// Nobody is asked again before this has passed.
const REST: Duration = Duration::from_secs(30 * 86_400);
/// Stands before the token and the score in what comes back when a choice is pressed.
const CHOICE: &str = "survey:";

#[derive(Deserialize)]
struct Resolved {
    #[serde(default)]
    was_answered: bool,
}

fn wait(tx: &mut Tx<'_>, event: &Logged) -> Result<(), Fault> {
    let minutes = conversations::work_rules(tx)?.survey_minutes;
    if minutes == 0 || !event.read::<Resolved>()?.was_answered {
        return Ok(());
    }
    let due = tx.now().plus(Duration::from_secs(u64::from(minutes) * 60));
    tx.at(due, SURVEY, &event.subject, &())
}

/// Its time has come: nobody is asked whose matter is open again, who was asked lately, or who wants no such questions.
pub(crate) fn ask(tx: &mut Tx<'_>, timer: &Timer) -> Result<(), Fault> {
    let Ok(id) = timer.key.parse() else { return Ok(()) };
    let is_done = |matter: &Matter| matter.state == MatterState::Resolved;
    let Some(matter) = conversations::matter(tx, id)?.filter(is_done) else { return Ok(()) };
    let Some(person) = person_with(tx, matter.profile)? else { return Ok(()) };
    let refuses = person.consents.iter().any(|consent| consent.purpose == Purpose::Reviews && consent.state == ConsentState::Refused);
    let profiles = customers::profiles_of(tx, person.id)?;
    let now = tx.now();
    let lately = conversations::latest_survey(tx, &profiles)?.is_some_and(|survey| now < survey.asked_at.plus(REST));
    if refuses || lately {
        return Ok(());
    }
    // Asked where they were served; a chat that they have left is no place to ask.
    let served = |channel: Channel| channel == matter.channel && channel != Channel::Webchat;
    let weighed = weigh(tx, &person, Ask::about(Purpose::Service), now, |routes| {
        routes.retain(|route| route.way.channel != Channel::Push);
        routes.sort_by_key(|route| !served(route.way.channel));
    })?;
    let Some(route) = weighed.chosen()? else {
        return match weighed.decision.contact {
            Contact::Wait { until } => tx.at(until, SURVEY, &timer.key, &()),
            _ => Ok(()),
        };
    };
    let Some(survey) = conversations::open_survey(tx, &matter)? else { return Ok(()) };
    let locale = person.locale.unwrap_or(Locale::Es);
    let site = conversations::site(tx)?;
    let (subject, key) = (words::subject(locale), format!("survey:{}", survey.id));
    let extras = OutboundExtras { choices: Some(choices(&survey, locale)), ..OutboundExtras::default() };
    let text = words::question(locale, &site, &survey.token);
    conversations::know_address(tx, route.account, &route.way.address, route.profile)?;
    let question = Reply::new(matter.id, route.account, &route.way.address, text, key);
    let question = Reply { subject: Some(subject.to_owned()), extras: Some(extras), automatic: true, aside: true, ..question };
    let message = conversations::reply(tx, &Actor::system(), &question)
        .map_err(|error| Fault::outside("queuing a message that the policy allowed", error))?;
    conversations::ask_survey(tx, survey.id, message)
}

fn choices(survey: &Survey, locale: Locale) -> Choices {
    let choice = |score: u8| Choice {
        id: format!("{CHOICE}{}:{score}", survey.token),
        title: words::score(locale, score).to_owned(),
        description: None,
    };
    Choices::List { open: words::choose(locale).to_owned(), rows: (1..=BEST_SCORE).map(choice).collect() }
}

/// The survey that a message scores, and how: a choice that was pressed, or a bare number right after the question.
pub(crate) fn scored_by(
    tx: &Tx<'_>,
    account: &Account,
    message: &InboundMessage,
    person: &[ProfileId],
) -> Result<Option<(Survey, u8)>, Fault> {
    let [part] = message.parts.as_slice() else { return Ok(None) };
    match part {
        Part::Choice { id, .. } => {
            let Some((token, score)) = id.strip_prefix(CHOICE).and_then(|rest| rest.split_once(':')) else { return Ok(None) };
            let survey = conversations::survey_of_token(tx, token)?.filter(|survey| person.contains(&survey.profile));
            Ok(survey.zip(on_scale(score)))
        }
        Part::Text { text, fresh } => {
            let Some(score) = on_scale(fresh.as_deref().unwrap_or(text)) else { return Ok(None) };
            let survey = conversations::awaited_survey(tx, person, account.id, &message.from.address.value)?;
            Ok(survey.map(|survey| (survey, score)))
        }
        _ => Ok(None),
    }
}

/// Keep the score, with the message that tells it, and say thank you. Nothing is opened again, and no machine begins a dialogue.
pub(crate) fn keep_score(tx: &mut Tx<'_>, account: &Account, (survey, score): (Survey, u8), receive: Receive) -> Result<Received, Fault> {
    let cmd = Receive { settles: Some(survey.matter), ..receive };
    let received = conversations::receive(tx, &cmd)?;
    if !received.is_new {
        return Ok(received);
    }
    match conversations::score_survey(tx, &survey.token, score, "") {
        Err(SurveyError::Fault(fault)) => return Err(fault),
        // Too late: it stands on the thread all the same.
        Err(_) => return Ok(received),
        Ok(()) => {}
    }
    let locale = crate::calls::locale_of(tx, survey.profile)?;
    let from = &cmd.message.from;
    let address = &from.reply_to.as_ref().unwrap_or(&from.address).value;
    let thanks = Reply::new(received.matter, account.id, address, words::thanks(locale), format!("survey-thanks:{}", survey.id));
    match conversations::reply(tx, &Actor::system(), &Reply { automatic: true, aside: true, ..thanks }) {
        Err(ConversationError::Fault(fault)) => Err(fault),
        _ => Ok(received),
    }
}

fn on_scale(words: &str) -> Option<u8> {
    words.trim().parse().ok().filter(|score| (1..=BEST_SCORE).contains(score))
}

mod words {
    use kernel::Locale;

    pub(super) fn subject(locale: Locale) -> &'static str {
        locale.pick("¿Cómo te hemos atendido?", "How did we do?")
    }

    /// On the button that opens the choices.
    pub(super) fn choose(locale: Locale) -> &'static str {
        locale.pick("Valorar", "Rate")
    }

    pub(super) fn thanks(locale: Locale) -> &'static str {
        locale.pick("¡Gracias por decírnoslo!", "Thank you for telling us!")
    }

    /// The question, with the page where it can be answered as well.
    pub(super) fn question(locale: Locale, site: &str, token: &str) -> String {
        let ask = locale.pick(
            "¿Cómo te hemos atendido? Dinos un número del 1 (muy mal) al 5 (muy bien)",
            "How did we do? Tell us a number from 1 (very badly) to 5 (very well)",
        );
        match site.is_empty() {
            true => format!("{ask}."),
            false => format!("{ask}{} {site}/survey/{token}", locale.pick(", o aquí:", ", or here:")),
        }
    }

    /// A score in words.
    pub(super) fn score(locale: Locale, score: u8) -> &'static str {
        match score {
            1 => locale.pick("Muy mal", "Very badly"),
            2 => locale.pick("Mal", "Badly"),
            3 => locale.pick("Regular", "So so"),
            4 => locale.pick("Bien", "Well"),
            _ => locale.pick("Muy bien", "Very well"),
        }
    }
}
