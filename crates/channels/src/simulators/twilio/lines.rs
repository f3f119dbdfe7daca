//! Telephones: who rings whom, what they hear, which keys they press. Every step asks our voice door, signed, as Twilio does.

use super::TwilioSimulator;
use super::twiml::{Verb, read};
use kernel::Timestamp;
use std::collections::VecDeque;

/// Where a line stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineStands {
    /// The customer's telephone rings.
    CustomerRings,
    /// The machine listens for keys or words.
    Listens,
    /// The agent's telephone rings.
    AgentRings,
    /// Customer and agent talk.
    Talks,
    /// The machine records.
    Records,
    /// Nothing is said for a while.
    Silent,
    /// It is over.
    Over,
}

/// One line, as the customer's telephone knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Twilio's name for the call.
    pub sid: String,
    /// The customer's number.
    pub customer: String,
    /// What was said to the customer, in order.
    pub heard: Vec<String>,
    /// When each of it was said.
    pub heard_at: Vec<Timestamp>,
    /// Where it stands.
    pub stands: LineStands,
    /// The agent's number, while it rings or they talk.
    pub agent: String,
    is_inbound: bool,
    /// Where states of the line are told.
    door: String,
    /// Where the present verb goes on.
    action: String,
    /// What comes after the present verb.
    rest: VecDeque<Verb>,
}

/// Where a line goes when it waits for nobody.
enum Next {
    At(String),
    Over,
}

impl TwilioSimulator {
    /// A customer rings. Gives the call's name.
    pub async fn rings(&self, customer: &str) -> String {
        let sid = self.state().next_sid("CA");
        let door = self.inner.webhook_url.clone();
        self.state().lines.push(Line::new(&sid, customer, true, &door));
        self.ask(&sid, &door, &[("CallStatus", "ringing")]).await;
        sid
    }

    /// The customer whose telephone we made ring picks up. Gives the call's name; `None` when nothing rings there.
    pub async fn picks_up(&self, customer: &str) -> Option<String> {
        let line = self.find(|line| line.customer == customer && line.stands == LineStands::CustomerRings)?;
        self.ask(&line.sid, &line.door, &[("CallStatus", "in-progress")]).await;
        Some(line.sid)
    }

    /// The customer whose telephone rings lets it ring.
    pub async fn lets_it_ring(&self, customer: &str) {
        if let Some(line) = self.find(|line| line.customer == customer && line.stands == LineStands::CustomerRings) {
            self.end(&line.sid, "no-answer").await;
        }
    }

    /// The customer presses keys.
    pub async fn presses(&self, sid: &str, digits: &str) {
        self.answers(sid, LineStands::Listens, &[("Digits", digits)]).await;
    }

    /// The customer says something that is understood.
    pub async fn says(&self, sid: &str, words: &str) {
        self.answers(sid, LineStands::Listens, &[("SpeechResult", words), ("Confidence", "0.9")]).await;
    }

    /// The customer keeps silent until the machine goes on.
    pub async fn keeps_silent(&self, sid: &str) {
        self.go_on(sid).await;
    }

    /// The customer speaks after the tone: where the recording is, and what was understood of it.
    pub async fn leaves_message(&self, sid: &str, recording: &str, words: &str) {
        self.answers(sid, LineStands::Records, &[("RecordingUrl", recording), ("RecordingDuration", "7"), ("TranscriptionText", words)])
            .await;
    }

    /// The customer hangs up.
    pub async fn hangs_up(&self, sid: &str) {
        self.end(sid, "completed").await;
    }

    /// The agent picks up.
    pub fn agent_picks_up(&self, agent: &str) -> bool {
        let mut state = self.state();
        let line = state.lines.iter_mut().find(|line| line.agent == agent && line.stands == LineStands::AgentRings);
        line.map(|line| line.stands = LineStands::Talks).is_some()
    }

    /// The agent hangs up, or never picked up.
    pub async fn agent_hangs_up(&self, agent: &str) {
        let Some(line) = self.find(|line| line.agent == agent && matches!(line.stands, LineStands::AgentRings | LineStands::Talks)) else {
            return;
        };
        let status = if line.stands == LineStands::Talks { "completed" } else { "no-answer" };
        self.answers(&line.sid, line.stands, &[("DialCallStatus", status)]).await;
    }

    /// The latest line of a customer.
    pub fn line_of(&self, customer: &str) -> Option<Line> {
        self.find(|line| line.customer == customer)
    }

    /// One line.
    pub fn line(&self, sid: &str) -> Option<Line> {
        self.find(|line| line.sid == sid)
    }

    fn find(&self, is: impl Fn(&Line) -> bool) -> Option<Line> {
        self.state().lines.iter().rev().find(|line| is(line)).cloned()
    }

