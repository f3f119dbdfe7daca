//! A page that stays open: what is pushed to it.

use super::html::plain;
use std::time::{Duration, Instant};

/// A live line.
pub struct Live {
    answer: reqwest::Response,
    heard: Vec<u8>,
}

impl Live {
    /// From an answer that is a stream of events.
    pub fn new(answer: reqwest::Response) -> Self {
        assert_eq!(answer.status().as_u16(), 200, "{}", answer.url());
        Live { answer, heard: Vec::new() }
    }

    /// Wait until an event says this; how long it took.
    pub async fn hears(&mut self, text: &str, within: Duration) -> Duration {
        let started = Instant::now();
        while !plain(&String::from_utf8_lossy(&self.heard)).contains(text) {
            let left = within.saturating_sub(started.elapsed());
            let chunk = tokio::time::timeout(left, self.answer.chunk()).await;
            let chunk =
                chunk.unwrap_or_else(|_| panic!("{text:?} was not heard within {within:?}: {}", String::from_utf8_lossy(&self.heard)));
            self.heard.extend(chunk.expect("a line that holds").expect("a line that goes on"));
        }
        started.elapsed()
    }

    /// Wait until the newest picture of the page no longer says this.
    pub async fn hears_no_more(&mut self, text: &str, within: Duration) {
        let started = Instant::now();
        loop {
            let heard = String::from_utf8_lossy(&self.heard).into_owned();
            let newest =
                heard.rsplit_once("hx-partial").map(|(before, _)| before.rfind("hx-partial").map_or(heard.as_str(), |at| &heard[at..]));
            if newest.is_some_and(|newest| newest.ends_with("\n\n") && !plain(newest).contains(text)) {
                self.heard.clear();
                return;
            }
            let left = within.saturating_sub(started.elapsed());
            let chunk = tokio::time::timeout(left, self.answer.chunk()).await;
            let chunk = chunk.unwrap_or_else(|_| panic!("{text:?} is still there after {within:?}: {heard}"));
            self.heard.extend(chunk.expect("a line that holds").expect("a line that goes on"));
        }
    }

    /// Wait for the picture of the page that is sent at the beginning, and forget it: what is heard from now on is news.
    pub async fn begins(mut self) -> Self {
        self.hears("hx-partial", Duration::from_secs(5)).await;
        self.heard.clear();
        self
    }
}
