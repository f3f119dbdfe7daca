//! The line of somebody in a room: what the other browser says, who came and went, and that it is over.

use super::inside::Inside;
use super::signals::{Seat, Signal, Signals};
use crate::{Answer, App, Subscription, Trouble};
use axum::Extension;
use axum::extract::{Query, State};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response, Sse, sse};
use conversations::{RoomError, RoomId};
use futures::stream;
use serde::Deserialize;
use serde_json::json;
use std::convert::Infallible;
use std::time::Duration;

/// Longest thing a browser says: a description of all it can send is about ten thousand characters.
const LONGEST: usize = 64 << 10;
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// Which page asks: a reload is another one.
#[derive(Debug, Deserialize)]
pub(super) struct Asks {
    page: String,
}

/// Somebody's open line.
struct Line {
    app: App,
    room: RoomId,
    seat: Seat,
    hub: Subscription,
    is_new: bool,
    is_over: bool,
}

pub(super) async fn line(
    State(app): State<App>,
    Extension(signals): Extension<Signals>,
    at: Inside,
    Query(asks): Query<Asks>,
) -> Result<Response, Trouble> {
    let hub = app.hub.subscribe([format!("subject:{}", at.room.id)]).ok_or_else(|| Trouble::of(StatusCode::SERVICE_UNAVAILABLE))?;
    let page: String = asks.page.chars().filter(char::is_ascii_alphanumeric).take(40).collect();
    let seat = signals.sit(at.room.id, at.side, page);
    let line = Line { app, room: at.room.id, seat, hub, is_new: true, is_over: false };
    let events = stream::unfold(line, |mut line| async move {
        let told = line.next().await?;
        Some((Ok::<_, Infallible>(sse::Event::default().data(told)), line))
    });
    let mut response = Sse::new(events).keep_alive(sse::KeepAlive::new().interval(KEEP_ALIVE)).into_response();
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

/// What one browser says to the other. Nobody there to hear it: 404, and the browser waits until they meet.
pub(super) async fn signal(Extension(signals): Extension<Signals>, at: Inside, said: String) -> Answer {
    if said.len() > LONGEST {
        return Err(Trouble::of(StatusCode::PAYLOAD_TOO_LARGE));
    }
    let is_heard = signals.pass(at.room.id, at.side, said);
    Ok(if is_heard { StatusCode::NO_CONTENT } else { StatusCode::NOT_FOUND }.into_response())
}

impl Line {
    /// What is told next; `None` when the room is over, the seat is somebody else's, or the server stops.
    async fn next(&mut self) -> Option<String> {
        if self.is_over {
            return None;
        }
        if std::mem::take(&mut self.is_new) && self.has_ended().await {
            return self.over();
        }
        loop {
            tokio::select! {
                signal = self.seat.hear() => return match signal? {
                    Signal::Met { turn, other } => self.met(turn, &other).await,
                    Signal::Alone => Some(json!({ "type": "alone" }).to_string()),
                    Signal::Elsewhere => {
                        self.is_over = true;
                        Some(json!({ "type": "elsewhere" }).to_string())
                    }
                    Signal::Said(text) => Some(text),
                },
                changed = self.hub.changed() => {
                    changed?;
                    if self.has_ended().await {
                        return self.over();
                    }
                }
            }
        }
    }

    /// Both are here: the talk begins, and each is told how to find the other.
    async fn met(&mut self, turn: u64, other: &str) -> Option<String> {
        let id = self.room;
        let begin = self.app.db.write("conversations.begin_room", move |tx| {
            conversations::begin_room(tx, id)?;
            Ok::<_, RoomError>(conversations::ice(&conversations::relay_rules(tx)?, id, tx.now()))
        });
        match begin.await {
            Ok(ice) => Some(json!({ "type": "met", "turn": turn, "other": other, "ice": ice }).to_string()),
            Err(_) => self.over(),
        }
    }

    async fn has_ended(&self) -> bool {
        let id = self.room;
        let room = self.app.db.read(move |tx| conversations::room(tx, id)).await;
        room.is_ok_and(|room| room.is_none_or(|room| room.ended_at.is_some()))
    }

    fn over(&mut self) -> Option<String> {
        self.is_over = true;
        Some(json!({ "type": "over" }).to_string())
    }
}

impl Drop for Line {
    /// Gone, unless another page of the same person has taken over.
    fn drop(&mut self) {
        if self.is_over || !self.seat.is_mine() {
            return;
        }
        let (db, id) = (self.app.db.clone(), self.room);
        tokio::spawn(async move {
            if let Err(fault) = db.write("conversations.leave_room", move |tx| conversations::leave_room(tx, id)).await {
                tracing::error!(fault = fault.chain(), "who left a video room was not noted");
            }
        });
    }
}
