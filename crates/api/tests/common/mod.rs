//! The API on a fresh SQLite database, called through its real router.
#![allow(dead_code, clippy::unwrap_used)] // each test file uses some of it

use api::ApiState;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use catalogue::search::SearchIndex;
use kernel::testing::World;
use kernel::{Actor, Permission, Tx};
use serde_json::Value;
use std::sync::Arc;
use tokio::runtime::Runtime;
use tower::ServiceExt;

/// Every room's tables, from the bottom up.
pub const ROOMS: &[kernel::Migrations] = &[
    ledger::MIGRATIONS,
    access::MIGRATIONS,
    customers::MIGRATIONS,
    catalogue::MIGRATIONS,
    pricing::MIGRATIONS,
    inventory::MIGRATIONS,
    payments::MIGRATIONS,
    orders::MIGRATIONS,
    conversations::MIGRATIONS,
    self_service::MIGRATIONS,
    channels::MIGRATIONS,
    api::MIGRATIONS,
];

/// The API and its database.
pub struct Api {
    pub world: World,
    router: Router,
    /// A key that may do everything.
    pub key: String,
    search: Arc<SearchIndex>,
    runtime: Runtime,
}

/// What was answered.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    /// The body.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|e| panic!("{e}: {}", self.text))
    }
    /// One header's text.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
    /// Status and code of a refusal, which must be a whole problem.
    pub fn refusal(&self) -> (u16, String) {
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.text);
        let problem = self.json();
        assert_eq!(problem["status"], self.status.as_u16());
        assert_eq!(problem["request_id"], self.header("x-request-id"));
        assert_eq!(problem["type"], format!("urn:hilo:problem:{}", problem["code"].as_str().unwrap()));
        (self.status.as_u16(), problem["code"].as_str().unwrap().to_owned())
    }
    /// The code of a refusal, or `ok`.
    pub fn refusal_or_success(&self) -> String {
        if self.status.is_success() { "ok".into() } else { self.refusal().1 }
    }
    /// The body of a success with this status.
    pub fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self.json()
    }
}

/// A request in the making.
pub struct Call(axum::http::request::Builder, Body);

impl Call {
    pub fn header(self, name: &str, value: &str) -> Self {
        Call(self.0.header(name, value), self.1)
    }
    pub fn json(self, body: &Value) -> Self {
        Call(self.0.header("content-type", "application/json"), Body::from(body.to_string()))
    }
    pub fn body(self, kind: &str, body: impl Into<Body>) -> Self {
        Call(self.0.header("content-type", kind), body.into())
    }
    pub fn once(self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }
}

impl Api {
    /// With all rooms' tables.
    pub fn new() -> Self {
        let world = World::sqlite(ROOMS);
        let key = make_key(&world, Permission::ALL);
        let search = Arc::new(SearchIndex::in_memory().unwrap());
        let state = ApiState { db: world.db().clone(), search: search.clone(), public_url: "https://marca.test".into() };
        Api { router: api::router(state), world, key, search, runtime: Runtime::new().unwrap() }
    }
    /// A key with these permissions.
    pub fn key_with(&self, permissions: &[Permission]) -> String {
        make_key(&self.world, permissions)
    }
    /// A request with the key that may do everything.
    pub fn call(&self, method: &str, path: &str) -> Call {
        Api::call_as(Some(&self.key), method, path)
    }
    /// A request with a key, or with none.
    pub fn call_as(key: Option<&str>, method: &str, path: &str) -> Call {
        let builder = Request::builder().method(method).uri(path);
        let builder = match key {
            Some(key) => builder.header("authorization", format!("Bearer {key}")),
            None => builder,
        };
        Call(builder, Body::empty())
    }
    pub fn send(&self, call: Call) -> Answer {
        self.runtime.block_on(answer(self.router.clone(), call))
    }
    /// All at once, on several threads.
    pub fn send_together(&self, calls: Vec<Call>) -> Vec<Answer> {
        let tasks: Vec<_> = calls.into_iter().map(|call| self.runtime.spawn(answer(self.router.clone(), call))).collect();
        tasks.into_iter().map(|task| self.runtime.block_on(task).unwrap()).collect()
    }
    pub fn get(&self, path: &str) -> Answer {
        self.send(self.call("GET", path))
    }
    pub fn post(&self, path: &str, body: Value) -> Answer {
        self.send(self.call("POST", path).json(&body))
    }
    pub fn patch(&self, path: &str, body: Value) -> Answer {
        self.send(self.call("PATCH", path).json(&body))
    }
    pub fn put(&self, path: &str, body: Value) -> Answer {
        self.send(self.call("PUT", path).json(&body))
    }
    pub fn delete(&self, path: &str) -> Answer {
        self.send(self.call("DELETE", path))
    }
    /// Run a command underneath.
    pub fn write<T: Send + 'static>(&self, command: impl Fn(&mut Tx<'_>) -> T + Send + 'static) -> T {
        self.world.db().write("test", move |tx| Ok::<_, kernel::Fault>(command(tx))).wait().unwrap()
    }
    /// Let the search index catch up.
    pub fn index(&self) {
        self.world.wait_for_log();
        catalogue::search::refresh(&self.search, self.world.db()).unwrap();
    }
    /// How many events there are: a refusal adds none.
    pub fn events(&self) -> usize {
        self.world.log().len()
    }
}

async fn answer(router: Router, call: Call) -> Answer {
    let response = router.oneshot(call.0.body(call.1).unwrap()).await.unwrap();
    let (head, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap();
    Answer { status: head.status, headers: head.headers, text: String::from_utf8(bytes.to_vec()).unwrap() }
}

fn make_key(world: &World, permissions: &[Permission]) -> String {
    let permissions = permissions.to_vec();
    let make = move |tx: &mut Tx<'_>| {
        let cmd = access::CreateApiKey { name: "test".into(), permissions: permissions.clone() };
        access::create_api_key(tx, &Actor::system(), cmd)
    };
    world.db().write("test", make).wait().unwrap().secret.reveal().to_owned()
}
