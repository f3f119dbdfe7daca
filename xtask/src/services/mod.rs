//! Real servers for the tests: PostgreSQL, Dovecot (IMAP) and Postfix (SMTP), each on a free loopback port, all of
//! their files in one scratch folder, all of them gone when [`Services`] is dropped.
//!
//! Nothing that runs on the machine already is used or touched.

mod dovecot;
mod postfix;
pub mod postgres;
mod process;
pub mod run;
mod scratch;

use std::process::Command;

use anyhow::Result;

use crate::net::Ports;
use crate::packages;
use process::Process;
use scratch::Scratch;

/// Every mailbox opens with this password.
const MAIL_PASSWORD: &str = "secret";

/// Mail to anybody in these domains is taken, and can be fetched by IMAP with the address as the user name.
const MAIL_DOMAINS: [&str; 2] = ["shop.test", "customer.test"];

/// The running servers. Dropping it stops them and removes their files, also on a panic or Ctrl-C.
pub struct Services {
    // Fields are dropped in this order: the servers first, then their folder.
    servers: Vec<Process>,
    _scratch: Scratch,
    environment: Vec<(&'static str, String)>,
}

impl Services {
    /// Start all three and wait until each answers.
    pub fn start() -> Result<Self> {
        packages::ensure(&[packages::POSTGRES, packages::IMAP, packages::LMTP, packages::SMTP])?;
        Self::of(&[postgres::start, mail])
    }

    /// Start PostgreSQL alone.
    pub fn start_postgres() -> Result<Self> {
        packages::ensure(&[packages::POSTGRES])?;
        Self::of(&[postgres::start])
    }

    fn of(starters: &[Starter]) -> Result<Self> {
        let scratch = Scratch::new()?;
        let mut services = Self { servers: Vec::new(), _scratch: scratch, environment: Vec::new() };
        let mut ports = Ports::new();
        // Start all first and wait afterwards, so that they come up side by side. A failure drops what has started.
        for start in starters {
            let (servers, environment) = start(&services._scratch, &mut ports)?;
            services.servers.extend(servers);
            services.environment.extend(environment);
        }
        for server in &mut services.servers {
            server.wait_until_ready()?;
        }
        Ok(services)
    }

    /// What a test reads to find the servers.
    pub fn environment(&self) -> &[(&'static str, String)] {
        &self.environment
    }

    /// Where PostgreSQL listens, if it is among them.
    pub fn postgres_port(&self) -> Option<u16> {
        let (_, address) = self.environment.iter().find(|(name, _)| *name == postgres::ADDRESS)?;
        address.split_whitespace().find_map(|part| part.strip_prefix("port="))?.parse().ok()
    }

    /// Tell a command where the servers are.
    pub fn lend<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        command.envs(self.environment.iter().map(|(name, value)| (name, value)))
    }
}

/// What a starter hands back: the processes, and what to tell the tests.
type Started = (Vec<Process>, Vec<(&'static str, String)>);
type Starter = fn(&Scratch, &mut Ports) -> Result<Started>;

fn mail(scratch: &Scratch, ports: &mut Ports) -> Result<Started> {
    let (imap, lmtp, smtp) = (ports.free()?, ports.free()?, ports.free()?);
    let servers = vec![dovecot::start(scratch, imap, lmtp)?, postfix::start(scratch, smtp, lmtp)?];
    let environment = vec![
        ("HILO_TEST_IMAP", format!("127.0.0.1:{imap}")),
        ("HILO_TEST_SMTP", format!("127.0.0.1:{smtp}")),
        ("HILO_TEST_MAIL_PASSWORD", MAIL_PASSWORD.to_owned()),
    ];
    Ok((servers, environment))
}
