//! What others wait for, and what tells them that something they keep may be old.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::watch;

/// What a transaction leaves behind once it is kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Raised {
    /// The sorts of events announced: one bit for the first word of a kind, which others may share.
    pub(crate) announced: u64,
    /// A timer was set.
    pub(crate) timed: bool,
}

impl Raised {
    pub(crate) fn announce(&mut self, kind: &str) {
        self.announced |= 1 << place(kind);
    }
    pub(crate) fn and(&mut self, other: Raised) {
        self.announced |= other.announced;
        self.timed |= other.timed;
    }
}

/// Where the first word of a kind of event is counted (FNV-1a, folded to six bits).
fn place(kind: &str) -> u32 {
    let word = kind.split('.').next().unwrap_or_default();
    let hash = word.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    ((hash ^ (hash >> 32)) & 63) as u32
}

/// Raised after COMMIT, and before whoever wrote hears of it.
#[derive(Clone)]
pub(crate) struct Signals {
    pub(crate) log: watch::Sender<u64>,
    pub(crate) timers: watch::Sender<u64>,
    counts: Arc<[AtomicU64; 64]>,
}

impl Signals {
    pub(crate) fn new() -> Self {
        Signals { log: watch::channel(0).0, timers: watch::channel(0).0, counts: Arc::new([const { AtomicU64::new(0) }; 64]) }
    }

    pub(crate) fn raise(&self, raised: Raised) {
        for (place, count) in self.counts.iter().enumerate() {
            if raised.announced & (1 << place) != 0 {
                count.fetch_add(1, Ordering::Release);
            }
        }
        if raised.announced != 0 {
            self.log.send_modify(|n| *n += 1);
        }
        if raised.timed {
            self.timers.send_modify(|n| *n += 1);
        }
    }

    pub(crate) fn count(&self, words: &[&str]) -> u64 {
        words.iter().map(|word| self.counts[place(word) as usize].load(Ordering::Acquire)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_announced_is_counted() {
        let signals = Signals::new();
        let mut raised = Raised::default();
        raised.announce("product.changed");
        raised.announce("product.created");
        signals.raise(raised);
        signals.raise(Raised { timed: true, ..Raised::default() });
        assert_eq!((signals.count(&["product"]), signals.count(&["stock"]), signals.count(&["stock", "product"])), (1, 0, 1));
        assert_eq!((*signals.log.borrow(), *signals.timers.borrow()), (1, 1));
    }
}
