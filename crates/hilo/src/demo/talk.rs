//! Conversations by script: what comes in goes through `flows::receive_event`, what goes out through `conversations::reply`.

use super::agenda::Act;
use super::brand::{By, Ends, Script};
use super::month::Month;
use super::people::Customer;
use anyhow::{Context, Result};
use conversations::{
    AccountId, Address, Assign, InboundEvent, InboundMessage, MatterId, MessageId, Part, Receipt, ReceiptState, Reply, Sender,
};
use customers::Join;
use kernel::{Actor, Channel, ProfileId, Timestamp, Tx};

/// A conversation under way.
pub struct Talking {
    who: usize,
    script: usize,
    /// Who answers.
    agent: Actor,
    /// Values of the script's placeholders.
    words: Vec<(&'static str, String)>,
    /// The matter and profile of the customer's last message.
    at: Option<(MatterId, ProfileId)>,
    /// The provider's name of our last message, for their answer.
    answered: Option<String>,
    is_joined: bool,
    /// When the last turn was.
    said_at: Timestamp,
}

impl Month<'_> {
    /// Decide what they write about, and begin.
    pub(super) fn begin(&mut self, who: usize, script: Option<usize>) -> Result<()> {
        let world = self.world;
        let Some(script) = script.or_else(|| self.some_script(who)) else {
            self.skipped.push(format!("{} has no way to write", world.people[who].name()));
            return Ok(());
        };
        let agents = world.agents(&self.script(script).team);
        let agent = self.chance.pick(&agents).actor.clone();
        let words = self.words(who);
        self.talks.push(Talking { who, script, agent, words, at: None, answered: None, is_joined: false, said_at: world.clock_now() });
        let talk = self.talks.len() - 1;
        self.turn(talk, 0)
    }

    fn some_script(&mut self, who: usize) -> Option<usize> {
        let world = self.world;
        let (person, has_order) = (&world.people[who], !self.bought[who].is_empty());
        // Only today's questions may be without an answer.
        let is_today = self.agenda.horizon == world.plan.end;
        let weight = |script: &Script| world.brand.talk.topic.iter().find(|t| t.code == script.topic).map_or(1.0, |t| t.weight);
        let fitting: Vec<(usize, f64)> = world
            .brand
            .talk
            .conversation
            .iter()
            .enumerate()
            .filter(|(_, script)| fits(script, person, has_order) && (is_today || script.ends != Ends::New))
            .map(|(at, script)| (at, weight(script)))
            .collect();
        (!fitting.is_empty()).then(|| self.chance.weighted(&fitting, |(_, weight)| *weight).0)
    }

    fn words(&mut self, who: usize) -> Vec<(&'static str, String)> {
        let world = self.world;
        let person = &world.people[who];
        let ware = self.chance.pick(&world.wares);
        let bought = self.bought[who].last();
        let product = bought.map_or_else(|| ware.title.get(person.locale).to_owned(), |bought| bought.title.clone());
        let shop = world.places.iter().find(|place| place.code == person.place);
        vec![
            ("{name}", person.given.clone()),
            ("{order}", bought.map(|bought| bought.number.clone()).unwrap_or_default()),
            ("{product}", product),
            ("{shop}", shop.map(|shop| shop.name.clone()).unwrap_or_default()),
            ("{city}", person.address.city.clone()),
        ]
    }

    pub(super) fn turn(&mut self, talk: usize, turn: usize) -> Result<()> {
        let script = self.script(self.talks[talk].script);
        let Some(said) = script.turns.get(turn) else { return Ok(()) };
        let channel = said.channel.unwrap_or(script.channel);
        let text = fill(&said.text, &self.talks[talk].words);
        self.talks[talk].said_at = self.world.clock_now();
        match said.by {
            By::Customer => self.customer_writes(talk, turn, channel, text)?,
            By::Agent => self.agent_writes(talk, turn, channel, text)?,
            By::Note => self.agent_notes(talk, turn, text)?,
        }
        match script.turns.get(turn + 1) {
            Some(next) => self.after(next.after, Act::Turn { talk, turn: turn + 1 }),
            None => self.finish(talk, script.ends),
        }
        Ok(())
    }

    /// What was answered is done soon; what waits is given up after some days, so that only the latest of it is open.
    fn finish(&mut self, talk: usize, ends: Ends) {
        let minutes = match ends {
            Ends::Resolved => self.chance.between(4, 30),
            Ends::Open => self.chance.between(20 * 60, 40 * 60),
            Ends::Waiting => self.chance.between(48 * 60, 96 * 60),
            Ends::New => return,
        };
        if let Some((matter, _)) = self.talks[talk].at {
            self.after(minutes, Act::Resolve { talk, matter });
        }
    }

