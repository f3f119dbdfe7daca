//! Callers that each wait for their answer before they ask again, on one thread of their own.

use super::line::Line;
use super::table::count;
use anyhow::{Context, Result, bail};
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};

/// How long each took.
#[derive(Debug, Clone, Default)]
pub struct Times(Vec<Duration>);

impl Times {
    /// Of these.
    pub fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        Times(times)
    }
    /// How many.
    pub fn len(&self) -> usize {
        self.0.len()
    }
    /// The time within which a share of them was done, in milliseconds.
    pub fn within(&self, share: f64) -> f64 {
        let at = (self.0.len().saturating_sub(1) as f64 * share).round() as usize;
        self.0.get(at).map_or(f64::NAN, |time| time.as_secs_f64() * 1e3)
    }
    /// `p50 1.2 / p99 3.4 ms`.
    pub fn text(&self) -> String {
        format!("p50 {} / p99 {} ms", short(self.within(0.5)), short(self.within(0.99)))
    }
}

/// Two figures that matter.
pub fn short(value: f64) -> String {
    if value < 10.0 { format!("{value:.2}") } else { format!("{value:.0}") }
}

/// What came of a load.
pub struct Driven {
    /// Answers per second.
    pub rate: f64,
    /// How long each took.
    pub times: Times,
    /// Bytes of the last answer's body.
    pub body: Vec<u8>,
}

impl Driven {
    /// `1 234/s, p50 .. / p99 .. ms`.
    pub fn text(&self) -> String {
        format!("{}/s, {}", count(self.rate), self.times.text())
    }
}

/// Drive a server from `connections` for a while. `make` is given the number of the request; every answer must have `status`.
pub fn drive(to: SocketAddr, connections: usize, span: Duration, status: u16, make: impl Fn(usize) -> Vec<u8> + 'static) -> Result<Driven> {
    let make = Rc::new(make);
    let local = tokio::task::LocalSet::new();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let started = Instant::now();
    local.block_on(&runtime, async {
        let callers: Vec<_> = (0..connections)
            .map(|caller| {
                let make = make.clone();
                tokio::task::spawn_local(async move {
                    let mut line = Line::open(to).await?;
                    let (mut times, mut body, mut turn) = (Vec::new(), Vec::new(), caller);
                    while started.elapsed() < span {
                        let request = make(turn);
                        let asked = Instant::now();
                        let answer = line.send(&request).await?;
                        times.push(asked.elapsed());
                        if answer.status != status {
                            bail!("{} instead of {status}: {}", answer.status, String::from_utf8_lossy(&answer.body));
                        }
                        body = answer.body;
                        turn += connections;
                    }
                    Ok((times, body))
                })
            })
            .collect();
        let (mut times, mut last) = (Vec::new(), Vec::new());
        for caller in callers {
            let (more, body) = caller.await.context("a caller panicked")??;
            times.extend(more);
            last = body;
        }
        let rate = times.len() as f64 / started.elapsed().as_secs_f64();
        Ok(Driven { rate, times: Times::of(times), body: last })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_of_a_hundred() {
        let times = Times::of((1..=101).rev().map(Duration::from_millis).collect());
        assert_eq!((times.within(0.5), times.within(0.99), times.len()), (51.0, 100.0, 101));
        assert_eq!(times.text(), "p50 51 / p99 100 ms");
    }
}
