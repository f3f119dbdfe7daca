//! `hilo api-key create`.

use crate::config::Config;
use crate::wiring;
use access::CreateApiKey;
use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use kernel::{Actor, Permission};

/// Keys for programs.
#[derive(Args)]
pub struct ApiKeyCommand {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Make a key and print it, once.
    Create {
        /// What it is for.
        #[arg(long)]
        name: String,
        /// A permission, such as `stock.view`; may be repeated.
        #[arg(long = "permission")]
        permissions: Vec<Permission>,
        /// Every permission.
        #[arg(long)]
        all: bool,
    },
}

impl ApiKeyCommand {
    /// Do it.
    pub fn run(self, config: &Config) -> Result<()> {
        let Action::Create { name, permissions, all } = self.action;
        let permissions = if all { Permission::ALL.to_vec() } else { permissions };
        if permissions.is_empty() {
            bail!("say which permissions the key has (--permission stock.view ..) or --all");
        }
        let db = wiring::open(config)?;
        let cmd = CreateApiKey { name, permissions };
        let made = db.write("api_key.create", move |tx| access::create_api_key(tx, &Actor::system(), cmd.clone())).wait()?;
        println!("Send it as `Authorization: Bearer ..`; it is shown only now: {}", made.secret.reveal());
        Ok(())
    }
}
