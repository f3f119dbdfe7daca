//! What this room does when others announce.

use crate::Cause;
use crate::accounts::{parse, parse_incoming};
use crate::events::Change;
use crate::waiting::{freed, given_back};
use kernel::{Actor, Fault, Logged, Quantity, Reaction, Tx};
use ledger::HoldExpired;

/// The reactions of this room.
pub const REACTIONS: &[Reaction] = &[Reaction { name: "inventory.lapsed", kinds: &[HoldExpired::KIND], folds: false, react: lapsed }];

/// A promise lapsed: tell that the stock can be promised again. The ledger has given it back already.
fn lapsed(tx: &mut Tx<'_>, event: &Logged) -> Result<(), Fault> {
    let body: HoldExpired = event.read()?;
    if let Some((variant, location)) = parse_incoming(&body.account) {
        return freed(tx, &Actor::system(), (variant, location), (Quantity(body.amount), body.hold));
    }
    let Some((variant, location)) = parse(&body.account) else { return Ok(()) };
    given_back(tx, &Actor::system(), (variant, location), Quantity(body.amount))?;
    let change = Change { variant, location, cause: Cause::Expired, quantity: Quantity(body.amount), reservation: Some(body.hold) };
    change.tell_as_it_is(tx, &Actor::system()).map(drop)
}
