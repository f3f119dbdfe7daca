//! Promotions.

use crate::{Offer, Promotion, Span, Target};
use catalogue::Localised;
use kernel::{Currency, Fault, Money, ReadTx, Row, Timestamp, Tx, params, sql};

fn promotion_row(row: &Row<'_>) -> Result<Promotion, Fault> {
    let currency: Currency = row.get(7)?;
    let amount: i64 = row.get(12)?;
    let offer = match row.get::<String>(11)?.as_str() {
        "percentage" => Offer::Percentage { basis_points: row.get(6)? },
        "amount" => Offer::Amount { off: Money::new(amount, currency) },
        "n_for_m" => Offer::NForM { take: row.get(13)?, pay: row.get(14)? },
        "gift" => {
            let gift = row.get::<String>(15)?.parse().map_err(|_| Fault::data("a promotion's gift is no id"))?;
            Offer::Gift { variant: gift, units: amount }
        }
        other => return Err(Fault::data(format!("`{other}` is no kind of offer"))),
    };
    Ok(Promotion {
        id: row.get(0)?,
        code: row.get(1)?,
        name: Localised { es: row.get(2)?, en: row.get(3)? },
        target: Target::from_columns(&row.get::<String>(4)?, row.get(5)?)?,
        offer,
        threshold: Money::new(row.get(8)?, currency),
        span: Span::from_columns(row.get(9)?, row.get(10)?),
        priority: row.get(16)?,
        is_exclusive: row.get(17)?,
    })
}

pub(crate) fn promotion_by_code(tx: &ReadTx<'_>, code: &str) -> Result<Option<Promotion>, Fault> {
    let statement = sql!(
        "SELECT id, code, name_es, name_en, target_kind, target, basis_points, currency, threshold, starts_at, ends_at,
                offer, amount, take, pay, gift, priority, exclusive
           FROM promotion WHERE code = ?1"
    );
    tx.query_opt(statement, params![code], promotion_row)
}

/// Promotions that are open, by rank.
pub(crate) fn open_promotions(tx: &ReadTx<'_>, currency: Currency, at: Timestamp) -> Result<Vec<Promotion>, Fault> {
    let statement = sql!(
        "SELECT id, code, name_es, name_en, target_kind, target, basis_points, currency, threshold, starts_at, ends_at,
                offer, amount, take, pay, gift, priority, exclusive
           FROM promotion WHERE currency = ?1 AND ends_at > ?2 AND starts_at <= ?2 ORDER BY priority DESC, code LIMIT 500"
    );
    let mut found = tx.query(statement, params![currency, at], promotion_row)?;
    // Both databases compare letters their own way.
    found.sort_by(|a, b| a.rank().cmp(&b.rank()));
    Ok(found)
}

pub(crate) fn insert_promotion(tx: &mut Tx<'_>, new: &Promotion) -> Result<(), Fault> {
    let (target_kind, target) = new.target.columns();
    let none = String::new;
    let (offer, basis_points, amount, take, pay, gift) = match &new.offer {
        Offer::Percentage { basis_points } => ("percentage", *basis_points, 0, 0, 0, none()),
        Offer::Amount { off } => ("amount", 0, off.minor, 0, 0, none()),
        Offer::NForM { take, pay } => ("n_for_m", 0, 0, *take, *pay, none()),
        Offer::Gift { variant, units } => ("gift", 0, *units, 0, 0, variant.to_string()),
    };
    tx.execute(
        sql!(
            "INSERT INTO promotion (id, code, name_es, name_en, target_kind, target, basis_points, currency, threshold, starts_at, ends_at,
                                    offer, amount, take, pay, gift, priority, exclusive)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)"
        ),
        params![
            new.id,
            new.code,
            new.name.es,
            new.name.en,
            target_kind,
            target,
            basis_points,
            new.threshold.currency,
            new.threshold.minor,
            new.span.starts_at,
            new.span.end(),
            offer,
            amount,
            take,
            pay,
            gift,
            new.priority,
            new.is_exclusive
        ],
    )
    .map(drop)
}
