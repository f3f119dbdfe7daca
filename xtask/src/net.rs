//! Loopback ports, and waiting for what answers on them.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::stop;

/// How long one connection may keep us waiting.
const PATIENCE: Duration = Duration::from_secs(2);

/// Distinct loopback ports that are free now.
///
/// They are taken from below the range that the kernel hands to outgoing connections, so that no connection takes one
/// between this answer and the server's start; and from a place of its own for each process.
pub struct Ports {
    next: u16,
}

impl Ports {
    const LOWEST: u16 = 20_000;
    const COUNT: u32 = 12_000;

    /// Begin at this process's own place.
    pub fn new() -> Self {
        let offset = std::process::id().wrapping_mul(37) % Self::COUNT;
        Self { next: Self::LOWEST + u16::try_from(offset).expect("offset is below the count") }
    }

    /// The next free port.
    pub fn free(&mut self) -> Result<u16> {
        for _ in 0..Self::COUNT {
            let port = self.next;
            self.next = if u32::from(port - Self::LOWEST) + 1 == Self::COUNT { Self::LOWEST } else { port + 1 };
            if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
                return Ok(port);
            }
        }
        bail!("no free port on 127.0.0.1 between {} and {}", Self::LOWEST, u32::from(Self::LOWEST) + Self::COUNT)
    }
}

/// Ask again and again until `ready` says yes; an error of `ready` ends the wait at once.
pub fn wait_until(what: &str, limit: Duration, mut ready: impl FnMut() -> Result<bool>) -> Result<()> {
    let began = Instant::now();
    loop {
        stop::check()?;
        if ready()? {
            return Ok(());
        }
        if began.elapsed() > limit {
            bail!("{what} did not answer within {} seconds", limit.as_secs());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Whether a server greets us on `port` with a line that begins with `greeting`.
pub fn greets(port: u16, greeting: &str) -> bool {
    let Ok(stream) = connect(port) else {
        return false;
    };
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).is_ok() && line.starts_with(greeting)
}

/// Whether `GET path` on `port` answers 200.
pub fn http_ok(port: u16, path: &str) -> bool {
    http_status(port, path).is_ok_and(|status| status == 200)
}

fn http_status(port: u16, path: &str) -> Result<u16> {
    let mut stream = connect(port)?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.take(4096).read_to_end(&mut answer)?;
    let text = String::from_utf8_lossy(&answer);
    text.split_whitespace().nth(1).context("no status in the answer")?.parse().context("reading the status")
}

fn connect(port: u16) -> Result<TcpStream> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    Ok(stream)
}
