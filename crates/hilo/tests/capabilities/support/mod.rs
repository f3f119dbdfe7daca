//! A whole brand behind its front doors, and those who come to them.

mod acts;
mod brand;
mod browser;
mod html;
mod live;

pub use acts::{ANA, Buyer};
pub use brand::{Brand, STAFF_PASSWORD, encoded};
pub use browser::{Browser, Seen};
pub use live::Live;

use serde_json::Value;

/// Where the agents are rung, by name: Iker, Lucía, Marta, Rocío.
pub const AGENT_PHONES: [&str; 4] = ["+34600999002", "+34600999001", "+34600999003", "+34600999004"];

/// A text within JSON.
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

/// The items of a list.
pub fn items(list: &Value) -> &[Value] {
    list["items"].as_array().unwrap_or_else(|| panic!("no list: {list}"))
}
