//! What gateways are to be told: taken in one transaction, said in none, answered in another.

use crate::{Adapter, Calling, GatewayAccount, Verdict, adapter};
use channels::{Carrier, WireRequest};
use kernel::{Db, Fault};
use payments::GatewayCall;

/// Calls taken in one round.
const ROUND: i64 = 20;
const UNSURE: &str = "the program ended while it was being told: look at the gateway's page first";

/// Make the calls that are due; answers how many were taken.
pub async fn make_calls(db: &Db, carrier: &Carrier) -> Result<usize, Fault> {
    if db.read(payments::next_call).await?.is_none_or(|due| due > db.clock().now()) {
        return Ok(0);
    }
    let taken = db.write("payments.take_calls", |tx| payments::take_calls(tx, ROUND)).await?;
    let count = taken.len();
    for call in taken {
        let (id, answer) = (call.id, make(db, carrier, call).await?);
        db.write("payments.call_answered", move |tx| payments::call_answered(tx, id, answer.clone())).await?;
    }
    Ok(count)
}

async fn make(db: &Db, carrier: &Carrier, call: GatewayCall) -> Result<Result<bool, String>, Fault> {
    let (gateway, of) = (call.gateway, call.payment);
    let (gateway, payment, session) = db
        .read(move |tx| {
            let gateway = payments::gateway(tx, gateway)?.ok_or_else(|| Fault::data("a gateway vanished"))?;
            let payment = payments::payment(tx, of)?.ok_or_else(|| Fault::data("a payment vanished"))?;
            Ok::<_, Fault>((gateway, payment, payments::session_of(tx, of)?))
        })
        .await?;
    let adapter = adapter(gateway.provider);
    if call.was_taken && !adapter.is_repeatable() {
        return Ok(Err(UNSURE.to_owned()));
    }
    let calling = Calling {
        id: call.id,
        payment: payment.id,
        verb: call.verb,
        amount: call.amount,
        paid_as: payment.reference,
        page: session.and_then(|session| session.reference).unwrap_or_default(),
    };
    Ok(said(adapter, &GatewayAccount::of(&gateway)?, &calling, carrier).await)
}

async fn said(adapter: &dyn Adapter, account: &GatewayAccount, calling: &Calling, carrier: &Carrier) -> Result<bool, String> {
    let Some(request) = adapter.call(account, calling).map_err(|missing| missing.to_string())? else { return Ok(true) };
    let reply = carrier.carry("", WireRequest::Http(request)).await;
    match adapter.called(account, calling, &reply) {
        Verdict::Done => Ok(true),
        Verdict::Again => Ok(false),
        Verdict::Refused(why) => Err(why),
    }
}
