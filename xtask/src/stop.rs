//! Ctrl-C, SIGTERM and SIGHUP: remembered and passed on, so that every guard on the stack still runs.
//!
//! The listener ends nothing itself. The command now in the foreground is told; it ends, its chore returns an error, and
//! `Drop` stops the services on the way out. The two statics are here because a listener outlives every stack frame.

use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};

use anyhow::{Context, Result, bail};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

static ASKED: AtomicBool = AtomicBool::new(false);
static FOREGROUND: AtomicI32 = AtomicI32::new(0);

/// Start listening. Called once, first thing.
pub fn listen() -> Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP]).context("listening for Ctrl-C")?;
    std::thread::spawn(move || {
        for signal in signals.forever() {
            ASKED.store(true, Ordering::SeqCst);
            let pid = FOREGROUND.load(Ordering::SeqCst);
            // The terminal sends Ctrl-C to our commands as well, and a second one would make them leave things behind.
            if signal != SIGINT && pid > 0 {
                // It may have ended by itself in the meantime, which is just as good.
                let _ = kill(Pid::from_raw(pid), Signal::SIGINT);
            }
        }
    });
    Ok(())
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
