//! What is learnt of people: their usual shop, their sizes, what they like. Only with the consent that allows it, each with its evidence.

mod learn;
mod model;
mod preferences;
mod store;

pub(crate) use learn::forget;
pub use learn::{Lesson, learn, unlearn};
pub use model::{Aspect, Preference, Preferences};
pub use preferences::{allowed, preferences};
pub(crate) use store::forget_profile;
