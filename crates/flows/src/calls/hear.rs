//! What a customer on the line hears next: a function of where the call stands, so that asking twice answers the same.

use super::{menu, who, words};
use crate::machine;
use conversations::{Account, Call, CallError, CallState, CallWay, LineAct, LineEvent, LineState, Over};
use kernel::{Actor, Fault, Locale, Tx};

/// How long a caller is left in silence before the queue is told again, in seconds.
const SILENCE: u8 = 20;
/// How long the agent's telephone rings, in seconds.
const RINGS: u8 = 25;
/// Longest message, in seconds.
const MESSAGE: u16 = 180;

/// Act on what happened on a line of `account`, and say what the customer hears next.
pub fn hear(tx: &mut Tx<'_>, account: &Account, event: &LineEvent) -> Result<Vec<LineAct>, Fault> {
    let Some(call) = who::call_of(tx, account, event)? else { return Ok(vec![LineAct::HangUp]) };
    let locale = menu::locale_of(tx, &call)?;
    let turn = Turn { account, event, locale };
    match turn.take(tx, call) {
        Ok(acts) => Ok(acts),
        Err(CallError::Fault(fault)) => Err(fault),
        // Another hand was quicker (the agent took it as the caller pressed a key): ask again.
        Err(_) => Ok(vec![LineAct::Again { after: "again".into() }]),
    }
}

pub(super) struct Turn<'a> {
    pub(super) account: &'a Account,
    pub(super) event: &'a LineEvent,
    pub(super) locale: Locale,
}

