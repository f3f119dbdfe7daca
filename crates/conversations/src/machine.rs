//! What a machine answers before any person: it leaves nobody waiting, and gives the matter up without a trace on its clock.

use crate::{MatterId, MessageId, queries, reply};
use kernel::{Actor, Channel, Event, Fault, Tx, params, sql};
use serde_json::json;

/// The machine has the customer: a matter that nobody has seen is not in front of everybody meanwhile.
pub fn leave_to_machine(tx: &mut Tx<'_>, id: MatterId) -> Result<(), Fault> {
    tx.execute(
        sql!("UPDATE matter SET state = 'waiting' WHERE id = ?1 AND state = 'new' AND owner IS NULL AND waiting_since IS NULL"),
        params![id],
    )
    .map(drop)
}

/// A person goes on. When the machine said so in `last`, that was no answer: the customer waits as before it. `about` tells where the
/// machine left them. Announces `matter.handed_over`.
pub fn give_to_people(tx: &mut Tx<'_>, id: MatterId, last: Option<MessageId>, (channel, about): (Channel, &str)) -> Result<(), Fault> {
    let Some(matter) = queries::matter(tx, id)? else { return Ok(()) };
    if let Some(last) = last {
        reply::restore(tx, id, last)?;
        tx.execute(sql!("UPDATE matter SET unread = 1 WHERE id = ?1 AND unread = 0"), params![id])?;
    }
    let body = json!({ "matter": id, "channel": channel, "about": about });
    tx.announce(Event::new("matter.handed_over", id).profile(matter.profile).channel(channel).by(&Actor::system()).body(&body))
}
