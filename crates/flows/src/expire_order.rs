//! An order that nobody paid for gives its stock back.

use crate::cancel::{CancelFlowError, cancel};
use kernel::{Actor, Channel, Fault, Timer, Tx};
use orders::{CancelOrder, OrderId, OrderState};

pub(crate) const EXPIRE_ORDER: &str = "flows.expire_order";

/// Call the order off if it still waits for its payment. What came in of it goes back.
pub(crate) fn expire(tx: &mut Tx<'_>, timer: &Timer) -> Result<(), Fault> {
    let order: OrderId = timer.key.parse().map_err(|e: kernel::IdError| Fault::data(e.to_string()))?;
    if orders::order(tx, order)?.is_none_or(|order| order.state != OrderState::Placed) {
        return Ok(());
    }
    let cmd = CancelOrder { order, reason: "not paid in time".into(), channel: Channel::System };
    cancel(tx, &Actor::system(), &cmd).map(drop).map_err(|error| match error {
        CancelFlowError::Fault(fault) => fault,
        other => Fault::outside("calling off an unpaid order", other),
    })
}
