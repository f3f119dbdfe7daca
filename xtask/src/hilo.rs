//! The program we make: building it, and asking what it can do.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::net::Ports;
use crate::{net, project, shell};

/// Build the debug binary and say where it lies.
pub fn build() -> Result<PathBuf> {
    // With everything else: what the tests have built, features and all, is not built a second time.
    shell::run(project::cargo().args(["build", "--workspace", "--all-targets"]))?;
    Ok(binary())
}

/// Where the debug binary lies once it is built.
pub fn binary() -> PathBuf {
    project::target().join("debug").join("hilo")
}

/// A running `hilo serve` with data of its own. Dropping it stops the server and removes the data.
pub struct Server {
    child: Child,
    data: PathBuf,
    port: u16,
}

impl Server {
    /// Start on a free port with the data in `data`, and wait until it is ready.
    pub fn start(binary: &Path, data: PathBuf) -> Result<Self> {
        let port = Ports::new().free()?;
        fs::create_dir_all(&data).with_context(|| format!("making {}", data.display()))?;
        let log = data.join("server.log");
        let file = fs::File::create(&log)?;
        let child = Command::new(binary)
            .args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--data"])
            .arg(&data)
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file)
            .spawn()
            .with_context(|| format!("starting {}", binary.display()))?;
        let mut server = Self { child, data, port };
        net::wait_until("hilo serve", Duration::from_secs(60), || match server.child.try_wait()? {
            Some(status) => bail!("hilo serve ended with {status}: {}", fs::read_to_string(&log)?.trim()),
            None => Ok(net::http_ok(port, "/healthz")),
        })?;
        Ok(server)
    }

    /// Its address, without a closing slash.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Both can only fail when there is nothing left to stop or to remove.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.data);
    }
}
