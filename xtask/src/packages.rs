//! System packages that the tests need, installed with apt when, and only when, something is missing.

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::{root, shell};

/// One thing needed from the system: how to see that it is there, and which Debian package brings it.
pub struct Need {
    /// What it is, in words.
    pub what: &'static str,
    /// Whether it is here already.
    pub here: fn() -> bool,
    /// The Debian packages that bring it.
    pub packages: &'static [&'static str],
}

/// A database server of our own.
pub const POSTGRES: Need = Need { what: "PostgreSQL", here: || crate::services::postgres::programs().is_some(), packages: &["postgresql"] };

/// An IMAP server.
pub const IMAP: Need = Need {
    what: "Dovecot (IMAP)",
    here: || shell::has("dovecot") && Path::new("/usr/lib/dovecot/imap").exists(),
    packages: &["dovecot-imapd"],
};

/// The part of the IMAP server that takes mail in.
pub const LMTP: Need = Need { what: "Dovecot (LMTP)", here: || Path::new("/usr/lib/dovecot/lmtp").exists(), packages: &["dovecot-lmtpd"] };

/// An SMTP server.
pub const SMTP: Need = Need { what: "Postfix", here: || shell::has("postfix"), packages: &["postfix"] };

/// A browser.
pub const BROWSER: Need = Need { what: "Chromium", here: || shell::has("chromium"), packages: &["chromium"] };

/// A relay for video rooms.
pub const RELAY: Need = Need { what: "coturn", here: || shell::has("turnserver"), packages: &["coturn"] };

/// A SIP server that browsers register with.
pub const SIP_SERVER: Need = Need {
    what: "Kamailio",
    here: || shell::has("kamailio") && ["x86_64", "aarch64"].iter().any(|machine| websocket(machine)),
    packages: &["kamailio", "kamailio-websocket-modules"],
};

/// Its part that speaks WebSocket is a package of its own.
fn websocket(machine: &str) -> bool {
    Path::new(&format!("/usr/lib/{machine}-linux-gnu/kamailio/modules/websocket.so")).exists()
}

/// A SIP telephone that rings them.
pub const SIP_PHONE: Need = Need { what: "baresip", here: || shell::has("baresip"), packages: &["baresip-core"] };

/// Letters for the browser to draw with, so that pictures show text on a bare machine.
pub const FONTS: Need = Need {
    what: "fonts",
    here: || Path::new("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf").exists(),
    packages: &["fonts-dejavu-core"],
};

/// What loads a web server.
pub const WRK: Need = Need { what: "wrk", here: || shell::has("wrk"), packages: &["wrk"] };

/// A compiler for C++, in which libFuzzer is written.
pub const CPP: Need = Need { what: "a C++ compiler", here: || shell::has("c++"), packages: &["g++"] };

/// Python with the means to make a virtual environment.
pub const PYTHON: Need = Need {
    what: "Python with venv",
    here: || shell::output(shell::command("python3", Path::new("/")).args(["-c", "import venv, ensurepip"])).is_ok(),
    packages: &["python3", "python3-venv"],
};

/// Install what is missing. Daemons that come with a package are kept from starting: we start our own.
pub fn ensure(needs: &[Need]) -> Result<()> {
    let missing: Vec<&Need> = needs.iter().filter(|need| !(need.here)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let what = missing.iter().map(|need| need.what).collect::<Vec<_>>().join(", ");
    let packages: Vec<&str> = missing.iter().flat_map(|need| need.packages).copied().collect();
    if !shell::has("apt-get") {
        bail!("missing on this machine: {what}; there is no apt-get here, so please install them and run this again");
    }
    println!("Missing on this machine: {what}. Installing {} with apt.", packages.join(", "));
    shell::run_quietly(root::command("sh", &format!("install {}", packages.join(", ")))?.args(["-c", INSTALL, "install"]).args(&packages))
        .context("installing system packages")?;
    match missing.iter().find(|need| !(need.here)()) {
        Some(need) => bail!("{} is still missing after installing {}", need.what, need.packages.join(", ")),
        None => Ok(()),
    }
}

/// `policy-rc.d` is how Debian lets an administrator say that a package's daemon shall not start.
const INSTALL: &str = r#"
set -e
export DEBIAN_FRONTEND=noninteractive
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' > "$policy"
    chmod 755 "$policy"
fi
apt-get update -qq
apt-get install -y -qq --no-install-recommends "$@"
"#;
