//! The far ends of channels, for rehearsals, demonstrations and tests without internet. Each speaks its provider's published contract;
//! state is in memory, time comes from a clock that is handed in, and nothing is left to chance.

mod mailbox;
mod whatsapp;

pub use mailbox::{CustomerMail, MemoryMail};
pub use whatsapp::{Delivered, Faults, SentMessage, SignedWebhook, WhatsappSimulator};
