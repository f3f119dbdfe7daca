//! The shop's pages among few and many products, as strangers ask for them, each beside a bare route that answers the same bytes.

use super::bare::Bare;
use super::ground::{Ground, Place};
use super::line::{Line, request};
use super::load::drive;
use super::server::Server;
use super::shop::{self, Shop, Size};
use super::table::{Table, percent};
use anyhow::{Result, bail};
use axum::http::StatusCode;
use std::time::{Duration, Instant};

/// Products with ten variants each.
const SIZES: [usize; 3] = [100, 10_000, 100_000];
const CONNECTIONS: usize = 16;
const HTML: &str = "text/html; charset=utf-8";
/// Longest wait until the search index has everything.
const PATIENCE: Duration = Duration::from_secs(300);

/// What is asked for, and the n-th address of it.
type Door = (&'static str, fn(&Shop, usize) -> String);

const DOORS: [Door; 4] = [
    ("product list", |_, _| "/products".into()),
    ("product page, one after the other", |shop, n| format!("/products/{}", shop.handles[n % shop.handles.len()])),
    ("search, each time another", |shop, n| format!("/products?q=camisas+{}", n % shop.handles.len())),
    ("search as you type, each time another", |shop, n| {
        let typed = ["cam", "pant", "vest", "chaq", "fal", "jers", "zap", "bol"][n % 8];
        format!("/suggestions?q={typed}+{}", n % shop.handles.len())
    }),
];

/// A small shop, a large one, and one of a million variants.
pub fn measure(place: &Place, quick: bool, table: &mut Table) -> Result<()> {
    for products in SIZES.into_iter().take(if quick { 2 } else { 3 }) {
        let ground = Ground::new(place)?;
        let db = ground.open()?;
        let shop = shop::build(&db, Size { products, people: 1, stock: 100 })?;
        drop(db);
        ground.analyse()?;
        let server = Server::start(ground.location(), ground.folder())?;
        indexed(&server, products)?;
        for (figure, address) in DOORS {
            let shop = shop.clone();
            let ask = move |n: usize| request("GET", &address(&shop, n), &[("accept-language", "es")], &[]);
            let span = Duration::from_millis(if quick { 1_500 } else { 3_000 });
            drive(server.address, CONNECTIONS, span / 6, 200, ask.clone())?;
            let ours = drive(server.address, CONNECTIONS, span, 200, ask.clone())?;
            let bare = Bare::answering(StatusCode::OK, HTML, ours.body.clone())?;
            let bound = drive(bare.address, CONNECTIONS, span / 2, 200, ask)?;
            let figure = format!("{figure}, {} variants, {:.0} KB", products * 10, ours.body.len() as f64 / 1e3);
            table.add(figure, place.name(), ours.text(), bound.text(), percent(ours.rate, bound.rate));
        }
    }
    Ok(())
}

/// Wait until the search finds the product that was made last.
fn indexed(server: &Server, products: usize) -> Result<()> {
    let ask = request("GET", &format!("/suggestions?q=numero+{}", products - 1), &[], &[]);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let begun = Instant::now();
    runtime.block_on(async {
        let mut line = Line::open(server.address).await?;
        while !String::from_utf8_lossy(&line.send(&ask).await?.body).contains("/products/") {
            if begun.elapsed() > PATIENCE {
                bail!("the search index has not followed after {} s", PATIENCE.as_secs());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    })
}
