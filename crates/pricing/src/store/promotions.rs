//! Promotions.

use crate::{Offer, Promotion, PromotionId, Span, Target};
use catalogue::Localised;
use kernel::{Currency, Fault, Money, ProfileId, ReadTx, Row, Timestamp, Tx, params, sql};

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
        needs_coupon: row.get(18)?,
        per_customer: Some(row.get(19)?).filter(|most| *most > 0),
    })
}

pub(crate) fn promotion_by_code(tx: &ReadTx<'_>, code: &str) -> Result<Option<Promotion>, Fault> {
    let statement = sql!(
        "SELECT id, code, name_es, name_en, target_kind, target, basis_points, currency, threshold, starts_at, ends_at,
                offer, amount, take, pay, gift, priority, exclusive, needs_coupon, per_customer
           FROM promotion WHERE code = ?1"
    );
    tx.query_opt(statement, params![code], promotion_row)
}

/// Promotions that are open to everybody without a coupon, by rank.
pub(crate) fn open_promotions(tx: &ReadTx<'_>, currency: Currency, at: Timestamp) -> Result<Vec<Promotion>, Fault> {
    let statement = sql!(
        "SELECT id, code, name_es, name_en, target_kind, target, basis_points, currency, threshold, starts_at, ends_at,
                offer, amount, take, pay, gift, priority, exclusive, needs_coupon, per_customer
           FROM promotion WHERE currency = ?1 AND ends_at > ?2 AND starts_at <= ?2 AND needs_coupon = 0
          ORDER BY priority DESC, code LIMIT 500"
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
                                    offer, amount, take, pay, gift, priority, exclusive, needs_coupon, per_customer)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)"
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
            new.per_customer.unwrap_or(0)
        ],
    )
    .map(drop)
}

/// A coupon with its promotion.
pub(crate) struct KnownCoupon {
    pub(crate) promotion: Promotion,
    pub(crate) uses: i64,
    pub(crate) used: i64,
}

pub(crate) fn coupon(tx: &ReadTx<'_>, code: &str) -> Result<Option<KnownCoupon>, Fault> {
    tx.query_opt(
        sql!(
            "SELECT p.id, p.code, p.name_es, p.name_en, p.target_kind, p.target, p.basis_points, p.currency, p.threshold, p.starts_at,
                    p.ends_at, p.offer, p.amount, p.take, p.pay, p.gift, p.priority, p.exclusive, p.needs_coupon, p.per_customer,
                    c.uses, c.used
               FROM coupon c JOIN promotion p ON p.id = c.promotion WHERE c.code = ?1"
        ),
        params![code],
        |row| Ok(KnownCoupon { promotion: promotion_row(row)?, uses: row.get(20)?, used: row.get(21)? }),
    )
}

/// False when the code is there already.
pub(crate) fn insert_coupon(tx: &mut Tx<'_>, code: &str, promotion: PromotionId, uses: i64) -> Result<bool, Fault> {
    let made = tx.execute(
        sql!("INSERT INTO coupon (code, promotion, uses, used) VALUES (?1, ?2, ?3, 0) ON CONFLICT (code) DO NOTHING"),
        params![code, promotion, uses],
    )?;
    Ok(made == 1)
}

/// One use more, if one is left.
pub(crate) fn use_coupon(tx: &mut Tx<'_>, code: &str) -> Result<bool, Fault> {
    Ok(tx.execute(sql!("UPDATE coupon SET used = used + 1 WHERE code = ?1 AND used < uses"), params![code])? == 1)
}

pub(crate) fn unuse_coupon(tx: &mut Tx<'_>, code: &str) -> Result<(), Fault> {
    tx.execute(sql!("UPDATE coupon SET used = used - 1 WHERE code = ?1 AND used > 0"), params![code]).map(drop)
}

/// How often these profiles have used a promotion's coupons.
pub(crate) fn coupon_uses(tx: &ReadTx<'_>, promotion: &Promotion, profiles: &[ProfileId]) -> Result<i64, Fault> {
    let mut uses = 0;
    for profile in profiles {
        let counted = tx.query_opt(
            sql!("SELECT COUNT(*) FROM coupon_use WHERE profile = ?1 AND promotion = ?2"),
            params![profile, promotion.id],
            |row| row.get::<i64>(0),
        )?;
        uses += counted.unwrap_or_default();
    }
    Ok(uses)
}

pub(crate) fn is_coupon_used_for(tx: &ReadTx<'_>, subject: &str) -> Result<bool, Fault> {
    let found = tx.query_opt(sql!("SELECT coupon FROM coupon_use WHERE subject = ?1"), params![subject], |row| row.get::<String>(0))?;
    Ok(found.is_some())
}

pub(crate) fn insert_coupon_use(
    tx: &mut Tx<'_>,
    (subject, buyer): (&str, Option<ProfileId>),
    code: &str,
    promotion: &Promotion,
) -> Result<(), Fault> {
    let now = tx.now();
    tx.execute(
        sql!("INSERT INTO coupon_use (subject, coupon, promotion, profile, used_at) VALUES (?1, ?2, ?3, ?4, ?5)"),
        params![subject, code, promotion.id, buyer, now],
    )
    .map(drop)
}

pub(crate) fn delete_coupon_use(tx: &mut Tx<'_>, subject: &str) -> Result<Option<String>, Fault> {
    let statement = sql!("DELETE FROM coupon_use WHERE subject = ?1 RETURNING coupon");
    Ok(tx.write_query(statement, params![subject], |row| row.get(0))?.pop())
}
