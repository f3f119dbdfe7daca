//! The brand's rules of service, and each team's own: hours, targets, what happens when nobody answers.

use crate::{ConversationError, TeamId};
use kernel::{Actor, Channel, Event, Fault, Hours, Json, Permission, ReadTx, Timestamp, Tx, params, sql};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Duration;

/// How long a customer may wait, in minutes of open time; 0 sets no clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Target {
    /// Until the first answer.
    pub first_answer_minutes: u32,
    /// Until each later answer.
    pub next_answer_minutes: u32,
    /// Until it is resolved.
    pub resolution_minutes: u32,
}

impl Default for Target {
    fn default() -> Self {
        Target { first_answer_minutes: 60, next_answer_minutes: 60, resolution_minutes: 0 }
    }
}

/// How the brand serves. What is not said has a sensible default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WorkRules {
    /// IANA name of the zone of all hours.
    pub zone: String,
    /// When the brand answers; `None` is always.
    pub hours: Option<Hours>,
    /// How long customers may wait.
    pub target: Target,
    /// Channels with targets of their own.
    pub targets: BTreeMap<Channel, Target>,
    /// Minutes before a target at which it shows as near.
    pub warn_minutes: u32,
    /// Days within which a message opens a resolved matter again; later ones begin a new matter.
    pub reopen_days: u32,
    /// Minutes without a sign of life after which a matter is taken back from its owner; 0 is never.
    pub silent_minutes: u32,
    /// Channels on which an owner may be silent for another time, in minutes: who writes a letter waits in another way than who chats.
    pub silent: BTreeMap<Channel, u32>,
    /// Minutes without any page open after which somebody counts as offline.
    pub away_minutes: u32,
    /// Minutes an offered matter may be accepted, in open time of the team.
    pub transfer_minutes: u32,
    /// Units of capacity that one matter takes, by channel; others take one.
    pub units: BTreeMap<Channel, u32>,
    /// The team of new matters.
    pub default_team: Option<TeamId>,
    /// Minutes after which a customer whose matter a person has resolved is asked how it was; 0 is never.
    pub survey_minutes: u32,
}

impl Default for WorkRules {
    fn default() -> Self {
        let units = [(Channel::Phone, 6), (Channel::Voice, 6), (Channel::Webchat, 2), (Channel::App, 2)];
        WorkRules {
            zone: "Europe/Madrid".into(),
            hours: None,
            target: Target::default(),
            targets: BTreeMap::new(),
            warn_minutes: 10,
            reopen_days: 7,
            silent_minutes: 5,
            silent: [(Channel::Email, 480)].into(),
            away_minutes: 5,
            transfer_minutes: 15,
            units: units.into(),
            default_team: None,
            survey_minutes: 0,
        }
    }
}

/// A team that customers can ask for by name.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Expert {
    /// What its members must know.
    pub skill: String,
    /// Its name for customers, in Spanish.
    pub title_es: String,
    /// Its name for customers, in English.
    pub title_en: String,
}

/// How one team works.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TeamRules {
    /// When it works; `None` is the brand's hours.
    pub hours: Option<Hours>,
    /// Who takes its matters when it is closed or too slow.
    pub fallback: Option<TeamId>,
    /// Minutes that a matter waits for somebody of the team before it goes to the fallback.
    pub overflow_minutes: u32,
    /// Set for a team of experts that customers may ask for.
    pub expert: Option<Expert>,
}

