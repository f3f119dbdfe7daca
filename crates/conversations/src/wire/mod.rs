//! What passes between the conversation and the outside, in no provider's words.
//!
//! Channels turn a provider's payload into [`InboundEvent`]s and an [`Outbound`] into a provider's request. Everything here is plain
//! data that survives JSON unchanged; the rules about it live elsewhere.

mod address;
mod inbound;
mod mail;
mod media;
mod opt_out;
mod outbound;
mod template;
mod voice;

pub use address::*;
pub use inbound::*;
pub use mail::*;
pub use media::*;
pub use opt_out::{asks_to_begin_again, asks_to_stop};
pub use outbound::*;
pub use template::*;
pub use voice::*;
