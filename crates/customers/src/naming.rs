//! What to call a person, and why.

use kernel::{ProfileId, Timestamp};
use serde::Serialize;

/// Why this name was chosen among those the profiles have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NameWhy {
    /// The only name known.
    Only,
    /// Its profile proved an identifier; the others did not.
    Proven,
    /// It is the most complete.
    MostComplete,
    /// It is the latest of equally good ones.
    Latest,
    /// No name is known: this is their e-mail, phone or handle.
    Identifier,
    /// Nothing is known.
    Nobody,
}

/// A person's name and the rule that chose it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BestName {
    /// The name; empty when nothing is known.
    pub text: String,
    /// The rule.
    pub why: NameWhy,
    /// The profile it comes from.
    pub from: Option<ProfileId>,
}

/// A name that one profile has.
pub(crate) struct Candidate {
    pub profile: ProfileId,
    pub name: String,
    pub proven: bool,
    pub updated_at: Timestamp,
}

/// Proven before unproven, then more words, then later. Without any name, the first identifier.
pub(crate) fn best_name(candidates: &[Candidate], identifier: Option<&str>) -> BestName {
    let words = |c: &Candidate| c.name.split_whitespace().count();
    let mut named: Vec<&Candidate> = candidates.iter().filter(|c| !c.name.is_empty()).collect();
    named.sort_by_key(|c| std::cmp::Reverse((c.proven, words(c), c.updated_at, std::cmp::Reverse(c.profile))));
    let Some(best) = named.first() else {
        let why = if identifier.is_some() { NameWhy::Identifier } else { NameWhy::Nobody };
        return BestName { text: identifier.unwrap_or_default().to_owned(), why, from: None };
    };
    let why = match named.iter().find(|c| c.name != best.name) {
        None => NameWhy::Only,
        Some(next) if next.proven != best.proven => NameWhy::Proven,
        Some(next) if words(next) != words(best) => NameWhy::MostComplete,
        Some(_) => NameWhy::Latest,
    };
    BestName { text: best.name.clone(), why, from: Some(best.profile) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(n: u64, name: &str, proven: bool, at: i64) -> Candidate {
        Candidate { profile: ProfileId::from_parts(n, 0), name: name.into(), proven, updated_at: Timestamp::from_seconds(at) }
    }

    #[test]
    fn the_rule_says_why() {
        let chosen = |candidates: &[Candidate]| {
            let best = best_name(candidates, Some("ana@x.es"));
            (best.text, best.why)
        };
        assert_eq!(chosen(&[]), ("ana@x.es".into(), NameWhy::Identifier));
        assert_eq!(chosen(&[named(1, "Ana", false, 1), named(2, "", true, 2)]), ("Ana".into(), NameWhy::Only));
        assert_eq!(chosen(&[named(1, "Ana", true, 1), named(2, "Ana Ruiz", false, 2)]), ("Ana".into(), NameWhy::Proven));
        assert_eq!(chosen(&[named(1, "Ana Ruiz", false, 1), named(2, "Ana", false, 2)]), ("Ana Ruiz".into(), NameWhy::MostComplete));
        assert_eq!(chosen(&[named(1, "Ana Ruiz", false, 1), named(2, "Anna Ruiz", false, 2)]), ("Anna Ruiz".into(), NameWhy::Latest));
        assert_eq!(best_name(&[], None).why, NameWhy::Nobody);
    }
}
