//! The shared look and the web shell: what every face (storefront, desk, till, studio) stands on.
//!
//! A face is a router whose handlers take a [`Page`], run one command or query, and show a template. [`Shell::wrap`] puts
//! the rest around it: language, theme, request tokens, security headers, friendly problem pages, the assets. Nothing
//! here knows SQL or a rule of the shop.

mod access_log;
mod app;
pub mod assets;
mod attach;
mod chat;
mod compare;
mod cookies;
mod csrf;
mod desk;
mod feeds;
mod flash;
mod follow;
mod form;
pub mod format;
mod goes_with;
mod guesses;
mod headers;
mod inside;
mod kept;
mod learnt;
mod live;
pub mod look;
mod order_change;
mod page;
pub mod parity;
mod pictures;
mod plain;
mod posted;
mod rehearsal;
mod respond;
mod rooms;
mod same;
mod session;
mod shell;
mod sign_in;
mod site;
mod sourced;
mod storefront;
mod studio;
mod texts;
mod till;
pub mod timeline;
mod trouble;
pub mod ui;
mod waiting;

pub use app::{App, AppParts, Brand, Pictures, Scene, Simulators};
pub use cookies::{Cookie, cookie};
pub use flash::Flash;
pub use follow::follow;
pub use form::Form;
pub use live::{Hub, Subscription, part, stream};
pub use page::{Count, Page, Signed, Theme, Visit};
pub use pictures::{Drawings, DrawingsError, large_picture_url, picture_url, recolour};
pub use respond::{Answer, show, show_as, show_refused};
pub use session::{CUSTOMER, Shopper, StaffMember};
pub use shell::Shell;
pub(crate) use shell::VISIT;
pub use site::site;
pub use texts::{Value, has_text, text, text_with};
pub use trouble::Trouble;
