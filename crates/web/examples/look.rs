//! Serves the style guide alone: `cargo run -p web --example look [PORT]`, then open `/look`.

use axum::{Router, response::Html, routing::get};
use kernel::SystemClock;
use std::{sync::Arc, time::Duration};
use web::{Hub, Page, Shell, look, part, stream};

/// A field and a counter that a live line morphs together: what is typed must stay.
fn pulse(beats: u64) -> String {
    format!("<section id=\"pulse\"><output>{beats}</output><input class=\"input\" id=\"kept\"></section>")
}

fn live(hub: Hub) -> Router {
    let page = |page: Page| async move {
        let line = "<div hx-sse:connect=\"/look/live/line\"></div>";
        Html(format!(
            "<!doctype html><title>Live</title><meta name=\"htmx-config\" content=\"includeIndicatorCSS:false, extensions:sse\"><script src=\"{}\" defer></script>{}{line}",
            page.asset("app.js"),
            pulse(0)
        ))
    };
    let line = move || async move {
        let mut beats = 0;
        stream(hub.subscribe(["pulse"]), move |_| {
            beats += 1;
            let html = part("pulse", &pulse(beats));
            async move { Some(html) }
        })
    };
    Router::new().route("/look/live", get(page)).route("/look/live/line", get(line))
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let port = std::env::args().nth(1).unwrap_or_else(|| "8099".into());
    let shell = Shell { brand: "Ría".into(), secret: rand::random(), secure: false, clock: Arc::new(SystemClock) };
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await?;
    println!("http://{}/look", listener.local_addr()?);
    let hub = Hub::new();
    let heart = hub.clone();
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(Duration::from_millis(200)).await;
            heart.publish("pulse");
        }
    });
    axum::serve(listener, shell.wrap(look::routes().merge(live(hub)))).await
}
