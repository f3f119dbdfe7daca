//! All that is known of a person, in one piece of JSON: each room adds its part.

use customers::{PersonId, QueryError};
use kernel::log::{TimelineKey, of_profile};
use kernel::{Actor, Event, Fault, ProfileId, ReadTx, Tx};
use serde_json::{Value, json};

/// Everything about a person: for themselves, and for those who may take data out. That it was taken is announced, hidden, as
/// `customer.exported`. `None` when there is no such person. It is read in one snapshot and grows with the person's own history only.
pub fn export_person(tx: &mut Tx<'_>, actor: &Actor, person: PersonId) -> Result<Option<Value>, QueryError> {
    customers::may_export(tx, actor, person)?;
    if customers::person_of(tx, person.oldest_profile())?.is_none() {
        return Ok(None);
    }
    let profiles = customers::profiles_of(tx, person)?;
    let bought = orders::export_orders(tx, &profiles)?;
    let all = json!({
        "format": "hilo.person/1",
        "exported_at": tx.now(),
        "customer": customers::export(tx, person)?,
        "conversations": conversations::export_talk(tx, &profiles)?,
        "self_service": self_service::export_self_service(tx, &profiles)?,
        "payments": payments::export_payments(tx, &subjects(&bought))?,
        "purchases": bought,
        "ratings": catalogue::ratings::export_ratings(tx, &profiles)?,
        "timeline": timeline(tx, &profiles)?,
    });
    let own = customers::current(tx, person)?.oldest_profile();
    tx.announce(Event::new("customer.exported", own).profile(own).by(actor).hidden())?;
    Ok(Some(all))
}

/// What payments call the orders.
fn subjects(bought: &Value) -> Vec<String> {
    let ids = bought["orders"].as_array().into_iter().flatten().filter_map(|order| order["id"].as_str());
    ids.map(|id| format!("order:{id}")).collect()
}

/// The whole log of them, shown and hidden, newest first.
fn timeline(tx: &ReadTx<'_>, profiles: &[ProfileId]) -> Result<Vec<Value>, Fault> {
    let mut entries = Vec::new();
    for profile in profiles {
        for shown in [true, false] {
            let mut before = None;
            loop {
                let page = of_profile(tx, *profile, shown, before)?;
                let Some(last) = page.last() else { break };
                before = Some(TimelineKey { at: last.at, seq: last.key.seq });
                entries.extend(page.into_iter().map(|entry| {
                    let body: Value = serde_json::from_str(&entry.body).unwrap_or_default();
                    let facts = json!({ "kind": entry.kind, "subject": entry.subject, "channel": entry.channel, "body": body });
                    (entry.at, json!({ "at": entry.at, "what": facts }))
                }));
            }
        }
    }
    entries.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    Ok(entries.into_iter().map(|(_, entry)| entry).collect())
}
