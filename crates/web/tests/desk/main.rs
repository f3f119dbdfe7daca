//! The agents' desk through its front door.
#![allow(clippy::unwrap_used)]

mod answers;
mod files;
mod scene;
mod threads;
mod wall;
mod work;
