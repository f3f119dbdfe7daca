//! Checkout and the shop's pages over HTTP, each beside a bare axum route that answers the same bytes.

use super::bare::Bare;
use super::ground::{Ground, Place};
use super::line::request;
use super::load::drive;
use super::orders;
use super::server::Server;
use super::shop::{self, DEMO, Shop};
use super::table::{Table, percent};
use anyhow::Result;
use axum::http::StatusCode;
use std::net::SocketAddr;
use std::time::Duration;

const CONNECTIONS: usize = 16;
const HTML: &str = "text/html; charset=utf-8";
/// A browser that has been here before.
const VISIT: &str = "hilo_visit=abcdefghijklmnopqrstuv";

/// Three addresses, and the bound of each.
pub fn measure(place: &Place, quick: bool, table: &mut Table) -> Result<()> {
    let ground = Ground::new(place)?;
    let db = ground.open()?;
    let shop = shop::build(&db, DEMO)?;
    orders::warm_up(&db, &shop)?;
    drop(db);
    ground.analyse()?;
    let server = Server::start(ground.location(), ground.folder())?;
    let span = Duration::from_millis(if quick { 1_500 } else { 3_000 });
    let compare = |figure: &str, status: StatusCode, kind: &'static str, make: fn(&Shop) -> Requests, table: &mut Table| -> Result<()> {
        // What is asked first is prepared and forgotten.
        drive(server.address, CONNECTIONS, span / 6, status.as_u16(), make(&shop))?;
        let ours = drive(server.address, CONNECTIONS, span, status.as_u16(), make(&shop))?;
        let bare = Bare::answering(status, kind, ours.body.clone())?;
        let bound = drive(bare.address, CONNECTIONS, span / 2, status.as_u16(), make(&shop))?;
        let size = format!("{:.0} KB", ours.body.len() as f64 / 1e3);
        table.add(
            format!("{figure}, {CONNECTIONS} connections, {size}"),
            place.name(),
            ours.text(),
            bound.text(),
            percent(ours.rate, bound.rate),
        );
        Ok(())
    };
    compare("HTTP checkout (POST /v1/orders)", StatusCode::CREATED, "application/json", checkouts, table)?;
    compare("product list (/products)", StatusCode::OK, HTML, lists, table)?;
    compare("product page (/products/..)", StatusCode::OK, HTML, products, table)
}

/// The n-th request.
type Requests = Box<dyn Fn(usize) -> Vec<u8>>;

/// Orders of two lines by known customers.
pub fn checkouts(shop: &Shop) -> Requests {
    let (variants, people, key) = (shop.variants.clone(), shop.people.clone(), format!("Bearer {}", shop.key));
    let run: u64 = rand::random();
    Box::new(move |n| {
        let line = |at: usize, quantity: i64| {
            let way = serde_json::json!({ "kind": "deliver", "address": null });
            serde_json::json!({ "variant": variants[at % variants.len()], "quantity": quantity, "way": way })
        };
        let body = serde_json::json!({
            "lines": [line(n, 1), line(n * 7 + 3, 2)],
            "profile": people[n % people.len()],
            "contact": { "name": "Ana Ruiz", "email": "ana@ejemplo.es" },
            "address": { "name": "Ana Ruiz", "street": "Calle Mayor 1", "postcode": "28013", "city": "Madrid", "country": "ES" },
            "payment": { "kind": "online" },
        });
        let once = format!("{run:x}-{n}");
        let headers = [("authorization", key.as_str()), ("content-type", "application/json"), ("idempotency-key", once.as_str())];
        request("POST", "/v1/orders", &headers, body.to_string().as_bytes())
    })
}

/// The list of everything.
pub fn lists(_: &Shop) -> Requests {
    let bytes = request("GET", "/products", &[("cookie", VISIT), ("accept-language", "es")], &[]);
    Box::new(move |_| bytes.clone())
}

/// One product after the other.
pub fn products(shop: &Shop) -> Requests {
    let ask = |handle: &String| request("GET", &format!("/products/{handle}"), &[("cookie", VISIT), ("accept-language", "es")], &[]);
    let all: Vec<_> = shop.handles.iter().map(ask).collect();
    Box::new(move |n| all[n % all.len()].clone())
}

/// The three loads one after the other, for what they leave in memory.
pub fn all(address: SocketAddr, shop: &Shop, span: Duration) -> Result<()> {
    drive(address, CONNECTIONS, span, 201, checkouts(shop))?;
    drive(address, CONNECTIONS, span, 200, lists(shop))?;
    drive(address, CONNECTIONS, span, 200, products(shop)).map(drop)
}
