//! `hilo serve`: the brand on its own data.

use super::staff;
use crate::config::Config;
use crate::wiring::{self, Setting, Site};
use anyhow::{Context, Result};
use axum::Router;
use kernel::Role;
use std::sync::Arc;
use web::{Pictures, Simulators};

/// Run until asked to stop.
pub fn run(config: Config) -> Result<()> {
    let db = wiring::open(&config)?;
    if db.read(|tx| access::staff_list(tx, None, 1)).wait().map_err(wiring::say)?.is_empty() {
        let email = "admin@hilo.local";
        let password = staff::add(&db, email, "Administrador", Role::Administrator)?;
        println!("A first administrator was made: sign in at {}/studio as {email} with the password {password}", config.public_url);
    }
    let setting = Setting { pictures: Arc::new(NoPictures), simulators: Simulators::default(), beside: Router::new() };
    tokio::runtime::Runtime::new()?.block_on(async move {
        let listener = tokio::net::TcpListener::bind(config.listen).await.with_context(|| format!("listening on {}", config.listen))?;
        let site = Site::start(&config, db, setting).await?;
        println!("Hilo is at {}", config.public_url);
        site.listen(listener).await
    })
}

struct NoPictures;

impl Pictures for NoPictures {
    fn picture(&self, _: &str) -> Option<(&'static str, axum::body::Bytes)> {
        None
    }
}
