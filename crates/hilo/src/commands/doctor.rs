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
    #[cfg(unix)]
    findings.push(private(config));
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
        Err(error) => {
            Bad(format!("The data folder {} cannot be written ({error}). Give it to the user that runs Hilo.", config.data.display()))
        }
    }
}

fn port(config: &Config) -> Finding {
    match std::net::TcpListener::bind(config.listen) {
        Ok(_) => Good(format!("Nobody else listens at {}.", config.listen)),
        Err(_) if is_healthy(config) => Good(format!("Hilo answers at {}.", config.listen)),
        Err(_) => Bad(format!("Another program listens at {}, or Hilo is not well. Stop it, or choose another --listen.", config.listen)),
    }
}

/// Whether `GET /healthz` says 200.
fn is_healthy(config: &Config) -> bool {
    use std::io::{Read, Write};
    let ask = || -> std::io::Result<bool> {
        let mut line = std::net::TcpStream::connect_timeout(&config.listen, Duration::from_secs(2))?;
        line.set_read_timeout(Some(Duration::from_secs(2)))?;
        line.write_all(b"GET /healthz HTTP/1.0\r\n\r\n")?;
        let mut start = [0; 12];
        line.read_exact(&mut start)?;
        Ok(start.ends_with(b" 200"))
    };
    ask().unwrap_or(false)
}

/// Others on this machine must not read customers' data or the key of the forms.
#[cfg(unix)]
fn private(config: &Config) -> Finding {
    use std::os::unix::fs::PermissionsExt;
    let files = [config.data.join("secret.key"), std::path::PathBuf::from(&config.database)];
    let open = files.iter().find(|file| std::fs::metadata(file).is_ok_and(|found| found.permissions().mode() & 0o077 != 0));
    match open {
        Some(file) => Bad(format!("Others on this machine can read {}. Run `chmod 600` on it.", file.display())),
        None => Good("Only the owner reads the database and the key.".into()),
    }
}

fn inside(tx: &ReadTx<'_>) -> Result<Vec<Finding>, Fault> {
    let count = |n: i64, good: &str, bad: &dyn Fn(i64) -> String| if n == 0 { Good(good.to_owned()) } else { Bad(bad(n)) };
    let mut findings = vec![
        count(kernel::reactions::parked(tx)?, "Every event was acted on.", &|n| {
            format!("{n} events were parked because a reaction failed. Look at /studio/health.")
        }),
        count(kernel::timers::resting(tx)?, "Every timer fired.", &|n| {
            format!("{n} timers rest after failing many times. Look at /studio/health.")
        }),
        count(conversations::refused_raw(tx)?, "Everything that came in was understood.", &|n| {
            format!("{n} incoming events were set aside. Look at /studio/health.")
        }),
    ];
    let broken: Vec<String> = ledger::imbalance(tx)?.into_iter().map(|(unit, sum)| format!("{unit} by {sum}")).collect();
    findings.push(match broken.is_empty() {
        true => Good("Every unit of the ledger sums to zero.".into()),
        false => {
            Bad(format!("The ledger does not sum to zero: {}. Stop selling and restore a backup, or ask for help.", broken.join(", ")))
        }
    });
    let differing: Vec<String> = ledger::discrepancies(tx, 5)?.iter().map(|name| name.as_str().to_owned()).collect();
    findings.push(match differing.is_empty() {
        true => Good("Every balance is the sum of its postings and holds.".into()),
        false => {
            Bad(format!("Balances differ from their postings: {}. Compare them with a count, and ask for help.", differing.join(", ")))
        }
    });
    let administrators = access::staff_list(tx, None, 500)?.iter().filter(|s| s.active && s.actor().may(Permission::ManageStaff)).count();
    findings.push(match administrators {
        0 => Bad("Nobody may manage the staff. Add an administrator with `hilo staff add`.".into()),
        n => Good(format!("{n} people may manage the staff.")),
    });
    let due = conversations::next_due(tx)?;
    let late = |at: Timestamp| tx.now().since(at) > Duration::from_secs(600);
    findings.push(match due {
        Some(at) if late(at) => {
            Bad(format!("Messages have been waiting to leave since {at}. Is `hilo serve` running, and the provider up?"))
        }
        _ => Good("No message waits longer than it should.".into()),
    });
    for account in conversations::accounts(tx)?.into_iter().filter(|a| a.active) {
        let view = match channel_account(&account) {
            Ok(view) => view,
            Err(fault) => {
                findings.push(Bad(format!(
                    "The {} account {} cannot be read ({}). Save it anew in /studio/channels.",
                    account.channel,
                    account.name,
                    fault.chain()
                )));
                continue;
            }
        };
        let needs: &[&'static str] =
            if account.channel == Channel::Whatsapp { &["app_secret", "verify_token", "access_token"] } else { &[] };
        let missing: Vec<_> = needs.iter().filter(|name| view.secret(name).is_err()).copied().collect();
        findings.push(if missing.is_empty() {
            Good(format!("The {} account {} is set up.", account.channel, account.name))
        } else {
            Bad(format!("The {} account {} lacks {}. Set it in /studio/channels.", account.channel, account.name, missing.join(", ")))
        });
    }
    Ok(findings)
}
