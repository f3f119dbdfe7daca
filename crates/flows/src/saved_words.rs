//! Which saved replies suit a matter, and what fills their gaps for its customer.

use catalogue::fold;
use conversations::{SavedReply, TeamId, Variable};
use customers::Person;
use customers::learnt::Aspect;
use kernel::{Actor, Fault, Permission, ProfileId, ReadTx, StaffId};
use orders::{Order, OrderHead};
use std::collections::BTreeMap;

/// What a colleague may use in a matter: everybody's, those of their own teams and of the matter's. Whose name begins with what is typed comes
/// first, then those that say it anywhere; accents and capitals do not matter. At most `limit`.
pub fn saved_replies_for(
    tx: &ReadTx<'_>,
    staff: StaffId,
    matter: Option<TeamId>,
    typed: &str,
    limit: usize,
) -> Result<Vec<SavedReply>, Fault> {
    let mut teams = conversations::teams_of(tx, staff)?;
    teams.extend(matter);
    let wanted = fold(typed.trim());
    let mut found: Vec<(u8, SavedReply)> = Vec::new();
    for reply in conversations::saved_replies(tx)?.into_iter().filter(|reply| reply.team.is_none_or(|team| teams.contains(&team))) {
        let name = fold(&reply.name);
        let says = |text: &str| fold(text).contains(&wanted);
        let place = match () {
            () if name.starts_with(&wanted) => 0,
            () if name.contains(&wanted) => 1,
            () if says(&reply.text_es) || says(&reply.text_en) => 2,
            () => continue,
        };
        found.push((place, reply));
    }
    found.sort_by_key(|(place, _)| *place);
    Ok(found.into_iter().map(|(_, reply)| reply).take(limit).collect())
}

/// Values for the gaps of saved words to this person, written by `agent` for `brand`. What is not known has no value;
/// orders and likings stay out for who may not see them.
pub fn saved_words(
    tx: &ReadTx<'_>,
    actor: &Actor,
    person: &Person,
    (agent, brand): (&str, &str),
) -> Result<BTreeMap<Variable, String>, Fault> {
    let first = |name: &str| name.split_whitespace().next().unwrap_or_default().to_owned();
    let order = latest_order(tx, actor, person)?;
    let collected = order.as_ref().and_then(|order| order.fulfilments.iter().find(|part| part.code.is_some()));
    let shop = match collected {
        Some(part) => part.place.clone(),
        None => usual_shop(tx, actor, person)?,
    };
    let known = [
        (Variable::FirstName, first(&person.name.text)),
        (Variable::Name, person.name.text.clone()),
        (Variable::Order, order.as_ref().map_or_else(String::new, |order| order.number.to_string())),
        (Variable::Shop, shop),
        (Variable::CollectCode, collected.and_then(|part| part.code.clone()).unwrap_or_default()),
        (Variable::Agent, first(agent)),
        (Variable::Brand, brand.to_owned()),
    ];
    Ok(known.into_iter().filter(|(_, value)| !value.is_empty()).collect())
}

/// Their latest order, as far as the actor may see it.
fn latest_order(tx: &ReadTx<'_>, actor: &Actor, person: &Person) -> Result<Option<Order>, Fault> {
    if !actor.may(Permission::ViewOrders) {
        return Ok(None);
    }
    let profiles: Vec<ProfileId> = person.profiles.iter().map(|profile| profile.id).collect();
    let latest: Option<OrderHead> = orders::orders_of(tx, &profiles, None, 1)?.items.into_iter().next();
    latest.map_or(Ok(None), |head| orders::order(tx, head.id))
}

/// The name of their usual shop; empty without their consent.
fn usual_shop(tx: &ReadTx<'_>, actor: &Actor, person: &Person) -> Result<String, Fault> {
    let items = match customers::learnt::preferences(tx, actor, person.id) {
        Ok(known) => known.items,
        Err(customers::QueryError::Fault(fault)) => return Err(fault),
        Err(_) => Vec::new(),
    };
    Ok(items.into_iter().find(|item| item.aspect == Aspect::UsualShop).map_or_else(String::new, |item| item.label))
}
