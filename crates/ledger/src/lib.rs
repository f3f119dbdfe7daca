//! One double-entry book with holds: stock, gift cards, points, money owed.
//!
//! Every balance is the sum of its postings, everything sums to zero, and what is available never falls below zero unless
//! the account may be negative. A key acts once. Overselling and double spending are refused here, once for all rooms.

mod commit;
mod error;
mod events;
mod expire;
mod extend;
mod hold;
mod model;
mod post;
mod queries;
mod release;
mod shift;
mod store;

pub use commit::commit;
pub use error::LedgerError;
pub use events::HoldExpired;
pub use expire::TIMERS;
pub use extend::extend;
pub use hold::{Held, Hold, hold};
pub use model::{Account, AccountName, Balance, Entry, HoldId, HoldRecord, HoldState, LARGEST, StatementLine, TransferId};
pub use post::{Post, Posted, post};
pub use queries::{
    account, accounts, balance, balances_under, discrepancies, find_hold, free_under, imbalance, lowest, moved_since, open_holds, statement,
};
pub use release::release;
pub use shift::shift;

/// The tables of this room.
pub const MIGRATIONS: kernel::Migrations = kernel::migrations!("ledger", ["0001_ledger"]);
