//! Segments: saved conditions over what is known of people and what happened to them.
//!
//! Membership is computed, never edited: an event on the log makes the segments that it can change look at its person again, and what
//! changes because time passes is looked at again when it is due. Nothing ever goes through everybody but the first look of a new
//! or changed condition, in small steps.

mod build;
mod condition;
mod error;
mod evaluate;
mod facts;
mod follow;
mod membership;
mod model;
mod queries;
mod save;
mod store;

pub(crate) use build::TIMERS;
pub use condition::{Bound, Condition, InvalidCondition};
pub use error::SegmentError;
pub use evaluate::matches;
pub use facts::FactKind;
pub(crate) use follow::REACTIONS;
pub use model::{Counted, Segment, SegmentId, SegmentMember, SegmentState, Why};
pub use queries::{count, members, segment, segments, segments_of};
pub use save::{CreateSegment, SegmentChange, create_segment, delete_segment, update_segment};
