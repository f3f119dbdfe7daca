//! Ten pieces, a thousand buyers at once at two doors: ten orders, whatever happens.

use super::bare::Bare;
use super::ground::{Ground, Place};
use super::line::{Line, request};
use super::shop::{self, Shop, Size};
use super::table::{Table, count};
use anyhow::{Context, Result, bail};
use api::ApiState;
use catalogue::VariantId;
use catalogue::search::SearchIndex;
use flows::{Basket, BasketLine, Checkout, CheckoutError, PayBy};
use inventory::LocationId;
use kernel::{Actor, Channel, Currency, Db, Locale, Quantity};
use orders::{Contact, Way};
use std::net::SocketAddr;
use std::sync::{Arc, Barrier};
use std::time::{Duration, Instant};

const PIECES: i64 = 10;
const BUYERS: usize = 1_000;

/// Half of the buyers ask the API over HTTP, half call the flow that the faces call; all are there before the first is served.
pub fn measure(place: &Place, quick: bool, table: &mut Table) -> Result<()> {
    let ground = Ground::new(place)?;
    let db = ground.open()?;
    let shop = shop::build(&db, Size { products: 1, people: 100, stock: PIECES })?;
    // The one variant lies in the warehouse only.
    let variant = shop.variants[0];
    empty_shops(&db, variant, shop.warehouse)?;
    ground.analyse()?;
    let search = Arc::new(SearchIndex::in_memory().map_err(crate::wiring::say)?);
    let api = Bare::serve(api::router(ApiState { db: db.clone(), search, public_url: "http://localhost".into() }))?;
    let buyers = super::half_if(quick, BUYERS);
    let doors = Arc::new(Barrier::new(buyers / 2 + 1));
    let web = web(&db, &shop, variant, buyers / 2, &doors);
    let (over_http, started) = over_http(api.address, &shop, variant, buyers / 2, &doors)?;
    let mut at_web = 0;
    for buyer in web {
        at_web += buyer.join().ok().context("a buyer panicked")??;
    }
    let took = started.elapsed();
    let level = db.read(move |tx| inventory::level(tx, variant, shop.warehouse)).wait().map_err(crate::wiring::say)?;
    let sound = db
        .read(|tx| Ok::<_, kernel::Fault>((ledger::imbalance(tx)?, ledger::discrepancies(tx, 10)?)))
        .wait()
        .map_err(crate::wiring::say)?;
    let sold = over_http + at_web;
    let is_right =
        sold as i64 == PIECES && level.reserved.0 == PIECES && level.available().0 == 0 && sound.0.is_empty() && sound.1.is_empty();
    let figure = format!("{PIECES} pieces, {buyers} buyers at once at two doors: exactly {PIECES} orders");
    let said =
        format!("{}: {sold} orders ({over_http} API, {at_web} web) in {:.2} s", if is_right { "yes" } else { "NO" }, took.as_secs_f64());
    table.add(figure, place.name(), said, format!("{PIECES}"), format!("{} answers/s", count(buyers as f64 / took.as_secs_f64())));
    if is_right { Ok(()) } else { bail!("the stock was oversold or undersold: {sold} orders, {level:?}, {sound:?}") }
}

fn empty_shops(db: &Db, variant: VariantId, warehouse: LocationId) -> Result<()> {
    let places = db.read(|tx| inventory::locations(tx, false, None, 100)).wait().map_err(crate::wiring::say)?;
    for place in places.into_iter().filter(|place| place.id != warehouse) {
        let count = inventory::Count { key: format!("none/{}", place.id), variant, location: place.id, counted: Quantity(0) };
        shop::run(db, move |tx| inventory::count(tx, &Actor::system(), count.clone()))?;
    }
    Ok(())
}

/// How many of them got an order. Each asks on a thread of its own, once the doors are open.
fn web(db: &Db, shop: &Shop, variant: VariantId, buyers: usize, doors: &Arc<Barrier>) -> Vec<std::thread::JoinHandle<Result<usize>>> {
    let buyer = |n: usize| {
        let customer = shop.people[n % shop.people.len()];
        let lines = vec![BasketLine { variant, quantity: Quantity(1), way: Way::Deliver { address: None } }];
        let locks = vec![inventory::lock(variant, shop.warehouse)];
        let cmd = Checkout {
            key: format!("web {n}"),
            basket: Basket::Lines(lines),
            profile: None,
            channel: Channel::Web,
            locale: Locale::Es,
            currency: Currency::EUR,
            audience: None,
            sold_at: None,
            contact: Contact { name: "Ana Ruiz".into(), email: "ana@ejemplo.es".into(), phone: String::new() },
            address: Some(shop::home()),
            delivery: None,
            note: String::new(),
            payment: PayBy::Online,
        };
        let (db, doors) = (db.clone(), doors.clone());
        std::thread::spawn(move || {
            doors.wait();
            std::thread::sleep(moment());
            let answer = db.write_locking("flows.checkout", locks, move |tx| flows::checkout(tx, &Actor::customer(customer), &cmd));
            match answer.wait() {
                Ok(_) => Ok(1),
                Err(CheckoutError::OutOfStock { .. }) => Ok(0),
                Err(error) => Err(error).context("a buyer on the web was refused for another reason"),
            }
        })
    };
    (0..buyers).map(buyer).collect()
}

/// Nobody is served before all have come, and both doors are tried from the first piece to the last.
fn moment() -> Duration {
    Duration::from_micros(rand::random_range(0..200_000))
}

/// How many of them got an order. All are connected before the first asks.
fn over_http(to: SocketAddr, shop: &Shop, variant: VariantId, buyers: usize, doors: &Barrier) -> Result<(usize, Instant)> {
    let key = format!("Bearer {}", shop.key);
    let people = shop.people.clone();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut lines = Vec::with_capacity(buyers);
        for _ in 0..buyers {
            lines.push(Line::open(to).await?);
        }
        doors.wait();
        let opened = Instant::now();
        let asks = lines.into_iter().enumerate().map(|(n, mut line)| {
            let body = serde_json::json!({
                "lines": [{ "variant": variant, "quantity": 1, "way": { "kind": "deliver", "address": null } }],
                "profile": people[n % people.len()],
                "contact": { "name": "Ana Ruiz", "email": "ana@ejemplo.es" },
                "address": { "name": "Ana Ruiz", "street": "Calle Mayor 1", "postcode": "28013", "city": "Madrid", "country": "ES" },
                "payment": { "kind": "online" },
            });
            let headers = [("authorization", key.as_str()), ("content-type", "application/json")];
            let bytes = request("POST", "/v1/orders", &headers, body.to_string().as_bytes());
            tokio::spawn(async move {
                tokio::time::sleep(moment()).await;
                tokio::time::timeout(Duration::from_secs(60), line.send(&bytes)).await
            })
        });
        let asks: Vec<_> = asks.collect();
        let mut sold = 0;
        for ask in asks {
            let answer = ask.await?.context("a buyer waited for a minute")??;
            match answer.status {
                201 => sold += 1,
                409 if super::line::find(&answer.body, b"inventory.out_of_stock").is_some() => {}
                status => bail!("a buyer over HTTP was answered with {status}: {}", String::from_utf8_lossy(&answer.body)),
            }
        }
        Ok((sold, opened))
    })
}
