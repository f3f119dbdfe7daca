//! What a segment is, as plain values.

use super::Condition;
use crate::{PersonCard, PersonId};
use kernel::Timestamp;
use serde::Serialize;

kernel::id! {
    /// A saved condition over people.
    pub struct SegmentId;
}

kernel::db_enum! {
    /// How far its membership is.
    pub enum SegmentState {
        /// Everybody is looked at for the first time; who is listed already is right.
        Building = "building",
        /// Its members are known and kept up to date.
        Ready = "ready",
    }
}

kernel::db_enum! {
    /// What made somebody enter or leave.
    pub enum Why {
        /// Something happened to them.
        Event = "event",
        /// Time passed.
        Time = "time",
        /// The segment was made, or its condition changed.
        Built = "built",
    }
}

/// A saved condition over people.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Segment {
    /// Its name for ever.
    pub id: SegmentId,
    /// What people call it.
    pub name: String,
    /// Who is in it.
    pub condition: Condition,
    /// Grows with each change of the condition.
    pub version: i64,
    /// How far its membership is.
    pub state: SegmentState,
    /// How many members it has.
    pub size: i64,
    /// Who made it: `staff:ID` ...
    pub created_by: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When its name or condition last changed.
    pub updated_at: Timestamp,
}

/// Somebody in a segment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SegmentMember {
    /// Who.
    pub person: PersonId,
    /// Since when they are in it.
    pub since: Timestamp,
    /// The person in one line.
    pub card: PersonCard,
}

/// How many people a condition holds for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// For so many it holds.
    pub inside: usize,
    /// So many were looked at, the newest first.
    pub looked_at: usize,
    /// True when these are all there are.
    pub is_everybody: bool,
}
