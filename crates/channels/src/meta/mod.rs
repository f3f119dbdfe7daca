//! What Meta's channels share: who may call our webhook, and Messenger's and Instagram's common form of events, sends and errors.

mod accepted;
mod attachments;
mod render;
mod social;
mod verify;

pub(crate) use accepted::accepted;
pub(crate) use render::{Network, render};
pub(crate) use social::parse;
pub use verify::{SIGNATURE_HEADER, signature};
pub(crate) use verify::{handshake, verify};
