//! Acceptance: the scenarios of what Hilo must do, as far as it does it, through the doors that people and programs use. Each test
//! carries the number of its capability; `CAPABILITIES.md` says what each proves and what it leaves open.

mod changed;
mod companies;
mod gateways;
mod gift_cards;
mod killed;
mod learnt;
mod notices;
mod one_catalogue;
mod one_conversation;
mod one_customer;
mod one_order;
mod one_quote;
mod one_stock;
mod parity;
mod payments;
mod privacy;
mod stages;
mod support;
mod table;
mod telephone;
mod templates;
mod told;
mod video;
mod whole_offer;
