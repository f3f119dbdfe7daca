//! One ordered event log, written in the commit of the fact it states. It is also the timeline: an event that carries a
//! profile is an entry on that person's thread.
//!
//! Order is `(tx, seq)`. On SQLite `tx` is always 0. On PostgreSQL it is the number of the writing transaction, and a
//! follower sees only events of transactions older than every running one, so that no event appears behind a cursor.

use crate::{Actor, Channel, Engine, Fault, ProfileId, ReadTx, Row, Timestamp, Tx, params, sql};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A fact, in the past tense.
#[derive(Debug, Clone)]
pub struct Event {
    pub(crate) kind: &'static str,
    subject: String,
    at: Option<Timestamp>,
    profile: Option<ProfileId>,
    channel: Option<Channel>,
    actor: Option<String>,
    visible: bool,
    body: String,
}

impl Event {
    /// `kind` such as `order.placed`; `subject` is the id of what it happened to.
    pub fn new(kind: &'static str, subject: impl std::fmt::Display) -> Self {
        Event { kind, subject: subject.to_string(), at: None, profile: None, channel: None, actor: None, visible: true, body: "{}".into() }
    }
    /// Whose thread it belongs to.
    pub fn profile(mut self, profile: impl Into<Option<ProfileId>>) -> Self {
        self.profile = profile.into();
        self
    }
    /// Where it happened.
    pub fn channel(mut self, channel: Channel) -> Self {
        self.channel = Some(channel);
        self
    }
    /// Who did it: the audit trail is the log by actor.
    pub fn by(mut self, actor: &Actor) -> Self {
        self.actor = Some(actor.to_string());
        self
    }
    /// When it happened, if not now (imported history, a provider's own time).
    pub fn at(mut self, at: Timestamp) -> Self {
        self.at = Some(at);
        self
    }
    /// The facts a listener or the timeline's row needs.
    pub fn body(mut self, body: &impl Serialize) -> Self {
        self.body = serde_json::to_string(body).expect("an event's body is plain data");
        self
    }
    /// On the log, but not shown on the timeline.
    pub fn hidden(mut self) -> Self {
        self.visible = false;
        self
    }
}

/// Place in the order of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, serde::Serialize, serde::Deserialize)]
pub struct LogKey {
    /// Writing transaction; 0 on SQLite.
    pub tx: i64,
    /// Serial number.
    pub seq: i64,
}

/// An event as it stands on the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Logged {
    /// Its place.
    pub key: LogKey,
    /// When it happened.
    pub at: Timestamp,
    /// What happened.
    pub kind: String,
    /// What it happened to.
    pub subject: String,
    /// Whose thread it belongs to.
    pub profile: Option<ProfileId>,
    /// Where.
    pub channel: Option<Channel>,
    /// By whom: `staff:ID`, `customer:ID`, `system` ...
    pub actor: Option<String>,
    /// The facts, as JSON.
    pub body: String,
}

impl Logged {
    /// The facts, typed.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Fault> {
        serde_json::from_str(&self.body).map_err(|e| Fault::data(format!("event {} {}: {e}", self.kind, self.key.seq)))
    }
    fn from_row(row: &Row<'_>) -> Result<Self, Fault> {
        Ok(Logged {
            key: LogKey { tx: row.get(0)?, seq: row.get(1)? },
            at: row.get(2)?,
            kind: row.get(3)?,
            subject: row.get(4)?,
            profile: row.get(5)?,
            channel: row.get(6)?,
            actor: row.get(7)?,
            body: row.get(8)?,
        })
    }
}

pub(crate) fn append(tx: &mut Tx<'_>, event: Event) -> Result<(), Fault> {
    let at = event.at.unwrap_or(tx.now());
    tx.execute(
        sql!("INSERT INTO event_log (at, kind, subject, profile, channel, actor, visible, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"),
        params![at, event.kind, event.subject, event.profile, event.channel, event.actor, event.visible, event.body],
    )
    .map(drop)
}

/// Events after `cursor`, in order, at most `limit`.
pub fn after(tx: &ReadTx<'_>, cursor: LogKey, limit: i64) -> Result<Vec<Logged>, Fault> {
    match tx.engine() {
        // The pair would be looked for by `tx` alone, which is that of every event.
        Engine::Sqlite => {
            let statement = sql!(sqlite "SELECT tx, seq, at, kind, subject, profile, channel, actor, body FROM event_log
                 WHERE seq > ?1 ORDER BY seq LIMIT ?2");
            tx.query(statement, params![cursor.seq, limit], Logged::from_row)
        }
        Engine::Postgres => {
            let statement = sql!(postgres "SELECT tx, seq, at, kind, subject, profile, channel, actor, body FROM event_log
                 WHERE (tx, seq) > (?1, ?2) AND tx < CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT) ORDER BY tx, seq LIMIT ?3");
            tx.query(statement, params![cursor.tx, cursor.seq, limit], Logged::from_row)
        }
    }
}

/// The place of the newest event.
pub fn newest(tx: &ReadTx<'_>) -> Result<LogKey, Fault> {
    let found = tx.query_opt(sql!("SELECT tx, seq FROM event_log ORDER BY tx DESC, seq DESC LIMIT 1"), params![], |row| {
        Ok(LogKey { tx: row.get(0)?, seq: row.get(1)? })
    })?;
    Ok(found.unwrap_or_default())
}

/// A cursor behind which nothing can appear any more: whoever reads the tables now and follows the log from here on misses
/// nothing, and may hear of some things twice.
pub fn horizon(tx: &ReadTx<'_>) -> Result<LogKey, Fault> {
    match tx.engine() {
        Engine::Sqlite => newest(tx),
        Engine::Postgres => {
            let oldest_running = sql!(postgres "SELECT CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT)");
            Ok(LogKey { tx: tx.query_one(oldest_running, params![], |row| row.get(0))?, seq: 0 })
        }
    }
}

/// Where a page of a timeline ended: pass it on to get the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TimelineKey {
    /// When the entry happened.
    pub at: Timestamp,
    /// Its serial number, for entries of one moment.
    pub seq: i64,
}

