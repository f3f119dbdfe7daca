//! Goods coming back: against any order, at any place, under the same policy at every door.

mod model;
mod policy;
mod queries;
mod request;
mod settle;
mod split;
mod store;

pub use model::{Condition, Return, ReturnLine, ReturnState};
pub use policy::{RETURN_DAYS, Refused, ReturnPolicy, return_policy};
pub use queries::{return_by_id, returns_in_state, returns_of};
pub use request::{NewReturnLine, RequestReturn, RequestReturnError, request_return};
pub use settle::{ReceiveReturn, ReturnStepError, SettleReturn, credit_return, mark_return_refunded, receive_return, reject_return};
pub use split::{share_of_line, split_amount};
