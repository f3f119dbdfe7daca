//! Which products belong to a collection. No transaction, clock or chance.

use super::model::UNPINNED;
use super::{CollectionError, CollectionId, CollectionOrder};
use crate::text::{fold, slug};
use crate::{Product, ProductId, Status};
use kernel::{Locale, Timestamp};
use serde::{Deserialize, Serialize};

/// Most conditions of one rule.
pub const MAX_CONDITIONS: usize = 10;
/// Most days for which something is new.
pub const MAX_DAYS: u32 = 3_650;
const MAX_VALUE: usize = 255;
const DAY_MICROS: i64 = 24 * 3_600 * 1_000_000;
/// Where rules stand that every product on sale may fit.
const ANYTHING: &str = "*";

/// All conditions hold. A rule without any lets nobody in: the collection is what was put there by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// At most [`MAX_CONDITIONS`], each once.
    pub conditions: Vec<Condition>,
    /// In which order.
    pub order: CollectionOrder,
}

/// Something that holds for a product, or does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Condition {
    /// It is of this category; its key, `camisas`.
    Category {
        /// Also as it is written: `Camisas`.
        key: String,
    },
    /// It has this tag or attribute: `verano`, `material:lino`. Case and accents do not matter.
    Tag {
        /// The whole tag.
        tag: String,
    },
    /// This vendor makes it. Case and accents do not matter.
    Vendor {
        /// Its name.
        name: String,
    },
    /// It was made in the last days.
    New {
        /// From 1 to [`MAX_DAYS`].
        days: u32,
    },
}

impl Rule {
    /// Values tidied up, each condition once.
    pub(super) fn checked(self) -> Result<Rule, CollectionError> {
        let mut conditions = Vec::new();
        for (at, condition) in self.conditions.into_iter().enumerate() {
            let condition = condition.tidy().ok_or(CollectionError::BadCondition { at })?;
            if !conditions.contains(&condition) {
                conditions.push(condition);
            }
        }
        if conditions.len() > MAX_CONDITIONS {
            return Err(CollectionError::TooManyConditions);
        }
        Ok(Rule { conditions, order: self.order })
    }

    /// Products made before this are not new; the beginning of time when the rule does not ask.
    pub(super) fn new_since(&self, now: Timestamp) -> Timestamp {
        let days = self.conditions.iter().filter_map(|one| if let Condition::New { days } = one { Some(*days) } else { None }).min();
        Timestamp::from_micros(days.map_or(0, |days| now.as_micros() - i64::from(days) * DAY_MICROS))
    }

    /// What narrows best: the one key under which products find this rule. `None` when no product can fit.
    pub(super) fn key(&self) -> Option<String> {
        let of = |wanted: fn(&Condition) -> Option<String>| self.conditions.iter().find_map(wanted);
        let tag = of(|one| if let Condition::Tag { tag } = one { Some(tag_key(tag)) } else { None });
        let vendor = || of(|one| if let Condition::Vendor { name } = one { Some(vendor_key(name)) } else { None });
        let category = || of(|one| if let Condition::Category { key } = one { Some(category_key(key)) } else { None });
        tag.or_else(vendor).or_else(category).or_else(|| (!self.conditions.is_empty()).then(|| ANYTHING.to_owned()))
    }

    /// The tag, or else the category, by whose index products that may fit are found.
    pub(super) fn narrowed(&self) -> (Option<String>, Option<&str>) {
        let tag = self.conditions.iter().find_map(|one| if let Condition::Tag { tag } = one { Some(fold(tag)) } else { None });
        let category = self.conditions.iter().find_map(|one| if let Condition::Category { key } = one { Some(key.as_str()) } else { None });
        if tag.is_some() { (tag, None) } else { (None, category) }
    }

    fn admits(&self, facts: &Facts, now: Timestamp) -> bool {
        let holds = |condition: &Condition| match condition {
            Condition::Category { key } => facts.category_key == *key,
            Condition::Tag { tag } => facts.tags.contains(&fold(tag)),
            Condition::Vendor { name } => facts.vendor_key == fold(name),
            Condition::New { .. } => true,
        };
        !self.conditions.is_empty() && facts.created_at > self.new_since(now) && self.conditions.iter().all(holds)
    }

