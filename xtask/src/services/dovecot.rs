//! Dovecot: takes mail in by LMTP, hands it out by IMAP. Any address is a user, all with the same password. TLS begins by STARTTLS; the certificate is that of `localhost`, for tests alone.

use std::fs;

use anyhow::{Context, Result, bail};
use nix::sys::signal::Signal;

use super::process::{Process, Recipe, dies_with_us};
use super::{MAIL_PASSWORD, Scratch};
use crate::{net, root, shell};

/// Write the settings and start it.
pub fn start(scratch: &Scratch, imap: u16, lmtp: u16) -> Result<Process> {
    let program = shell::find("dovecot").context("Dovecot is not installed")?;
    let version = shell::output(std::process::Command::new(&program).arg("--version"))?;
    if !version.starts_with("2.3.") {
        bail!("Dovecot {} is installed; these tests know how to set up 2.3 (Debian 12)", version.trim());
    }
    let folder = scratch.folder("dovecot")?;
    let mailboxes = if root::is_root() {
        scratch.folder_of("mailboxes", "nobody")?
    } else {
        let mailboxes = scratch.folder("mailboxes")?;
        shell::run_quietly(root::command("chown", "start a mail server")?.arg("nobody").arg(&mailboxes))?;
        mailboxes
    };
    let certificate = folder.join("localhost.pem");
    fs::write(&certificate, include_str!("localhost.pem")).context("writing Dovecot's certificate")?;
    let settings = folder.join("dovecot.conf");
    let text = SETTINGS
        .replace("{base}", &folder.join("run").to_string_lossy())
        .replace("{mailboxes}", &mailboxes.to_string_lossy())
        .replace("{certificate}", &certificate.to_string_lossy())
        .replace("{password}", MAIL_PASSWORD)
        .replace("{imap}", &imap.to_string())
        .replace("{lmtp}", &lmtp.to_string());
    fs::write(&settings, text).context("writing Dovecot's settings")?;

    let mut command =
        if root::is_root() { dies_with_us(&program, None, Signal::SIGTERM) } else { root::command(&program, "start a mail server")? };
    command.arg("-F").arg("-c").arg(&settings);
    Process::start(Recipe {
        name: "Dovecot",
        command,
        stop: Signal::SIGTERM,
        log: scratch.path().join("dovecot.log"),
        ready: Box::new(move || net::greets(imap, "* OK") && net::greets(lmtp, "220")),
    })
}

const SETTINGS: &str = r#"
base_dir = {base}
state_dir = {base}
log_path = /dev/stderr
listen = 127.0.0.1
protocols = imap lmtp
ssl = yes
ssl_cert = <{certificate}
ssl_key = <{certificate}
disable_plaintext_auth = no
first_valid_uid = 1
mail_location = maildir:~/Maildir
mail_max_userip_connections = 200
recipient_delimiter = +
service imap-login {
  inet_listener imap {
    port = {imap}
  }
  inet_listener imaps {
    port = 0
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = {lmtp}
  }
}
passdb {
  driver = static
  args = password={password}
}
userdb {
  driver = static
  args = uid=nobody gid=nogroup home={mailboxes}/%u allow_all_users=yes
}
"#;
