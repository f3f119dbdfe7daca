//! Whose order it is may be guessed a few times an hour, by all strangers together; then it is as if there were no such order.

use kernel::{Fault, ReadTx, Tx, params, sql};
use orders::OrderNumber;
use std::time::Duration;

/// Wrong answers about one order that are borne.
const BORNE: i64 = 5;
/// Until this long after the last of them.
const REMEMBERED: Duration = Duration::from_secs(3600);

/// Whether it has been guessed at too often.
pub(crate) fn too_many(tx: &ReadTx<'_>, number: OrderNumber) -> Result<bool, Fault> {
    let wrong = tx.query_opt(
        sql!("SELECT wrong FROM self_service_guess WHERE number = ?1 AND until > ?2"),
        params![number.to_string(), tx.now()],
        |row| row.get::<i64>(0),
    )?;
    Ok(wrong.is_some_and(|wrong| wrong >= BORNE))
}

/// Note a wrong answer about an order that exists.
pub(crate) fn note_wrong(tx: &mut Tx<'_>, number: OrderNumber) -> Result<(), Fault> {
    let now = tx.now();
    tx.execute(
        sql!(
            "INSERT INTO self_service_guess (number, wrong, until) VALUES (?1, 1, ?3) ON CONFLICT (number) DO UPDATE SET
              wrong = CASE WHEN self_service_guess.until > ?2 THEN self_service_guess.wrong + 1 ELSE 1 END, until = excluded.until"
        ),
        params![number.to_string(), now, now.plus(REMEMBERED)],
    )
    .map(drop)
}
