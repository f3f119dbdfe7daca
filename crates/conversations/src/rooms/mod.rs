//! Video rooms: opened from a matter, entered by one link that one person holds. The talk itself passes by; that it took place and how
//! long is on the person's thread.

mod end;
mod enter;
mod model;
mod open;
pub(crate) mod privacy;
mod queries;
mod relay;
mod store;

pub(crate) use end::{EXPIRE, LAPSE, expire, lapse};
pub use end::{begin_room, end_room, leave_room};
pub use enter::{enter_room, guest_room};
pub use model::{Room, RoomError, RoomId};
pub use open::{open_room, renew_room};
pub use queries::{open_room_of, room, room_by_token, rooms_of};
pub use relay::{Ice, IceServer, RelayRules, ice, relay_rules, save_relay_rules};
