//! The far ends of channels, for rehearsals, demonstrations and tests without internet. Each speaks its provider's published contract;
//! state is in memory, time comes from a clock that is handed in, and nothing is left to chance.

mod far_end;
mod faults;
mod files;
mod forms;
mod hooks;
mod mailbox;
mod meta_social;
mod push;
mod registry;
mod telegram;
mod twilio;
mod whatsapp;
mod x;

pub use far_end::{FarEnd, Picture, Shown};
pub use faults::{Delivered, Faults};
pub use mailbox::{CustomerMail, MemoryMail};
pub use meta_social::MetaSocialSimulator;
pub use push::PushSimulator;
pub use registry::{SIMULATED, Simulated};
pub use telegram::TelegramSimulator;
pub use twilio::{Line, LineStands, SentText, TwilioSimulator};
pub use whatsapp::{SentMessage, SimulatedTemplate, WhatsappSimulator};
pub use x::XSimulator;
