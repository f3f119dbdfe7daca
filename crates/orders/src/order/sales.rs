//! What was sold, by where it was sold.

use crate::page::ReadError;
use kernel::{Actor, Channel, Currency, Money, Permission, ReadTx, Timestamp, params, sql};

/// The orders of one channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChannelSales {
    /// Where they were placed.
    pub channel: Channel,
    /// How many.
    pub orders: i64,
    /// Their sum, tax included.
    pub total: Money,
}

/// Orders placed in `[from, until)` in one currency, without cancelled ones, by channel; the largest sum first. For staff.
/// Reads the orders of that time, so ask for a day or a month.
pub fn sales_by_channel(
    tx: &ReadTx<'_>,
    actor: &Actor,
    currency: Currency,
    (from, until): (Timestamp, Timestamp),
) -> Result<Vec<ChannelSales>, ReadError> {
    actor.require(Permission::ViewOrders)?;
    let found = tx.query(
        sql!(
            "SELECT channel, COUNT(*), CAST(SUM(total) AS BIGINT) FROM customer_order
              WHERE placed_at >= ?1 AND placed_at < ?2 AND currency = ?3 AND state <> 'cancelled'
              GROUP BY channel ORDER BY SUM(total) DESC, channel"
        ),
        params![from, until, currency],
        |row| Ok(ChannelSales { channel: row.get(0)?, orders: row.get(1)?, total: Money::new(row.get(2)?, currency) }),
    )?;
    Ok(found)
}
