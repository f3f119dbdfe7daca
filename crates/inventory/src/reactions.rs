//! What this room does when others announce.

use crate::accounts::{parse, stock_account};
use crate::events::Change;
use crate::{Cause, store};
use kernel::{Actor, Fault, Logged, Quantity, Reaction, Tx};
use ledger::HoldExpired;

/// The reactions of this room.
pub const REACTIONS: &[Reaction] = &[Reaction { name: "inventory.lapsed", kinds: &[HoldExpired::KIND], folds: false, react: lapsed }];

/// A promise lapsed: tell that the stock can be promised again. The ledger has given it back already.
fn lapsed(tx: &mut Tx<'_>, event: &Logged) -> Result<(), Fault> {
    let body: HoldExpired = event.read()?;
    let Some((variant, location)) = parse(&body.account) else { return Ok(()) };
    let balance = ledger::balance(tx, &stock_account(variant, location))?;
    let safety = store::place(tx, variant, location)?.map_or(Quantity::ZERO, |p| p.safety);
    let change = Change { variant, location, cause: Cause::Expired, quantity: Quantity(body.amount), reservation: Some(body.hold) };
    change.tell(tx, &Actor::system(), balance, safety).map(drop)
}
