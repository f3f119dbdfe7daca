//! A note for colleagues: whoever is named in it after `@`, or is in a team that is, is told.

use conversations::{ConversationError, MatterId, MessageId};
use kernel::{Actor, Fault, Permission, ReadTx, StaffId, Tx};

/// Colleagues that can be named.
const COLLEAGUES: i64 = 500;

/// Somebody who can be named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nameable {
    /// As it is written after `@`.
    pub name: String,
    /// A team, not a person.
    pub is_team: bool,
    /// Who is told.
    pub staff: Vec<StaffId>,
}

/// As [`conversations::add_note`], and who is named in it is told.
pub fn add_note(tx: &mut Tx<'_>, actor: &Actor, matter: MatterId, text: &str, key: &str) -> Result<MessageId, ConversationError> {
    let id = conversations::add_note(tx, actor, matter, text, key)?;
    if text.contains('@') {
        let told = told(text, &nameable(tx)?);
        conversations::mention(tx, actor, id, &told)?;
    }
    Ok(id)
}

/// Everybody who can be named: colleagues who see conversations, then teams.
pub fn nameable(tx: &ReadTx<'_>) -> Result<Vec<Nameable>, Fault> {
    let staff = access::staff_list(tx, None, COLLEAGUES)?.into_iter();
    let sees = staff.filter(|one| one.active && one.actor().may(Permission::ViewConversations));
    let mut found: Vec<Nameable> = sees.map(|one| Nameable { name: one.name, is_team: false, staff: vec![one.id] }).collect();
    for team in conversations::teams(tx)? {
        found.push(Nameable { name: team.name, is_team: true, staff: conversations::members(tx, team.id)? });
    }
    Ok(found)
}

/// Who is told of a text. After `@` stands a whole name, or a first name that only one has; the longest that fits is meant.
fn told(text: &str, nameable: &[Nameable]) -> Vec<StaffId> {
    let folded = catalogue::fold(text);
    let first = |one: &Nameable| catalogue::fold(&one.name).split(' ').next().unwrap_or_default().to_owned();
    let mut names: Vec<(String, &Nameable)> = nameable.iter().map(|one| (catalogue::fold(&one.name), one)).collect();
    for one in nameable.iter().filter(|one| !one.is_team) {
        let short = first(one);
        if nameable.iter().filter(|other| first(other) == short).count() == 1 {
            names.push((short, one));
        }
    }
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    let mut told: Vec<StaffId> = Vec::new();
    for (at, _) in folded.match_indices('@') {
        let begins = folded[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric());
        let rest = &folded[at + 1..];
        let fits = |name: &str| rest.strip_prefix(name).is_some_and(|after| !after.starts_with(char::is_alphanumeric));
        if let Some((_, one)) = names.iter().find(|(name, _)| begins && !name.is_empty() && fits(name)) {
            told.extend(one.staff.iter().filter(|staff| !told.contains(staff)).copied().collect::<Vec<_>>());
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn who(n: u64) -> StaffId {
        StaffId::from_parts(n, 1)
    }

    #[test]
    fn the_longest_name_is_meant_and_a_first_name_only_when_one_has_it() {
        let person = |name: &str, n| Nameable { name: name.into(), is_team: false, staff: vec![who(n)] };
        let team = Nameable { name: "Facturación".into(), is_team: true, staff: vec![who(3), who(4)] };
        let all = [person("Lucía Romero", 1), person("Lucía Romero Gil", 2), person("Íker Sanz", 3), team];
        let says = |text| told(text, &all);
        assert_eq!(says("Mira, @Lucía Romero: ¿puedes?"), [who(1)]);
        assert_eq!(says("@lucia romero gil, mira"), [who(2)]);
        assert_eq!(says("@Lucía, mira"), [], "two have this name");
        assert_eq!(says("(@iker) y @Facturación"), [who(3), who(4)], "each once");
        assert_eq!(says("iker@sanz.es @Ikerne @"), []);
    }
}
