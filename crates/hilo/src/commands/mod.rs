//! One file per command.

pub mod api_key;
pub mod backup;
pub mod bench;
pub mod demo;
pub mod doctor;
pub mod import;
pub mod import_customers;
pub mod resolve;
pub mod serve;
pub mod staff;
