//! Which queue is looked at, as a word in the address.

use conversations::{MatterId, QueueKey, TagId, TeamId, View};
use kernel::{StaffId, Timestamp};

/// A queue as the address names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum QueueName {
    Mine,
    Unassigned,
    Mentioned,
    Promised,
    Team(TeamId),
    Tag(TagId),
    Open,
    Due,
    Waiting,
    Snoozed,
    Resolved,
}

impl QueueName {
    /// An unknown word means one's own queue.
    pub(crate) fn parse(text: &str) -> Self {
        match text {
            "unassigned" => QueueName::Unassigned,
            "mentioned" => QueueName::Mentioned,
            "promised" => QueueName::Promised,
            "open" => QueueName::Open,
            "due" => QueueName::Due,
            "waiting" => QueueName::Waiting,
            "snoozed" => QueueName::Snoozed,
            "resolved" => QueueName::Resolved,
            other => {
                let team = other.strip_prefix("team-").and_then(|id| id.parse().ok()).map(QueueName::Team);
                let tag = || other.strip_prefix("tag-").and_then(|id| id.parse().ok()).map(QueueName::Tag);
                team.or_else(tag).unwrap_or(QueueName::Mine)
            }
        }
    }
    /// Its kind: part of the keys of its texts.
    pub(super) fn kind(self) -> &'static str {
        match self {
            QueueName::Mine => "mine",
            QueueName::Unassigned => "unassigned",
            QueueName::Mentioned => "mentioned",
            QueueName::Promised => "promised",
            QueueName::Team(_) => "team",
            QueueName::Tag(_) => "tag",
            QueueName::Open => "open",
            QueueName::Due => "due",
            QueueName::Waiting => "waiting",
            QueueName::Snoozed => "snoozed",
            QueueName::Resolved => "resolved",
        }
    }
    /// What it shows: `near` is the moment before which a target counts as near.
    pub(crate) fn view(self, me: StaffId, near: Timestamp) -> View {
        match self {
            QueueName::Mine => View::Mine(me),
            QueueName::Unassigned => View::Unassigned,
            QueueName::Mentioned => View::Mentioned(me),
            QueueName::Promised => View::Promised(me),
            QueueName::Team(team) => View::Team(team),
            QueueName::Tag(tag) => View::Tagged(tag),
            QueueName::Open => View::Open,
            QueueName::Due => View::Due(near),
            QueueName::Waiting => View::Waiting,
            QueueName::Snoozed => View::Snoozed,
            QueueName::Resolved => View::Resolved,
        }
    }
}

impl std::fmt::Display for QueueName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            QueueName::Team(team) => write!(f, "team-{team}"),
            QueueName::Tag(tag) => write!(f, "tag-{tag}"),
            other => f.write_str(other.kind()),
        }
    }
}

/// A place in a queue, as a word in the address.
pub(crate) fn parse_key(text: &str) -> Option<QueueKey> {
    let (at, id) = text.split_once('-')?;
    Some((Timestamp::from_micros(at.parse().ok()?), id.parse::<MatterId>().ok()?))
}

pub(crate) fn key_text((at, id): QueueKey) -> String {
    format!("{}-{id}", at.as_micros())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_come_back_as_they_went() {
        for name in
            [QueueName::Mine, QueueName::Team(TeamId::from_parts(1, 2)), QueueName::Tag(TagId::from_parts(3, 4)), QueueName::Resolved]
        {
            assert_eq!(QueueName::parse(&name.to_string()), name);
        }
        assert_eq!(QueueName::parse("team-x"), QueueName::Mine);
        let key = (Timestamp::from_micros(12), MatterId::from_parts(3, 4));
        assert_eq!(parse_key(&key_text(key)), Some(key));
        assert_eq!(parse_key("x"), None);
    }
}
