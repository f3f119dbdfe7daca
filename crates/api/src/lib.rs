//! The REST API under `/v1`: everything the faces can do, for programs with a key.
//!
//! A handler parses, runs one read or one write, and shows the outcome; it knows no rule and no SQL. What HTTP asks of all of
//! them (keys and permissions, problem JSON, idempotency keys, pages, entity tags) is in `http`; one file per resource lies in
//! `resources`, with its wire types. The contract is generated from them: [`openapi`].

mod contract;
mod http;
mod resources;
mod router;
mod state;

pub use contract::openapi;
pub use http::Inside;
pub use router::router;
pub use state::ApiState;

/// Tables of this room.
pub const MIGRATIONS: kernel::Migrations = kernel::migrations!("api", ["0001_api"]);
