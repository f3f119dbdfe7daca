//! Coupons and who used them.

use super::promotions::promotion_row;
use crate::{Coupon, Promotion, PromotionId};
use kernel::{Fault, ProfileId, ReadTx, Tx, params, sql};

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
                    p.ends_at, p.offer, p.amount, p.take, p.pay, p.gift, p.priority, p.exclusive, p.needs_coupon, p.per_customer, p.stopped,
                    c.uses, c.used
               FROM coupon c JOIN promotion p ON p.id = c.promotion WHERE c.code = ?1"
        ),
        params![code],
        |row| Ok(KnownCoupon { promotion: promotion_row(row)?, uses: row.get(21)?, used: row.get(22)? }),
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

/// A promotion's coupons in the order of their codes, after this one.
pub(crate) fn coupons(tx: &ReadTx<'_>, promotion: PromotionId, after: &str, limit: i64) -> Result<Vec<Coupon>, Fault> {
    tx.query(
        sql!("SELECT code, uses, used FROM coupon WHERE promotion = ?1 AND code > ?2 ORDER BY code LIMIT ?3"),
        params![promotion, after, limit],
        |row| Ok(Coupon { code: row.get(0)?, uses: row.get(1)?, used: row.get(2)? }),
    )
}
