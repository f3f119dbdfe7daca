//! The parts that pages are made of, as types: what is pushed live is the same part as on the page.
//! Light things (fields, empty states) are macros in `templates/ui/*.html`.

mod badge;
mod chart;
mod icon;
mod linked;
mod pages;
mod product;
mod qr;
mod sent_card;
mod stages;
mod timeline;

pub use badge::{Badge, Tone, channel_icon};
pub use chart::{Bar, Bars, Spark};
pub use icon::{Current, Icon, Moment, icon};
pub use linked::Linked;
pub use pages::Pages;
pub use product::{Picture, Price, ProductCard, Swatch};
pub(crate) use qr::Qr;
pub use sent_card::SentCard;
pub use stages::{Stage, StageBar, StageState};
pub use timeline::{Delivery, Entry, FileLink, Link, Said, Side, What, size};
