//! A small HTTP/1.1 client that keeps its connection: on a machine that runs server and load side by side, every cycle the
//! load costs is missing from what is measured.

use anyhow::{Context, Result, bail};
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What was answered.
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// The whole body.
    pub body: Vec<u8>,
}

/// A request as bytes.
pub fn request(method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut text = format!("{method} {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str("\r\n");
    let mut bytes = text.into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

/// One connection.
pub struct Line {
    stream: TcpStream,
    kept: Vec<u8>,
}

impl Line {
    /// Connect.
    pub async fn open(to: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(to).await.with_context(|| format!("connecting to {to}"))?;
        stream.set_nodelay(true)?;
        Ok(Line { stream, kept: Vec::with_capacity(64 * 1024) })
    }

    /// Send a request and read the whole answer.
    pub async fn send(&mut self, request: &[u8]) -> Result<Answer> {
        self.stream.write_all(request).await?;
        let (status, head) = self.head().await?;
        let body = match header(&head, "content-length") {
            Some(length) => self.take(length.parse().context("a length")?).await?,
            None if header(&head, "transfer-encoding") == Some("chunked") => self.chunks().await?,
            None if matches!(status, 204 | 304) => Vec::new(),
            None => bail!("an answer without a length"),
        };
        Ok(Answer { status, body })
    }

    /// Send a request whose answer does not end, and hand over what comes.
    pub async fn follow(mut self, request: &[u8], mut heard: impl FnMut(&[u8])) -> Result<()> {
        self.stream.write_all(request).await?;
        let (status, _) = self.head().await?;
        if status != 200 {
            bail!("a live line was answered with {status}");
        }
        heard(&self.kept);
        let mut some = vec![0; 64 * 1024];
        loop {
            match self.stream.read(&mut some).await? {
                0 => return Ok(()),
                count => heard(&some[..count]),
            }
        }
    }

    async fn head(&mut self) -> Result<(u16, String)> {
        loop {
            if let Some(end) = find(&self.kept, b"\r\n\r\n") {
                let head: Vec<u8> = self.kept.drain(..end + 4).collect();
                let head = String::from_utf8(head)?.to_ascii_lowercase();
                let status = head.get(9..12).and_then(|digits| digits.parse().ok()).context("no status")?;
                return Ok((status, head));
            }
            self.more().await?;
        }
    }

    async fn chunks(&mut self) -> Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let end = loop {
                match find(&self.kept, b"\r\n") {
                    Some(end) => break end,
                    None => self.more().await?,
                }
            };
            let size = usize::from_str_radix(std::str::from_utf8(&self.kept[..end])?.trim(), 16)?;
            self.kept.drain(..end + 2);
            body.extend(self.take(size).await?);
            self.take(2).await?;
            if size == 0 {
                return Ok(body);
            }
        }
    }

    async fn take(&mut self, count: usize) -> Result<Vec<u8>> {
        while self.kept.len() < count {
            self.more().await?;
        }
        Ok(self.kept.drain(..count).collect())
    }

    async fn more(&mut self) -> Result<()> {
        if self.stream.read_buf(&mut self.kept).await? == 0 {
            bail!("the connection was closed");
        }
        Ok(())
    }
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).map(str::trim)
}

/// Where a text begins.
pub fn find(bytes: &[u8], text: &[u8]) -> Option<usize> {
    let first = *text.first()?;
    let mut from = 0;
    while let Some(at) = bytes.get(from..)?.iter().position(|byte| *byte == first) {
        if bytes[from + at..].starts_with(text) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_text_and_a_header() {
        assert_eq!(find(b"aab", b"ab"), Some(1));
        assert_eq!(find(b"aab", b"c"), None);
        assert_eq!(header("http/1.1 200 ok\r\ncontent-length: 12\r\n", "content-length"), Some("12"));
    }

    #[test]
    fn a_request_says_its_length() {
        let bytes = request("POST", "/x", &[("a", "b")], b"hi");
        assert_eq!(bytes, b"POST /x HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 2\r\na: b\r\n\r\nhi");
    }
}
