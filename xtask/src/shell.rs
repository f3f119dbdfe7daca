//! Running other programs: in the foreground, or for what they print.

use std::ffi::OsStr;
use std::fmt;
use std::path::Path;
use std::process::{Command, ExitCode, ExitStatus, Stdio};

use anyhow::{Context, Result};

use crate::stop::{self, Foreground};

/// A foreground command that ended badly; its exit code becomes ours.
#[derive(Debug)]
pub struct Ended {
    line: String,
    status: ExitStatus,
}

impl fmt::Display for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` ended with {}", self.line, self.status)
    }
}

impl std::error::Error for Ended {}

/// The exit code a failed chore leaves with: that of the command that failed, otherwise 1.
pub fn exit_code(error: &anyhow::Error) -> ExitCode {
    let code = error.downcast_ref::<Ended>().and_then(|ended| ended.status.code());
    ExitCode::from(code.and_then(|code| u8::try_from(code).ok()).unwrap_or(1))
}

/// A command in a folder.
pub fn command(program: impl AsRef<OsStr>, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder);
    command
}

/// Run in the foreground, showing the line first; anything but success is an error.
pub fn run(command: &mut Command) -> Result<()> {
    println!("$ {}", line(command));
    run_quietly(command)
}

/// Like [`run`], without showing the line.
pub fn run_quietly(command: &mut Command) -> Result<()> {
    stop::check()?;
    let mut child = command.spawn().with_context(|| format!("starting `{}`", line(command)))?;
    let foreground = Foreground::new(child.id());
    let status = child.wait().with_context(|| format!("waiting for `{}`", line(command)))?;
    drop(foreground);
    stop::check()?;
    if status.success() { Ok(()) } else { Err(Ended { line: line(command), status }.into()) }
}

/// What a command prints on its standard output; anything but success is an error that shows what it said.
pub fn output(command: &mut Command) -> Result<String> {
    stop::check()?;
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("starting `{}`", line(command)))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(anyhow::anyhow!(said).context(Ended { line: line(command), status: output.status }));
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{}` printed something that is not text", line(command)))
}

/// Whether a program of this name can be started.
pub fn has(program: &str) -> bool {
    find(program).is_some()
}

/// Where a program lies; the administrator's folders are looked through too, since a user's PATH may lack them.
pub fn find(program: &str) -> Option<std::path::PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain(["/usr/local/sbin", "/usr/sbin", "/sbin"].map(Into::into))
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

fn line(command: &Command) -> String {
    let mut words = vec![name(command.get_program())];
    words.extend(command.get_args().map(|word| word.to_string_lossy().into_owned()));
    words.join(" ")
}

/// A program by its name alone: where it lies is of no interest to a reader.
fn name(program: &OsStr) -> String {
    Path::new(program).file_name().unwrap_or(program).to_string_lossy().into_owned()
}
