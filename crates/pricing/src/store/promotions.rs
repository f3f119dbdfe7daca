//! Promotions.

use crate::{Offer, Promotion, PromotionId, Span, Target};
use catalogue::Localised;
use kernel::{Currency, Fault, Money, ReadTx, Row, Timestamp, Tx, params, sql};

pub(super) fn promotion_row(row: &Row<'_>) -> Result<Promotion, Fault> {
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
        needs_coupon: row.get(18)?,
        per_customer: Some(row.get(19)?).filter(|most| *most > 0),
        is_stopped: row.get(20)?,
    })
}

pub(crate) fn promotion_by_code(tx: &ReadTx<'_>, code: &str) -> Result<Option<Promotion>, Fault> {
    let statement = sql!(
        "SELECT id, code, name_es, name_en, target_kind, target, basis_points, currency, threshold, starts_at, ends_at,
                offer, amount, take, pay, gift, priority, exclusive, needs_coupon, per_customer, stopped
           FROM promotion WHERE code = ?1"
    );
    tx.query_opt(statement, params![code], promotion_row)
}

/// Promotions that are open to everybody without a coupon, by rank.
pub(crate) fn open_promotions(tx: &ReadTx<'_>, currency: Currency, at: Timestamp) -> Result<Vec<Promotion>, Fault> {
    let statement = sql!(
        "SELECT id, code, name_es, name_en, target_kind, target, basis_points, currency, threshold, starts_at, ends_at,
                offer, amount, take, pay, gift, priority, exclusive, needs_coupon, per_customer, stopped
           FROM promotion WHERE currency = ?1 AND ends_at > ?2 AND starts_at <= ?2 AND needs_coupon = 0 AND stopped = 0
          ORDER BY priority DESC, code LIMIT 500"
    );
    let mut found = tx.query(statement, params![currency, at], promotion_row)?;
    // Both databases compare letters their own way.
    found.sort_by(|a, b| a.rank().cmp(&b.rank()));
    Ok(found)
}

/// Kind, basis points, amount, take, pay and gift.
fn offer_columns(offer: &Offer) -> (&'static str, i64, i64, i64, i64, String) {
    let none = String::new;
    match offer {
        Offer::Percentage { basis_points } => ("percentage", *basis_points, 0, 0, 0, none()),
        Offer::Amount { off } => ("amount", 0, off.minor, 0, 0, none()),
        Offer::NForM { take, pay } => ("n_for_m", 0, 0, *take, *pay, none()),
        Offer::Gift { variant, units } => ("gift", 0, *units, 0, 0, variant.to_string()),
    }
}

pub(crate) fn insert_promotion(tx: &mut Tx<'_>, new: &Promotion) -> Result<(), Fault> {
    let (target_kind, target) = new.target.columns();
    let (offer, basis_points, amount, take, pay, gift) = offer_columns(&new.offer);
    tx.execute(
        sql!(
            "INSERT INTO promotion (id, code, name_es, name_en, target_kind, target, basis_points, currency, threshold, starts_at, ends_at,
                                    offer, amount, take, pay, gift, priority, exclusive, needs_coupon, per_customer, stopped)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)"
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
            new.is_exclusive,
            new.needs_coupon,
            new.per_customer.unwrap_or(0),
            new.is_stopped
        ],
    )
    .map(drop)
}

/// All but its id, code and currency.
pub(crate) fn update_promotion(tx: &mut Tx<'_>, changed: &Promotion) -> Result<(), Fault> {
    let (target_kind, target) = changed.target.columns();
    let (offer, basis_points, amount, take, pay, gift) = offer_columns(&changed.offer);
    tx.execute(
        sql!(
            "UPDATE promotion SET name_es = ?2, name_en = ?3, target_kind = ?4, target = ?5, basis_points = ?6, threshold = ?7, starts_at = ?8,
                    ends_at = ?9, offer = ?10, amount = ?11, take = ?12, pay = ?13, gift = ?14, priority = ?15, exclusive = ?16,
                    needs_coupon = ?17, per_customer = ?18, stopped = ?19
              WHERE id = ?1"
        ),
        params![
            changed.id,
            changed.name.es,
            changed.name.en,
            target_kind,
            target,
            basis_points,
            changed.threshold.minor,
            changed.span.starts_at,
            changed.span.end(),
            offer,
            amount,
            take,
            pay,
            gift,
            changed.priority,
            changed.is_exclusive,
            changed.needs_coupon,
            changed.per_customer.unwrap_or(0),
            changed.is_stopped
        ],
    )
    .map(drop)
}

