//! Messenger and Instagram, and what they share with WhatsApp: who may call our webhook. The provider's documents, their dates and the
//! settings needed are in README.md.

mod accepted;
mod attachments;
mod networks;
mod render;
mod social;
mod verify;

pub use networks::{INSTAGRAM, MESSENGER, Social};
pub use verify::{SIGNATURE_HEADER, signature};
pub(crate) use verify::{handshake, verify};
