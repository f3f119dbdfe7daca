//! Matching the price of our own web in a shop: the written rule, and what it says of one case.

use crate::events::MATCH_RULE_SET;
use crate::{PriceError, store};
use kernel::{Actor, Currency, Event, Fault, Kind, Money, Permission, Problem, ReadTx, Role, Tx};
use serde::Serialize;

/// Whether the price of our own web may be matched in a shop, by whom, and how far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MatchRule {
    /// Grows with every change: what was matched names the rule it was matched under. 0 before there is one.
    pub version: i64,
    /// False: nobody matches anything.
    pub is_allowed: bool,
    /// So much of a shop's price may come off, in basis points; `None` for any share.
    pub most_basis_points: Option<i64>,
    /// So much of one unit may come off; `None` for any amount.
    pub most: Option<Money>,
    /// More than this off one unit needs a reason.
    pub reason_over: Money,
    /// Who may.
    pub roles: Vec<Role>,
}

/// Why a price is not matched. Nothing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MatchRefusal {
    /// The brand does not match prices.
    #[error("prices are not matched here")]
    Off,
    /// Somebody else has to do it.
    #[error("this role may not match prices; ask somebody who may")]
    Role,
    /// The web is no cheaper.
    #[error("the price on the web is not lower")]
    NotLower,
    /// Beyond what the rule allows.
    #[error("at most {} may come off", most.decimal())]
    TooMuch {
        /// Off one unit.
        most: Money,
    },
    /// So much off needs a reason.
    #[error("more than {} off needs a reason", over.decimal())]
    NeedsReason {
        /// Off one unit.
        over: Money,
    },
}

impl Problem for MatchRefusal {
    fn kind(&self) -> Kind {
        match self {
            MatchRefusal::Role => Kind::Forbidden,
            MatchRefusal::NeedsReason { .. } => Kind::Invalid,
            _ => Kind::Conflict,
        }
    }
    fn code(&self) -> &'static str {
        match self {
            MatchRefusal::Off => "pricing.match_off",
            MatchRefusal::Role => "pricing.match_role",
            MatchRefusal::NotLower => "pricing.match_not_lower",
            MatchRefusal::TooMuch { .. } => "pricing.match_too_much",
            MatchRefusal::NeedsReason { .. } => "pricing.match_needs_reason",
        }
    }
    fn fields(&self) -> Vec<(&'static str, serde_json::Value)> {
        match self {
            MatchRefusal::TooMuch { most } => vec![("most", most.minor.into())],
            MatchRefusal::NeedsReason { over } => vec![("field", "reason".into()), ("over", over.minor.into())],
            _ => Vec::new(),
        }
    }
}

impl MatchRule {
    /// Nobody matches anything.
    pub fn none(currency: Currency) -> Self {
        MatchRule {
            version: 0,
            is_allowed: false,
            most_basis_points: None,
            most: None,
            reason_over: Money::zero(currency),
            roles: vec![Role::Associate, Role::ShopManager],
        }
    }

    /// The most that may come off a unit of this price; `None` for any amount.
    pub fn most_off(&self, price: Money) -> Option<Money> {
        // Rounded down: the share is never exceeded. A share of 100 % or less of a 64-bit amount fits 64 bits.
        let share = |points: i64| (i128::from(price.minor) * i128::from(points) / 10_000) as i64;
        let bounds = [self.most_basis_points.map(share), self.most.map(|most| most.minor)];
        bounds.into_iter().flatten().min().map(|minor| Money::new(minor, price.currency))
    }

    /// Whether somebody with these roles may let a unit go for `to` instead of `from`, for this reason.
    pub fn permits(&self, roles: &[Role], (from, to): (Money, Money), reason: &str) -> Result<(), MatchRefusal> {
        if !self.is_allowed || self.reason_over.currency != from.currency {
            return Err(MatchRefusal::Off);
        }
        if !roles.iter().any(|role| self.roles.contains(role)) {
            return Err(MatchRefusal::Role);
        }
        let off = from.minor - to.minor;
        if off <= 0 || from.currency != to.currency {
            return Err(MatchRefusal::NotLower);
        }
        if let Some(most) = self.most_off(from).filter(|most| off > most.minor) {
            return Err(MatchRefusal::TooMuch { most });
        }
        if off > self.reason_over.minor && reason.trim().is_empty() {
            return Err(MatchRefusal::NeedsReason { over: self.reason_over });
        }
        Ok(())
    }
}

/// The rule as it stands; before one is written nobody matches anything.
pub fn match_rule(tx: &ReadTx<'_>, currency: Currency) -> Result<MatchRule, Fault> {
    Ok(store::match_rule(tx)?.unwrap_or_else(|| MatchRule::none(currency)))
}

/// Write the rule; its version is given here. Writing the same again changes nothing. Announces `price_match.rule_set`.
pub fn set_match_rule(tx: &mut Tx<'_>, actor: &Actor, mut rule: MatchRule) -> Result<MatchRule, PriceError> {
    actor.require(Permission::EditPrices)?;
    if rule.most_basis_points.is_some_and(|points| !(1..=10_000).contains(&points)) {
        return Err(PriceError::invalid("most_basis_points", "1 to 10000 basis points may come off"));
    }
    let currency = rule.reason_over.currency;
    if rule.most.is_some_and(|most| most.minor < 1 || most.currency != currency) {
        return Err(PriceError::invalid("most", "the most that may come off is an amount of the brand's currency"));
    }
    if rule.reason_over.minor < 0 {
        return Err(PriceError::invalid("reason_over", "the bound is not negative"));
    }
    if rule.is_allowed && rule.roles.is_empty() {
        return Err(PriceError::invalid("roles", "somebody has to be allowed to"));
    }
    let known = match_rule(tx, currency)?;
    rule.version = known.version;
    if rule == known {
        return Ok(known);
    }
    rule.version += 1;
    store::put_match_rule(tx, &rule)?;
    tx.announce(Event::new(MATCH_RULE_SET, "web").by(actor).body(&rule))?;
    Ok(rule)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_says_who_how_far_and_when_a_reason_is_needed() {
        let eur = Money::eur;
        let rule = MatchRule {
            is_allowed: true,
            most_basis_points: Some(2000),
            most: Some(eur(500)),
            reason_over: eur(100),
            roles: vec![Role::ShopManager],
            ..MatchRule::none(Currency::EUR)
        };
        let manager = [Role::Associate, Role::ShopManager];
        let says = |from, to, reason| rule.permits(&manager, (eur(from), eur(to)), reason);
        assert_eq!((says(1000, 900, ""), says(1000, 899, "carta")), (Ok(()), Ok(())));
        assert_eq!(says(1000, 899, " "), Err(MatchRefusal::NeedsReason { over: eur(100) }));
        assert_eq!((says(1000, 799, "carta"), says(1000, 800, "carta")), (Err(MatchRefusal::TooMuch { most: eur(200) }), Ok(())));
        assert_eq!(says(9000, 8499, "carta"), Err(MatchRefusal::TooMuch { most: eur(500) }));
        assert_eq!((says(1000, 1000, ""), says(1000, 1001, "")), (Err(MatchRefusal::NotLower), Err(MatchRefusal::NotLower)));
        assert_eq!(rule.permits(&[Role::Associate], (eur(1000), eur(950)), ""), Err(MatchRefusal::Role));
        let off = MatchRule { is_allowed: false, ..rule };
        assert_eq!(off.permits(&manager, (eur(1000), eur(950)), ""), Err(MatchRefusal::Off));
    }
}
