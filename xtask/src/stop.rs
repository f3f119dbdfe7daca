//! Ctrl-C, SIGTERM and SIGHUP: remembered and passed on, so that every guard on the stack still runs.
//!
//! The handler ends nothing itself. It forwards the signal to the command now running in the foreground; that command
//! ends, its chore returns an error, and `Drop` stops the services on the way out. The two statics are here because a
//! signal handler can be given nothing else.

use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};

use anyhow::{Context, Result, bail};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

static ASKED: AtomicBool = AtomicBool::new(false);
static FOREGROUND: AtomicI32 = AtomicI32::new(0);

/// Start listening. Called once, first thing.
pub fn listen() -> Result<()> {
    ctrlc::set_handler(|| {
        ASKED.store(true, Ordering::SeqCst);
        let pid = FOREGROUND.load(Ordering::SeqCst);
        if pid > 0 {
            // It may have ended by itself in the meantime, which is just as good.
            let _ = kill(Pid::from_raw(pid), Signal::SIGTERM);
        }
    })
    .context("listening for Ctrl-C")
}

/// An error once somebody asked us to stop; every waiting loop calls it.
pub fn check() -> Result<()> {
    if ASKED.load(Ordering::SeqCst) {
        bail!("stopped on request");
    }
    Ok(())
}

/// While this lives, a signal is forwarded to the process `pid`.
pub struct Foreground;

impl Foreground {
    /// Name the process that runs in the foreground from now on.
    pub fn new(pid: u32) -> Self {
        FOREGROUND.store(i32::try_from(pid).unwrap_or(0), Ordering::SeqCst);
        Self
    }
}

impl Drop for Foreground {
    fn drop(&mut self) {
        FOREGROUND.store(0, Ordering::SeqCst);
    }
}
