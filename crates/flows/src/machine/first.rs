//! A message came in on an account where the machine answers first.

use super::standing::{is_with_people, settle_later};
use super::{Left, go_on, known, left_elsewhere};
use conversations::{Account, AddressKind, Choice, Choices, ConversationError, InboundMessage, OutboundExtras, Part, Received, Reply};
use kernel::{Actor, Channel, Fault, Locale, ProfileId, Tx};
use self_service::{Answer, Told, Words, answers_first, forget_session, session, turn};

/// More letters than this in one dialogue are another machine's.
const LETTERS: u32 = 6;

/// Who is to answer a message, decided before it stands on the thread.
pub(crate) enum First {
    /// A person, as ever.
    Person,
    /// A person, who goes on where a machine was left.
    GoesOn(Left),
    /// The machine.
    Machine,
}

/// Who is to answer what these profiles say. No machine answers a machine, nor whoever has a person of ours, nor a wish to be left alone.
pub(crate) fn first(tx: &Tx<'_>, account: &Account, message: &InboundMessage, person: &[ProfileId]) -> Result<First, Fault> {
    let heard = heard(message);
    let words = heard.as_deref().unwrap_or_default();
    let is_wish = conversations::asks_to_stop(words) || (conversations::asks_to_begin_again(words) && !words.starts_with('/'));
    if message.automatic.is_some() || is_wish {
        return Ok(First::Person);
    }
    let browser = Some(&message.from.address).filter(|address| address.kind == AddressKind::Device).map_or("", |address| &address.value);
    if let Some(left) = left_elsewhere(tx, person, browser, (&who(account, message), account.channel))? {
        return Ok(First::GoesOn(left));
    }
    if !answers_first(tx, account.id)? || is_with_people(tx, person)? {
        return Ok(First::Person);
    }
    if heard.is_some() {
        return Ok(First::Machine);
    }
    // A picture, a place, a recording: somebody has to look, who knows what was said before it.
    let (who, channel) = (who(account, message), account.channel);
    let session = session(tx, &who, channel)?;
    Ok(if session.turns > 0 { First::GoesOn(Left { who, channel, session }) } else { First::Person })
}

/// What was decided, done: the machine answers in the same commit, or gives up.
pub(crate) fn answer(
    tx: &mut Tx<'_>,
    account: &Account,
    message: &InboundMessage,
    received: &Received,
    (first, profile): (First, ProfileId),
) -> Result<(), Fault> {
    let who = who(account, message);
    let locale = |tx: &Tx<'_>| crate::calls::locale_of(tx, profile);
    match first {
        First::Person => Ok(()),
        First::GoesOn(left) => {
            let locale = locale(tx)?;
            go_on(tx, received.matter, None, &left, locale)
        }
        First::Machine => {
            // A concern that was closed lately goes on with whoever had it.
            let is_theirs = conversations::matter(tx, received.matter)?.is_some_and(|matter| matter.owner.is_some());
            if is_theirs {
                return forget_session(tx, &who, account.channel);
            }
            let mut asker = known(tx, profile, account.channel, who.clone())?;
            // Where a mail wants its answer proves nothing, so its sender's orders are not told there.
            if account.channel == Channel::Email && message.from.reply_to.is_some() {
                (asker.profiles, asker.name) = (Vec::new(), String::new());
            }
            let told = turn(tx, &asker, &heard(message).unwrap_or_default(), &Words)?;
            let is_silent = is_letter(account) && (!is_worth_a_letter(&told.answer) || told.session.turns > LETTERS);
            let said = if is_silent { None } else { say(tx, account, message, received, &told)? };
            if told.answer == Answer::HandOver || said.is_none() {
                let left = Left { who, channel: account.channel, session: told.session };
                return go_on(tx, received.matter, said, &left, told.locale);
            }
            settle_later(tx, received.matter)
        }
    }
}

/// What the dialogue of this address is kept under.
fn who(account: &Account, message: &InboundMessage) -> String {
    format!("{}:{}", account.id, message.from.address.value)
}

/// Their words: the subject of a first mail among them. `None` when something else than words came.
fn heard(message: &InboundMessage) -> Option<String> {
    let is_other = |part: &Part| !matches!(part, Part::Text { .. } | Part::Html { .. } | Part::Choice { .. });
    if message.parts.iter().any(is_other) {
        return None;
    }
    let subject = message.subject.as_deref().filter(|_| message.in_reply_to.is_none()).unwrap_or_default();
    Some(format!("{subject}\n{}", message.summary()).trim().to_owned())
}

fn is_letter(account: &Account) -> bool {
    account.channel == Channel::Email
}

/// A letter is answered with an answer, or a question that leads to one; a person says the rest.
fn is_worth_a_letter(answer: &Answer) -> bool {
    !matches!(answer, Answer::Hello { .. } | Answer::NotUnderstood { .. } | Answer::Welcome | Answer::HandOver)
}

/// Say it where the message came from, marked as a machine's; `None` when nothing can be said there.
fn say(
    tx: &mut Tx<'_>,
    account: &Account,
    message: &InboundMessage,
    received: &Received,
    told: &Told,
) -> Result<Option<conversations::MessageId>, Fault> {
    let address = &message.from.reply_to.as_ref().unwrap_or(&message.from.address).value;
    let reply = Reply::new(received.matter, account.id, address, told.text(), format!("self-service:{}", received.message));
    let cmd = Reply { extras: choices(&told.answer, told.locale), automatic: true, ..reply };
    match conversations::reply(tx, &Actor::system(), &cmd) {
        Ok(id) => Ok(Some(id)),
        Err(ConversationError::Fault(fault)) => Err(fault),
        Err(_) => Ok(None),
    }
}

fn choices(answer: &Answer, locale: Locale) -> Option<OutboundExtras> {
    let choice = |(id, title): (&str, &str)| Choice { id: id.to_owned(), title: title.to_owned(), description: None };
    let rows: Vec<Choice> = answer.choices(locale).into_iter().map(choice).collect();
    let open = if locale == Locale::Es { "Elegir" } else { "Choose" };
    (!rows.is_empty()).then(|| OutboundExtras { choices: Some(Choices::List { open: open.into(), rows }), ..OutboundExtras::default() })
}
