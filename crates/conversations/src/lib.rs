//! Room `conversations`.

mod wire;

pub use wire::*;
