//! Self-service: one dialogue, deterministic, the same on every channel.

mod accounts;
mod answer;
mod guesses;
mod hand_over;
mod look_up;
mod near;
mod privacy;
mod session;
mod turn;
mod understand;
mod words;

pub use accounts::{answers_first, set_answers_first};
pub use answer::{Answer, Shop, Whereabouts};
pub use hand_over::{HandOver, REACTIONS, hand_over, keep_hand_over};
pub use privacy::{erase_self_service, export_self_service};
pub use session::{Said, Session, Step, TIMERS, Wish, forget_session, latest_session, session};
pub use turn::{Asker, Told, turn};
pub use understand::{Assistant, Intent, Words};
pub use words::{language_of, menu};

/// Tables of this room.
pub const MIGRATIONS: kernel::Migrations = kernel::migrations!("self_service", ["0001_self_service"]);