impl WorkRules {
    /// The targets of a channel.
    pub fn target(&self, channel: Channel) -> Target {
        self.targets.get(&channel).copied().unwrap_or(self.target)
    }
    /// Units that one matter of this channel takes.
    pub fn units(&self, channel: Channel) -> i64 {
        self.units.get(&channel).copied().map_or(1, i64::from)
    }
    /// How long before a target it shows as near.
    pub fn warning(&self) -> Duration {
        minutes(self.warn_minutes)
    }
    /// How long the owner of a matter of this channel may be silent; `None` is for ever.
    pub fn silence(&self, channel: Channel) -> Option<Duration> {
        let span = minutes(self.silent.get(&channel).copied().unwrap_or(self.silent_minutes));
        (!span.is_zero()).then_some(span)
    }
    fn hours_of<'a>(&'a self, team: Option<&'a TeamRules>) -> Option<&'a Hours> {
        team.and_then(|team| team.hours.as_ref()).or(self.hours.as_ref())
    }
    /// Whether the team (or the brand) is open.
    pub fn is_open(&self, team: Option<&TeamRules>, at: Timestamp) -> bool {
        self.hours_of(team).is_none_or(|hours| hours.is_open(&self.zone, at))
    }
    /// When the team (or the brand) next opens.
    pub fn opens(&self, team: Option<&TeamRules>, at: Timestamp) -> Option<Timestamp> {
        self.hours_of(team).and_then(|hours| hours.next_opening(&self.zone, at))
    }
    /// The moment after so many minutes of open time; `None` for 0 minutes, or when it is never open.
    pub fn after_open(&self, team: Option<&TeamRules>, from: Timestamp, count: u32) -> Option<Timestamp> {
        let span = Some(minutes(count)).filter(|span| !span.is_zero())?;
        self.hours_of(team).map_or(Some(from.plus(span)), |hours| hours.after_open(&self.zone, from, span))
    }
    fn fault(&self) -> Option<String> {
        self.hours.as_ref().and_then(Hours::fault)
    }
}

pub(crate) fn minutes(count: u32) -> Duration {
    Duration::from_secs(u64::from(count) * 60)
}

/// The brand's rules.
pub fn work_rules(tx: &ReadTx<'_>) -> Result<WorkRules, Fault> {
    let found = tx.query_opt(sql!("SELECT body FROM work_rule WHERE name = 'brand'"), params![], |row| row.get::<Json<WorkRules>>(0))?;
    Ok(found.map(|found| found.0).unwrap_or_default())
}

/// Where the brand's pages are, such as `https://tienda.test`; empty when nobody has said.
pub fn site(tx: &ReadTx<'_>) -> Result<String, Fault> {
    let found = tx.query_opt(sql!("SELECT body FROM work_rule WHERE name = 'site'"), params![], |row| row.get::<Json<String>>(0))?;
    Ok(found.map(|found| found.0).unwrap_or_default())
}

/// Say where the brand's pages are: links in messages that nobody presses a button for lead there.
pub fn save_site(tx: &mut Tx<'_>, address: &str) -> Result<(), Fault> {
    tx.execute(
        sql!("INSERT INTO work_rule (name, body) VALUES ('site', ?1) ON CONFLICT (name) DO UPDATE SET body = excluded.body"),
        params![Json(address)],
    )
    .map(drop)
}

/// Change the brand's rules. They hold for clocks that start from now on. Announces `work.rules_changed`.
pub fn save_work_rules(tx: &mut Tx<'_>, actor: &Actor, rules: &WorkRules) -> Result<(), ConversationError> {
    actor.require(Permission::Supervise)?;
    if let Some(fault) = rules.fault() {
        return Err(ConversationError::Hours(fault));
    }
    tx.execute(
        sql!("INSERT INTO work_rule (name, body) VALUES ('brand', ?1) ON CONFLICT (name) DO UPDATE SET body = excluded.body"),
        params![Json(rules)],
    )?;
    Ok(tx.announce(Event::new("work.rules_changed", "brand").by(actor).body(rules))?)
}

/// A team's rules; those of no team, and of one that is gone, are the defaults.
pub fn team_rules(tx: &ReadTx<'_>, team: Option<TeamId>) -> Result<TeamRules, Fault> {
    let Some(team) = team else { return Ok(TeamRules::default()) };
    let found = tx.query_opt(sql!("SELECT rules FROM team WHERE id = ?1"), params![team], |row| row.get::<Json<TeamRules>>(0))?;
    Ok(found.map(|found| found.0).unwrap_or_default())
}

/// Change a team's rules. Announces `work.rules_changed`.
pub fn save_team_rules(tx: &mut Tx<'_>, actor: &Actor, team: TeamId, rules: &TeamRules) -> Result<(), ConversationError> {
    actor.require(Permission::Supervise)?;
    if let Some(fault) = rules.hours.as_ref().and_then(Hours::fault) {
        return Err(ConversationError::Hours(fault));
    }
    if rules.fallback == Some(team) {
        return Err(ConversationError::UnknownTeam);
    }
    let changed = tx.execute(sql!("UPDATE team SET rules = ?2 WHERE id = ?1"), params![team, Json(rules)])?;
    if changed == 0 {
        return Err(ConversationError::UnknownTeam);
    }
    Ok(tx.announce(Event::new("work.rules_changed", team).by(actor).body(rules))?)
}