    /// Where a product stands; `None` when it does not belong.
    pub(super) fn member(&self, of: CollectionId, facts: &Facts, pinned: Option<i64>, now: Timestamp) -> Option<Member> {
        if facts.status != Status::Active || (pinned.is_none() && !self.admits(facts, now)) {
            return None;
        }
        let (rank, title_key) = match self.order {
            CollectionOrder::Newest => (-facts.created_at.as_micros(), String::new()),
            CollectionOrder::Title => (0, facts.title_key.clone()),
            CollectionOrder::Hand => (facts.created_at.as_micros(), String::new()),
        };
        Some(Member { collection: of, product: facts.id, place: pinned.unwrap_or(UNPINNED), rank, title_key, created_at: facts.created_at })
    }
}

impl Condition {
    fn tidy(self) -> Option<Condition> {
        let fits = |text: &String| !text.is_empty() && text.chars().count() <= MAX_VALUE;
        match self {
            Condition::Category { key } => Some(slug(&key)).filter(fits).map(|key| Condition::Category { key }),
            Condition::Tag { tag } => Some(tag.trim().to_owned()).filter(fits).map(|tag| Condition::Tag { tag }),
            Condition::Vendor { name } => Some(name.trim().to_owned()).filter(fits).map(|name| Condition::Vendor { name }),
            Condition::New { days } => (1..=MAX_DAYS).contains(&days).then_some(Condition::New { days }),
        }
    }
}

/// What rules look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) id: ProductId,
    pub(super) status: Status,
    pub(super) title_key: String,
    pub(super) category_key: String,
    pub(super) vendor_key: String,
    /// Folded.
    pub(super) tags: Vec<String>,
    pub(super) created_at: Timestamp,
}

impl Facts {
    pub(super) fn of(product: &Product) -> Facts {
        Facts {
            id: product.id,
            status: product.status,
            title_key: fold(product.title.get(Locale::Es)),
            category_key: product.category_key(),
            vendor_key: fold(&product.vendor),
            tags: product.tags.iter().map(|tag| fold(tag)).collect(),
            created_at: product.created_at,
        }
    }

    /// Under which the rules stand that it may fit.
    pub(super) fn keys(&self) -> Vec<String> {
        let own = [ANYTHING.to_owned(), category_key(&self.category_key), vendor_key(&self.vendor_key)];
        own.into_iter().chain(self.tags.iter().map(|tag| tag_key(tag))).collect()
    }
}

fn category_key(key: &str) -> String {
    format!("category:{key}")
}

fn vendor_key(name: &str) -> String {
    format!("vendor:{}", fold(name))
}

fn tag_key(tag: &str) -> String {
    format!("tag:{}", fold(tag))
}

/// A product on a shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Member {
    pub(super) collection: CollectionId,
    pub(super) product: ProductId,
    pub(super) place: i64,
    pub(super) rank: i64,
    pub(super) title_key: String,
    pub(super) created_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(conditions: Vec<Condition>) -> Result<Rule, CollectionError> {
        Rule { conditions, order: CollectionOrder::Newest }.checked()
    }

    #[test]
    fn conditions_are_tidied_and_kept_once() {
        let category = |key: &str| Condition::Category { key: key.into() };
        let checked = rule(vec![category("Camisas"), category("camisas"), Condition::Tag { tag: " material:Lino ".into() }]).expect("fine");
        assert_eq!(checked.conditions, [category("camisas"), Condition::Tag { tag: "material:Lino".into() }]);
        assert_eq!(checked.key().as_deref(), Some("tag:material:lino"));
        assert_eq!(rule(vec![]).expect("fine").key(), None);
        assert_eq!(rule(vec![Condition::New { days: 7 }]).expect("fine").key().as_deref(), Some("*"));
    }

    #[test]
    fn nonsense_is_refused() {
        assert!(matches!(rule(vec![Condition::New { days: 0 }]), Err(CollectionError::BadCondition { at: 0 })));
        assert!(matches!(rule(vec![Condition::Category { key: "—".into() }]), Err(CollectionError::BadCondition { at: 0 })));
        let many = (1..=11).map(|days| Condition::New { days }).collect();
        assert!(matches!(rule(many), Err(CollectionError::TooManyConditions)));
    }
}
