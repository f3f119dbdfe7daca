//! Where the dialogue stood when a person took over: nobody asks the customer again.

use crate::Session;
use conversations::{Matter, MatterId};
use kernel::{Channel, Fault, Json, Logged, Reaction, ReadTx, Timestamp, Tx, params, sql};

/// What was told stays with the matter until it is done.
pub const REACTIONS: &[Reaction] = &[Reaction { name: "self_service.hand_over", kinds: &["matter.resolved"], folds: false, react: forget }];

/// Where the dialogue stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandOver {
    /// Where it was held.
    pub channel: Channel,
    /// How it stood, with what was said.
    pub session: Session,
    /// When a person was to take over.
    pub at: Timestamp,
}

/// What the machine was told in a matter; `None` when it did not speak, or the matter is done.
pub fn hand_over(tx: &ReadTx<'_>, matter: MatterId) -> Result<Option<HandOver>, Fault> {
    tx.query_opt(sql!("SELECT channel, state, at FROM self_service_hand_over WHERE matter = ?1"), params![matter], |row| {
        Ok(HandOver { channel: row.get(0)?, session: row.get::<Json<Session>>(1)?.0, at: row.get(2)? })
    })
}

/// Keep where a dialogue stood for whoever takes the matter; the latest counts.
pub fn keep_hand_over(tx: &mut Tx<'_>, matter: &Matter, channel: Channel, session: &Session) -> Result<(), Fault> {
    let now = tx.now();
    tx.execute(
        sql!(
            "INSERT INTO self_service_hand_over (matter, profile, channel, state, at) VALUES (?1, ?2, ?3, ?4, ?5)
              ON CONFLICT (matter) DO UPDATE SET channel = excluded.channel, state = excluded.state, at = excluded.at"
        ),
        params![matter.id, matter.profile, channel, Json(session), now],
    )
    .map(drop)
}

fn forget(tx: &mut Tx<'_>, event: &Logged) -> Result<(), Fault> {
    tx.execute(sql!("DELETE FROM self_service_hand_over WHERE matter = ?1"), params![event.subject.as_str()]).map(drop)
}
