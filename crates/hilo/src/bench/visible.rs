//! From a change to its being seen: a product gets another title and another price, and every door is asked until it says both.

use super::ground::{Ground, Place};
use super::line::{Answer, Line, find, request};
use super::load::{Times, short};
use super::server::Server;
use super::shop::{self, Shop, Size};
use super::table::Table;
use anyhow::{Context, Result, bail};
use catalogue::{EditError, MediaChange};
use kernel::{Actor, Db};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

const SIZE: Size = Size { products: 1_000, people: 10, stock: 1_000 };
/// What is promised, in milliseconds.
const PROMISED: f64 = 5_000.0;
/// A door that says nothing new for so long never will.
const PATIENCE: Duration = Duration::from_secs(20);
/// Between two times that a door is asked.
const PAUSE: Duration = Duration::from_millis(1);

/// How long each door took, among ten thousand variants.
pub fn measure(place: &Place, quick: bool, table: &mut Table) -> Result<()> {
    let ground = Ground::new(place)?;
    let db = ground.open()?;
    let shop = shop::build(&db, SIZE)?;
    let changes = super::half_if(quick, 200);
    pictures(&db, &shop, changes)?;
    drop(db);
    ground.analyse()?;
    let server = Server::start(ground.location(), ground.folder())?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let taken = runtime.block_on(async {
        let mut watch = Watch { line: Line::open(server.address).await?, shop: &shop, asked: 0 };
        let mut taken: BTreeMap<&'static str, Vec<Duration>> = BTreeMap::new();
        for n in 0..changes {
            watch.one(n, &mut taken).await.with_context(|| format!("change {n}"))?;
        }
        Ok::<_, anyhow::Error>(taken)
    })?;
    for (door, times) in taken {
        let times = Times::of(times);
        let text = times.text();
        table.add(
            format!("a changed title and price seen {door}, {changes} changes among 10 000 variants"),
            place.name(),
            text,
            format!("{} ms", short(PROMISED)),
            format!("{} ms", short(times.within(1.0))),
        );
    }
    Ok(())
}

/// A picture for each product that will change: adverts show nothing without one.
fn pictures(db: &Db, shop: &Shop, products: usize) -> Result<()> {
    let variants: Vec<_> = (0..products).map(|n| shop.variants[10 * n]).collect();
    shop::run(db, move |tx| {
        for card in catalogue::variants(tx, &variants)? {
            let picture = MediaChange { source: "https://pictures.example/shirt.jpg".into(), ..MediaChange::default() };
            catalogue::save_media(tx, &Actor::system(), card.product, picture)?;
        }
        Ok::<_, EditError>(())
    })
}

struct Watch<'s> {
    line: Line,
    shop: &'s Shop,
    asked: usize,
}

impl Watch<'_> {
    /// Change the n-th product, and ask all doors in turn until each has said it.
    async fn one(&mut self, n: usize, taken: &mut BTreeMap<&'static str, Vec<Duration>>) -> Result<()> {
        let (variant, handle) = (self.shop.variants[10 * n], self.shop.handles[n].clone());
        let product = self.json("GET", &format!("/v1/variants/{variant}"), &Value::Null).await?["product"].clone();
        let product = product.as_str().context("a product")?.to_owned();
        let (word, minor) = (format!("zq{n}xk"), 70_001 + n);
        let price = format!("{},{:02}", minor / 100, minor % 100);
        let doors = [
            ("on its page", format!("/products/{handle}"), vec![word.clone(), price]),
            ("by the API", format!("/v1/products/{product}"), vec![word.clone()]),
            ("in the quote", String::new(), vec![minor.to_string()]),
            ("in the search", format!("/v1/search?text={word}"), vec![word.clone()]),
            (
                "in the feed of adverts",
                "/feeds/google.xml".to_owned(),
                vec![word.clone(), format!("{}.{:02} EUR", minor / 100, minor % 100)],
            ),
        ];
        let variants: Vec<_> = (0..10)
            .map(|at| json!({ "variant": self.shop.variants[10 * n + at], "price": { "amount_minor": minor, "currency": "EUR" } }))
            .collect();
        let begun = Instant::now();
        self.json(
            "PATCH",
            &format!("/v1/products/{product}"),
            &json!({ "title": { "es": format!("Camisa {word}"), "en": format!("Shirt {word}") } }),
        )
        .await?;
        self.json("PUT", "/v1/price-lists/base/prices", &json!({ "items": variants })).await?;
        let mut open: Vec<_> = doors.iter().collect();
        while !open.is_empty() {
            let mut left = Vec::new();
            for door in open {
                let (name, path, says) = door;
                let body = if path.is_empty() {
                    let lines = json!({ "lines": [{ "variant": variant, "quantity": 1 }] });
                    self.answer("POST", "/v1/quotes", &lines).await?.body
                } else {
                    self.answer("GET", path, &Value::Null).await?.body
                };
                if says.iter().all(|word| find(&body, word.as_bytes()).is_some()) {
                    taken.entry(name).or_default().push(begun.elapsed());
                } else if begun.elapsed() > PATIENCE {
                    bail!("{name} ({path}) still says nothing of {says:?}");
                } else {
                    left.push(door);
                }
            }
            open = left;
            tokio::time::sleep(PAUSE).await;
        }
        Ok(())
    }

    async fn json(&mut self, method: &str, path: &str, body: &Value) -> Result<Value> {
        Ok(serde_json::from_slice(&self.answer(method, path, body).await?.body)?)
    }

    async fn answer(&mut self, method: &str, path: &str, body: &Value) -> Result<Answer> {
        self.asked += 1;
        let (key, once) = (format!("Bearer {}", self.shop.key), format!("visible-{}", self.asked));
        let text = if body.is_null() { String::new() } else { body.to_string() };
        let mut headers = vec![("content-type", "application/json"), ("idempotency-key", once.as_str())];
        if path.starts_with("/v1/") {
            headers.push(("authorization", key.as_str()));
        }
        let answer = self.line.send(&request(method, path, &headers, text.as_bytes())).await?;
        if !(200..300).contains(&answer.status) {
            bail!("{path}: {} {}", answer.status, String::from_utf8_lossy(&answer.body));
        }
        Ok(answer)
    }
}
