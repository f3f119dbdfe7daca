//! Time: microseconds since 1970 UTC inside; zones only at the edge. The clock is always handed in.

use crate::{Bind, Column, FromColumn, Param};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

/// A moment, in microseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(i64);

impl Timestamp {
    /// From microseconds since 1970 UTC.
    pub const fn from_micros(micros: i64) -> Self {
        Timestamp(micros)
    }
    /// From whole seconds since 1970 UTC.
    pub const fn from_seconds(seconds: i64) -> Self {
        Timestamp(seconds.saturating_mul(1_000_000))
    }
    /// Microseconds since 1970 UTC.
    pub const fn as_micros(self) -> i64 {
        self.0
    }
    /// Milliseconds since 1970 UTC; never negative.
    pub const fn as_millis(self) -> u64 {
        if self.0 < 0 { 0 } else { (self.0 / 1000) as u64 }
    }
    /// Later by `span`.
    pub const fn plus(self, span: Duration) -> Self {
        Timestamp(self.0.saturating_add(span.as_micros() as i64))
    }
    /// Earlier by `span`.
    pub const fn minus(self, span: Duration) -> Self {
        Timestamp(self.0.saturating_sub(span.as_micros() as i64))
    }
    /// Time from `earlier` to this moment; zero when `earlier` is later.
    pub const fn since(self, earlier: Timestamp) -> Duration {
        let micros = self.0.saturating_sub(earlier.0);
        Duration::from_micros(if micros < 0 { 0 } else { micros as u64 })
    }
    /// RFC 3339 in UTC.
    pub fn to_rfc3339(self) -> String {
        self.to_jiff().to_string()
    }
    /// Read an RFC 3339 moment.
    pub fn from_rfc3339(text: &str) -> Result<Self, String> {
        text.parse::<jiff::Timestamp>().map(|t| Timestamp(t.as_microsecond())).map_err(|e| e.to_string())
    }
    /// For calendar work at the edge; moments beyond year 9999 are cut to it.
    pub fn to_jiff(self) -> jiff::Timestamp {
        jiff::Timestamp::from_microsecond(self.0).unwrap_or(if self.0 < 0 { jiff::Timestamp::MIN } else { jiff::Timestamp::MAX })
    }
}

impl From<jiff::Timestamp> for Timestamp {
    fn from(moment: jiff::Timestamp) -> Self {
        Timestamp(moment.as_microsecond())
    }
}
impl std::fmt::Display for Timestamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.to_jiff().fmt(f)
    }
}
impl std::fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}
impl serde::Serialize for Timestamp {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de> serde::Deserialize<'de> for Timestamp {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
        Timestamp::from_rfc3339(&text).map_err(serde::de::Error::custom)
    }
}
impl Bind for Timestamp {
    fn bind(&self) -> Param<'_> {
        Param::Int(self.0)
    }
}
impl FromColumn for Timestamp {
    fn from_column(column: Column<'_>) -> Result<Self, String> {
        column.int().map(Timestamp)
    }
}

/// Where a database gets the time from.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
#[derive(Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        jiff::Timestamp::now().into()
    }
}

/// A clock that moves only when told: for tests and for simulating a month in seconds.
#[derive(Debug, Clone)]
pub struct VirtualClock(Arc<AtomicI64>);

impl VirtualClock {
    /// Starting at `at`.
    pub fn starting(at: Timestamp) -> Self {
        VirtualClock(Arc::new(AtomicI64::new(at.as_micros())))
    }
    /// Move forward.
    pub fn advance(&self, span: Duration) {
        self.0.fetch_add(span.as_micros() as i64, Ordering::SeqCst);
    }
    /// Jump to `at`.
    pub fn set(&self, at: Timestamp) {
        self.0.store(at.as_micros(), Ordering::SeqCst);
    }
}

impl Clock for VirtualClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}
