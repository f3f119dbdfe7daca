//! One turn of the dialogue.

use crate::session::save_session;
use crate::{Answer, Assistant, Intent, Session, Step, Wish, guesses, language_of, look_up, session};
use kernel::{Channel, Fault, Locale, ProfileId, Tx};
use orders::{Order, OrderNumber};

/// Turns in a row that may lead nowhere before a person takes over.
const PATIENCE: u8 = 2;
/// Wrong answers to the question whose order it is, in one dialogue.
const WRONG: u8 = 3;
/// A dialogue that goes on for longer than this is with another machine, or leads nowhere.
const LONGEST: u32 = 40;

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asker {
    /// What the dialogue is kept under: the same for all their turns on this channel.
    pub who: String,
    /// Where they ask.
    pub channel: Channel,
    /// All profiles of a person whom the channel vouches for; empty for a stranger.
    pub profiles: Vec<ProfileId>,
    /// First name; may be empty.
    pub name: String,
    /// Their language; `None` when nobody knows.
    pub locale: Option<Locale>,
}

/// What is answered, and where the dialogue stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The answer.
    pub answer: Answer,
    /// In which language.
    pub locale: Locale,
    /// Where the dialogue stands.
    pub session: Session,
}

impl Told {
    /// The answer as it is read.
    pub fn text(&self) -> String {
        self.answer.text(self.locale)
    }
}

/// Go one step: what is answered to what was heard (empty: nothing yet, or silence). The dialogue is kept.
pub fn turn(tx: &mut Tx<'_>, asker: &Asker, heard: &str, assistant: &dyn Assistant) -> Result<Told, Fault> {
    let before = session(tx, &asker.who, asker.channel)?;
    let locale = before.locale.or(asker.locale).or_else(|| language_of(heard));
    let mut turn = Turn {
        asker,
        heard,
        locale: locale.unwrap_or(Locale::Es),
        session: Session { locale, turns: before.turns + 1, ..before },
        owner: None,
    };
    turn.session.note(true, heard);
    let answer = turn.answer(tx, assistant)?;
    let Turn { mut session, locale, owner, .. } = turn;
    session.note(false, &answer.text(locale));
    session.last = Some(answer.clone());
    let profile = asker.profiles.first().copied().or(owner);
    save_session(tx, (&asker.who, asker.channel), profile, &session)?;
    Ok(Told { answer, locale, session })
}

struct Turn<'a> {
    asker: &'a Asker,
    heard: &'a str,
    locale: Locale,
    session: Session,
    /// Whose order was proven.
    owner: Option<ProfileId>,
}

