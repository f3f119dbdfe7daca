//! Goods ordered from suppliers: on their way, later or fewer than thought, arrived.

use crate::accounts::{UNIT, incoming_account, world};
use crate::events::{Change, supply_changed};
use crate::movement::{Movement, not_a_bundle, positive};
use crate::{Cause, LocationId, MOST, StockError, SupplyId, store, supply_store};
use catalogue::VariantId;
use jiff::civil::Date;
use kernel::{Actor, Permission, Quantity, Timestamp, Tx};
use ledger::{Entry, Post};

/// Longest reference and longest name of a supplier, in characters.
pub const MAX_SUPPLY_TEXT: usize = 80;

kernel::db_enum! {
    /// Where goods ordered from a supplier stand.
    pub enum SupplyState {
        /// Some are still to come.
        Expected = "expected",
        /// Nothing more comes.
        Arrived = "arrived",
        /// None came, and none will.
        CalledOff = "called_off",
    }
}

/// Goods of one variant ordered from a supplier for one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supply {
    /// Its id.
    pub id: SupplyId,
    /// What the order is called, such as `PO-1042`; may be empty.
    pub reference: String,
    /// From whom; may be empty.
    pub supplier: String,
    /// Of what.
    pub variant: VariantId,
    /// For where.
    pub location: LocationId,
    /// How much was ordered.
    pub quantity: Quantity,
    /// How much of it came.
    pub arrived: Quantity,
    /// When the rest comes.
    pub expected: Date,
    /// Where it stands.
    pub state: SupplyState,
    /// When it was written down.
    pub created_at: Timestamp,
}

impl Supply {
    /// What is still to come.
    pub fn outstanding(&self) -> Quantity {
        Quantity((self.quantity.0 - self.arrived.0).max(0))
    }
}

/// Goods to be expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectSupply {
    /// The caller's name for this line of the order.
    pub key: String,
    /// What the order is called.
    pub reference: String,
    /// From whom.
    pub supplier: String,
    /// Of what.
    pub variant: VariantId,
    /// For where.
    pub location: LocationId,
    /// How much.
    pub quantity: Quantity,
    /// When it comes.
    pub expected: Date,
}

/// What is different about goods on their way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SupplyChange {
    /// When the rest comes.
    pub expected: Option<Date>,
    /// How many come in all; as many as have arrived already calls the rest off.
    pub quantity: Option<Quantity>,
}

/// Write down that goods are on their way. From then on they can be promised where the variant's policy sells them ahead.
/// Repeating the `key` answers the first.
pub fn expect_supply(tx: &mut Tx<'_>, actor: &Actor, cmd: ExpectSupply) -> Result<SupplyId, StockError> {
    actor.require(Permission::AdjustStock)?;
    positive(cmd.quantity)?;
    let text = |field, text: &str| if text.chars().count() <= MAX_SUPPLY_TEXT { Ok(()) } else { Err(StockError::TooLong { field }) };
    text("reference", &cmd.reference)?;
    text("supplier", &cmd.supplier)?;
    store::place(tx, cmd.variant, cmd.location)?.filter(|place| place.is_active).ok_or(StockError::UnknownLocation)?;
    not_a_bundle(tx, cmd.variant)?;
    let supply = Supply {
        id: tx.new_id(),
        reference: cmd.reference,
        supplier: cmd.supplier,
        variant: cmd.variant,
        location: cmd.location,
        quantity: cmd.quantity,
        arrived: Quantity::ZERO,
        expected: cmd.expected,
        state: SupplyState::Expected,
        created_at: tx.now(),
    };
    if !supply_store::insert_supply(tx, &supply, &cmd.key)? {
        return Ok(supply_store::supply_by_key(tx, &cmd.key)?);
    }
    under_way(tx, &supply, supply.quantity.0, "expected")?;
    tell(tx, actor, &supply)?;
    Ok(supply.id)
}

/// Goods on their way come later or sooner, or fewer or more of them. Announces `supply.changed`, so that promises follow.
///
/// # Errors
/// [`StockError::TooFew`] when what would be called off is promised to customers already.
pub fn change_supply(tx: &mut Tx<'_>, actor: &Actor, id: SupplyId, change: SupplyChange) -> Result<Supply, StockError> {
    actor.require(Permission::AdjustStock)?;
    let before = supply_store::supply(tx, id)?.filter(|supply| supply.state == SupplyState::Expected).ok_or(StockError::UnknownSupply)?;
    let quantity = change.quantity.unwrap_or(before.quantity);
    if !(before.arrived.0..=MOST).contains(&quantity.0) {
        return Err(StockError::InvalidQuantity);
    }
    let expected = change.expected.unwrap_or(before.expected);
    let now = ended(Supply { quantity, expected, ..before.clone() });
    if now == before {
        return Ok(now);
    }
    under_way(tx, &now, now.outstanding().0 - before.outstanding().0, "expected_again")?;
    supply_store::update_supply(tx, &now)?;
    tell(tx, actor, &now)?;
    Ok(now)
}

/// Goods of a supplier came: they are stock now, and whoever waits for them gets theirs first, in the order in which they bought. More
/// than was ordered may come. Answers what can be promised out of stock now; repeating the `key` adds nothing.
pub fn receive_supply(tx: &mut Tx<'_>, actor: &Actor, id: SupplyId, key: &str, quantity: Quantity) -> Result<Quantity, StockError> {
    actor.require(Permission::AdjustStock)?;
    positive(quantity)?;
    let before = supply_store::supply(tx, id)?.ok_or(StockError::UnknownSupply)?;
    let movement = Movement {
        key: format!("supply/{id}/{key}"),
        variant: before.variant,
        location: before.location,
        change: quantity,
        against: world("supplier", before.variant, before.location),
        reason: "received",
        cause: Cause::Received,
    };
    let made = movement.make_once(tx, actor)?;
    if made.is_repeat {
        return Ok(made.available);
    }
    if before.state != SupplyState::Expected {
        return Err(StockError::UnknownSupply);
    }
    let now = ended(Supply { arrived: Quantity(before.arrived.0 + quantity.0), ..before.clone() });
    under_way(tx, &now, now.outstanding().0 - before.outstanding().0, "arrived")?;
    supply_store::update_supply(tx, &now)?;
    tell(tx, actor, &now)?;
    Ok(made.available)
}

fn ended(supply: Supply) -> Supply {
    let state = match () {
        () if supply.outstanding().is_positive() => SupplyState::Expected,
        () if supply.arrived.is_positive() => SupplyState::Arrived,
        () => SupplyState::CalledOff,
    };
    Supply { state, ..supply }
}

/// So many more (or, below zero, fewer) are on their way.
fn under_way(tx: &mut Tx<'_>, supply: &Supply, change: i64, reason: &'static str) -> Result<(), StockError> {
    if change == 0 {
        return Ok(());
    }
    let (variant, location) = (supply.variant, supply.location);
    let entries = vec![Entry::new(incoming_account(variant, location), change), Entry::new(world("ordered", variant, location), -change)];
    let key = format!("supply/{}/{}", supply.id, tx.new_id::<SupplyId>());
    ledger::post(tx, Post { key, reason, unit: UNIT.into(), entries })?;
    Ok(())
}

/// What is on its way is another number or comes another day.
fn tell(tx: &mut Tx<'_>, actor: &Actor, supply: &Supply) -> Result<(), StockError> {
    Change::incoming(supply.variant, supply.location, supply.outstanding(), None).tell_as_it_is(tx, actor)?;
    Ok(supply_changed(tx, actor, supply.variant, supply.location)?)
}
