//! Place-order commands per second through `Db::write`, durable, with 64 callers.

use super::ground::{Ground, Place};
use super::half_if;
use super::load::Times;
use super::replay::{self, Script};
use super::shop::{self, Shop, Size};
use super::table::{Table, count, percent};
use anyhow::{Context, Result, bail};
use flows::{Basket, BasketLine, Checkout, PayBy};
use kernel::{Actor, Channel, Currency, Db, Engine, Locale, ProfileId, Quantity};
use orders::{CartChange, CartId, ChangeCart, Contact, OpenCart, Owner, Way};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Instant;

const CALLERS: usize = 64;
/// Each side is run so often, by turns; the median counts.
const TURNS: usize = 3;
/// Orders before PostgreSQL is measured.
const WARM_UP: usize = 1_000;
const SIZE: Size = Size { products: 200, people: 2_000, stock: 1_000_000 };

/// Checkouts of prepared carts with two lines each.
pub fn measure(place: &Place, quick: bool, table: &mut Table) -> Result<()> {
    let ground = Ground::new(place)?;
    let db = ground.open()?;
    let shop = shop::build(&db, SIZE)?;
    match place {
        Place::Sqlite => on_sqlite(&ground, db, &shop, half_if(quick, 8_000), table),
        Place::Postgres(_) => on_postgres(&ground, &db, &shop, half_if(quick, 3_000), table),
    }
}

fn on_sqlite(ground: &Ground, db: Db, shop: &Shop, many: usize, table: &mut Table) -> Result<()> {
    let carts = Arc::new(fill_carts(&db, shop, many)?);
    let copy = |name: &str| -> Result<PathBuf> {
        let path = ground.folder().join(name);
        db.backup(&path).map_err(crate::wiring::say)?;
        Ok(path)
    };
    let script = trace(&ground.open_at(&text(&copy("traced.db")?)?, false)?, &carts)?;
    let statements = script.iter().map(Vec::len).sum::<usize>() as f64 / many as f64;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for turn in 0..TURNS {
        let path = copy(&format!("ours{turn}.db"))?;
        let placed = place_all(&ground.open_at(&text(&path)?, true)?, &carts, CALLERS)?;
        let by_hand = copy(&format!("hand{turn}.db"))?;
        theirs.push(replay::by_hand(&by_hand, &script, CALLERS)?);
        if events(&path)? != events(&by_hand)? {
            bail!("the loop by hand did not do the same work");
        }
        ours.push((placed.rate, placed.times));
    }
    let ((rate, times), (bound, bound_times)) = (median(ours)?, median(theirs)?);
    let figure = format!("place order, {CALLERS} callers, {statements:.0} statements each, FULL sync");
    let line = |rate: f64, times: &Times| format!("{}/s, {}", count(rate), times.text());
    table.add(figure, "SQLite", line(rate, &times), line(bound, &bound_times), percent(rate, bound));
    Ok(())
}

fn on_postgres(ground: &Ground, db: &Db, shop: &Shop, many: usize, table: &mut Table) -> Result<()> {
    warm_up(db, shop)?;
    let carts = Arc::new(fill_carts(db, shop, many)?);
    ground.analyse()?;
    let placed = place_all(db, &carts, CALLERS)?;
    let figure = format!("place order, {CALLERS} callers, 8 connections, SERIALIZABLE");
    let retries = (placed.runs - many as u64) as f64 / many as f64;
    table.add(
        figure,
        "PostgreSQL",
        format!("{}/s, {}", count(placed.rate), placed.times.text()),
        "",
        format!("{retries:.2} retries an order"),
    );
    Ok(())
}

/// A shop that has sold before: PostgreSQL plans for the tables as they were when it last looked.
pub fn warm_up(db: &Db, shop: &Shop) -> Result<()> {
    let carts = Arc::new(fill_carts(db, shop, WARM_UP)?);
    place_all(db, &carts, 2).map(drop)
}

/// A cart ready to become an order.
struct Ready {
    cart: CartId,
    /// As a form's hidden field.
    key: String,
    customer: ProfileId,
    lines: Vec<BasketLine>,
}

