//! How well was a customer served? Asked once for each matter that a person answered, and told from one to five.

use crate::{AccountId, ConversationError, Matter, MatterId, MessageId};
use kernel::{Actor, Channel, Event, Fault, Kind, Permission, Problem, ProfileId, ReadTx, Row, StaffId, Timestamp, Tx, params, sql};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::time::Duration;

/// The best score; the worst is 1.
pub const BEST_SCORE: u8 = 5;
/// Longest comment, in characters.
const COMMENT_LIMIT: usize = 1_000;
/// How long one may score, and score otherwise.
const OPEN_FOR: Duration = Duration::from_secs(30 * 86_400);

kernel::id! {
    /// A question how well somebody was served.
    pub struct SurveyId;
}

/// A question how well somebody was served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    /// Which.
    pub id: SurveyId,
    /// In which matter.
    pub matter: MatterId,
    /// Who is asked.
    pub profile: ProfileId,
    /// Who served them.
    pub owner: Option<StaffId>,
    /// By which channel they were served.
    pub channel: Channel,
    /// The secret part of the page's address.
    pub token: String,
    /// The message that asks; none before it is queued.
    pub message: Option<MessageId>,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// From 1 to [`BEST_SCORE`].
    pub score: Option<u8>,
    /// In the customer's words; may be empty.
    pub comment: String,
}

/// A score was refused; nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum SurveyError {
    /// Never asked, or too long ago.
    #[error("this question is no longer open")]
    Closed,
    /// Not on the scale.
    #[error("a score is from 1 to {BEST_SCORE}")]
    OffScale,
    /// Too long.
    #[error("a comment has at most {COMMENT_LIMIT} characters")]
    TooLong,
    /// Ours.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Problem for SurveyError {
    fn kind(&self) -> Kind {
        match self {
            SurveyError::Closed => Kind::NotFound,
            SurveyError::OffScale | SurveyError::TooLong => Kind::Invalid,
            SurveyError::Fault(e) => e.kind(),
        }
    }
    fn code(&self) -> &'static str {
        match self {
            SurveyError::Closed => "conversations.survey_closed",
            SurveyError::OffScale => "conversations.survey_score",
            SurveyError::TooLong => "conversations.survey_comment",
            SurveyError::Fault(e) => e.code(),
        }
    }
}

/// Facts of `survey.scored`. A score that is told again says what it was before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scored {
    /// About which matter.
    pub matter: MatterId,
    /// Who served them.
    pub owner: Option<StaffId>,
    /// From 1 to [`BEST_SCORE`].
    pub score: u8,
    /// What it was before.
    pub was: Option<u8>,
    /// In the customer's words; may be empty.
    pub comment: String,
}

/// A statement over whole surveys: the columns that [`survey_row`] reads, then the rest of the text.
macro_rules! survey_sql {
    ($rest:literal) => {
        kernel::sql!(concat!("SELECT id, matter, profile, owner, channel, token, message, asked_at, score, comment FROM survey ", $rest))
    };
}

/// Ask about a matter; `None` when it was asked about before. The caller says it to the customer.
pub fn open_survey(tx: &mut Tx<'_>, matter: &Matter) -> Result<Option<Survey>, Fault> {
    let known = tx.query_opt(survey_sql!("WHERE matter = ?1"), params![matter.id], survey_row)?;
    if known.is_some() {
        return Ok(None);
    }
    let token = format!("{:016x}{:016x}", tx.random_u64(), tx.random_u64());
    let survey = Survey {
        id: tx.new_id(),
        matter: matter.id,
        profile: matter.profile,
        owner: matter.owner,
        channel: matter.channel,
        token,
        message: None,
        asked_at: tx.now(),
        score: None,
        comment: String::new(),
    };
    tx.execute(
        sql!("INSERT INTO survey (id, matter, profile, owner, channel, token, asked_at, comment) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, '')"),
        params![survey.id, survey.matter, survey.profile, survey.owner, survey.channel, survey.token, survey.asked_at],
    )?;
    Ok(Some(survey))
}

/// The message that asks.
pub fn ask_survey(tx: &mut Tx<'_>, id: SurveyId, message: MessageId) -> Result<(), Fault> {
    tx.execute(sql!("UPDATE survey SET message = ?2 WHERE id = ?1"), params![id, message]).map(drop)
}

/// The survey behind a page's address, while it is open.
pub fn survey_of_token(tx: &ReadTx<'_>, token: &str) -> Result<Option<Survey>, Fault> {
    let found = tx.query_opt(survey_sql!("WHERE token = ?1"), params![token], survey_row)?;
    Ok(found.filter(|survey| tx.now() < survey.asked_at.plus(OPEN_FOR)))
}

