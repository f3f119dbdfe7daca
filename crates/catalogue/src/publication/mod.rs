//! Products that go on sale, or off it, by themselves.
//!
//! What is planned changes nothing before its moment: the state of a product says what customers see, and a timer changes it then, as
//! somebody would have by hand. So every door follows at once, and the history says who planned it.

mod store;

use crate::save::edit;
use crate::{EditError, Product, ProductId, Status};
use kernel::{Actor, Event, Fault, Permission, ReadTx, Timer, TimerHandler, Timestamp, Tx};

pub(crate) const PUBLISHES: TimerHandler = TimerHandler { kind: TIMER, run: due };

const TIMER: &str = "catalogue.publication";

/// A state that a product will take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// On sale, or a draft again.
    pub status: Status,
    /// When.
    pub at: Timestamp,
    /// Who planned it, as the log names an actor: `staff:ID`.
    pub planned_by: String,
}

/// What a product is to do by itself; `None` where nothing is to happen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Plan {
    /// When it goes on sale.
    pub on_sale: Option<Timestamp>,
    /// When it goes off sale: it is a draft again.
    pub off_sale: Option<Timestamp>,
}

/// Plan when a product goes on sale and off it, in place of what was planned before. A moment that has passed, or an end before its
/// beginning, is refused. Announces `product.planned` when it differs.
pub fn plan_publication(tx: &mut Tx<'_>, actor: &Actor, id: ProductId, plan: Plan) -> Result<(), EditError> {
    actor.require(Permission::EditCatalogue)?;
    if crate::store::product(tx, id)?.is_none() {
        return Err(EditError::UnknownProduct);
    }
    let before = publication(tx, id)?;
    let steps = [("on_sale", Status::Active, plan.on_sale), ("off_sale", Status::Draft, plan.off_sale)];
    for (field, status, at) in steps {
        let is_new = at.is_some_and(|at| before.iter().all(|known| (known.status, known.at) != (status, at)));
        if is_new && at.is_some_and(|at| at <= tx.now()) {
            return Err(EditError::Invalid { field, why: "the moment lies in the past; choose a later one".into() });
        }
    }
    if let (Some(from), Some(until)) = (plan.on_sale, plan.off_sale)
        && until <= from
    {
        return Err(EditError::Invalid { field: "off_sale", why: "it would go off sale before it goes on sale".into() });
    }
    let mut differs = false;
    for (_, status, at) in steps {
        let was = before.iter().find(|known| known.status == status).map(|known| known.at);
        if was == at {
            continue;
        }
        differs = true;
        match at {
            Some(at) => {
                store::put(tx, id, &Planned { status, at, planned_by: actor.to_string() })?;
                tx.at(at, TIMER, &key(id, status), &())?;
            }
            None => {
                store::delete(tx, id, status)?;
                tx.cancel_timer(TIMER, &key(id, status))?;
            }
        }
    }
    if differs {
        let body = serde_json::json!({ "on_sale": plan.on_sale, "off_sale": plan.off_sale });
        tx.announce(Event::new(crate::PRODUCT_PLANNED, id).by(actor).body(&body))?;
    }
    Ok(())
}

/// What is planned for a product, the next first.
pub fn publication(tx: &ReadTx<'_>, id: ProductId) -> Result<Vec<Planned>, Fault> {
    store::of_product(tx, id)
}

fn key(id: ProductId, status: Status) -> String {
    format!("{id}/{status}")
}

/// The moment has come. What the rules refuse now (a product without variants cannot be sold) stays as it is.
fn due(tx: &mut Tx<'_>, timer: &Timer) -> Result<(), Fault> {
    let parsed = timer.key.split_once('/').and_then(|(id, status)| Some((id.parse::<ProductId>().ok()?, status.parse::<Status>().ok()?)));
    let Some((id, status)) = parsed else { return Ok(()) };
    let now = tx.now();
    let Some(planned) = publication(tx, id)?.into_iter().find(|planned| planned.status == status && planned.at <= now) else {
        return Ok(());
    };
    store::delete(tx, id, status)?;
    let change = |_: &mut Tx<'_>, product: &mut Product| {
        // What was archived meanwhile is not brought back by an old plan.
        if product.status != Status::Archived {
            product.status = status;
        }
        Ok(())
    };
    // They were allowed to when they planned it.
    let actor = Actor::on_behalf(&planned.planned_by, vec![Permission::EditCatalogue]);
    match edit(tx, &actor, (id, None), change) {
        Ok(_) | Err(EditError::UnknownProduct | EditError::Invalid { .. }) => Ok(()),
        Err(EditError::Fault(fault)) => Err(fault),
        Err(other) => Err(Fault::data(format!("publishing product {id}: {other}"))),
    }
}
