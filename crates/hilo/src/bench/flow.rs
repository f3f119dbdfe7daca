//! Whole checkouts over HTTP, as an app makes them: a cart, two things into it, what it costs delivered, the order with its addresses,
//! the payment. Each request waits for the answer before it.

use super::bare::Bare;
use super::ground::{Ground, Place};
use super::line::{Answer, Line, request};
use super::load::{Times, drive};
use super::orders;
use super::server::Server;
use super::shop::{self, Shop, Size};
use super::table::{Table, count, percent};
use anyhow::{Context, Result, bail};
use axum::http::StatusCode;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};

/// How many buy at the same time.
const SHOPPERS: [usize; 2] = [8, 64];
/// Requests of one flow.
const REQUESTS: f64 = 6.0;
const SIZE: Size = Size { products: 200, people: 2_000, stock: 1_000_000 };

/// Flows per second, beside a bare route that answers as many requests with the order's bytes.
pub fn measure(place: &Place, quick: bool, table: &mut Table) -> Result<()> {
    let ground = Ground::new(place)?;
    let db = ground.open()?;
    let shop = Rc::new(shop::build(&db, SIZE)?);
    orders::warm_up(&db, &shop)?;
    drop(db);
    ground.analyse()?;
    let server = Server::start(ground.location(), ground.folder())?;
    let span = Duration::from_millis(if quick { 2_000 } else { 6_000 });
    for shoppers in SHOPPERS {
        // What is asked first is prepared and forgotten.
        buy(server.address, shoppers, span / 6, &shop)?;
        let (rate, times, order) = buy(server.address, shoppers, span, &shop)?;
        let bare = Bare::answering(StatusCode::OK, "application/json", order)?;
        let plain = request("POST", "/", &[("content-type", "application/json")], b"{}");
        let bound = drive(bare.address, shoppers, span / 4, 200, move |_| plain.clone())?;
        let text = format!("{}/s, {}", count(rate), times.text());
        let possible = bound.rate / REQUESTS;
        table.add(
            format!("whole checkout, {REQUESTS:.0} requests each, {shoppers} shoppers"),
            place.name(),
            text,
            format!("{}/s", count(possible)),
            percent(rate, possible),
        );
    }
    Ok(())
}

/// Flows per second, how long each took, and an order's bytes.
fn buy(to: SocketAddr, shoppers: usize, span: Duration, shop: &Rc<Shop>) -> Result<(f64, Times, Vec<u8>)> {
    let local = tokio::task::LocalSet::new();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let started = Instant::now();
    local.block_on(&runtime, async {
        let all: Vec<_> = (0..shoppers)
            .map(|_| {
                let shop = shop.clone();
                tokio::task::spawn_local(async move {
                    let mut shopper = Shopper { line: Line::open(to).await?, shop, run: rand::random(), asked: 0 };
                    let (mut times, mut order) = (Vec::new(), Vec::new());
                    // Everybody begins at another place of the catalogue.
                    let mut turn = (shopper.run % 10_007) as usize;
                    while started.elapsed() < span {
                        let begun = Instant::now();
                        order = shopper.buy(turn).await?;
                        times.push(begun.elapsed());
                        turn += 1;
                    }
                    Ok::<_, anyhow::Error>((times, order))
                })
            })
            .collect();
        let (mut times, mut last) = (Vec::new(), Vec::new());
        for one in all {
            let (more, order) = one.await.context("a shopper panicked")??;
            times.extend(more);
            last = order;
        }
        let rate = times.len() as f64 / started.elapsed().as_secs_f64();
        Ok((rate, Times::of(times), last))
    })
}

struct Shopper {
    line: Line,
    shop: Rc<Shop>,
    /// Of this shopper's keys.
    run: u64,
    asked: usize,
}

impl Shopper {
    /// The n-th flow; the order's bytes.
    async fn buy(&mut self, n: usize) -> Result<Vec<u8>> {
        let way = json!({ "kind": "deliver", "address": null });
        let address = json!({ "name": "Ana Ruiz", "street": "Calle Mayor 1", "postcode": "28013", "city": "Madrid", "country": "ES" });
        let variant = |at: usize| self.shop.variants[at % self.shop.variants.len()];
        let wanted = [(variant(n), 1), (variant(n * 7 + 3), 2)];
        let person = self.shop.people[n % self.shop.people.len()];

        let cart = self.ask("/v1/carts", &json!({ "guest": format!("app {:x} {n}", self.run) })).await?;
        let cart = text(&cart, "id")?;
        for (variant, quantity) in wanted {
            let line = json!({ "variant": variant, "quantity": quantity, "way": way });
            self.ask(&format!("/v1/carts/{cart}/lines"), &line).await?;
        }
        let lines = wanted.map(|(variant, quantity)| json!({ "variant": variant, "quantity": quantity }));
        self.ask("/v1/quotes", &json!({ "lines": lines })).await?;
        let wish = json!({
            "cart": cart, "profile": person, "address": address, "payment": { "kind": "later" },
            "contact": { "name": "Ana Ruiz", "email": "ana@ejemplo.es" },
        });
        let order = self.answer("/v1/orders", &wish).await?.body;
        let placed: Value = serde_json::from_slice(&order)?;
        let (id, due) = (text(&placed["order"], "id")?, &placed["order"]["total"]);
        let tender = json!({ "method": "card_terminal", "amount": due, "reference": format!("{n}") });
        let paid = self.ask(&format!("/v1/orders/{id}/payments"), &json!({ "kind": "counter", "tenders": [tender] })).await?;
        match paid["order"]["state"].as_str() {
            Some("paid") => Ok(order),
            state => bail!("an order that was paid is {state:?}"),
        }
    }

    async fn ask(&mut self, path: &str, body: &Value) -> Result<Value> {
        Ok(serde_json::from_slice(&self.answer(path, body).await?.body)?)
    }

    async fn answer(&mut self, path: &str, body: &Value) -> Result<Answer> {
        self.asked += 1;
        let (key, once) = (format!("Bearer {}", self.shop.key), format!("{:x}-{}", self.run, self.asked));
        let headers = [("authorization", key.as_str()), ("content-type", "application/json"), ("idempotency-key", once.as_str())];
        let answer = self.line.send(&request("POST", path, &headers, body.to_string().as_bytes())).await?;
        if !(200..300).contains(&answer.status) {
            bail!("{path}: {} {}", answer.status, String::from_utf8_lossy(&answer.body));
        }
        Ok(answer)
    }
}

fn text(value: &Value, field: &str) -> Result<String> {
    Ok(value[field].as_str().with_context(|| format!("an answer without {field}"))?.to_owned())
}
