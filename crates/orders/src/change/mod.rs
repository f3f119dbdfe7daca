//! An order is changed after it was placed: other goods, another way, another address, goods in exchange.

mod ask;
mod model;
mod rewrite;
mod store;

pub use ask::{AskChange, ask_change, change_by_key, changes_of, settle_change, waiting_change};
pub use model::{ChangeNote, ChangeState, OrderChange, Proposal, ProposedLine};
pub use rewrite::{ChangeError, RewriteOrder, may_change, rewrite_order};
