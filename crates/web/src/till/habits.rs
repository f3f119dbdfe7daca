//! What a customer usually buys, read from their own orders, and only when they allow us to learn from them.

use crate::{App, Page};
use catalogue::fold;
use customers::{ConsentState, Person, Purpose};
use kernel::{Fault, ReadTx};
use orders::OrderHead;
use std::collections::BTreeMap;

/// Orders that are looked at.
const LOOKED_AT: usize = 8;

/// Sizes and kinds bought most often; nothing when they have not allowed it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Habits {
    /// They allow us to learn from what they buy.
    pub(super) is_allowed: bool,
    /// Kind and size: `("camisas", "M")`, most frequent first.
    pub(super) sizes: Vec<(String, String)>,
}

/// Read them.
pub(super) fn read(tx: &ReadTx<'_>, person: &Person, heads: &[OrderHead]) -> Result<Habits, Fault> {
    let answer = person.consents.iter().find(|consent| consent.purpose == Purpose::Personalisation);
    if answer.is_none_or(|consent| consent.state != ConsentState::Granted) {
        return Ok(Habits::default());
    }
    let mut bought = Vec::new();
    for head in heads.iter().take(LOOKED_AT) {
        if let Some(order) = orders::order(tx, head.id)? {
            bought.extend(order.lines.iter().filter(|line| line.returned < line.quantity).map(|line| line.variant));
        }
    }
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for card in catalogue::variants(tx, &bought)? {
        let size = card.options.iter().find(|(name, _)| matches!(fold(name).as_str(), "talla" | "size"));
        if let Some((_, size)) = size {
            *counts.entry((card.category.clone(), size.clone())).or_default() += 1;
        }
    }
    let mut sizes: Vec<_> = counts.into_iter().collect();
    sizes.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let mut seen = Vec::new();
    // One size per kind: the one bought most.
    sizes.retain(|((kind, _), _)| {
        let is_first = !seen.contains(kind);
        seen.push(kind.clone());
        is_first
    });
    Ok(Habits { is_allowed: true, sizes: sizes.into_iter().take(4).map(|(pair, _)| pair).collect() })
}

impl Habits {
    /// `Camisas: M`.
    pub(super) fn words(&self, app: &App, page: &Page) -> Vec<(String, String)> {
        let word = |code: &str| crate::storefront::words::word(app, page.locale, code);
        self.sizes.iter().map(|(kind, size)| (word(kind), word(size))).collect()
    }
}