fn fill_carts(db: &Db, shop: &Shop, many: usize) -> Result<Vec<Ready>> {
    let chosen = |n: usize| {
        let first = n % shop.variants.len();
        [(shop.variants[first], 1), (shop.variants[(first + 7 + n / 31 % 500) % shop.variants.len()], 2)]
    };
    let orders: Vec<_> = (0..many).map(|n| (n, shop.people[n % shop.people.len()], chosen(n))).collect();
    let run: u64 = rand::random();
    let mut carts = Vec::with_capacity(many);
    for some in orders.chunks(50) {
        let some = some.to_vec();
        carts.extend(shop::run(db, move |tx| {
            let mut made = Vec::with_capacity(some.len());
            for (n, customer, variants) in &some {
                let actor = Actor::customer(*customer);
                let cart = orders::open_cart(tx, &actor, &OpenCart { owner: Owner::Guest(format!("visitor {n} of {run:x}")) })?.id;
                let mut lines = Vec::new();
                for (variant, quantity) in *variants {
                    let (way, quantity) = (Way::Deliver { address: None }, Quantity(quantity));
                    let change = CartChange::Add { variant, quantity, way: way.clone() };
                    orders::change_cart(tx, &actor, ChangeCart { cart, version: None, channel: Channel::Web, change })?;
                    lines.push(BasketLine { variant, quantity, way });
                }
                made.push(Ready { cart, key: format!("{:016x}", tx.random_u64()), customer: *customer, lines });
            }
            Ok::<_, orders::CartError>(made)
        })?);
    }
    // Nobody checks out in the order in which the carts were opened.
    carts.sort_by_cached_key(|_| rand::random::<u64>());
    Ok(carts)
}

fn command(ready: &Ready) -> Checkout {
    Checkout {
        key: ready.key.clone(),
        basket: Basket::Cart { id: ready.cart, version: None },
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
    }
}

struct PlacedAll {
    rate: f64,
    times: Times,
    /// Runs of the command, repeats asked for by the server among them.
    runs: u64,
}

fn place_all(db: &Db, carts: &Arc<Vec<Ready>>, callers: usize) -> Result<PlacedAll> {
    let (next, runs) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicU64::new(0)));
    let started = Instant::now();
    let threads: Vec<_> = (0..callers)
        .map(|_| {
            let (db, carts, next, runs) = (db.clone(), carts.clone(), next.clone(), runs.clone());
            std::thread::spawn(move || {
                let mut times = Vec::new();
                while let Some(ready) = carts.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let (actor, cmd, runs) = (Actor::customer(ready.customer), command(ready), runs.clone());
                    let asked = Instant::now();
                    let locks = if db.engine() == Engine::Postgres {
                        // As the doors do.
                        let (lines, home) = (ready.lines.clone(), cmd.address.clone());
                        db.read(move |tx| flows::checkout_locks(tx, &lines, home.as_ref())).wait().map_err(crate::wiring::say)?
                    } else {
                        Vec::new()
                    };
                    let place = db.write_locking("flows.checkout", locks, move |tx| {
                        runs.fetch_add(1, Ordering::Relaxed);
                        flows::checkout(tx, &actor, &cmd)
                    });
                    place.wait().context("placing an order")?;
                    times.push(asked.elapsed());
                }
                Ok::<_, anyhow::Error>(times)
            })
        })
        .collect();
    let outcomes: Vec<_> = threads.into_iter().map(std::thread::JoinHandle::join).collect();
    let rate = carts.len() as f64 / started.elapsed().as_secs_f64();
    let mut times = Vec::new();
    for outcome in outcomes {
        times.extend(outcome.ok().context("a caller panicked")??);
    }
    Ok(PlacedAll { rate, times: Times::of(times), runs: runs.load(Ordering::Relaxed) })
}

/// Place all once and keep the statements, in the order in which they were committed.
fn trace(db: &Db, carts: &[Ready]) -> Result<Script> {
    let underway: Vec<_> = carts
        .iter()
        .map(|ready| {
            let (actor, cmd) = (Actor::customer(ready.customer), command(ready));
            db.write("flows.checkout", move |tx| {
                tx.start_trace();
                flows::checkout(tx, &actor, &cmd)?;
                Ok::<_, flows::CheckoutError>(tx.take_trace())
            })
        })
        .collect();
    let traces: Result<Vec<_>, _> = underway.into_iter().map(kernel::Pending::wait).collect();
    Ok(Arc::new(traces.context("tracing orders")?))
}

fn events(path: &Path) -> Result<i64> {
    Ok(rusqlite::Connection::open(path)?.query_row("SELECT COUNT(*) FROM event_log", [], |row| row.get(0))?)
}

fn median(mut turns: Vec<(f64, Times)>) -> Result<(f64, Times)> {
    turns.sort_by(|a, b| a.0.total_cmp(&b.0));
    let middle = turns.len() / 2;
    turns.into_iter().nth(middle).context("nothing was measured")
}

fn text(path: &Path) -> Result<String> {
    Ok(path.to_str().context("the temporary folder's path is not plain text")?.to_owned())
}
