//! What every room stands on: one database door, one event log, durable timers, and the small value types.
//!
//! A command is a synchronous function over [`Tx`]; a query is one over [`ReadTx`]. Time, ids and chance come from the
//! transaction, so a run can be repeated from a seed. Only this crate knows which engine is underneath.

mod actor;
mod channel;
mod db;
mod enums;
mod fault;
mod hours;
mod id;
mod json;
mod locale;
pub mod log;
mod migrate;
mod money;
mod quantity;
pub mod reactions;
mod sql;
mod statements;
#[cfg(feature = "testing")]
pub mod testing;
mod time;
pub mod timers;
mod tx;
mod worker;

pub use actor::{Actor, ApiKeyId, Denied, Permission, Role, StaffId};
pub use channel::Channel;
pub use db::{Db, DbOptions, Engine, LockKey, Pending};
pub use fault::{Fault, Kind, Problem};
pub use hours::{DayException, Hours, OpenSpan, Week};
pub use id::{IdError, ProfileId};
pub use json::Json;
pub use locale::Locale;
pub use log::{Event, LogKey, Logged};
pub use migrate::{MIGRATIONS, Migration, Migrations};
pub use money::{Currency, Money, MoneyError};
pub use quantity::Quantity;
pub use reactions::Reaction;
pub use sql::{Bind, Column, FromColumn, Param, Row};
pub use statements::{STATEMENTS, Statement};
pub use time::{Clock, SystemClock, Timestamp, VirtualClock};
pub use timers::{Timer, TimerHandler};
pub use tx::{ReadTx, Traced, Tx};
pub use worker::{Worker, settle};

/// Re-exported for the macros of this crate; not for direct use.
#[doc(hidden)]
pub mod reexport {
    pub use linkme;
    pub use serde;
    pub use ulid;
}
