//! What goes wrong on purpose.

use std::time::Duration;

/// What goes wrong, until it is switched off.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults {
    /// Each webhook is delivered twice.
    pub duplicate: bool,
    /// Webhooks that wait together are delivered last first.
    pub reorder: bool,
    /// Signatures are wrong.
    pub bad_signature: bool,
    /// Time before each delivery.
    pub delay: Duration,
    /// Every send is refused with this error code of the provider's.
    pub refuse_with: Option<i64>,
    /// What is sent is taken, and the answer never arrives.
    pub lose_answers: bool,
}

/// What became of a round of deliveries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Delivered {
    /// Answered with 200.
    pub accepted: usize,
    /// Answered otherwise or not at all; the provider brings them again, and so does the next round.
    pub refused: usize,
}
