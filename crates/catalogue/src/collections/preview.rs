//! Who a rule would let in.

use super::rule::Member;
use super::{CollectionError, CollectionId, MAX_PINNED, Preview, Rule, store};
use crate::{ProductId, store as products};
use kernel::{Actor, Permission, ReadTx};

/// Most products looked at: enough for an exact answer in all but the largest shops.
pub const LOOKED_AT: usize = 5_000;
/// Cards shown.
const SHOWN: usize = 20;

/// How many a rule and the products put first would make, and the first of them. Nothing is written. At most [`LOOKED_AT`] products that
/// may fit are looked at, newest first.
pub fn preview(tx: &ReadTx<'_>, actor: &Actor, rule: &Rule, pinned: &[ProductId]) -> Result<Preview, CollectionError> {
    actor.require(Permission::EditCatalogue)?;
    if pinned.len() > MAX_PINNED {
        return Err(CollectionError::TooManyPinned);
    }
    let (rule, now) = (rule.clone().checked()?, tx.now());
    let nobody = CollectionId::nil();
    let (tag, category) = rule.narrowed();
    let mut may_fit = match rule.key() {
        Some(_) => store::candidates(tx, (tag.as_deref(), category), rule.new_since(now), LOOKED_AT as i64 + 1)?,
        None => Vec::new(),
    };
    let is_all = may_fit.len() <= LOOKED_AT;
    may_fit.truncate(LOOKED_AT);
    let others = may_fit.iter().filter(|facts| !pinned.contains(&facts.id)).filter_map(|facts| rule.member(nobody, facts, None, now));
    let mut members: Vec<Member> = others.collect();
    for facts in store::facts_of(tx, pinned)? {
        let place = pinned.iter().position(|pinned| *pinned == facts.id).map(|place| place as i64);
        members.extend(rule.member(nobody, &facts, place, now));
    }
    members.sort_by(|a, b| (a.place, a.rank, &a.title_key, a.product).cmp(&(b.place, b.rank, &b.title_key, b.product)));
    let first: Vec<_> = members.iter().take(SHOWN).map(|member| member.product).collect();
    Ok(Preview { count: members.len(), is_all, first: products::product_cards(tx, &first)? })
}
