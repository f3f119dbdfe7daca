//! A notice that was lost is asked for.

use crate::{GatewayAccount, adapter};
use channels::{Carrier, WireRequest};
use kernel::{Db, Fault, Kind, Problem};
use payments::GatewaySession;

/// Payments asked after in one round.
const ROUND: i64 = 20;

/// Ask after the payments whose time has come; answers how many.
pub async fn inquire_due(db: &Db, carrier: &Carrier) -> Result<usize, Fault> {
    if db.read(payments::next_asked).await?.is_none_or(|due| due > db.clock().now()) {
        return Ok(0);
    }
    let taken = db.write("payments.take_asked", |tx| payments::take_asked(tx, ROUND)).await?;
    for (session, _) in &taken {
        inquire(db, carrier, session).await?;
    }
    Ok(taken.len())
}

/// Ask what became of one payment, and take up what is told.
pub async fn inquire(db: &Db, carrier: &Carrier, session: &GatewaySession) -> Result<(), Fault> {
    let Some(page) = session.reference.clone() else { return Ok(()) };
    let id = session.gateway;
    let gateway = db.read(move |tx| payments::gateway(tx, id)).await?.ok_or_else(|| Fault::data("a gateway vanished"))?;
    let adapter = adapter(gateway.provider);
    let request = match adapter.inquire(&GatewayAccount::of(&gateway)?, &page) {
        Ok(Some(request)) => request,
        Ok(None) => return Ok(()),
        Err(missing) => {
            tracing::warn!(gateway = gateway.name, %missing, "a payment cannot be asked after");
            return Ok(());
        }
    };
    let reply = carrier.carry("", WireRequest::Http(request)).await;
    let Some(event) = adapter.inquired(&reply, db.clock().now()).filter(|event| event.payment == session.payment) else { return Ok(()) };
    match db.write("flows.receive_payment_event", move |tx| flows::receive_payment_event(tx, &event)).await {
        Err(refused) if matches!(refused.kind(), Kind::Unavailable | Kind::Fault) => Err(Fault::outside("taking up a payment", refused)),
        Err(refused) => {
            tracing::warn!(code = refused.code(), "what a gateway answered was refused");
            Ok(())
        }
        Ok(_) => Ok(()),
    }
}
