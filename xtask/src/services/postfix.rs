//! Postfix: takes mail by SMTP for our two domains and hands it to Dovecot. Nothing ever leaves the machine.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use nix::sys::signal::Signal;

use super::process::{Process, Recipe, dies_with_us};
use super::{MAIL_DOMAINS, Scratch};
use crate::{net, root, shell};

/// The user of Debian's package that owns queued mail.
const OWNER: &str = "postfix";

/// Write the settings and start it.
pub fn start(scratch: &Scratch, smtp: u16, lmtp: u16) -> Result<Process> {
    let settings = scratch.folder("postfix")?;
    let queue = scratch.folder("postfix-queue")?;
    let data = settings.join("data");
    let main = MAIN
        .replace("{queue}", &queue.to_string_lossy())
        .replace("{data}", &data.to_string_lossy())
        .replace("{domains}", &MAIL_DOMAINS.join(", "))
        .replace("{lmtp}", &lmtp.to_string());
    fs::write(settings.join("main.cf"), main).context("writing Postfix's settings")?;
    fs::write(settings.join("master.cf"), MASTER.replace("{smtp}", &smtp.to_string())).context("writing Postfix's services")?;

    let why = "start a mail server";
    // The queue belongs to root, as Postfix's own check demands; its check then makes what goes in it.
    shell::run_quietly(root::command("install", why)?.args(["-d", "-o", OWNER, "-m", "700"]).arg(&data))?;
    shell::run_quietly(root::command("chown", why)?.args(["-R", "root:root"]).arg(&queue))?;
    let postfix = shell::find("postfix").context("Postfix is not installed")?;
    shell::output(root::command(&postfix, why)?.arg("-c").arg(&settings).arg("check")).context("checking Postfix's settings")?;

    let daemons = shell::output(std::process::Command::new(shell::find("postconf").context("Postfix is not installed")?).args([
        "-d",
        "-h",
        "daemon_directory",
    ]))?;
    let master = PathBuf::from(daemons.trim()).join("master");
    // -d: stay in the foreground, in our process group.
    let mut command = if root::is_root() {
        let mut shell = dies_with_us(Path::new("/bin/sh"), None, Signal::SIGTERM);
        shell.args(["-c", WATCHED, "postfix"]).arg(&master);
        shell
    } else {
        root::command(&master, why)?
    };
    command.arg("-d").arg("-c").arg(&settings);
    Process::start(Recipe {
        name: "Postfix",
        command,
        stop: Signal::SIGTERM,
        log: scratch.path().join("postfix.log"),
        ready: Box::new(move || net::greets(smtp, "220")),
    })
}

/// Changing its user, as Postfix does at its start, makes a process forget to die with its parent; a shell does not forget.
const WATCHED: &str = r#""$@" & server=$!; trap 'kill "$server"' TERM; wait "$server"; wait "$server""#;

const MAIN: &str = "\
compatibility_level = 3.6
queue_directory = {queue}
data_directory = {data}
mail_owner = postfix
setgid_group = postdrop
maillog_file = /dev/stdout
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.shop.test
mydestination =
mynetworks =
alias_maps =
alias_database =
local_recipient_maps =
local_transport = error:no local mail
default_transport = error:5.1.2 no outside delivery
# Accepted here, forwarded to where nothing arrives: the sender is told by a delivery report.
virtual_alias_maps = inline:{moved@customer.test=nobody@elsewhere.test}
virtual_mailbox_domains = {domains}
virtual_transport = lmtp:inet:127.0.0.1:{lmtp}
smtpd_relay_restrictions = reject_unauth_destination
smtpd_peername_lookup = no
smtpd_error_sleep_time = 0
smtpd_client_connection_count_limit = 0
message_size_limit = 52428800
mailbox_size_limit = 0
minimal_backoff_time = 10s
maximal_backoff_time = 10s
queue_run_delay = 10s
";

const MASTER: &str = "\
127.0.0.1:{smtp} inet n - n - - smtpd
cleanup   unix  n - n - 0 cleanup
qmgr      unix  n - n 300 1 qmgr
rewrite   unix  - - n - - trivial-rewrite
bounce    unix  - - n - 0 bounce
defer     unix  - - n - 0 bounce
trace     unix  - - n - 0 bounce
verify    unix  - - n - 1 verify
flush     unix  n - n 1000? 0 flush
proxymap  unix  - - n - - proxymap
error     unix  - - n - - error
retry     unix  - - n - - error
discard   unix  - - n - - discard
lmtp      unix  - - n - - lmtp
anvil     unix  - - n - 1 anvil
scache    unix  - - n - 1 scache
postlog   unix-dgram n - n - 1 postlogd
";
