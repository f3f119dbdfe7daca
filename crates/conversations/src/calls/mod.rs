//! Telephone calls: each is a row with a state, and its turns are entries on the person's thread.

mod end;
mod model;
mod orders;
mod place;
pub(crate) mod privacy;
mod queries;
mod receive;
mod store;
mod wait;
mod work;

pub use end::{Over, keep_voicemail, over};
pub use model::{Call, CallError, CallId, CallOrderId, CallState, CallWay};
pub use orders::{CallOrder, CallVerb, drop_call_order, next_call_order_due, record_call_placed, retry_call_order, take_call_orders};
pub use place::{RequestCall, call_out, request_call};
pub use queries::{call, call_by_provider, calls_of, calls_of_agent, latest_calls, waiting_calls};
pub use receive::{ReceiveCall, receive_call};
pub use wait::{CallWait, call_wait};
pub use work::{
    answer_call, ask_to_be_called, cancel_call, connected, hang_up, hold_call, offer_voicemail, queue_call, resume_call, transfer_call,
};