pub(crate) fn promotion(tx: &ReadTx<'_>, id: PromotionId) -> Result<Option<Promotion>, Fault> {
    let statement = sql!(
        "SELECT id, code, name_es, name_en, target_kind, target, basis_points, currency, threshold, starts_at, ends_at,
                offer, amount, take, pay, gift, priority, exclusive, needs_coupon, per_customer, stopped
           FROM promotion WHERE id = ?1"
    );
    tx.query_opt(statement, params![id], promotion_row)
}

/// Uses, and what was taken off in all.
pub(crate) type Sums = (i64, i64);

/// The newest first, older than `before`, in this state at that moment; an empty state is any. With their sums.
pub(crate) fn promotions(
    tx: &ReadTx<'_>,
    (state, at): (&str, Timestamp),
    before: Option<PromotionId>,
    limit: i64,
) -> Result<Vec<(Promotion, Sums)>, Fault> {
    let before = before.unwrap_or(PromotionId::from_parts(u64::MAX, u128::MAX));
    let statement = sql!(
        "SELECT p.id, p.code, p.name_es, p.name_en, p.target_kind, p.target, p.basis_points, p.currency, p.threshold, p.starts_at, p.ends_at,
                p.offer, p.amount, p.take, p.pay, p.gift, p.priority, p.exclusive, p.needs_coupon, p.per_customer, p.stopped,
                COALESCE(s.uses, 0), COALESCE(s.amount, 0)
           FROM promotion p LEFT JOIN promotion_sum s ON s.promotion = p.code
          WHERE p.id < ?1 AND (?2 = '' OR (?2 = 'ended' AND p.ends_at <= ?3) OR (?2 = 'stopped' AND p.ends_at > ?3 AND p.stopped = 1)
                OR (?2 = 'planned' AND p.ends_at > ?3 AND p.stopped = 0 AND p.starts_at > ?3)
                OR (?2 = 'running' AND p.ends_at > ?3 AND p.stopped = 0 AND p.starts_at <= ?3))
          ORDER BY p.id DESC LIMIT ?4"
    );
    tx.query(statement, params![before, state, at, limit], |row| Ok((promotion_row(row)?, (row.get(21)?, row.get(22)?))))
}

pub(crate) fn sums(tx: &ReadTx<'_>, code: &str) -> Result<Sums, Fault> {
    let statement = sql!("SELECT uses, amount FROM promotion_sum WHERE promotion = ?1");
    Ok(tx.query_opt(statement, params![code], |row| Ok((row.get(0)?, row.get(1)?)))?.unwrap_or_default())
}

pub(crate) fn add_to_sums(tx: &mut Tx<'_>, code: &str, (uses, amount): Sums) -> Result<(), Fault> {
    let statement = sql!(
        "INSERT INTO promotion_sum (promotion, uses, amount) VALUES (?1, ?2, ?3)
         ON CONFLICT (promotion) DO UPDATE SET uses = promotion_sum.uses + excluded.uses, amount = promotion_sum.amount + excluded.amount"
    );
    tx.execute(statement, params![code, uses, amount]).map(drop)
}

/// False when it is written already.
pub(crate) fn insert_promotion_use(tx: &mut Tx<'_>, subject: &str, code: &str, amount: i64) -> Result<bool, Fault> {
    let statement =
        sql!("INSERT INTO promotion_use (subject, promotion, amount) VALUES (?1, ?2, ?3) ON CONFLICT (subject, promotion) DO NOTHING");
    Ok(tx.execute(statement, params![subject, code, amount])? == 1)
}

/// Codes with what each took off.
pub(crate) fn delete_promotion_uses(tx: &mut Tx<'_>, subject: &str) -> Result<Vec<(String, i64)>, Fault> {
    let statement = sql!("DELETE FROM promotion_use WHERE subject = ?1 RETURNING promotion, amount");
    tx.write_query(statement, params![subject], |row| Ok((row.get(0)?, row.get(1)?)))
}
