//! One server process: started in a process group of its own, probed until it answers, stopped with its children.

use std::fs::{self, File};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

use crate::{net, root};

const START_LIMIT: Duration = Duration::from_secs(60);
const STOP_LIMIT: Duration = Duration::from_secs(10);

/// How to start one server.
pub struct Recipe {
    /// Its name, for messages.
    pub name: &'static str,
    /// The command that stays in the foreground.
    pub command: Command,
    /// The signal that asks it to end quickly and in order.
    pub stop: Signal,
    /// Where what it says is kept.
    pub log: PathBuf,
    /// Whether it answers now.
    pub ready: Box<dyn Fn() -> bool>,
}

/// A server of ours. Dropping it ends its whole process group.
pub struct Process {
    name: &'static str,
    child: Child,
    stop: Signal,
    log: PathBuf,
    ready: Box<dyn Fn() -> bool>,
    through_sudo: bool,
}

impl Process {
    /// Start it; it may not answer yet.
    pub fn start(recipe: Recipe) -> Result<Self> {
        let Recipe { name, mut command, stop, log, ready } = recipe;
        let file = File::create(&log).with_context(|| format!("making {}", log.display()))?;
        let child = command
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file)
            // Out of the terminal's group: Ctrl-C is for the tests, and we stop the servers after them.
            .process_group(0)
            .spawn()
            .with_context(|| format!("starting {name}"))?;
        let through_sudo = command.get_program() == "sudo";
        Ok(Self { name, child, stop, log, ready, through_sudo })
    }

    /// Wait until it answers; its last words are in the error if it ends instead.
    pub fn wait_until_ready(&mut self) -> Result<()> {
        let Self { name, child, log, ready, .. } = self;
        let answered = net::wait_until(name, START_LIMIT, || match child.try_wait()? {
            Some(status) => bail!("{name} ended at once, with {status}"),
            None => Ok(ready()),
        });
        answered.with_context(|| last_words(log))
    }

    fn signal(&self, signal: Signal) {
        let group = i32::try_from(self.child.id()).expect("a process id fits");
        if self.through_sudo {
            let name = signal.as_str().trim_start_matches("SIG");
            // Its complaint about an empty group is no news: the server has ended, which is what we want.
            let sent = root::command("kill", "stop a server").and_then(|mut kill| {
                kill.args(["-s", name, "--", &format!("-{group}")]).stderr(Stdio::null());
                Ok(kill.status()?)
            });
            if let Err(error) = sent {
                eprintln!("stopping {}: {error:#}", self.name);
            }
        } else {
            // An empty group means that it has ended, which is what we want.
            let _ = killpg(Pid::from_raw(group), signal);
        }
    }

    fn ends_within(&mut self, limit: Duration) -> bool {
        let began = Instant::now();
        while began.elapsed() < limit {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return true;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        false
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.signal(self.stop);
        if !self.ends_within(STOP_LIMIT) {
            eprintln!("{} did not stop when asked; ending it", self.name);
        }
        // Children that outlived their parent, if any.
        self.signal(Signal::SIGKILL);
        self.ends_within(STOP_LIMIT);
    }
}

/// A command that is told to end when we die without a chance to clean up (`kill -9`), where the system can do that.
pub fn dies_with_us(program: &Path, user: Option<&str>, signal: Signal) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", signal.as_str().trim_start_matches("SIG")]);
    if let Some(user) = user {
        command.args(["--reuid", user, "--regid", user, "--init-groups"]);
    }
    command.arg("--").arg(program).current_dir("/");
    command
}

fn last_words(log: &Path) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    let tail = &lines[lines.len().saturating_sub(15)..];
    if tail.is_empty() { "it said nothing".to_owned() } else { format!("it said:\n{}", tail.join("\n")) }
}
