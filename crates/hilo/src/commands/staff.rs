//! `hilo staff add`.

use crate::config::Config;
use crate::wiring;
use access::{CreateStaff, Password, Secret};
use anyhow::Result;
use clap::{Args, Subcommand};
use kernel::{Actor, Locale, Role};

/// People who work at the brand.
#[derive(Args)]
pub struct StaffCommand {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Add somebody; prints a first password.
    Add {
        /// Their e-mail, with which they sign in.
        email: String,
        /// Their name.
        #[arg(long)]
        name: String,
        /// administrator, merchandiser, agent, supervisor, associate or shop_manager.
        #[arg(long, default_value = "administrator")]
        role: Role,
    },
}

impl StaffCommand {
    /// Do it.
    pub fn run(self, config: &Config) -> Result<()> {
        let Action::Add { email, name, role } = self.action;
        let db = wiring::open(config)?;
        let password = add(&db, &email, &name, role)?;
        println!("{name} can sign in at {}/desk as {email} with the password {password}", config.public_url);
        Ok(())
    }
}

/// Add somebody with a password made here; answers it.
pub fn add(db: &kernel::Db, email: &str, name: &str, role: Role) -> Result<String> {
    let secret = db.write("staff.password", |tx| Ok::<_, kernel::Fault>(Secret::new(tx, ""))).wait()?;
    let text: String = secret.reveal().chars().take(16).collect();
    let cmd = CreateStaff {
        email: email.into(),
        name: name.into(),
        password: Password::new(text.clone())?.hash()?,
        roles: vec![role],
        location: None,
        locale: Locale::Es,
    };
    db.write("staff.create", move |tx| access::create_staff(tx, &Actor::system(), cmd.clone())).wait()?;
    Ok(text)
}
