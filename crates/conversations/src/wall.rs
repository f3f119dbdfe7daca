//! How the service stands now: what waits on each channel, for how long, and how much of it is late.

use kernel::{Channel, Fault, ReadTx, Timestamp, params, sql};

/// What waits on one channel, counted up to ten thousand matters in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChannelNow {
    /// The channel.
    pub channel: Channel,
    /// Matters that need us.
    pub waiting: i64,
    /// Of these, in nobody's hands.
    pub unassigned: i64,
    /// Of these, past a target.
    pub missed: i64,
    /// Since when the one waits that waits longest.
    pub longest_since: Option<Timestamp>,
}

/// What waits now, by channel.
pub fn channels_now(tx: &ReadTx<'_>) -> Result<Vec<ChannelNow>, Fault> {
    tx.query(
        sql!(
            "SELECT m.channel, COUNT(*), COUNT(*) - COUNT(m.owner), CAST(COALESCE(SUM(CASE WHEN m.due_rank <= ?1 THEN 1 ELSE 0 END), 0) AS BIGINT),
              MIN(m.waiting_since)
              FROM (SELECT channel, owner, due_rank, waiting_since FROM matter WHERE state <> 'resolved' AND state <> 'snoozed' AND state <> 'waiting'
                    ORDER BY due_rank, id LIMIT 10000) m
              GROUP BY m.channel ORDER BY m.channel"
        ),
        params![tx.now()],
        |row| Ok(ChannelNow { channel: row.get(0)?, waiting: row.get(1)?, unassigned: row.get(2)?, missed: row.get(3)?, longest_since: row.get(4)? }),
    )
}
