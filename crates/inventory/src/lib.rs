//! Locations, stock, availability, holds, nearest place.
//!
//! Stock is an account of the ledger for each variant and location; a reservation is a hold on it. So web, till, phone and
//! chat cannot sell the same piece twice. *Available to promise* is on hand - reserved - safety stock, never below 0.

mod accounts;
mod adjust;
mod bundles;
mod commit_reservation;
mod count;
mod create_location;
mod distance;
mod error;
mod events;
mod extend_reservation;
mod ids;
mod location;
mod model;
mod movement;
mod nearest;
mod policy;
mod provinces;
mod queries;
mod reactions;
mod receive;
mod receive_transfer;
mod release_reservation;
mod reorder;
mod reserve;
mod set_safety_stock;
mod shelves;
mod store;
mod supply;
mod supply_store;
mod take_back;
mod transfer;
mod update_location;
mod waiting;

pub use accounts::{lock, lock_incoming, stock_account};
pub use adjust::{Adjust, AdjustReason, adjust};
pub use bundles::{availability_with, whole_ones};
pub use commit_reservation::commit_reservation;
pub use count::{Count, count};
pub use create_location::create_location;
pub use distance::Point;
pub use error::{LocationError, ReservationError, ReserveError, StockError};
pub use events::{
    Allocated, Cause, LOCATION_CHANGED, LOCATION_CREATED, STOCK_ALLOCATED, STOCK_CHANGED, STOCK_POLICY_CHANGED, SUPPLY_CHANGED,
    StockChanged, SupplyChanged,
};
pub use extend_reservation::extend_reservation;
pub use ids::{LocationId, ReservationId, StockTransferId, SupplyId};
pub use kernel::{DayException, Hours, OpenSpan, Week};
pub use location::{Location, LocationDetails, LocationKind};
pub use model::{MOST, PlaceStock, StockLevel, StockTransfer, StockTransferState};
pub use nearest::{Nearby, Purpose, nearest, nearest_with_stock};
pub use policy::{StockPolicy, set_stock_policy, stock_policies};
pub use provinces::{centre_of_postcode, centre_of_province};
pub use queries::{
    availability, available, level, location, location_by_code, locations, locations_of, low_stock, reservation, stock_by_place,
    stock_movements, supplies, supplies_of, supply, transfers_under_way,
};
pub use reactions::REACTIONS;
pub use receive::{Receive, receive};
pub use receive_transfer::receive_transfer;
pub use release_reservation::release_reservation;
pub use reorder::{MOST_COVER_DAYS, Proposal, SOLD_DAYS, coming, proposals};
pub use reserve::{Reservation, Reserve, reserve};
pub use set_safety_stock::set_safety_stock;
pub use shelves::StockShelves;
pub use supply::{ExpectSupply, MAX_SUPPLY_TEXT, Supply, SupplyChange, SupplyState, change_supply, expect_supply, receive_supply};
pub use take_back::{TakeBack, take_back};
pub use transfer::{Transfer, transfer};
pub use update_location::update_location;
pub use waiting::{Incoming, incoming, reserve_incoming, waiting};

/// The tables of this room.
pub const MIGRATIONS: kernel::Migrations = kernel::migrations!("inventory", ["0001_inventory", "0002_incoming"]);