    fn customer_writes(&mut self, talk: usize, turn: usize, channel: Channel, text: String) -> Result<()> {
        let world = self.world;
        let script = self.script(self.talks[talk].script);
        let person = &world.people[self.talks[talk].who];
        let account = world.account(channel, &script.team)?.clone();
        let our = match channel {
            Channel::Email => Address::email(&account.address),
            Channel::Whatsapp => Address::phone(&account.address),
            _ => Address::device(&account.address),
        };
        let parts = vec![Part::Text { text, fresh: None }];
        let message = InboundMessage {
            subject: script.subject.as_ref().filter(|_| channel == Channel::Email).map(|s| fill(s, &self.talks[talk].words)),
            in_reply_to: self.talks[talk].answered.clone().filter(|_| channel == Channel::Email),
            ..InboundMessage::new(provider_id(channel, person, talk, turn), sender(channel, person)?, our, world.clock_now(), parts)
        };
        let event = InboundEvent::Message(Box::new(message));
        let times = if self.fault(0.3) { 2 } else { 1 };
        let mut received = None;
        for _ in 0..times {
            let (account, event) = (account.clone(), event.clone());
            let came = world.write("demo.receive", move |tx| {
                let came = flows::receive_event(tx, &account, &event)?.context("a customer was not recognised")?;
                let matter = conversations::matter(tx, came.matter)?.context("a message without its matter")?;
                let message = conversations::messages(tx, &[came.message])?.pop().context("a message vanished")?;
                Ok((matter, message.profile))
            })?;
            received = Some(came);
        }
        let (matter, profile) = received.context("a message came in no time")?;
        self.talks[talk].at = Some((matter.id, profile));
        if matter.team.is_none() {
            // Each mailbox has its team; the other doors ask what it is about.
            let (team, id) = (world.teams.get(&script.team).copied(), matter.id);
            let assign = move |tx: &mut Tx<'_>| Ok(conversations::assign(tx, &Actor::system(), id, Assign { owner: None, team })?);
            world.write("demo.route", assign)?;
        }
        Ok(())
    }

