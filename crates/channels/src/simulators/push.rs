//! A push service and the browsers behind it: RFC 8030, 8291 and 8292 from their side.

use crate::push::{Subscription, is_ours, open, public_key};
use crate::{ChannelAccount, NotConfigured};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use kernel::{Clock, Timestamp};
use p256::SecretKey;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The service. Clones are the same one.
#[derive(Clone)]
pub struct PushSimulator {
    inner: Arc<Inner>,
}

struct Inner {
    /// Where it is reached.
    base: String,
    /// Whose notices its browsers take.
    public: String,
    clock: Arc<dyn Clock>,
    browsers: Mutex<Vec<Browser>>,
}

struct Browser {
    key: SecretKey,
    auth: [u8; 16],
    /// By topic: a notice with the topic of another takes its place.
    notices: BTreeMap<String, (Timestamp, Value)>,
    has_withdrawn: bool,
}

impl PushSimulator {
    /// The service at `base` for the customers of an account.
    pub fn new(account: &ChannelAccount, base: impl Into<String>, clock: Arc<dyn Clock>) -> Result<Self, NotConfigured> {
        let inner = Inner { base: base.into(), public: public_key(account)?, clock, browsers: Mutex::default() };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// A browser whose owner wants notices.
    pub fn subscribe(&self) -> Subscription {
        let mut browsers = self.browsers();
        let number = browsers.len() + 1;
        // Small numbers are keys of the curve; nobody has to guess these.
        let mut secret = [0; 32];
        secret[24..].copy_from_slice(&(number as u64).to_be_bytes());
        let key = SecretKey::from_slice(&secret).expect("a small number above zero is a key");
        let auth = [number as u8; 16];
        let subscription = Subscription { endpoint: format!("{}/{number}", self.inner.base), public: key.public_key(), auth };
        browsers.push(Browser { key, auth, notices: BTreeMap::new(), has_withdrawn: false });
        subscription
    }

    /// Its owner wants no more.
    pub fn withdraw(&self, subscription: &Subscription) {
        let mut browsers = self.browsers();
        if let Some(browser) = number(&subscription.endpoint).and_then(|number| browsers.get_mut(number)) {
            browser.has_withdrawn = true;
        }
    }

    /// What stands on its screen since when, as its service worker was given it.
    pub fn shown_on(&self, subscription: &Subscription) -> Vec<(Timestamp, Value)> {
        let browsers = self.browsers();
        let browser = number(&subscription.endpoint).and_then(|number| browsers.get(number));
        browser.map(|browser| browser.notices.values().cloned().collect()).unwrap_or_default()
    }

    /// Its address on the web, to be mounted at the path of `base`.
    pub fn router(&self) -> Router {
        Router::new().route("/{browser}", post(take)).with_state(self.clone())
    }

    fn browsers(&self) -> MutexGuard<'_, Vec<Browser>> {
        self.inner.browsers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn number(endpoint: &str) -> Option<usize> {
    endpoint.rsplit('/').next()?.parse::<usize>().ok()?.checked_sub(1)
}

async fn take(State(service): State<PushSimulator>, Path(browser): Path<String>, headers: HeaderMap, body: Bytes) -> Response {
    let said = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let base = &service.inner.base;
    let origin = base.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
    if !is_ours(said("authorization"), &service.inner.public, &origin, service.inner.clock.now()) {
        return (StatusCode::FORBIDDEN, "the token is not this subscription's").into_response();
    }
    if said("content-encoding") != "aes128gcm" || said("ttl").parse::<u32>().is_err() {
        return (StatusCode::BAD_REQUEST, "a notice has a TTL and is encrypted").into_response();
    }
    let mut browsers = service.browsers();
    let Some(browser) = number(&browser).and_then(|number| browsers.get_mut(number)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    if browser.has_withdrawn {
        return StatusCode::GONE.into_response();
    }
    let opened = open(&body, &browser.key, &browser.auth).and_then(|words| serde_json::from_slice(&words).ok());
    let Some(notice) = opened else { return (StatusCode::BAD_REQUEST, "the browser cannot read it").into_response() };
    let topic = said("topic").to_owned();
    let place = format!("{base}/message/{topic}");
    browser.notices.insert(topic, (service.inner.clock.now(), notice));
    (StatusCode::CREATED, [(header::LOCATION, place)]).into_response()
}
