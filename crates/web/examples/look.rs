//! Serves the style guide alone: `cargo run -p web --example look [PORT]`, then open `/look`.

use kernel::SystemClock;
use std::sync::Arc;
use web::{Shell, look};

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let port = std::env::args().nth(1).unwrap_or_else(|| "8099".into());
    let shell = Shell { brand: "Ría".into(), secret: rand::random(), secure: false, clock: Arc::new(SystemClock) };
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await?;
    println!("http://{}/look", listener.local_addr()?);
    axum::serve(listener, shell.wrap(look::routes())).await
}
