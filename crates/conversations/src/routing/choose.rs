//! Who gets a matter: a pure choice, the same every time.

use crate::{Matter, TeamId, WorkProfile, WorkRules};
use kernel::{Channel, StaffId, Timestamp};
use std::collections::BTreeMap;

/// What a matter asks of whoever takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// By which channel they speak.
    pub channel: Channel,
    /// Which team; `None` is anybody.
    pub team: Option<TeamId>,
    /// What they must know; empty is nothing in particular.
    pub skill: String,
    /// In which language; empty is any.
    pub language: String,
    /// Who let it lie: never given to them again by itself.
    pub passed: Option<StaffId>,
}

/// Somebody who is available.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub staff: StaffId,
    /// Their teams.
    pub teams: Vec<TeamId>,
    /// What they can take.
    pub profile: WorkProfile,
    /// Matters in hand whose customers wait, by channel.
    pub load: BTreeMap<Channel, i64>,
    /// When they were last given something.
    pub routed_at: Timestamp,
}

impl Wanted {
    /// By this channel, from the brand's first team, nothing in particular.
    pub fn by(channel: Channel, rules: &WorkRules) -> Self {
        Wanted { channel, team: rules.default_team, skill: String::new(), language: String::new(), passed: None }
    }
    pub(crate) fn of(matter: &Matter, passed: Option<StaffId>) -> Self {
        let Matter { channel, team, skill, language, .. } = matter;
        Wanted { channel: *channel, team: *team, skill: skill.clone(), language: language.clone(), passed }
    }
}

impl Candidate {
    /// Units in use.
    pub fn used(&self, rules: &WorkRules) -> i64 {
        self.load.iter().map(|(channel, count)| rules.units(*channel) * count).sum()
    }
    /// How many more matters of a channel they can take.
    pub fn room(&self, rules: &WorkRules, channel: Channel) -> i64 {
        if self.profile.off.contains(&channel) {
            return 0;
        }
        let by_units = (i64::from(self.profile.capacity) - self.used(rules)) / rules.units(channel).max(1);
        let has = self.load.get(&channel).copied().unwrap_or(0);
        let by_limit = self.profile.limits.get(&channel).map_or(i64::MAX, |limit| i64::from(*limit) - has);
        by_units.min(by_limit).max(0)
    }
    /// Whether they may serve it, busy or not.
    pub fn suits(&self, wanted: &Wanted) -> bool {
        let Wanted { team, skill, language, passed, .. } = wanted;
        let speaks = language.is_empty() || self.profile.languages.is_empty() || self.profile.languages.contains(language);
        let knows = skill.is_empty() || self.profile.skills.contains(skill);
        team.is_none_or(|team| self.teams.contains(&team)) && knows && speaks && *passed != Some(self.staff)
    }
}

/// Of those who suit and have room: whoever has waited longest for work; of two alike the lower id.
pub fn choose(rules: &WorkRules, candidates: &[Candidate], wanted: &Wanted) -> Option<StaffId> {
    let fits = |who: &&Candidate| who.suits(wanted) && who.room(rules, wanted.channel) > 0;
    candidates.iter().filter(fits).min_by_key(|who| (who.routed_at, who.staff)).map(|who| who.staff)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEAM: TeamId = TeamId::from_parts(1, 1);

    fn somebody(n: u64, routed: i64) -> Candidate {
        Candidate {
            staff: StaffId::from_parts(n, 1),
            teams: vec![TEAM],
            profile: WorkProfile::default(),
            load: BTreeMap::new(),
            routed_at: Timestamp::from_seconds(routed),
        }
    }
    fn wanted(channel: Channel) -> Wanted {
        Wanted { channel, team: Some(TEAM), skill: String::new(), language: String::new(), passed: None }
    }

    #[test]
    fn whoever_has_waited_longest_for_work_is_next() {
        let (rules, people) = (WorkRules::default(), [somebody(1, 20), somebody(2, 10), somebody(3, 10)]);
        assert_eq!(choose(&rules, &people, &wanted(Channel::Email)), Some(people[1].staff));
        let other = Wanted { passed: Some(people[1].staff), ..wanted(Channel::Email) };
        assert_eq!(choose(&rules, &people, &other), Some(people[2].staff));
        let elsewhere = Wanted { team: Some(TeamId::from_parts(9, 9)), ..wanted(Channel::Email) };
        assert_eq!(choose(&rules, &people, &elsewhere), None);
    }

    #[test]
    fn skill_and_language_decide_before_the_turn() {
        let rules = WorkRules::default();
        let mut people = [somebody(1, 0), somebody(2, 50)];
        people[0].profile.languages = vec!["es".into()];
        people[1].profile =
            WorkProfile { skills: vec!["running".into()], languages: vec!["en".into(), "es".into()], ..WorkProfile::default() };
        let asks = |skill: &str, language: &str| Wanted { skill: skill.into(), language: language.into(), ..wanted(Channel::Webchat) };
        assert_eq!(choose(&rules, &people, &asks("", "es")), Some(people[0].staff));
        assert_eq!(choose(&rules, &people, &asks("", "en")), Some(people[1].staff));
        assert_eq!(choose(&rules, &people, &asks("running", "es")), Some(people[1].staff));
        assert_eq!(choose(&rules, &people, &asks("running", "fr")), None);
    }

    #[test]
    fn capacity_is_units_and_a_limit_per_channel() {
        let rules = WorkRules::default();
        let mut one = somebody(1, 0);
        assert_eq!((one.room(&rules, Channel::Email), one.room(&rules, Channel::Webchat), one.room(&rules, Channel::Phone)), (6, 3, 1));
        one.load = [(Channel::Webchat, 2), (Channel::Email, 1)].into();
        assert_eq!((one.used(&rules), one.room(&rules, Channel::Email), one.room(&rules, Channel::Webchat)), (5, 1, 0));
        one.profile.limits = [(Channel::Email, 1)].into();
        assert_eq!(one.room(&rules, Channel::Email), 0);
        one.profile = WorkProfile { off: vec![Channel::Sms], ..WorkProfile::default() };
        assert_eq!((one.room(&rules, Channel::Sms), one.room(&rules, Channel::Whatsapp)), (0, 1));
    }
}