impl Turn<'_> {
    fn answer(&mut self, tx: &mut Tx<'_>, assistant: &dyn Assistant) -> Result<Answer, Fault> {
        if self.session.step == Step::Handed || self.session.turns > LONGEST {
            return Ok(self.hand_over());
        }
        if self.heard.trim().is_empty() {
            return Ok(if self.session.step == Step::Begin { self.hello() } else { self.unclear() });
        }
        match assistant.understand(self.heard, self.session.step) {
            Intent::Person => Ok(self.hand_over()),
            Intent::Language(locale) => {
                (self.locale, self.session.locale) = (locale, Some(locale));
                Ok(self.hello())
            }
            Intent::Hello => Ok(self.hello()),
            Intent::Thanks => Ok(self.settled(Answer::Welcome)),
            Intent::Order => self.which_order(tx, Wish::State),
            Intent::Return => self.which_order(tx, Wish::Return),
            Intent::Number { number, proof, returns } => {
                let returns = returns || self.session.wish == Some(Wish::Return);
                self.session.wish = Some(if returns { Wish::Return } else { Wish::State });
                self.by_number(tx, number, proof)
            }
            Intent::Proof(proof) => match self.session.number {
                Some(number) => self.proven(tx, number, &proof),
                None => Ok(self.unclear()),
            },
            Intent::Hours => look_up::hours(tx, self.heard, self.locale).map(|hours| self.settled(hours)),
            Intent::Stock => self.stock(tx, false),
            Intent::Product => self.stock(tx, true),
            Intent::Unclear => Ok(self.unclear()),
        }
    }

    fn hello(&mut self) -> Answer {
        self.session.step = Step::Menu;
        Answer::Hello { name: self.asker.name.clone() }
    }

    /// It was answered: something else may be asked.
    fn settled(&mut self, answer: Answer) -> Answer {
        (self.session.step, self.session.failed) = (Step::Menu, 0);
        answer
    }

    fn asks(&mut self, step: Step, question: Answer) -> Answer {
        (self.session.step, self.session.failed) = (step, 0);
        question
    }

    /// Their latest; one that they have proven in this dialogue is not asked for again.
    fn which_order(&mut self, tx: &Tx<'_>, wish: Wish) -> Result<Answer, Fault> {
        self.session.wish = Some(wish);
        if self.session.is_proven
            && let Some(order) = self.session.number.map_or(Ok(None), |number| look_up::order(tx, number))?
        {
            return Ok(self.about(tx, &order, false));
        }
        match look_up::latest_order(tx, &self.asker.profiles)? {
            Some((order, has_others)) => Ok(self.about(tx, &order, has_others)),
            None => Ok(self.asks(Step::AskOrder, Answer::AskOrder)),
        }
    }

    fn about(&mut self, tx: &Tx<'_>, order: &Order, has_others: bool) -> Answer {
        self.session.number = Some(order.number);
        let answer = look_up::about(order, self.session.wish.unwrap_or(Wish::State), has_others, tx.now());
        self.settled(answer)
    }

    /// One's own order is told; of any other, and of one that does not exist, the same is asked.
    fn by_number(&mut self, tx: &mut Tx<'_>, number: OrderNumber, proof: Option<String>) -> Result<Answer, Fault> {
        let is_proven = self.session.is_proven && self.session.number == Some(number);
        let is_own = |order: &Order| is_proven || order.profile.is_some_and(|owner| self.asker.profiles.contains(&owner));
        let own = look_up::order(tx, number)?.filter(is_own);
        if let Some(order) = own {
            return Ok(self.about(tx, &order, false));
        }
        (self.session.number, self.session.is_proven) = (Some(number), false);
        match proof {
            Some(proof) => self.proven(tx, number, &proof),
            None => Ok(self.asks(Step::AskProof, Answer::AskProof)),
        }
    }

    fn proven(&mut self, tx: &mut Tx<'_>, number: OrderNumber, told: &str) -> Result<Answer, Fault> {
        let order = if guesses::too_many(tx, number)? { None } else { look_up::order(tx, number)? };
        match order {
            Some(order) if look_up::is_proof(&order, told) => {
                (self.session.is_proven, self.owner) = (true, order.profile);
                Ok(self.about(tx, &order, false))
            }
            known => {
                if known.is_some() {
                    guesses::note_wrong(tx, number)?;
                }
                self.session.wrong += 1;
                if self.session.wrong >= WRONG {
                    return Ok(self.hand_over());
                }
                self.session.step = Step::AskOrder;
                Ok(self.failed(Answer::NotFound))
            }
        }
    }

    fn stock(&mut self, tx: &Tx<'_>, is_name: bool) -> Result<Answer, Fault> {
        self.session.wish = Some(Wish::Product);
        match look_up::stock(tx, self.heard, self.locale)? {
            Some(found) => Ok(self.settled(found)),
            None if is_name => Ok(self.unclear()),
            None => Ok(self.asks(Step::AskProduct, Answer::AskProduct)),
        }
    }

    fn unclear(&mut self) -> Answer {
        if self.session.step == Step::Begin {
            self.session.step = Step::Menu;
        }
        let step = self.session.step;
        self.failed(Answer::NotUnderstood { step })
    }

    fn failed(&mut self, answer: Answer) -> Answer {
        self.session.failed += 1;
        if self.session.failed >= PATIENCE { self.hand_over() } else { answer }
    }

    /// From now on a person answers, at the step that was left.
    fn hand_over(&mut self) -> Answer {
        if self.session.step != Step::Handed {
            (self.session.left_at, self.session.step) = (self.session.step, Step::Handed);
        }
        Answer::HandOver
    }
}