/// What one of these profiles was asked last.
pub fn latest_survey(tx: &ReadTx<'_>, profiles: &[ProfileId]) -> Result<Option<Survey>, Fault> {
    let mut found: Vec<Survey> = Vec::new();
    for profile in profiles {
        found.extend(tx.query_opt(
            survey_sql!("WHERE profile = ?1 ORDER BY asked_at DESC, id DESC LIMIT 1"),
            params![profile],
            survey_row,
        )?);
    }
    Ok(found.into_iter().max_by_key(|survey| (survey.asked_at, survey.id)))
}

/// Whoever was served badly (two of five or less) since then, the newest first; for whoever may [`Permission::Supervise`].
pub fn low_scores(tx: &ReadTx<'_>, actor: &Actor, since: Timestamp, limit: i64) -> Result<Vec<Survey>, ConversationError> {
    actor.require(Permission::Supervise)?;
    let low = survey_sql!("WHERE score <= 2 AND scored_at >= ?1 ORDER BY scored_at DESC, id DESC LIMIT ?2");
    Ok(tx.query(low, params![since, limit], survey_row)?)
}

/// The survey whose question is the last thing that was said to or by its customer, at this address, and that has no score yet.
pub fn awaited_survey(tx: &ReadTx<'_>, profiles: &[ProfileId], account: AccountId, address: &str) -> Result<Option<Survey>, Fault> {
    let Some(survey) = latest_survey(tx, profiles)?.filter(|survey| survey.score.is_none()) else { return Ok(None) };
    let is_last = tx.query_opt(
        sql!(
            "SELECT q.id FROM message q WHERE q.id = ?1 AND q.account = ?2 AND q.address = ?3
              AND NOT EXISTS (SELECT 1 FROM message l WHERE l.profile = q.profile AND l.at > q.at AND l.direction <> 'note')"
        ),
        params![survey.message, account, address],
        |row| row.get::<MessageId>(0),
    )?;
    Ok(is_last.map(|_| survey))
}

/// The customer tells how well they were served; told again, it replaces what was told. Announces `survey.scored`.
pub fn score_survey(tx: &mut Tx<'_>, token: &str, score: u8, comment: &str) -> Result<(), SurveyError> {
    let survey = survey_of_token(tx, token)?.ok_or(SurveyError::Closed)?;
    if !(1..=BEST_SCORE).contains(&score) {
        return Err(SurveyError::OffScale);
    }
    let comment = comment.trim();
    if comment.chars().count() > COMMENT_LIMIT {
        return Err(SurveyError::TooLong);
    }
    if (survey.score, survey.comment.as_str()) == (Some(score), comment) {
        return Ok(());
    }
    let now = tx.now();
    tx.execute(
        sql!("UPDATE survey SET score = ?2, comment = ?3, scored_at = ?4 WHERE id = ?1"),
        params![survey.id, i64::from(score), comment, now],
    )?;
    let body = Scored { matter: survey.matter, owner: survey.owner, score, was: survey.score, comment: comment.to_owned() };
    let event = Event::new("survey.scored", survey.id).profile(survey.profile).by(&Actor::customer(survey.profile));
    // Counted with the channel by which they were served, whatever they tell it by.
    Ok(tx.announce(event.channel(survey.channel).body(&body))?)
}

pub(crate) fn export(tx: &ReadTx<'_>, profiles: &[ProfileId]) -> Result<Vec<Value>, Fault> {
    let mut told = Vec::new();
    for profile in profiles {
        let found = tx.query(survey_sql!("WHERE profile = ?1 ORDER BY asked_at DESC, id DESC LIMIT 200"), params![profile], survey_row)?;
        told.extend(
            found
                .into_iter()
                .map(|one| json!({ "matter": one.matter, "asked_at": one.asked_at, "score": one.score, "comment": one.comment })),
        );
    }
    Ok(told)
}

fn survey_row(row: &Row<'_>) -> Result<Survey, Fault> {
    Ok(Survey {
        id: row.get(0)?,
        matter: row.get(1)?,
        profile: row.get(2)?,
        owner: row.get(3)?,
        channel: row.get(4)?,
        token: row.get(5)?,
        message: row.get(6)?,
        asked_at: row.get(7)?,
        score: row.get::<Option<i64>>(8)?.and_then(|score| u8::try_from(score).ok()),
        comment: row.get(9)?,
    })
}
