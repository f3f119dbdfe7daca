//! The bound of everything over HTTP: bare axum routes that answer the same bytes and do nothing else.

use anyhow::{Context, Result};
use axum::Router;
use axum::body::Bytes;
use axum::http::{StatusCode, header};
use axum::routing::any;
use std::net::SocketAddr;
use tokio::runtime::Runtime;

/// A server without layers, on threads of its own; stopped when dropped.
pub struct Bare {
    /// Where it listens.
    pub address: SocketAddr,
    _runtime: Runtime,
}

impl Bare {
    /// Serve these routes.
    pub fn serve(router: Router) -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).context("listening")?;
        let address = listener.local_addr()?;
        runtime.spawn(async move { axum::serve(listener, router).await });
        Ok(Bare { address, _runtime: runtime })
    }

    /// Answer every request with the same bytes.
    pub fn answering(status: StatusCode, kind: &'static str, body: Vec<u8>) -> Result<Self> {
        let body = Bytes::from(body);
        let answer = move |_: Bytes| std::future::ready((status, [(header::CONTENT_TYPE, kind)], body.clone()));
        Bare::serve(Router::new().fallback(any(answer)))
    }
}
