//! Reports that cost the same after a thousand messages and after a million: counts by day and channel, kept by a reaction.

use crate::{Answered, ConversationError, Scored, rules};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kernel::{Actor, Channel, Fault, Logged, Permission, ReadTx, Timestamp, Tx, params, sql};
use serde::Deserialize;

/// Longest stretch of days in one report.
const MOST_DAYS: i64 = 400;

/// What the counts hear.
pub(crate) const KINDS: &[&str] =
    &["message.received", "message.queued", "matter.opened", "matter.answered", "matter.resolved", "survey.scored"];

/// One day of one channel. Days are those of the brand's own zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TalkDay {
    /// The day.
    pub day: Date,
    /// The channel.
    pub channel: Channel,
    /// Messages from customers.
    pub received: i64,
    /// Messages to customers.
    pub sent: i64,
    /// Matters that began.
    pub opened: i64,
    /// Matters that were resolved.
    pub resolved: i64,
    /// Answers by people to customers who waited.
    pub answers: i64,
    /// Of these, before the target.
    pub answers_in_time: i64,
    /// What these customers waited, together.
    pub answer_seconds: i64,
    /// First answers of a matter.
    pub first_answers: i64,
    /// What was waited for these, together.
    pub first_answer_seconds: i64,
    /// From beginning to resolution, together.
    pub resolution_seconds: i64,
    /// Customers who told how well they were served.
    pub scores: i64,
    /// Their scores, together.
    pub score_sum: i64,
}

#[derive(Default)]
struct Counts {
    received: i64,
    sent: i64,
    opened: i64,
    resolved: i64,
    answers: i64,
    in_time: i64,
    answer_seconds: i64,
    first: i64,
    first_seconds: i64,
    resolution_seconds: i64,
    scores: i64,
    score_sum: i64,
}

#[derive(Default, Deserialize)]
struct Resolved {
    channel: Option<Channel>,
    #[serde(default)]
    seconds: i64,
    #[serde(default)]
    was_answered: bool,
}

/// Count what happened.
pub(crate) fn follow(tx: &mut Tx<'_>, event: &Logged) -> Result<(), Fault> {
    let mut counts = Counts::default();
    let mut channel = event.channel;
    match event.kind.as_str() {
        "message.received" => counts.received = 1,
        "message.queued" => counts.sent = 1,
        "matter.opened" => counts.opened = 1,
        "matter.resolved" => {
            let said: Resolved = serde_json::from_str(&event.body).unwrap_or_default();
            // What was opened and closed by a notice of ours was no concern of anybody's.
            if !said.was_answered {
                return Ok(());
            }
            channel = said.channel;
            (counts.resolved, counts.resolution_seconds) = (1, said.seconds);
        }
        "survey.scored" => {
            let said: Scored = event.read()?;
            counts.scores = i64::from(said.was.is_none());
            counts.score_sum = i64::from(said.score) - said.was.map_or(0, i64::from);
        }
        _ => {
            let said: Answered = serde_json::from_str(&event.body).map_err(|e| Fault::data(e.to_string()))?;
            let Some(waited) = said.waited_seconds else { return Ok(()) };
            (counts.answers, counts.answer_seconds, counts.in_time) = (1, waited.cast_signed(), i64::from(said.in_time));
            if said.is_first {
                (counts.first, counts.first_seconds) = (1, waited.cast_signed());
            }
        }
    }
    let Some(channel) = channel else { return Ok(()) };
    add(tx, event.at, channel, &counts)
}

fn add(tx: &mut Tx<'_>, at: Timestamp, channel: Channel, counts: &Counts) -> Result<(), Fault> {
    let day = day_of(tx, at)?;
    tx.execute(
        sql!(
            "INSERT INTO talk_day (day, channel, received, sent, opened, resolved, answers, answers_in_time, answer_seconds, first_answers,
              first_answer_seconds, resolution_seconds, scores, score_sum)
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
              ON CONFLICT (day, channel) DO UPDATE SET received = talk_day.received + excluded.received, sent = talk_day.sent + excluded.sent,
              opened = talk_day.opened + excluded.opened, resolved = talk_day.resolved + excluded.resolved,
              answers = talk_day.answers + excluded.answers, answers_in_time = talk_day.answers_in_time + excluded.answers_in_time,
              answer_seconds = talk_day.answer_seconds + excluded.answer_seconds, first_answers = talk_day.first_answers + excluded.first_answers,
              first_answer_seconds = talk_day.first_answer_seconds + excluded.first_answer_seconds,
              resolution_seconds = talk_day.resolution_seconds + excluded.resolution_seconds, scores = talk_day.scores + excluded.scores,
              score_sum = talk_day.score_sum + excluded.score_sum"
        ),
        params![
            day,
            channel,
            counts.received,
            counts.sent,
            counts.opened,
            counts.resolved,
            counts.answers,
            counts.in_time,
            counts.answer_seconds,
            counts.first,
            counts.first_seconds,
            counts.resolution_seconds,
            counts.scores,
            counts.score_sum
        ],
    )
    .map(drop)
}

/// The day of a moment, in the brand's zone.
pub(crate) fn day_of(tx: &ReadTx<'_>, at: Timestamp) -> Result<String, Fault> {
    let zone = TimeZone::get(&rules::work_rules(tx)?.zone).unwrap_or(TimeZone::UTC);
    Ok(at.to_jiff().to_zoned(zone).date().to_string())
}

/// The days of a stretch, both ends in it, by day and channel; at most 400 days.
pub fn talk_days(tx: &ReadTx<'_>, actor: &Actor, from: Date, to: Date) -> Result<Vec<TalkDay>, ConversationError> {
    actor.require(Permission::Supervise)?;
    let most = MOST_DAYS * Channel::ALL.len() as i64;
    Ok(tx.query(
        sql!(
            "SELECT day, channel, received, sent, opened, resolved, answers, answers_in_time, answer_seconds, first_answers, first_answer_seconds,
              resolution_seconds, scores, score_sum FROM talk_day WHERE day >= ?1 AND day <= ?2 ORDER BY day, channel LIMIT ?3"
        ),
        params![from.to_string(), to.to_string(), most],
        |row| {
            let day: String = row.get(0)?;
            Ok(TalkDay {
                day: day.parse().map_err(|_| Fault::data(format!("`{day}` is no day")))?,
                channel: row.get(1)?,
                received: row.get(2)?,
                sent: row.get(3)?,
                opened: row.get(4)?,
                resolved: row.get(5)?,
                answers: row.get(6)?,
                answers_in_time: row.get(7)?,
                answer_seconds: row.get(8)?,
                first_answers: row.get(9)?,
                first_answer_seconds: row.get(10)?,
                resolution_seconds: row.get(11)?,
                scores: row.get(12)?,
                score_sum: row.get(13)?,
            })
        },
    )?)
}
