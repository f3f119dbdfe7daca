//! `hilo doctor`: what is right and what is wrong, a sentence each.

use crate::config::Config;
use crate::wiring;
use anyhow::{Result, bail};
use channels::runtime::channel_account;
use kernel::{Channel, Engine, Fault, Permission, ReadTx, Timestamp};
use std::time::Duration;

/// One finding.
enum Finding {
    Good(String),
    Bad(String),
}
use Finding::{Bad, Good};

/// Look at everything that can be looked at from here; fails when something is wrong.
pub fn run(config: &Config) -> Result<()> {
    let mut findings = vec![data_folder(config)];
    match wiring::open(config) {
        Err(error) => findings.push(Bad(format!("The database cannot be opened: {error:#}. Check --data or --database."))),
        Ok(db) => {
            let place = if db.engine() == Engine::Sqlite { config.database.as_str() } else { "PostgreSQL" };
            findings.push(Good(format!("The database ({place}) opens and its tables are up to date.")));
            findings.extend(db.read(inside).wait().map_err(wiring::say)?);
        }
    }
    findings.push(port(config));
    let mut wrong = 0;
    for finding in &findings {
        match finding {
            Good(sentence) => println!("  ok     {sentence}"),
            Bad(sentence) => {
                wrong += 1;
                println!("  WRONG  {sentence}");
            }
        }
    }
    if wrong > 0 {
        bail!("{wrong} of {} findings need you", findings.len());
    }
    Ok(())
}

fn data_folder(config: &Config) -> Finding {
    let probe = config.data.join(".write-probe");
    match std::fs::write(&probe, b"x").and_then(|()| std::fs::remove_file(&probe)) {
        Ok(()) => Good(format!("The data folder {} can be written.", config.data.display())),
        Err(error) => Bad(format!("The data folder {} cannot be written ({error}). Give it to the user that runs Hilo.", config.data.display())),
    }
}

fn port(config: &Config) -> Finding {
    match std::net::TcpListener::bind(config.listen) {
        Ok(_) => Good(format!("Nobody else listens at {}.", config.listen)),
        Err(_) => Good(format!("Something listens at {}: Hilo itself, if it runs.", config.listen)),
    }
}

fn inside(tx: &ReadTx<'_>) -> Result<Vec<Finding>, Fault> {
    let count = |n: i64, good: &str, bad: &dyn Fn(i64) -> String| if n == 0 { Good(good.to_owned()) } else { Bad(bad(n)) };
    let mut findings = vec![
        count(kernel::log::parked(tx)?, "Every event was acted on.", &|n| format!("{n} events were parked because a reaction failed. Look at /studio/health.")),
        count(kernel::timers::resting(tx)?, "Every timer fired.", &|n| format!("{n} timers rest after failing many times. Look at /studio/health.")),
        count(conversations::refused_raw(tx)?, "Everything that came in was understood.", &|n| format!("{n} incoming events were set aside. Look at /studio/health.")),
    ];
    let administrators = access::staff_list(tx, None, 500)?.iter().filter(|s| s.active && s.actor().may(Permission::ManageStaff)).count();
    findings.push(match administrators {
        0 => Bad("Nobody may manage the staff. Add an administrator with `hilo staff add`.".into()),
        n => Good(format!("{n} people may manage the staff.")),
    });
    let due = conversations::next_due(tx)?;
    let late = |at: Timestamp| tx.now().since(at) > Duration::from_secs(600);
    findings.push(match due {
        Some(at) if late(at) => Bad(format!("Messages have been waiting to leave since {at}. Is `hilo serve` running, and the provider up?")),
        _ => Good("No message waits longer than it should.".into()),
    });
    for account in conversations::accounts(tx)?.into_iter().filter(|a| a.active) {
        let view = channel_account(&account)?;
        let needs: &[&'static str] = if account.channel == Channel::Whatsapp { &["app_secret", "verify_token", "access_token"] } else { &[] };
        let missing: Vec<_> = needs.iter().filter(|name| view.secret(name).is_err()).copied().collect();
        findings.push(if missing.is_empty() {
            Good(format!("The {} account {} is set up.", account.channel, account.name))
        } else {
            Bad(format!("The {} account {} lacks {}. Set it in /studio/channels.", account.channel, account.name, missing.join(", ")))
        });
    }
    Ok(findings)
}