impl Turn<'_> {
    pub(super) fn take(&self, tx: &mut Tx<'_>, mut call: Call) -> Result<Vec<LineAct>, CallError> {
        if call.state == CallState::Voicemail
            && let Some(recording) = &self.event.recording
        {
            return self.keep_message(tx, &mut call, recording);
        }
        if let Some(how) = over(self.event.state) {
            conversations::over(tx, call.id, how, &Actor::system())?;
            if call.state == CallState::Menu {
                machine::settle(tx, call.matter)?;
            }
            return Ok(Vec::new());
        }
        match call.state {
            CallState::Menu => self.menu(tx, call),
            CallState::Ringing => self.wait(tx, call),
            CallState::Dialling => {
                conversations::connected(tx, &mut call, &self.event.provider_id)?;
                self.connect(tx, &call, true)
            }
            CallState::Answered => self.talk(tx, call),
            CallState::Held => Ok(vec![
                LineAct::Say { text: words::one_moment(self.locale), locale: self.locale },
                LineAct::Pause { seconds: SILENCE },
                LineAct::Again { after: "hold".into() },
            ]),
            CallState::Voicemail => Ok(vec![
                LineAct::Say { text: words::leave_message(self.locale), locale: self.locale },
                LineAct::Record { seconds: MESSAGE, after: "voicemail" },
            ]),
            CallState::Requested | CallState::Ended | CallState::Missed => Ok(vec![LineAct::HangUp]),
        }
    }

    /// A person is wanted: the queue, or outside the hours a message.
    pub(super) fn to_person(&self, tx: &mut Tx<'_>, mut call: Call, before: &str) -> Result<Vec<LineAct>, CallError> {
        let (rules, now) = (conversations::work_rules(tx)?, tx.now());
        if rules.is_open(None, now) {
            conversations::queue_call(tx, &mut call, None)?;
            return self.queue(tx, &call, before);
        }
        let closed = words::closed(self.locale, rules.opens(None, now), &rules.zone);
        conversations::offer_voicemail(tx, &mut call)?;
        let mut acts = vec![LineAct::Say { text: format!("{before} {closed}").trim().to_owned(), locale: self.locale }];
        acts.extend(self.take(tx, call)?);
        Ok(acts)
    }

    fn wait(&self, tx: &mut Tx<'_>, mut call: Call) -> Result<Vec<LineAct>, CallError> {
        match self.event.digits.as_deref() {
            Some("1") => {
                let since = call.waiting_since;
                conversations::ask_to_be_called(tx, &mut call)?;
                let wait = conversations::call_wait(tx, since)?;
                Ok(vec![LineAct::Say { text: words::will_call(self.locale, wait), locale: self.locale }, LineAct::HangUp])
            }
            Some("2") => {
                conversations::offer_voicemail(tx, &mut call)?;
                self.take(tx, call)
            }
            _ if self.event.after == "bridge" => self.queue(tx, &call, &words::agent_away(self.locale)),
            _ => self.queue(tx, &call, ""),
        }
    }

    fn queue(&self, tx: &Tx<'_>, call: &Call, before: &str) -> Result<Vec<LineAct>, CallError> {
        let wait = conversations::call_wait(tx, call.waiting_since)?;
        let text = format!("{before} {}", words::waiting(self.locale, wait)).trim().to_owned();
        let listen = LineAct::Listen { text, locale: self.locale, after: "queue".into(), keys: Some(1), speech: false, seconds: SILENCE };
        Ok(vec![listen, LineAct::Again { after: "queue".into() }])
    }

    /// The agent has it: connect them. When the agent's line has ended, so has the call, unless the agent never picked up.
    fn talk(&self, tx: &mut Tx<'_>, mut call: Call) -> Result<Vec<LineAct>, CallError> {
        match (self.event.after.as_str(), self.event.agent) {
            ("bridge", Some(LineState::Completed)) => {
                conversations::over(tx, call.id, Over::Completed, &Actor::system())?;
                Ok(vec![LineAct::HangUp])
            }
            ("bridge", _) => {
                conversations::queue_call(tx, &mut call, None)?;
                self.queue(tx, &call, &words::agent_away(self.locale))
            }
            _ => self.connect(tx, &call, false),
        }
    }

    fn connect(&self, tx: &Tx<'_>, call: &Call, by_us: bool) -> Result<Vec<LineAct>, CallError> {
        let agent = call.agent.ok_or(CallError::NoPhone)?;
        let to = access::phone_of(tx, agent)?.ok_or(CallError::NoPhone)?;
        let name = access::staff_member(tx, agent)?.map_or_else(String::new, |staff| staff.name);
        let name = name.split_whitespace().next().unwrap_or_default();
        let text = if by_us && call.way != CallWay::In {
            words::calling_back(self.locale, &who::first_name(tx, call.profile)?, &self.account.name, name)
        } else {
            words::putting_through(self.locale, name)
        };
        let connect = LineAct::Connect { to, caller: self.account.address.clone(), seconds: RINGS, after: "bridge" };
        Ok(vec![LineAct::Say { text, locale: self.locale }, connect])
    }

    fn keep_message(&self, tx: &mut Tx<'_>, call: &mut Call, recording: &str) -> Result<Vec<LineAct>, CallError> {
        let person = customers::person_of(tx, call.profile)?.map_or(Ok(vec![call.profile]), |person| customers::profiles_of(tx, person))?;
        let words = payments::mask_card_numbers(self.event.transcript.as_deref().unwrap_or_default()).into_owned();
        conversations::keep_voicemail(tx, self.account, call, person, (recording, &words))?;
        if let Some(how) = over(self.event.state) {
            conversations::over(tx, call.id, how, &Actor::system())?;
            return Ok(Vec::new());
        }
        Ok(vec![LineAct::Say { text: words::message_kept(self.locale), locale: self.locale }, LineAct::HangUp])
    }
}

fn over(state: LineState) -> Option<Over> {
    match state {
        LineState::Ringing | LineState::Open => None,
        LineState::Completed => Some(Over::Completed),
        LineState::Busy => Some(Over::Busy),
        LineState::NoAnswer => Some(Over::NoAnswer),
        LineState::Failed => Some(Over::Failed),
    }
}
