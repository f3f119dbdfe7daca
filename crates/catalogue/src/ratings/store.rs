//! Every SQL text about ratings.

use super::{Rating, RatingId, RatingState};
use crate::ProductId;
use kernel::{Fault, ProfileId, ReadTx, Row, Timestamp, Tx, params, sql};

fn read(row: &Row<'_>) -> Result<Rating, Fault> {
    Ok(Rating {
        id: row.get(0)?,
        product: row.get(1)?,
        profile: row.get(2)?,
        stars: row.get(3)?,
        text: row.get(4)?,
        name: row.get(5)?,
        state: row.get(6)?,
        rated_at: row.get(7)?,
    })
}

pub(super) fn save(tx: &mut Tx<'_>, rating: &Rating) -> Result<(), Fault> {
    tx.execute(
        sql!(
            "INSERT INTO product_rating (id, product_id, profile_id, stars, text, name, state, rated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             ON CONFLICT (product_id, profile_id) DO UPDATE SET stars = excluded.stars, text = excluded.text, name = excluded.name,
               state = excluded.state, rated_at = excluded.rated_at, decided_at = NULL, decided_by = NULL"
        ),
        params![rating.id, rating.product, rating.profile, rating.stars, rating.text, rating.name, rating.state, rating.rated_at],
    )
    .map(drop)
}

pub(super) fn decide(tx: &mut Tx<'_>, id: RatingId, state: RatingState, at: Timestamp, by: &str) -> Result<(), Fault> {
    tx.execute(sql!("UPDATE product_rating SET state = ?2, decided_at = ?3, decided_by = ?4 WHERE id = ?1"), params![id, state, at, by])
        .map(drop)
}

pub(super) fn add_to_total(tx: &mut Tx<'_>, product: ProductId, ratings: i64, stars: i64) -> Result<(), Fault> {
    tx.execute(
        sql!("INSERT INTO rating_total (product_id, ratings, stars) VALUES (?1, 0, 0) ON CONFLICT (product_id) DO NOTHING"),
        params![product],
    )?;
    tx.execute(
        sql!("UPDATE rating_total SET ratings = ratings + ?2, stars = stars + ?3 WHERE product_id = ?1"),
        params![product, ratings, stars],
    )
    .map(drop)
}

pub(super) fn total(tx: &ReadTx<'_>, product: ProductId) -> Result<Option<(i64, i64)>, Fault> {
    tx.query_opt(sql!("SELECT ratings, stars FROM rating_total WHERE product_id = ?1"), params![product], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

pub(super) fn by_id(tx: &ReadTx<'_>, id: RatingId) -> Result<Option<Rating>, Fault> {
    tx.query_opt(
        sql!("SELECT id, product_id, profile_id, stars, text, name, state, rated_at FROM product_rating WHERE id = ?1"),
        params![id],
        read,
    )
}

pub(super) fn of_profile(tx: &ReadTx<'_>, product: ProductId, profile: ProfileId) -> Result<Option<Rating>, Fault> {
    tx.query_opt(
        sql!(
            "SELECT id, product_id, profile_id, stars, text, name, state, rated_at FROM product_rating
              WHERE product_id = ?1 AND profile_id = ?2"
        ),
        params![product, profile],
        read,
    )
}

pub(super) fn list(
    tx: &ReadTx<'_>,
    product: ProductId,
    state: RatingState,
    before: Option<(Timestamp, RatingId)>,
    limit: i64,
) -> Result<Vec<Rating>, Fault> {
    let (at, id) = before.unwrap_or((Timestamp::from_micros(i64::MAX), RatingId::nil()));
    tx.query(
        sql!(
            "SELECT id, product_id, profile_id, stars, text, name, state, rated_at FROM product_rating
              WHERE product_id = ?1 AND state = ?2 AND (rated_at, id) < (?3, ?4) ORDER BY rated_at DESC, id DESC LIMIT ?5"
        ),
        params![product, state, at, id, limit],
        read,
    )
}

pub(super) fn in_state(tx: &ReadTx<'_>, state: RatingState, limit: i64) -> Result<Vec<Rating>, Fault> {
    tx.query(
        sql!(
            "SELECT id, product_id, profile_id, stars, text, name, state, rated_at FROM product_rating
              WHERE state = ?1 ORDER BY rated_at, id LIMIT ?2"
        ),
        params![state, limit],
        read,
    )
}

/// Newest first, at most 1000.
pub(super) fn by_profile(tx: &ReadTx<'_>, profile: ProfileId) -> Result<Vec<Rating>, Fault> {
    tx.query(
        sql!(
            "SELECT id, product_id, profile_id, stars, text, name, state, rated_at FROM product_rating
              WHERE profile_id = ?1 ORDER BY rated_at DESC, id DESC LIMIT 1000"
        ),
        params![profile],
        read,
    )
}

pub(super) fn erase(tx: &mut Tx<'_>, profile: ProfileId) -> Result<u64, Fault> {
    tx.execute(
        sql!(
            "UPDATE product_rating SET text = '', name = '', state = CASE WHEN state = 'waiting' THEN 'rejected' ELSE state END
              WHERE profile_id = ?1 AND (text <> '' OR name <> '' OR state = 'waiting')"
        ),
        params![profile],
    )
}