    fn agent_writes(&mut self, talk: usize, turn: usize, channel: Channel, text: String) -> Result<()> {
        let world = self.world;
        let script = self.script(self.talks[talk].script);
        let Talking { who, agent, at, .. } = &self.talks[talk];
        let (who, agent, (matter, profile)) = (*who, agent.clone(), at.context("an agent answers nobody")?);
        let person = &world.people[who];
        let account = world.account(channel, &script.team)?.id;
        let address = sender(channel, person)?.address.value;
        let reply = Reply::new(matter, account, address, text, format!("demo/talk/{talk}/{turn}"));
        let clerk = agent.clone();
        let again = self.fault(0.2);
        let command = move |tx: &mut Tx<'_>| {
            conversations::mark_seen(tx, &clerk, matter)?;
            Ok(conversations::reply(tx, &clerk, &reply)?)
        };
        let message = world.write("demo.reply", command.clone())?;
        if again {
            anyhow::ensure!(world.write("demo.reply", command)? == message, "a repeated reply became another message");
        }
        self.carry(channel, account, message, talk, turn)?;
        let stranger = profile != person.profile && !self.talks[talk].is_joined;
        if stranger {
            self.talks[talk].is_joined = true;
            self.after(2, Act::Join { talk, profile: person.profile, other: profile });
        }
        Ok(())
    }

    /// The message leaves, and its receipts come back; with faults some overtake the answer to our send, or come out of order.
    fn carry(&mut self, channel: Channel, account: AccountId, message: MessageId, talk: usize, turn: usize) -> Result<()> {
        let world = self.world;
        let provider_id = provider_id(channel, &world.people[self.talks[talk].who], talk, turn);
        let taken = world.write("demo.take", |tx| Ok(conversations::take_due(tx, 20)?))?;
        anyhow::ensure!(taken.iter().any(|t| t.id == message), "a reply was not due to be sent");
        let receipts = match channel {
            Channel::Whatsapp => vec![(0, ReceiptState::Delivered), (self.chance.between(1, 25), ReceiptState::Read)],
            Channel::Webchat => vec![(0, ReceiptState::Read)],
            _ => vec![],
        };
        let (overtakes_us, overtakes_each_other) = (self.fault(0.3), self.fault(0.3));
        if overtakes_us && let Some((0, state)) = receipts.first() {
            self.receipt(account, provider_id.clone(), state.clone())?;
        }
        let name = provider_id.clone();
        world.write("demo.sent", move |tx| Ok(conversations::record_sent(tx, message, &name)?))?;
        let last = receipts.last().map_or(0, |(minutes, _)| *minutes);
        let receipt = |state: &ReceiptState| Act::Receipt { account, provider_id: provider_id.clone(), state: state.clone() };
        if overtakes_each_other && self.comes_true(last) {
            receipts.iter().rev().for_each(|(_, state)| self.after(last, receipt(state)));
        } else {
            receipts.iter().for_each(|(minutes, state)| self.after(*minutes, receipt(state)));
        }
        self.talks[talk].answered = Some(provider_id);
        Ok(())
    }

    pub(super) fn receipt(&mut self, account: AccountId, provider_id: String, state: ReceiptState) -> Result<()> {
        let world = self.world;
        let stored = world.db.read(move |tx| conversations::account(tx, account)).wait()?.context("an account vanished")?;
        let receipt = Receipt { provider_message_id: provider_id, state, at: world.clock_now(), to: None, dedupe_key: None };
        let times = if self.fault(0.2) { 2 } else { 1 };
        for _ in 0..times {
            let (stored, event) = (stored.clone(), InboundEvent::Receipt(receipt.clone()));
            world.write("demo.receipt", move |tx| Ok(flows::receive_event(tx, &stored, &event).map(drop)?))?;
        }
        Ok(())
    }

    fn agent_notes(&mut self, talk: usize, turn: usize, text: String) -> Result<()> {
        let Talking { agent, at, .. } = &self.talks[talk];
        let (agent, (matter, _)) = (agent.clone(), at.context("a note on nothing")?);
        let key = format!("demo/note/{talk}/{turn}");
        self.world.write("demo.note", move |tx| Ok(conversations::add_note(tx, &agent, matter, &text, &key).map(drop)?))
    }

    /// Done, unless something new came up in the same matter.
    pub(super) fn resolve(&mut self, talk: usize, matter: MatterId) -> Result<()> {
        let (agent, said_at) = (self.talks[talk].agent.clone(), self.talks[talk].said_at);
        self.world.write("demo.resolve", move |tx| {
            let found = conversations::matter(tx, matter)?.context("a matter vanished")?;
            if found.last_at <= said_at {
                conversations::mark_seen(tx, &agent, matter)?;
                conversations::resolve(tx, &agent, matter)?;
            }
            Ok(())
        })
    }

    pub(super) fn join(&mut self, talk: usize, a: ProfileId, b: ProfileId) -> Result<()> {
        let agent = self.talks[talk].agent.clone();
        let join =
            Join { a, b, reason: "Lo dice en el mensaje y el nombre coincide".into(), confidence: 90, key: format!("demo/join/{talk}") };
        self.world.write("demo.join", move |tx| Ok(customers::join(tx, &agent, join.clone()).map(drop)?))
    }
}

/// True when this person could have this talk.
fn fits(script: &Script, person: &Customer, has_order: bool) -> bool {
    let reached = script.turns.iter().all(|turn| person.is_reached_by(turn.channel.unwrap_or(script.channel)));
    script.locale == person.locale && reached && (has_order || !script.needs.iter().any(|need| need == "order"))
}

fn sender(channel: Channel, person: &Customer) -> Result<Sender> {
    let address = match channel {
        Channel::Email => person.email.as_deref().map(Address::email),
        Channel::Whatsapp => person.phone.as_deref().map(Address::phone),
        _ => person.device.as_deref().map(Address::device),
    };
    let display_name = (channel != Channel::Webchat).then(|| person.name());
    Ok(Sender { address: address.context("they have no address there")?, display_name, reply_to: None })
}

fn provider_id(channel: Channel, person: &Customer, talk: usize, turn: usize) -> String {
    match channel {
        Channel::Email => format!("{talk}.{turn}.{}", person.email.as_deref().unwrap_or("almadeja.test")),
        Channel::Whatsapp => format!("wamid.PAST{talk:05}{turn:02}"),
        _ => format!("past-{talk}-{turn}"),
    }
}

fn fill(text: &str, words: &[(&'static str, String)]) -> String {
    words.iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, value))
}
