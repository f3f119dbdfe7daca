//! The machine on the telephone: the same dialogue as everywhere, by keys and by words.

use super::hear::Turn;
use super::{who, words};
use crate::machine::{self, Left};
use conversations::{Call, CallError, LineAct};
use kernel::{Channel, Fault, Locale, ReadTx, Tx};
use self_service::{Answer, Session, Step, Told, Words, answers_first, hand_over, session, turn};

/// How long the machine listens in silence, in seconds.
const LISTENS: u8 = 6;
/// The word that every turn of the menu is asked after, with its number: what comes twice is answered once.
const MENU: &str = "menu";

/// What a call's dialogue is kept under.
fn name(call: &Call) -> String {
    format!("call:{}", call.id)
}

/// The language that the caller chose, else the customer's.
pub(super) fn locale_of(tx: &ReadTx<'_>, call: &Call) -> Result<Locale, Fault> {
    if let Some(locale) = session(tx, &name(call), Channel::Phone)?.locale {
        return Ok(locale);
    }
    let handed = hand_over(tx, call.matter)?.filter(|handed| handed.channel == Channel::Phone && handed.at >= call.began_at);
    match handed.and_then(|handed| handed.session.locale) {
        Some(locale) => Ok(locale),
        None => who::locale_of(tx, call.profile),
    }
}

impl Turn<'_> {
    /// The caller has not asked for a person yet.
    pub(super) fn menu(&self, tx: &mut Tx<'_>, mut call: Call) -> Result<Vec<LineAct>, CallError> {
        let asker = machine::known(tx, call.profile, Channel::Phone, name(&call))?;
        let before = session(tx, &asker.who, asker.channel)?;
        if before.turns == 0 {
            let hello = words::hello(self.locale, &asker.name);
            if let Some(left) = machine::left_elsewhere(tx, &asker.profiles, "", (&asker.who, asker.channel))? {
                call.about = left.about(self.locale);
                machine::go_on(tx, call.matter, None, &left, self.locale)?;
                let before = format!("{hello} {}", words::carry_on(self.locale));
                return self.to_person(tx, call, &before);
            }
            if !answers_first(tx, self.account.id)? || machine::is_helped(tx, &asker.profiles)? {
                return self.to_person(tx, call, &hello);
            }
            conversations::leave_to_machine(tx, call.matter)?;
        } else if self.event.after != asked_after(&before) {
            let answer = before.last.clone().unwrap_or(Answer::NotUnderstood { step: before.step });
            return Ok(listen(&Told { answer, locale: self.locale, session: before }));
        }
        let heard = self.event.digits.as_deref().or(self.event.speech.as_deref()).unwrap_or_default();
        let told = turn(tx, &asker, heard, &Words)?;
        if !heard.is_empty() {
            machine::tell(tx, call.profile, Channel::Phone, &told)?;
        }
        if told.session.step != Step::Handed {
            return Ok(listen(&told));
        }
        let left = Left { who: asker.who, channel: Channel::Phone, session: told.session.clone() };
        call.about = left.about(told.locale);
        machine::go_on(tx, call.matter, None, &left, told.locale)?;
        Turn { locale: told.locale, ..*self }.to_person(tx, call, &told.answer.speech(told.locale))
    }
}

fn asked_after(session: &Session) -> String {
    format!("{MENU}-{}", session.turns)
}

/// Say it and listen: for one key where the menu was told, else for as many as they end with `#`.
fn listen(told: &Told) -> Vec<LineAct> {
    let (locale, after) = (told.locale, asked_after(&told.session));
    let speech = told.answer.speech(locale);
    let (text, keys) = match &told.answer {
        Answer::Hello { .. } => (format!("{speech} {}", words::other_language(locale)), Some(1)),
        Answer::NotUnderstood { .. } | Answer::AskOrder | Answer::AskProof | Answer::AskProduct | Answer::NotFound => {
            (speech, (told.session.step == Step::Menu).then_some(1))
        }
        _ => (format!("{speech} {}", words::anything_else(locale)), Some(1)),
    };
    let listen = LineAct::Listen { text, locale, after: after.clone().into(), keys, speech: true, seconds: LISTENS };
    vec![listen, LineAct::Again { after: after.into() }]
}
