//! Where a dialogue stands, kept for two hours.

use crate::Answer;
use kernel::{Channel, Fault, Json, Locale, ProfileId, ReadTx, Timer, TimerHandler, Timestamp, Tx, params, sql};
use orders::OrderNumber;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How long a dialogue is remembered after its last turn.
const REMEMBERED: Duration = Duration::from_secs(2 * 3600);
/// Things said that are remembered, both sides counted.
const SAID: usize = 20;
/// Letters kept of one thing said.
const LETTERS: usize = 500;
/// Longest run of keys that can be a number of ours; what is longer is nobody's business.
const KEYS: usize = 8;
const EXPIRE: &str = "self_service.expire";

/// Dialogues end by themselves.
pub const TIMERS: &[TimerHandler] = &[TimerHandler { kind: EXPIRE, run: expire }];

/// What was asked last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Nothing yet.
    #[default]
    Begin,
    /// What it is about.
    Menu,
    /// The number of the order.
    AskOrder,
    /// The e-mail or postcode of the order.
    AskProof,
    /// Which product.
    AskProduct,
    /// It is with a person.
    Handed,
}

/// What is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    /// Where an order is.
    State,
    /// How to send it back.
    Return,
    /// Whether a product is left.
    Product,
}

/// One thing that was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// By the customer, or by the machine.
    pub by_customer: bool,
    /// The words, as they were read.
    pub words: String,
}

/// Where a dialogue stands.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Session {
    /// What was asked last.
    pub step: Step,
    /// At which step a person was asked for.
    #[serde(default)]
    pub left_at: Step,
    /// What is wanted.
    #[serde(default)]
    pub wish: Option<Wish>,
    /// The order that it is about.
    #[serde(default)]
    pub number: Option<OrderNumber>,
    /// It was said whose order it is, and that was right.
    #[serde(default)]
    pub is_proven: bool,
    /// Turns that led nowhere, one after another.
    #[serde(default)]
    pub failed: u8,
    /// Wrong answers to the question whose order it is.
    #[serde(default)]
    pub wrong: u8,
    /// The language that was chosen, or given away.
    #[serde(default)]
    pub locale: Option<Locale>,
    /// Turns so far.
    #[serde(default)]
    pub turns: u32,
    /// What was said, oldest first.
    #[serde(default)]
    pub said: Vec<Said>,
    /// What was answered last.
    #[serde(default)]
    pub last: Option<Answer>,
}

impl Session {
    /// It waits for something that the customer could not say, or for a person: whoever goes on must not begin again.
    pub fn is_stuck(&self) -> bool {
        self.failed > 0 || matches!(self.step, Step::AskOrder | Step::AskProof | Step::AskProduct | Step::Handed)
    }

    /// The step at which they were left.
    pub fn stuck_at(&self) -> Step {
        if self.step == Step::Handed { self.left_at } else { self.step }
    }

    /// Remember what was said: no card number, and no run of keys that is no number of ours.
    pub(crate) fn note(&mut self, by_customer: bool, words: &str) {
        if words.trim().is_empty() {
            return;
        }
        let is_key = |c: char| c.is_ascii_digit() || matches!(c, '#' | '*');
        let words = match words.chars().all(is_key) && words.len() > KEYS {
            true => "•••".to_owned(),
            false => payments::mask_card_numbers(words).chars().take(LETTERS).collect(),
        };
        self.said.push(Said { by_customer, words });
        let over = self.said.len().saturating_sub(SAID);
        self.said.drain(..over);
    }
}

/// The dialogue of somebody on a channel; a new one when there is none.
pub fn session(tx: &ReadTx<'_>, who: &str, channel: Channel) -> Result<Session, Fault> {
    let found = tx.query_opt(
        sql!("SELECT state FROM self_service_session WHERE who = ?1 AND channel = ?2 AND expires_at > ?3"),
        params![who, channel, tx.now()],
        |row| row.get::<Json<Session>>(0),
    )?;
    Ok(found.map_or_else(Session::default, |session| session.0))
}

/// A dialogue with its key and the moment of its last turn.
type Found = (Timestamp, (String, Channel, Session));

/// The latest dialogue of these profiles, or of this name, on any channel: who, where, and how it stands.
pub fn latest_session(tx: &ReadTx<'_>, profiles: &[ProfileId], who: &str) -> Result<Option<(String, Channel, Session)>, Fault> {
    let row = |row: &kernel::Row<'_>| Ok((row.get(0)?, (row.get(1)?, row.get(2)?, row.get::<Json<Session>>(3)?.0)));
    let mut found: Vec<Found> = tx.query(
        sql!(
            "SELECT updated_at, who, channel, state FROM self_service_session WHERE who = ?1 AND expires_at > ?2
              ORDER BY updated_at DESC, channel LIMIT 1"
        ),
        params![who, tx.now()],
        row,
    )?;
    for profile in profiles {
        found.extend(tx.query(
            sql!(
                "SELECT updated_at, who, channel, state FROM self_service_session WHERE profile = ?1 AND expires_at > ?2
                  ORDER BY updated_at DESC, who, channel LIMIT 1"
            ),
            params![profile, tx.now()],
            row,
        )?);
    }
    Ok(found.into_iter().max_by_key(|(at, _)| *at).map(|(_, session)| session))
}

/// Keep where a dialogue stands; `profile` is whose it is, once that is known.
pub(crate) fn save_session(
    tx: &mut Tx<'_>,
    (who, channel): (&str, Channel),
    profile: Option<ProfileId>,
    session: &Session,
) -> Result<(), Fault> {
    let now = tx.now();
    let expires = now.plus(REMEMBERED);
    tx.execute(
        sql!(
            "INSERT INTO self_service_session (who, channel, profile, state, updated_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
              ON CONFLICT (who, channel) DO UPDATE SET profile = excluded.profile, state = excluded.state, updated_at = excluded.updated_at,
              expires_at = excluded.expires_at"
        ),
        params![who, channel, profile, Json(session), now, expires],
    )?;
    tx.at(expires, EXPIRE, &format!("{channel}/{who}"), &())
}

/// A dialogue is over: the next one begins anew.
pub fn forget_session(tx: &mut Tx<'_>, who: &str, channel: Channel) -> Result<(), Fault> {
    tx.execute(sql!("DELETE FROM self_service_session WHERE who = ?1 AND channel = ?2"), params![who, channel])?;
    tx.cancel_timer(EXPIRE, &format!("{channel}/{who}")).map(drop)
}

fn expire(tx: &mut Tx<'_>, timer: &Timer) -> Result<(), Fault> {
    let Some((channel, who)) = timer.key.split_once('/') else { return Ok(()) };
    tx.execute(
        sql!("DELETE FROM self_service_session WHERE who = ?1 AND channel = ?2 AND expires_at <= ?3"),
        params![who, channel, tx.now()],
    )
    .map(drop)
}