impl std::fmt::Display for TimelineKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.at.as_micros(), self.seq)
    }
}
impl std::str::FromStr for TimelineKey {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let parse = || {
            let (at, seq) = text.rsplit_once('-')?;
            Some(TimelineKey { at: Timestamp::from_micros(at.parse().ok()?), seq: seq.parse().ok()? })
        };
        parse().ok_or_else(|| format!("`{text}` is not a place in a timeline"))
    }
}

/// The entries of these profiles, newest first, older than `before`. Cost grows with `limit` and the number of profiles,
/// never with the length of the history.
pub fn timeline(tx: &ReadTx<'_>, profiles: &[ProfileId], before: Option<TimelineKey>, limit: usize) -> Result<Vec<Logged>, Fault> {
    let before = before.unwrap_or(TimelineKey { at: Timestamp::from_micros(i64::MAX), seq: i64::MAX });
    let mut entries = Vec::new();
    for profile in profiles {
        entries.extend(tx.query(
            sql!(
                "SELECT tx, seq, at, kind, subject, profile, channel, actor, body FROM event_log
                  WHERE profile = ?1 AND visible = 1 AND (at, seq) < (?2, ?3) ORDER BY at DESC, seq DESC LIMIT ?4"
            ),
            params![profile, before.at, before.seq, limit as i64],
            Logged::from_row,
        )?);
    }
    entries.sort_unstable_by_key(|e| std::cmp::Reverse(TimelineKey { at: e.at, seq: e.key.seq }));
    entries.truncate(limit);
    Ok(entries)
}

/// Take words out of what the log says of a profile, shown or hidden: `change` answers the subject and body that an event is to
/// have from now on, or `None` to leave it. Order, kinds, times and actors stay. Answers how many events were changed.
pub fn rewrite(tx: &mut Tx<'_>, profile: ProfileId, change: impl Fn(&Logged) -> Option<(String, String)>) -> Result<u64, Fault> {
    let mut changed = 0;
    for shown in [true, false] {
        let mut before = TimelineKey { at: Timestamp::from_micros(i64::MAX), seq: i64::MAX };
        loop {
            let page = one_kind_of(tx, profile, shown, before)?;
            let Some(last) = page.last() else { break };
            before = TimelineKey { at: last.at, seq: last.key.seq };
            for (event, (subject, body)) in page.iter().filter_map(|event| Some((event, change(event)?))) {
                let statement = sql!("UPDATE event_log SET subject = ?2, body = ?3 WHERE seq = ?1");
                changed += tx.execute(statement, params![event.key.seq, subject, body])?;
            }
        }
    }
    Ok(changed)
}

/// All that the log says of a profile, shown or hidden, newest first, older than `before`: 500 at a time.
pub fn of_profile(tx: &ReadTx<'_>, profile: ProfileId, shown: bool, before: Option<TimelineKey>) -> Result<Vec<Logged>, Fault> {
    one_kind_of(tx, profile, shown, before.unwrap_or(TimelineKey { at: Timestamp::from_micros(i64::MAX), seq: i64::MAX }))
}

fn one_kind_of(tx: &ReadTx<'_>, profile: ProfileId, shown: bool, before: TimelineKey) -> Result<Vec<Logged>, Fault> {
    let statement = if shown {
        sql!(
            "SELECT tx, seq, at, kind, subject, profile, channel, actor, body FROM event_log
              WHERE profile = ?1 AND visible = 1 AND (at, seq) < (?2, ?3) ORDER BY at DESC, seq DESC LIMIT 500"
        )
    } else {
        sql!(
            "SELECT tx, seq, at, kind, subject, profile, channel, actor, body FROM event_log
              WHERE profile = ?1 AND visible = 0 AND (at, seq) < (?2, ?3) ORDER BY at DESC, seq DESC LIMIT 500"
        )
    };
    tx.query(statement, params![profile, before.at, before.seq], Logged::from_row)
}

/// What happened to one thing, newest first.
pub fn of_subject(tx: &ReadTx<'_>, subject: &str, limit: i64) -> Result<Vec<Logged>, Fault> {
    let statement = sql!(
        "SELECT tx, seq, at, kind, subject, profile, channel, actor, body FROM event_log WHERE subject = ?1 ORDER BY seq DESC LIMIT ?2"
    );
    tx.query(statement, params![subject, limit], Logged::from_row)
}

/// What one actor did (`staff:ID`), newest first: the audit trail.
pub fn by_actor(tx: &ReadTx<'_>, actor: &str, limit: i64) -> Result<Vec<Logged>, Fault> {
    let statement =
        sql!("SELECT tx, seq, at, kind, subject, profile, channel, actor, body FROM event_log WHERE actor = ?1 ORDER BY seq DESC LIMIT ?2");
    tx.query(statement, params![actor, limit], Logged::from_row)
}
