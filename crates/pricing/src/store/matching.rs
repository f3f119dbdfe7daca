//! The rule of matching prices.

use crate::MatchRule;
use kernel::{Currency, Fault, Money, ReadTx, Role, Tx, params, sql};

pub(crate) fn match_rule(tx: &ReadTx<'_>) -> Result<Option<MatchRule>, Fault> {
    let statement =
        sql!("SELECT version, allowed, currency, most_basis_points, most, reason_over, roles FROM match_rule WHERE name = 'web'");
    tx.query_opt(statement, params![], |row| {
        let currency: Currency = row.get(2)?;
        let roles: String = row.get(6)?;
        let role = |word: &str| word.parse::<Role>().map_err(|_| Fault::data(format!("`{word}` is no role")));
        Ok(MatchRule {
            version: row.get(0)?,
            is_allowed: row.get(1)?,
            most_basis_points: row.get(3)?,
            most: row.get::<Option<i64>>(4)?.map(|minor| Money::new(minor, currency)),
            reason_over: Money::new(row.get(5)?, currency),
            roles: roles.split_whitespace().map(role).collect::<Result<_, _>>()?,
        })
    })
}

pub(crate) fn put_match_rule(tx: &mut Tx<'_>, rule: &MatchRule) -> Result<(), Fault> {
    let roles: Vec<_> = rule.roles.iter().map(|role| role.as_str()).collect();
    tx.execute(
        sql!(
            "INSERT INTO match_rule (name, version, allowed, currency, most_basis_points, most, reason_over, roles)
             VALUES ('web', ?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (name) DO UPDATE SET version = excluded.version, allowed = excluded.allowed, currency = excluded.currency,
               most_basis_points = excluded.most_basis_points, most = excluded.most, reason_over = excluded.reason_over, roles = excluded.roles"
        ),
        params![
            rule.version,
            rule.is_allowed,
            rule.reason_over.currency,
            rule.most_basis_points,
            rule.most.map(|most| most.minor),
            rule.reason_over.minor,
            roles.join(" ")
        ],
    )
    .map(drop)
}