    /// We asked for a call to be placed.
    pub(super) fn place(&self, customer: &str, door: &str) -> String {
        let mut state = self.state();
        let sid = state.next_sid("CA");
        state.lines.push(Line::new(&sid, customer, false, door));
        sid
    }

    /// We asked for a line to go on elsewhere, or to end; it does so after our request has been answered.
    pub(super) fn change(&self, sid: String, url: Option<String>) {
        let simulator = self.clone();
        tokio::spawn(async move {
            match url {
                Some(url) => simulator.ask(&sid, &url, &[("CallStatus", "in-progress")]).await,
                None => simulator.end(&sid, "completed").await,
            }
        });
    }

    /// Answer the present verb.
    async fn answers(&self, sid: &str, at: LineStands, fields: &[(&str, &str)]) {
        let Some(line) = self.line(sid).filter(|line| line.stands == at) else { return };
        let open = [("CallStatus", "in-progress")];
        self.ask(sid, &line.action, &[&open[..], fields].concat()).await;
    }

    async fn end(&self, sid: &str, status: &str) {
        let Some(line) = self.line(sid).filter(|line| line.stands != LineStands::Over) else { return };
        self.with(sid, |line| line.stands = LineStands::Over);
        self.post(&line, &line.door, &[("CallStatus", status), ("CallDuration", "1")]).await;
    }

    /// Ask our door, and do what it says.
    async fn ask(&self, sid: &str, url: &str, fields: &[(&str, &str)]) {
        let Some(line) = self.line(sid).filter(|line| line.stands != LineStands::Over) else { return };
        // A document that cannot be had ends the call, as at Twilio.
        let document = self.post(&line, url, fields).await.unwrap_or_else(|| "<Response><Hangup/></Response>".into());
        self.with(sid, |line| line.rest = read(&document).into());
        self.go_on(sid).await;
    }

    /// Do verbs until one of them waits for somebody.
    async fn go_on(&self, sid: &str) {
        let mut next = None;
        let now = self.inner.clock.now();
        self.with(sid, |line| {
            next = line.go_on();
            line.heard_at.resize(line.heard.len(), now);
        });
        match next {
            None => {}
            Some(Next::Over) => self.end(sid, "completed").await,
            Some(Next::At(url)) => Box::pin(self.ask(sid, &url, &[("CallStatus", "in-progress")])).await,
        }
    }

    fn with(&self, sid: &str, change: impl FnOnce(&mut Line)) {
        if let Some(line) = self.state().lines.iter_mut().find(|line| line.sid == sid) {
            change(line);
        }
    }

    async fn post(&self, line: &Line, url: &str, fields: &[(&str, &str)]) -> Option<String> {
        let (from, to, direction) = match line.is_inbound {
            true => (line.customer.as_str(), self.inner.number.as_str(), "inbound"),
            false => (self.inner.number.as_str(), line.customer.as_str(), "outbound-api"),
        };
        let always =
            [("CallSid", line.sid.as_str()), ("AccountSid", &self.inner.account_sid), ("From", from), ("To", to), ("Direction", direction)];
        let form = always.iter().chain(fields).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        self.inner.hooks.bring(&(url.to_owned(), form)).await
    }
}

impl Line {
    fn new(sid: &str, customer: &str, is_inbound: bool, door: &str) -> Self {
        Line {
            sid: sid.to_owned(),
            customer: customer.to_owned(),
            heard: Vec::new(),
            heard_at: Vec::new(),
            stands: if is_inbound { LineStands::Silent } else { LineStands::CustomerRings },
            agent: String::new(),
            is_inbound,
            door: door.to_owned(),
            action: String::new(),
            rest: VecDeque::new(),
        }
    }

    /// Do verbs until one waits for somebody, or leads away.
    fn go_on(&mut self) -> Option<Next> {
        loop {
            match self.rest.pop_front() {
                Some(Verb::Say(text)) => self.heard.push(text),
                Some(Verb::Gather { said, action }) => {
                    self.heard.extend(Some(said).filter(|said| !said.is_empty()));
                    return self.wait(LineStands::Listens, action, "");
                }
                Some(Verb::Dial { to, action }) => return self.wait(LineStands::AgentRings, action, &to),
                Some(Verb::Record { action }) => return self.wait(LineStands::Records, action, ""),
                Some(Verb::Pause) => return self.wait(LineStands::Silent, String::new(), ""),
                Some(Verb::Redirect(url)) => return Some(Next::At(url)),
                Some(Verb::Hangup) | None => return Some(Next::Over),
            }
        }
    }

    fn wait(&mut self, stands: LineStands, action: String, agent: &str) -> Option<Next> {
        (self.stands, self.action) = (stands, action);
        agent.clone_into(&mut self.agent);
        None
    }
}
