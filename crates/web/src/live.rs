//! Live pages: after a commit somebody calls [`Hub::publish`] with a topic such as `person:01J..`, `cart:01J..` or `desk`;
//! every open page that follows the topic renders its own fragment again, by the same template as the page.
//!
//! Nothing is queued but the *names* of changed topics, so a slow reader costs one small set, and a burst is one render.
//!
//! A topic such as `room:message` concerns every page of its kind. The first change of it is shown at once; while changes go on, each
//! page is rendered for it no more often than all of them together can bear ([`EACH`]). What concerns the page itself never waits for that.

use axum::response::{IntoResponse, Response, Sse, sse};
use futures::stream;
use std::{
    collections::{BTreeSet, HashMap},
    convert::Infallible,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::sync::Notify;
use tokio::time::Instant;

/// Pages that may be open at once on one node.
const MOST: usize = 20_000;
/// Changes within this time are one render.
const GATHER: Duration = Duration::from_millis(25);
/// Changes of a room are rendered for each of its followers this many times more seldom: all of them together at most 200 times a second.
const EACH: Duration = Duration::from_millis(5);
/// However many follow, nobody waits longer for a change of a room.
const LONGEST: Duration = Duration::from_secs(2);
/// Silence after which a comment keeps proxies from closing the line.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// Who follows what, on this node. Cheap to clone.
#[derive(Clone, Default)]
pub struct Hub {
    inner: Arc<Mutex<Followers>>,
}

#[derive(Default)]
struct Followers {
    topics: HashMap<String, Vec<Arc<Seat>>>,
    open: usize,
    closed: bool,
}

/// One follower's pending changes.
#[derive(Default)]
struct Seat {
    changed: Mutex<Pending>,
    bell: Notify,
}

#[derive(Default)]
struct Pending {
    topics: BTreeSet<String>,
    over: bool,
}

impl Hub {
    /// A hub that nobody follows yet.
    pub fn new() -> Self {
        Hub::default()
    }

    /// Tell the followers of `topic` that something changed. Never waits; nobody following is fine.
    pub fn publish(&self, topic: &str) {
        let followers = lock(&self.inner);
        for seat in followers.topics.get(topic).into_iter().flatten() {
            let mut changed = lock(&seat.changed);
            if !changed.topics.contains(topic) {
                changed.topics.insert(topic.to_owned());
                seat.bell.notify_one();
            }
        }
    }

    /// Follow topics until the subscription is dropped. `None` when this node is full or stopping.
    pub fn subscribe(&self, topics: impl IntoIterator<Item = impl Into<String>>) -> Option<Subscription> {
        let topics: BTreeSet<String> = topics.into_iter().map(Into::into).collect();
        let mut followers = lock(&self.inner);
        if followers.closed || followers.open >= MOST {
            return None;
        }
        followers.open += 1;
        let seat = Arc::new(Seat::default());
        for topic in &topics {
            followers.topics.entry(topic.clone()).or_default().push(seat.clone());
        }
        Some(Subscription { hub: self.clone(), topics, seat, rooms_from: Instant::now(), held: BTreeSet::new() })
    }

    /// How long a page that was rendered for this room waits until it is rendered for it again.
    fn pace(&self, topic: &str) -> Duration {
        let followers = lock(&self.inner).topics.get(topic).map_or(0, Vec::len);
        EACH.saturating_mul(u32::try_from(followers).unwrap_or(u32::MAX)).clamp(GATHER, LONGEST)
    }

    /// End every stream and take no more: for a graceful stop.
    pub fn close(&self) {
        let mut followers = lock(&self.inner);
        followers.closed = true;
        for seat in followers.topics.values().flatten() {
            lock(&seat.changed).over = true;
            seat.bell.notify_one();
        }
    }

    /// Number of open subscriptions.
    pub fn open(&self) -> usize {
        lock(&self.inner).open
    }
}

/// One page's place in the hub.
pub struct Subscription {
    hub: Hub,
    topics: BTreeSet<String>,
    seat: Arc<Seat>,
    /// When changes of rooms may be shown again.
    rooms_from: Instant,
    /// Rooms that changed and are not shown yet.
    held: BTreeSet<String>,
}

fn is_room(topic: &str) -> bool {
    topic.starts_with("room:")
}

impl Subscription {
    /// Every topic followed.
    pub fn topics(&self) -> &BTreeSet<String> {
        &self.topics
    }

    /// Wait for a change; the topics that changed since last asked. `None` once the hub is closed.
    pub async fn changed(&mut self) -> Option<BTreeSet<String>> {
        loop {
            {
                let mut pending = lock(&self.seat.changed);
                if pending.over {
                    return None;
                }
                if !pending.topics.is_empty() {
                    return Some(std::mem::take(&mut pending.topics));
                }
            }
            self.seat.bell.notified().await;
        }
    }

    /// What a page is to be rendered for next: a moment's changes as one, those of rooms no more often than their pace. `None` once the
    /// hub is closed.
    async fn gathered(&mut self) -> Option<BTreeSet<String>> {
        loop {
            let rooms_from = self.rooms_from;
            let rooms_wait = !self.held.is_empty();
            tokio::select! {
                biased;
                changed = self.changed() => {
                    let mut changed = changed?;
                    self.held.append(&mut changed);
                }
                () = tokio::time::sleep_until(rooms_from), if rooms_wait => {}
            }
            let rooms_are_due = Instant::now() >= rooms_from;
            if !rooms_are_due && self.held.iter().all(|topic| is_room(topic)) {
                continue;
            }
            tokio::time::sleep(GATHER).await;
            self.held.append(&mut lock(&self.seat.changed).topics);
            let (rooms, mut own): (BTreeSet<_>, BTreeSet<_>) = std::mem::take(&mut self.held).into_iter().partition(|topic| is_room(topic));
            if !rooms_are_due {
                self.held = rooms;
                return Some(own);
            }
            if let Some(pace) = rooms.iter().map(|room| self.hub.pace(room)).max() {
                self.rooms_from = Instant::now() + pace;
                own.extend(rooms);
            }
            return Some(own);
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let mut followers = lock(&self.hub.inner);
        followers.open = followers.open.saturating_sub(1);
        for topic in &self.topics {
            if let Some(seats) = followers.topics.get_mut(topic) {
                seats.retain(|seat| !Arc::ptr_eq(seat, &self.seat));
                if seats.is_empty() {
                    followers.topics.remove(topic);
                }
            }
        }
    }
}

/// A server-sent stream of fragments. `render` is called at once with every topic (so nothing is missed between the page and
/// its line), then with those that changed; `None` sends nothing, and the stream ends with the hub.
///
/// What it returns is swapped by htmx: send [`part`]s to reach several elements.
pub fn stream<F, R>(subscription: Option<Subscription>, render: F) -> Response
where
    F: FnMut(BTreeSet<String>) -> R + Send + 'static,
    R: Future<Output = Option<String>> + Send + 'static,
{
    let Some(subscription) = subscription else {
        return axum::http::StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let events = stream::unfold((subscription, render, true), |(mut subscription, mut render, first)| async move {
        let mut first = first;
        loop {
            let topics = if std::mem::take(&mut first) { subscription.topics.clone() } else { subscription.gathered().await? };
            if let Some(html) = render(topics).await {
                let event: Result<sse::Event, Infallible> = Ok(sse::Event::default().data(html));
                return Some((event, (subscription, render, false)));
            }
        }
    });
    let mut response = Sse::new(events).keep_alive(sse::KeepAlive::new().interval(KEEP_ALIVE)).into_response();
    let no_buffer = axum::http::HeaderValue::from_static("no");
    response.headers_mut().insert("x-accel-buffering", no_buffer);
    response
}

/// Wrap a fragment so that it replaces the element with this id, keeping focus, scroll and typed text (morph).
pub fn part(id: &str, html: &str) -> String {
    format!("<hx-partial hx-target=\"#{id}\" hx-swap=\"outerMorph\">{html}</hx-partial>")
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::to_bytes;

    #[tokio::test]
    async fn gathers_changes_and_forgets_the_gone() {
        let hub = Hub::new();
        let mut one = hub.subscribe(["desk", "person:1"]).expect("room");
        let two = hub.subscribe(["desk"]).expect("room");
        hub.publish("person:1");
        hub.publish("person:1");
        hub.publish("desk");
        hub.publish("nobody");
        assert_eq!(one.changed().await, Some(BTreeSet::from(["desk".to_owned(), "person:1".to_owned()])));
        assert!(tokio::time::timeout(Duration::from_millis(5), one.changed()).await.is_err());
        drop((one, two));
        assert_eq!((hub.open(), lock(&hub.inner).topics.len()), (0, 0));
    }

    #[tokio::test]
    async fn what_concerns_all_comes_at_once_and_then_at_a_pace_that_all_can_bear() {
        let hub = Hub::new();
        let mut pages: Vec<_> = (0..20).map(|n| hub.subscribe(["room:message".to_owned(), format!("person:{n}")]).expect("room")).collect();
        let page = pages.last_mut().expect("a page");
        let start = Instant::now();
        let mut next = async |expected: &[&str]| {
            let topics = page.gathered().await.expect("open");
            assert_eq!(topics.iter().map(String::as_str).collect::<Vec<_>>(), expected);
            start.elapsed()
        };
        hub.publish("room:message");
        let first = next(&["room:message"]).await;
        hub.publish("room:message");
        hub.publish("person:19");
        next(&["person:19"]).await;
        assert!(next(&["room:message"]).await - first >= EACH * 20);
    }

    #[tokio::test]
    async fn streams_the_first_picture_then_changes_then_ends() {
        let hub = Hub::new();
        let publisher = hub.clone();
        let mut turn = 0;
        let response = stream(hub.subscribe(["cart:1"]), move |topics| {
            turn += 1;
            if turn == 1 {
                publisher.publish("cart:1")
            } else {
                publisher.close()
            }
            let html = format!("<p>{turn} {}</p>", topics.len());
            async move { Some(html) }
        });
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let body = to_bytes(response.into_body(), 1000).await.expect("ends");
        assert_eq!(body, "data: <p>1 1</p>\n\ndata: <p>2 1</p>\n\n");
        assert!(hub.subscribe(["x"]).is_none());
    }

    #[tokio::test]
    async fn a_full_or_closed_hub_says_unavailable() {
        let hub = Hub::new();
        hub.close();
        let response = stream(hub.subscribe(["x"]), |_| async { None });
        assert_eq!(response.status(), 503);
    }
}
