//! Who says something, and how much that weighs.

use crate::FieldKind;
use kernel::{Actor, Bind, Channel, Column, FromColumn, Param, ProfileId, Timestamp};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Letters kept of an import's name.
pub(crate) const IMPORT_NAME_LENGTH: usize = 80;

/// Where a field comes from: a channel, or an import by its name. As text `desk` or `import:Old shop`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum FieldSource {
    /// Said there.
    Channel(Channel),
    /// Brought in with a list of this name.
    Import(String),
}

impl fmt::Display for FieldSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FieldSource::Channel(channel) => channel.fmt(f),
            FieldSource::Import(name) => write!(f, "import:{name}"),
        }
    }
}
impl FromStr for FieldSource {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        match text.strip_prefix("import:") {
            Some(name) => Ok(FieldSource::Import(name.to_owned())),
            None => Ok(FieldSource::Channel(text.parse()?)),
        }
    }
}
impl From<Channel> for FieldSource {
    fn from(channel: Channel) -> Self {
        FieldSource::Channel(channel)
    }
}
impl From<FieldSource> for String {
    fn from(source: FieldSource) -> Self {
        source.to_string()
    }
}
impl TryFrom<String> for FieldSource {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}
impl Bind for FieldSource {
    fn bind(&self) -> Param<'_> {
        match self {
            FieldSource::Channel(channel) => channel.bind(),
            FieldSource::Import(_) => Param::Owned(self.to_string()),
        }
    }
}
impl FromColumn for FieldSource {
    fn from_column(column: Column<'_>) -> Result<Self, String> {
        column.text()?.parse()
    }
}

kernel::db_enum! {
    /// On what a saying rests. [`crate::RULE`] orders them.
    pub enum Basis {
        /// The owner proved it by a code, or the channel did.
        Code = "code",
        /// Somebody at the brand said so.
        Staff = "staff",
        /// The customer said so.
        Customer = "customer",
        /// A list or another system says so.
        Import = "import",
        /// The name that a channel shows.
        Channel = "channel",
    }
}

impl Basis {
    /// What a saying by this actor through this source rests on.
    pub fn of(actor: &Actor, source: &FieldSource) -> Basis {
        match (source, actor) {
            (FieldSource::Import(_), _) | (_, Actor::ApiKey { .. }) => Basis::Import,
            (_, Actor::Staff { .. }) => Basis::Staff,
            (_, Actor::Customer(_) | Actor::Guest) => Basis::Customer,
            (FieldSource::Channel(channel), Actor::System) => Basis::of_channel(*channel),
        }
    }
    /// What is usual on a channel when nothing more is known.
    pub(crate) const fn of_channel(channel: Channel) -> Basis {
        match channel {
            Channel::Till | Channel::Desk | Channel::Studio | Channel::Phone => Basis::Staff,
            Channel::Web | Channel::App | Channel::Webchat => Basis::Customer,
            Channel::Api => Basis::Import,
            _ => Basis::Channel,
        }
    }
}

/// One saying about one profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// About which profile.
    pub profile: ProfileId,
    /// About what.
    pub kind: FieldKind,
    /// What is said.
    pub value: String,
    /// Where.
    pub source: FieldSource,
    /// On what it rests.
    pub basis: Basis,
    /// Since when.
    pub at: Timestamp,
    /// By whom: `staff:ID`, `customer:ID`, `system` ...
    pub actor: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Role, StaffId};

    #[test]
    fn a_source_reads_back_as_it_was_written() {
        for source in [FieldSource::Channel(Channel::Desk), FieldSource::Import("Old: shop".into())] {
            assert_eq!(source.to_string().parse(), Ok(source.clone()));
        }
        assert!("somewhere".parse::<FieldSource>().is_err());
    }

    #[test]
    fn the_basis_follows_who_speaks() {
        let staff = Actor::staff(StaffId::nil(), &[Role::Agent]);
        let (desk, list) = (FieldSource::Channel(Channel::Desk), FieldSource::Import("Old shop".into()));
        assert_eq!(Basis::of(&staff, &desk), Basis::Staff);
        assert_eq!(Basis::of(&staff, &list), Basis::Import);
        assert_eq!(Basis::of(&Actor::guest(), &FieldSource::Channel(Channel::Web)), Basis::Customer);
        assert_eq!(Basis::of(&Actor::system(), &FieldSource::Channel(Channel::Whatsapp)), Basis::Channel);
        assert_eq!(Basis::of(&Actor::system(), &FieldSource::Channel(Channel::Webchat)), Basis::Customer);
    }
}
